import { partition } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../shared/json';
import { parseLaiguTime, toBeijingText } from '../shared/time';
import type { Field, RecordTable } from './field';
import type { Read } from './read';
import type { Value } from './values';

type Scalar = string | number | boolean;

/** Before the names of fields that the account names itself. */
const CUSTOM = 'custom_';

/** Spreadsheets show a longer number as 2.05E+11 and may round it. */
const LONGEST_NUMBER = 99_999_999_999;

const isScalar = (value: unknown): value is Scalar =>
	typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** A value in one cell: lists joined by comma, objects as JSON. */
function toScalar(value: Value): Scalar {
	if (isScalar(value)) return value;
	if (Array.isArray(value) && value.every(isScalar)) return value.map(String).join(', ');
	return JSON.stringify(value);
}

/**
 * What a spreadsheet would take for the beginning of a formula: `=`, `@`, `+`, `-`, tabs and line breaks, in every width and height that Unicode has
 * for them (its normal form NFKC makes one of the former of each).
 */
const FORMULA_STARTS = '=@\t\r\n+-＝﹦⁼₌＠﹫＋﹢⁺₊﬩－﹣';

/** 1 for these, by UTF-16 unit: a text is looked up here for each cell. */
const formulaStarts = new Uint8Array(0x10000);
for (const sign of FORMULA_STARTS) formulaStarts[sign.charCodeAt(0)] = 1;

const SIGNED_NUMBER = /^[+-](?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/;

/** A phone with its country code, as people write it; it has 7 to 15 digits. */
const PHONE = /^\+\(?\d[\d\s().-]{5,30}$/;

const isPhone = (text: string): boolean => {
	const digits = PHONE.test(text) ? text.replace(/\D/g, '').length : 0;
	return digits >= 7 && digits <= 15;
};

/**
 * A text that a spreadsheet cannot take for a formula: with an apostrophe before it where it begins with `=`, `@`, a tab or a line break, or with
 * `+` or `-` and is no number or phone. Full-width signs count as well: East Asian versions of Excel read them so (OWASP, "CSV Injection").
 */
export function protectFromFormula(text: string): string {
	if (formulaStarts[text.charCodeAt(0)] !== 1) return text;
	const plain = text.normalize('NFKC');
	return SIGNED_NUMBER.test(plain) || isPhone(plain) ? text : `'${text}`;
}

/** A row with the same value in every column. Copying one is several times as fast as writing dozens of columns one by one. */
const blankRow = (columns: readonly string[], value: '' | null): IDataObject =>
	JSON.parse(JSON.stringify(Object.fromEntries(columns.map((column) => [column, value])))) as IDataObject;

/** How Laigu writes the dates of custom fields. */
const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** `2026-11-22T08:00:00.000+08:00` as a spreadsheet reads it: `2026-11-22 08:00:00`. */
const toSpreadsheetTime = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;

/** Turns a record that was read into one flat line. */
export type RowWriter = (read: Read) => IDataObject;

/** The columns of a table in a spreadsheet, those that every row has: custom fields come as columns of their own. */
const sheetFields = (table: RecordTable): Field[] => table.fields.filter(({ name }) => name !== 'custom');

/**
 * Rows for a spreadsheet: single values, '' where absent, times as `YYYY-MM-DD HH:mm:ss` in Beijing, long numbers as text, `custom_<name>` columns last.
 *
 * @param isProtecting whether texts that a spreadsheet would take for formulas get an apostrophe
 */
export function spreadsheetRowFor(table: RecordTable, isProtecting: boolean): RowWriter {
	const blank = blankRow(
		sheetFields(table).map(({ name }) => name),
		'',
	);
	const names = table.fields.map(({ name }) => name);
	const isTime = table.fields.map(({ reading }) => reading === 'time');
	const customAt = names.indexOf('custom');
	const protect = isProtecting ? protectFromFormula : (text: string) => text;
	const toCell = (value: Value): Scalar => {
		if (typeof value === 'string') return protect(value);
		if (typeof value === 'number') return Math.abs(value) > LONGEST_NUMBER ? `${value}` : value;
		return typeof value === 'boolean' ? value : protect(`${toScalar(value)}`);
	};
	const toOpenCell = (value: Value): Scalar => {
		const micros = typeof value === 'string' && UTC_TIME.test(value) ? parseLaiguTime(value) : undefined;
		return micros === undefined ? toCell(value) : toBeijingText(micros);
	};

	return ({ values, unreadable, rest, other }) => {
		const row = { ...blank };
		let left = other;
		for (let at = 0; at < names.length; at++) {
			const value = values[at];
			if (value === undefined || at === customAt) continue;
			row[names[at]] = isTime[at] && !unreadable?.has(at) ? toSpreadsheetTime(value as string) : toCell(value);
		}
		for (const name in rest) {
			if (name.startsWith(CUSTOM)) left = { ...left, [name]: rest[name] };
			else row[protect(name)] = toOpenCell(rest[name]);
		}
		const custom = customAt < 0 ? undefined : values[customAt];
		if (custom !== undefined && !isObject(custom)) left = { ...left, custom };
		if (left) row.other = JSON.stringify(left);
		if (isObject(custom)) for (const name in custom) row[`${CUSTOM}${name}`] = toOpenCell(custom[name]);
		return row;
	};
}

/** The columns of a database row: the table's, and one for everything else. */
export const databaseColumns = (table: RecordTable): string[] => [...table.fields.map(({ name }) => name), 'other'];

/**
 * Rows for a table of a database: always the same columns, null where absent, times in ISO 8601, numbers as numbers, lists as text joined by comma, custom
 * fields and everything else as JSON text in `custom` and `other`. What cannot be read as the time or number that a column holds is in `other`, under
 * Laigu's name.
 */
export function databaseRowFor(table: RecordTable): RowWriter {
	const blank = blankRow(databaseColumns(table), null);
	const names = table.fields.map(({ name }) => name);
	const isJson = table.fields.map(({ reading }) => reading === 'object');

	return ({ values, unreadable, rest, other }) => {
		const row = { ...blank };
		let left = rest && other ? { ...rest, ...other } : (rest ?? other);
		for (let at = 0; at < names.length; at++) {
			const value = values[at];
			if (value === undefined) continue;
			const key = unreadable?.get(at);
			if (key !== undefined) left = { ...left, [key]: value };
			else row[names[at]] = isJson[at] ? JSON.stringify(value) : toScalar(value);
		}
		if (left) row.other = JSON.stringify(left);
		return row;
	};
}

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
	one.length === other.length && one.every((name, index) => name === other[index]);

/** The columns of all rows: the known ones, unknown ones in order of appearance, custom fields last. */
function columnsOf(rows: Iterable<IDataObject>): { columns: string[]; areAlike: boolean } {
	const all = new Set<string>();
	let previous: string[] = [];
	let differing = 0;
	for (const row of rows) {
		const names = Object.keys(row);
		// most rows of a run have the columns of the one before
		if (isSameList(names, previous)) continue;
		previous = names;
		differing++;
		for (const name of names) all.add(name);
	}
	const [custom, others] = partition([...all], (name) => name.startsWith(CUSTOM));
	const columns = [...others, ...custom];
	return { columns, areAlike: differing <= 1 && isSameList(columns, previous) };
}

/**
 * What {@link alignRows} does to each row of a run, for whoever replaces the rows one by one: two copies of a long list would need twice the memory.
 *
 * @param rows the rows of the whole run; each of them is taken once
 */
export function alignerOf(rows: Iterable<IDataObject>): (row: IDataObject) => IDataObject {
	const { columns, areAlike } = columnsOf(rows);
	if (areAlike) return (row) => row;
	return (row) => {
		if (isSameList(Object.keys(row), columns)) return row;
		const aligned: IDataObject = {};
		for (const name of columns) aligned[name] = Object.hasOwn(row, name) ? row[name] : '';
		return aligned;
	};
}

/**
 * Gives every spreadsheet row of a run the same columns in the same order: the known ones, then whatever else any row has, in order of appearance,
 * `custom_<name>` last. Absent values are empty texts. Where all rows are alike already they stay the same objects.
 *
 * @param rows the rows of the whole run
 */
export function alignRows(rows: IDataObject[]): IDataObject[] {
	return rows.map(alignerOf(rows));
}
