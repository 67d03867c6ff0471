import { accountsIn, maskAccounts, maskText, maskValue } from './contacts';
import type { ReadingName, RecordTable } from './field';
import type { Read } from './read';
import type { Value } from './values';

/** @param known accounts that the record's own fields hold */
type Masker = (value: Value, known: readonly string[]) => Value;

/** Contacts in whatever a value holds, at any depth. A number that is one becomes text. */
function maskDeep(value: Value, known: readonly string[]): Value {
	if (typeof value === 'string') return maskAccounts(maskText(value), known);
	if (typeof value === 'number') {
		const masked = maskAccounts(maskText(`${value}`), known);
		return masked === `${value}` ? value : masked;
	}
	if (Array.isArray(value)) return (value as Value[]).map((one) => maskDeep(one, known));
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value as Record<string, Value>);
	return Object.fromEntries(entries.map(([name, inner]) => [name, maskDeep(inner, known)]));
}

const maskContact: Masker = (value, known) =>
	Array.isArray(value)
		? (value as Value[]).map((one) => maskContact(one, known))
		: typeof value === 'string'
			? maskValue(value)
			: value;

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
	const accountsAt = [...table.fields.keys()].filter((at) => ['handle', 'list'].includes(table.fields[at].reading));
	return ({ values, unreadable, rest, other }) => {
		const known = accountsIn(accountsAt.map((at) => values[at]));
		return {
			values: values.map((value, at) => {
				if (value === undefined) return value;
				return unreadable?.has(at) ? maskDeep(value, known) : maskers[at](value, known);
			}),
			unreadable,
			rest: rest && (maskDeep(rest, known) as Read['rest']),
			other: other && (maskDeep(other, known) as Read['other']),
		};
	};
}
