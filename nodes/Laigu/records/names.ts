import { camelCase } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { parseLaiguTime, toIso } from '../shared/time';

/** Names that camelCase alone would not spell out; the contract with saved workflows. */
const SPELLED_OUT = new Map([
	['conv_id', 'conversationId'],
	['conv_start_tm', 'startedAt'],
	['conv_end_tm', 'endedAt'],
	['created_on', 'createdAt'],
	['updated_on', 'updatedAt'],
	['agent_ID', 'agentId'],
]);

const TIME_FIELDS = /^(conv_start_tm|conv_end_tm|created_on|updated_on|summary_update_at)$/;

/** Documented as String or Integer, sent as either: counts, durations in seconds, and the customer's age. */
const NUMBER_FIELDS = /(_count|_cnt|_in_secs|_duration|_onduty|_offduty|_wait_time)$|^(duration_time|offline|age)$/;

/** Names that could reach a prototype. n8n-workflow has a check of its own, but not in the n8n 1.x that this package still works with. */
const UNSAFE_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** What is known of a field by its name. */
interface Field {
	name: string;
	reading: 'time' | 'number' | 'asIs';
	/** Whether the name cannot reach a prototype. */
	isSafe: boolean;
}

/** Fields already looked at, as the same few come in every record. Their names come from outside, too: the list must not grow for ever. */
const fields = new Map<string, Field>();
const MOST_FIELDS = 2_000;

function fieldOf(field: string): Field {
	const known = fields.get(field);
	if (known) return known;
	const name = SPELLED_OUT.get(field) ?? (camelCase(field.replace(/_in_secs$/, '_seconds')) || field);
	const reading = TIME_FIELDS.test(field) ? 'time' : NUMBER_FIELDS.test(field) ? 'number' : 'asIs';
	if (fields.size >= MOST_FIELDS) fields.clear();
	const found: Field = { name, reading, isSafe: !UNSAFE_NAMES.has(name) };
	fields.set(field, found);
	return found;
}

/**
 * The name of a field in simplified output: spelled out where the API abbreviates, camelCase elsewhere, seconds told as such.
 *
 * @param field the API's name, e.g. `conv_first_resp_wait_in_secs`
 * @returns e.g. `convFirstRespWaitSeconds`; a name that has no Latin letters stays as it is
 */
export function simpleName(field: string): string {
	return fieldOf(field).name;
}

/** A string or number as trimmed text; '' for anything else. */
export const textOf = (value: unknown): string =>
	typeof value === 'string' ? value.trim() : typeof value === 'number' ? `${value}` : '';

/** Whether a value says nothing: null, undefined, '', [] and {}. 0 and false do say something. */
export function isEmpty(value: unknown): boolean {
	if (value === null || value === undefined || value === '') return true;
	return typeof value === 'object' && !(value instanceof Date) && Object.keys(value).length === 0;
}

/** The value without what is empty inside of it; undefined where nothing is left. Arrays keep their elements' places. */
function filled(value: IDataObject[string]): IDataObject[string] | undefined {
	const inner =
		typeof value === 'object' && value !== null && !Array.isArray(value) ? withoutEmpty(value as IDataObject) : value;
	return isEmpty(inner) ? undefined : inner;
}

/** The object without its empty values (and without names such as `__proto__`), at every depth. Arrays keep their elements' places. */
export function withoutEmpty(object: IDataObject): IDataObject {
	const kept: IDataObject = {};
	for (const name of Object.keys(object)) {
		const value = filled(object[name]);
		if (value !== undefined && !UNSAFE_NAMES.has(name)) kept[name] = value;
	}
	return kept;
}

/**
 * The value of a field in simplified output: a time as ISO 8601 in Beijing time with offset, a count as a number, anything else as it
 * came. A time or count that cannot be read stays as it came, too.
 */
export function simpleValue(field: string, value: IDataObject[string]): IDataObject[string] {
	const { reading } = fieldOf(field);
	if (reading === 'time') {
		const micros = parseLaiguTime(value);
		return micros === undefined ? value : toIso(micros);
	}
	if (reading === 'number' && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim())) return Number(value);
	return value;
}

/** How a kind of record is simplified beyond what its fields' names say. */
export interface Simplifying {
	/** Fields that come first, in this order. */
	first?: string[];
	/** Fields that the caller puts in elsewhere, or not at all. */
	leftOut?: string[];
	/** Values in the place of the record's own. */
	replaced?: IDataObject;
}

/**
 * Renames and reads every field of a record, leaving out what is empty. Fields that this package does not know pass through, so that a
 * newer API loses nothing.
 *
 * @param record a record as Laigu sent it; it is not changed
 */
export function simpleFields(
	record: IDataObject,
	{ first = [], leftOut = [], replaced = {} }: Simplifying = {},
): IDataObject {
	const simple: IDataObject = {};
	// field by field into one object: spreading and taking apart objects of this size is most of what shaping costs
	const add = (field: string, given: IDataObject[string]) => {
		const value = filled(simpleValue(field, given));
		const { name, isSafe } = fieldOf(field);
		if (value !== undefined && isSafe) simple[name] = value;
	};
	for (const field of first) add(field, record[field]);
	for (const field of Object.keys(record)) {
		if (Object.hasOwn(replaced, field)) add(field, replaced[field]);
		else if (!first.includes(field) && !leftOut.includes(field)) add(field, record[field]);
	}
	for (const field of Object.keys(replaced)) if (!Object.hasOwn(record, field)) add(field, replaced[field]);
	return simple;
}

/** Names as a list: from the editor they come as one, from an expression or a text field as text with commas. Blanks and empty ones are left out. */
export function textList(value: unknown): string[] {
	const names: unknown[] = Array.isArray(value) ? value : `${(value as string | undefined) ?? ''}`.split(',');
	return names.map((name) => `${name as string}`.trim()).filter((name) => name !== '');
}
