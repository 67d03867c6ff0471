import { maskText, maskValue } from './contacts';
import type { ReadingName, RecordTable } from './field';
import type { Read } from './read';
import type { Value } from './values';

type Masker = (value: Value) => Value;

/** Contacts in whatever a value holds, at any depth. A number that is one becomes text. */
function maskDeep(value: Value): Value {
	if (typeof value === 'string') return maskText(value);
	if (typeof value === 'number') {
		const masked = maskText(`${value}`);
		return masked === `${value}` ? value : masked;
	}
	if (Array.isArray(value)) return (value as Value[]).map(maskDeep);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value as Record<string, Value>);
	return Object.fromEntries(entries.map(([name, inner]) => [name, maskDeep(inner)]));
}

const maskContact: Masker = (value) =>
	Array.isArray(value) ? (value as Value[]).map(maskContact) : typeof value === 'string' ? maskValue(value) : value;

const leaveAlone: Masker = (value) => value;

const MASKERS: Record<ReadingName, Masker> = {
	name: maskDeep,
	text: maskDeep,
	phone: maskContact,
	handle: maskContact,
	id: leaveAlone,
	numericId: leaveAlone,
	time: leaveAlone,
	number: leaveAlone,
	open: maskDeep,
	tags: maskDeep,
	list: maskContact,
	object: maskDeep,
};

/** How the values of a field are made unreadable where they are, or hold, contacts. */
export const maskerFor = (reading: ReadingName): Masker => MASKERS[reading];

/**
 * Makes the contacts in records unreadable, in their fields and in all text.
 *
 * @param table the kind of record
 */
export function recordMaskerFor(table: RecordTable): (read: Read) => Read {
	const maskers = table.fields.map(({ reading }) => maskerFor(reading));
	return ({ values, unreadable, rest, other }) => ({
		values: values.map((value, at) => {
			if (value === undefined) return value;
			return unreadable?.has(at) ? maskDeep(value) : maskers[at](value);
		}),
		unreadable,
		rest: rest && (maskDeep(rest) as Read['rest']),
		other: other && (maskDeep(other) as Read['other']),
	});
}
