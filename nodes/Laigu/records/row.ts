import type { IDataObject } from 'n8n-workflow';

import { isEmpty } from './names';

type Scalar = string | number | boolean;

const isScalar = (value: unknown): value is Scalar =>
	typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** Groups whose members stand as columns of their own, without the group's name before them. */
const LIFTED = ['lead', 'attribution'];

/** Said better by a lifted column: the phone and WeChat of `lead`, the channel and the names of `attribution`. */
const SAID_ELSEWHERE = new Set([
	'tel',
	'weixin',
	'source',
	'mainChannel',
	'subChannel',
	'subSourceName',
	'advertiserName',
	'campaignName',
	'creativityName',
	'incomingNoteTitle',
	'clientInfo_tel',
	'clientInfo_weixin',
	'clientInfo_qq',
	'clientInfo_name',
	'clientInfo_visitorName',
]);

type Put = (name: string, value: Scalar) => void;

/** Takes a value apart into scalars, each under its name. */
function flatten(name: string, value: unknown, put: Put): void {
	if (isScalar(value)) put(name, value);
	else if (Array.isArray(value)) put(name, value.every(isScalar) ? value.join(', ') : JSON.stringify(value));
	else if (typeof value === 'object' && value !== null) {
		for (const [inner, innerValue] of Object.entries(value))
			flatten(name ? `${name}_${inner}` : inner, innerValue, put);
	}
}

const blanks = new WeakMap<string[], IDataObject>();

/** A row with nothing in it. Copying one is several times as fast as writing dozens of columns one by one. */
function blankOf(columns: string[]): IDataObject {
	const blank = blanks.get(columns) ?? Object.fromEntries(columns.map((column) => [column, '']));
	blanks.set(columns, blank);
	return blank;
}

/**
 * A record flattened for a spreadsheet or a database table: scalar values only. Lists are joined with a comma, `lead` and `attribution`
 * become columns of their own, other groups are named `group_field`; the known columns come first and are there even when empty.
 *
 * @param simple a simplified record; it is not changed
 * @param columns the columns that every row of its kind has
 */
export function toRow(simple: IDataObject, columns: string[]): IDataObject {
	const blank = blankOf(columns);
	const row: IDataObject = { ...blank };
	const elsewhere: Record<string, Scalar> = {};
	const put: Put = (name, value) => {
		if (SAID_ELSEWHERE.has(name) && !Object.hasOwn(blank, name)) elsewhere[name] = value;
		else row[name] = value;
	};
	for (const name of Object.keys(simple)) if (!LIFTED.includes(name)) flatten(name, simple[name], put);
	const { clientInfo_name: noted, clientInfo_visitorName: own } = elsewhere;
	const customerName = [noted, own].find((name) => !isEmpty(name));
	if (customerName !== undefined) row.customerName = customerName;
	for (const name of LIFTED) flatten('', simple[name], put);
	return row;
}

/**
 * Gives every row of a run the same columns in the same order: the known ones, then whatever else any row has, in order of appearance. Absent
 * values are empty strings. Where all rows are alike already they stay the same objects.
 *
 * @param rows the rows of the whole run
 */
export function alignRows(rows: IDataObject[]): IDataObject[] {
	const align = alignerOf(rows);
	return rows.map(align);
}

/**
 * What {@link alignRows} does to each row of a run, for whoever replaces the rows one by one: two copies of a long list would need twice the memory.
 *
 * @param rows the rows of the whole run; each of them is taken once
 */
export function alignerOf(rows: Iterable<IDataObject>): (row: IDataObject) => IDataObject {
	const columns = new Set<string>();
	for (const row of rows) for (const name in row) columns.add(name);
	const names = [...columns];
	return (row) => {
		const own = Object.keys(row);
		if (own.length === names.length && own.every((name, index) => name === names[index])) return row;
		const aligned: IDataObject = {};
		for (const name of names) aligned[name] = Object.hasOwn(row, name) ? row[name] : '';
		return aligned;
	};
}
