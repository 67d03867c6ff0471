import type { IDataObject } from 'n8n-workflow';

import { isEmpty } from './names';

type Scalar = string | number | boolean;

const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value);

/** Groups whose members stand as columns of their own, without the group's name before them. */
const LIFTED = ['lead', 'attribution'];

/** Said better by a lifted column: the phone and WeChat of `lead`, the channel and the names of `attribution`. */
const SAID_ELSEWHERE = [
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
];

function put(row: Record<string, Scalar>, name: string, value: unknown): void {
	if (isScalar(value)) row[name] = value;
	else if (Array.isArray(value)) row[name] = value.every(isScalar) ? value.join(', ') : JSON.stringify(value);
	else if (typeof value === 'object' && value !== null) {
		for (const [inner, innerValue] of Object.entries(value)) put(row, name ? `${name}_${inner}` : inner, innerValue);
	}
}

/**
 * A record flattened for a spreadsheet or a database table: scalar values only. Lists are joined with a comma, `lead` and `attribution`
 * become columns of their own, other groups are named `group_field`; the known columns come first and are there even when empty.
 *
 * @param simple a simplified record; it is not changed
 * @param columns the columns that every row of its kind has
 */
export function toRow(simple: IDataObject, columns: string[]): IDataObject {
	const flat: Record<string, Scalar> = {};
	for (const [name, value] of Object.entries(simple)) if (!LIFTED.includes(name)) put(flat, name, value);
	const customerName = [flat.clientInfo_name, flat.clientInfo_visitorName].find((name) => !isEmpty(name));
	if (customerName !== undefined) flat.customerName = customerName;
	for (const name of LIFTED) put(flat, '', simple[name]);

	const row: IDataObject = {};
	for (const column of columns) row[column] = flat[column] ?? '';
	for (const [name, value] of Object.entries(flat))
		if (!Object.hasOwn(row, name) && !SAID_ELSEWHERE.includes(name)) row[name] = value;
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
