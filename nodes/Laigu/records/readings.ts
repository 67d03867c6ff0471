import { isObject } from '../shared/json';
import { oneLine, withoutNull, withoutUnseen } from '../shared/text';
import { isZeroTime, parseLaiguTime, toIso } from '../shared/time';
import type { Micros } from '../shared/time';
import type { ReadingName } from './field';
import { cleanPhone } from './phone';
import { asText, cleanValue } from './values';
import type { Value } from './values';

/** What a reading gives for a value that says something, but not what is read there: a count that is a word, a time that is none. */
export const UNREADABLE = Symbol('unreadable');

/** Reads a value as Laigu sent it; undefined where it says nothing. */
export type Reading = (value: unknown) => Value | typeof UNREADABLE | undefined;

/** Go's zero time, also as an epoch, and the zero date of MySQL are how Laigu's servers write that there is no time. */
const NO_TIME = /^000[01]-|^0*$|^-62135596800(?:000){0,2}$/;

/**
 * A time of Laigu's in microseconds since 1970.
 *
 * @returns undefined where there is none, Go's zero time (`0001-01-01T00:00:00Z`) included, or none that can be read
 */
export function readTime(value: unknown): Micros | undefined {
	const isNone = typeof value === 'string' && NO_TIME.test(value);
	return isNone ? undefined : parseLaiguTime(value);
}

/** A day that exists in every year: the 29th of February is left to those who calculate. */
const DAY =
	'[12]\\d{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)';

/**
 * The two forms in which Laigu writes: Beijing time without a zone, and UTC with `Z`. Of UTC only hours that are of the same day in Beijing: then
 * nothing has to be calculated, and most times cost no more than a few slices of text.
 */
const BEIJINGS = new RegExp(`^${DAY}[ T](?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?$`);
const UTCS = new RegExp(`^${DAY}T(?:0\\d|1[0-5]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?Z$`);

/** Seconds and milliseconds of a time in one of the two forms. */
const fractionOf = (text: string): string => {
	const end = text.endsWith('Z') ? text.length - 1 : text.length;
	return text.slice(20, Math.min(end, 23)).padEnd(3, '0');
};

/** A time of Laigu's in ISO 8601 without calculating; undefined for any that needs it. */
function plainTime(text: string): string | undefined {
	// may be the zero of an epoch
	if (text.startsWith('1970-01-01')) return undefined;
	if (BEIJINGS.test(text)) return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fractionOf(text)}+08:00`;
	if (!UTCS.test(text)) return undefined;
	const hour = `${Number(text.slice(11, 13)) + 8}`.padStart(2, '0');
	return `${text.slice(0, 11)}${hour}${text.slice(13, 19)}.${fractionOf(text)}+08:00`;
}

function time(value: unknown) {
	const plain = typeof value === 'string' ? plainTime(value) : undefined;
	if (plain !== undefined) return plain;
	const micros = readTime(value);
	if (micros !== undefined) return toIso(micros) || UNREADABLE;
	return isZeroTime(value) || NO_TIME.test(asText(value).trim()) ? undefined : UNREADABLE;
}

const NUMBER = /^[+-]?\d{1,300}(?:\.\d{1,300})?$/;

function number(value: unknown) {
	if (typeof value === 'number') return value;
	if (typeof value !== 'string') return cleanValue(value) === undefined ? undefined : UNREADABLE;
	const text = oneLine(value);
	if (text === '') return undefined;
	if (!NUMBER.test(text)) return UNREADABLE;
	const read = Number(text);
	return Math.abs(read) <= Number.MAX_SAFE_INTEGER ? read : UNREADABLE;
}

function id(value: unknown) {
	return typeof value === 'number' ? value : line(value);
}

function line(value: unknown) {
	return oneLine(typeof value === 'string' ? value : asText(value)) || undefined;
}

function open(value: unknown) {
	if (typeof value !== 'string') return cleanValue(value);
	const text = withoutNull(value);
	return text.trim() === '' ? undefined : text;
}

/** The name of a tag that comes as an object, else the tag itself, as text. */
const tagName = (tag: unknown): string => (isObject(tag) && oneLine(asText(tag.name))) || oneLine(asText(tag));

/**
 * Tags as a list of names, or of IDs where there are no names. Laigu's document does not say how they come: as a list of names, IDs or objects, or as
 * text with commas.
 */
function tags(value: unknown) {
	if (Array.isArray(value) && value.length === 0) return undefined;
	const given: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[,，;；]/) : [value];
	const names = given.map(tagName).filter((name) => name !== '');
	return names.length === 0 ? undefined : names;
}

function object(value: unknown) {
	const cleaned = open(value);
	return cleaned === undefined || isObject(cleaned) ? cleaned : UNREADABLE;
}

/** Every way to read a field. */
export const readings: Record<ReadingName, Reading> = {
	name: line,
	text: (value) => {
		const text = asText(value);
		return text.trim() === '' ? undefined : text;
	},
	phone: (value) => cleanPhone(value) || undefined,
	handle: (value) => oneLine(withoutUnseen(asText(value))) || undefined,
	id,
	numericId: id,
	time,
	number,
	open,
	tags,
	list: open,
	object,
};

/**
 * The tags of a customer by name: IDs, in their order, beside the names that `tags_detail` has for them. An ID without a name stays an ID.
 *
 * @param ids what `tags` holds
 * @param details names by ID
 */
export function namedTags(ids: unknown, details: unknown): unknown {
	if (!isObject(details)) return ids;
	if (!Array.isArray(ids)) return Object.values(details);
	const nameOf = (tag: unknown): unknown => {
		const key = isObject(tag) ? '' : asText(tag);
		return Object.hasOwn(details, key) && oneLine(asText(details[key])) !== '' ? details[key] : tag;
	};
	return ids.map(nameOf);
}
