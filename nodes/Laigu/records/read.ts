import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../shared/json';
import { withoutNull } from '../shared/text';
import { fieldOf, RESERVED_NAMES } from './field';
import type { Field, RecordTable } from './field';
import { camelName } from './names';
import { namedTags, readings, UNREADABLE } from './readings';
import type { Reading } from './readings';
import { cleanValue, isUnsafeName } from './values';
import type { Value } from './values';

/** A record, read by its table. */
export interface Read {
	/** The fields' values in simplified form, in the table's order; undefined where absent. */
	values: Array<Value | undefined>;
	/** What a field holds that is not what is read there, by the field's place: it is among the values as it came. */
	unreadable?: Map<number, string>;
	/** Fields that the table does not know, in camelCase. */
	rest?: IDataObject;
	/** Unknown fields that bear one of our names. */
	other?: IDataObject;
}

/** Reads a record; never changes it. */
export type Reader = (record: IDataObject) => Read;

/** Where a field's value comes from: a key of the record, or of the object that tells of its customer. */
interface Source {
	key: string;
	isOfPerson: boolean;
}

const NOBODY: IDataObject = {};

const prepared = (table: RecordTable, record: IDataObject): IDataObject =>
	table.prepare ? table.prepare(record) : record;

/** The object that tells of a record's customer: `client_info` of a conversation, else the record itself. */
export function personOf(table: RecordTable, record: IDataObject): IDataObject {
	if (table.person === undefined) return record;
	const person = record[table.person];
	return isObject(person) ? person : NOBODY;
}

function sourcesOf(table: RecordTable, field: Field): Source[] {
	const prefix = `${table.person}.`;
	return field.from.map((path) =>
		path.startsWith(prefix) ? { key: path.slice(prefix.length), isOfPerson: true } : { key: path, isOfPerson: false },
	);
}

/**
 * The name of a field that no table knows: in camelCase, unless that is ours or another field's; its own name then.
 *
 * @returns undefined where its own name is ours, too
 */
function freeName(
	key: string,
	ours: ReadonlySet<string>,
	object: IDataObject,
	taken: IDataObject | undefined,
): string | undefined {
	const name = camelName(key);
	const isFree =
		!ours.has(name) &&
		!isUnsafeName(name) &&
		(name === key || !Object.hasOwn(object, name)) &&
		!(taken && Object.hasOwn(taken, name));
	if (isFree) return name;
	return ours.has(key) ? undefined : key;
}

const NOTHING_OURS: ReadonlySet<string> = new Set();

/** Puts the fields of an object that nobody has taken into `rest`, in camelCase, and into `other` those that bear one of our names. */
function addRest(
	read: Pick<Read, 'rest' | 'other'>,
	object: IDataObject,
	isTaken: (key: string) => boolean,
	ours: ReadonlySet<string>,
): void {
	for (const key of Object.keys(object)) {
		if (isTaken(key)) continue;
		const value = cleanValue(object[key]);
		if (value === undefined) continue;
		const plainKey = withoutNull(key);
		if (isUnsafeName(plainKey)) continue;
		const name = freeName(plainKey, ours, object, read.rest);
		if (name === undefined) (read.other ??= {})[plainKey] = value;
		else (read.rest ??= {})[name] = value;
	}
}

interface FieldReader {
	sources: Source[];
	/** Laigu's name for the ID that stands in for a name. */
	orId?: string;
	/** Laigu's name for the object that has the names of tags by ID. */
	details?: string;
	read: Reading;
}

/** What is seen of a field beside its value. */
interface Noted {
	/** Names that were beaten by another one of the same field: what they say is kept with what nobody knows. */
	spare?: Source[];
	/** Where a value that is not what the field holds comes from. */
	unreadable?: Source;
}

const fieldReader = (table: RecordTable, field: Field): FieldReader => ({
	sources: sourcesOf(table, field),
	orId: field.orId,
	details: field.details,
	read: readings[field.reading],
});

/** A name's ID in its place; 0 is how Laigu's servers write that there is none. */
function nameFromId(id: unknown): Value | undefined {
	const name = readings.name(id);
	return name === '0' || name === UNREADABLE ? undefined : name;
}

/** A field's value: of the first of its sources that says something. What else is seen on the way is noted. */
function readField(field: FieldReader, record: IDataObject, person: IDataObject, noted: Noted): Value | undefined {
	let value: Value | undefined;
	for (let at = 0; at < field.sources.length; at++) {
		const source = field.sources[at];
		let given: unknown = (source.isOfPerson ? person : record)[source.key];
		if (field.details !== undefined) given = namedTags(given, record[field.details]);
		if (given === undefined || given === null || given === '') continue;
		let found = field.read(given);
		if (found === UNREADABLE) {
			found = cleanValue(given);
			if (found !== undefined && value === undefined) noted.unreadable = source;
		}
		if (value === undefined) value = found;
		else if (found !== undefined && found !== value) (noted.spare ??= []).push(source);
	}
	return value === undefined && field.orId !== undefined ? nameFromId(record[field.orId]) : value;
}

/**
 * A reader for one field of a kind of record.
 *
 * @param name our name of it
 * @returns the value in simplified form; undefined where it is absent
 */
export function valueReaderFor(table: RecordTable, name: string): (record: IDataObject) => Value | undefined {
	const field = fieldReader(table, fieldOf(table, name));
	return (given) => {
		const record = prepared(table, given);
		return readField(field, record, personOf(table, record), {});
	};
}

/**
 * What Laigu sent for some fields of a kind of record, under each of their names, unread.
 *
 * @param fields fields of the table
 */
export function givenValuesOf(table: RecordTable, fields: Field[]): (record: IDataObject) => unknown[] {
	const sources = fields.flatMap((field) => sourcesOf(table, field));
	return (given) => {
		const record = prepared(table, given);
		const person = personOf(table, record);
		return sources.map(({ key, isOfPerson }) => (isOfPerson ? person : record)[key]);
	};
}

/**
 * A reader for records of a kind, made once from its table. Absent and empty values are undefined, whatever Laigu writes for them. A field that the
 * table does not know never takes the place of one that it knows, nor of another such field.
 *
 * The reader throws TooDeep for a record that is nested more than 64 levels deep.
 */
export function readerFor(table: RecordTable): Reader {
	const fields = table.fields.map((field) => fieldReader(table, field));
	const ours = new Set([...RESERVED_NAMES, ...table.fields.map(({ name }) => name)]);
	const sources = fields.flatMap((field) => field.sources);
	const keys = (isOfPerson: boolean) =>
		new Set(sources.filter((source) => source.isOfPerson === isOfPerson).map(({ key }) => key));
	const known = new Set([...keys(false), ...table.leftOut]);
	const knownOfPerson = keys(true);
	const customerAt = table.person === undefined ? -1 : table.fields.findIndex(({ name }) => name === 'customer');

	return (given) => {
		const record = prepared(table, given);
		const person = personOf(table, record);
		const read: Read = { values: new Array<Value | undefined>(fields.length) };
		const noted: Noted = {};
		for (let at = 0; at < fields.length; at++) {
			read.values[at] = readField(fields[at], record, person, noted);
			if (noted.unreadable !== undefined) {
				(read.unreadable ??= new Map()).set(at, noted.unreadable.key);
				noted.unreadable = undefined;
			}
		}

		const { spare } = noted;
		const isSpare = (key: string, isOfPerson: boolean) =>
			spare !== undefined && spare.some((source) => source.key === key && source.isOfPerson === isOfPerson);
		const isPerson = (key: string) => key === table.person && person !== NOBODY;
		addRest(read, record, (key) => (known.has(key) && !isSpare(key, false)) || isPerson(key), ours);
		if (customerAt >= 0 && person !== NOBODY) {
			const left: Pick<Read, 'rest'> = {};
			addRest(left, person, (key) => knownOfPerson.has(key) && !isSpare(key, true), NOTHING_OURS);
			read.values[customerAt] = left.rest;
		}
		return read;
	};
}
