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

const NOBODY: IDataObject = {};

const prepared = (table: RecordTable, record: IDataObject): IDataObject =>
	table.prepare ? table.prepare(record) : record;

/** The object that tells of a record's customer: `client_info` of a conversation, else the record itself. */
export function personOf(table: RecordTable, record: IDataObject): IDataObject {
	if (table.person === undefined) return record;
	const person = record[table.person];
	return isObject(person) ? person : NOBODY;
}

/**
 * A place for each of Laigu's values that fields are read from. A record is gone through once, and each of its values put in its place: that takes
 * half as long as looking up some fifty names in it, most of which it does not have.
 */
class Places {
	/** Laigu's names by place. */
	readonly keys: string[] = [];

	/** Places by the names of the record, and by those of the object that tells of its customer. */
	readonly #ofRecord = new Map<string, number>();

	readonly #ofPerson = new Map<string, number>();

	readonly #table: RecordTable;

	constructor(table: RecordTable) {
		this.#table = table;
	}

	/** @param path Laigu's name; `client_info.tel` is one of the customer's */
	add(path: string): number {
		const prefix = `${this.#table.person}.`;
		const isOfPerson = path.startsWith(prefix);
		const key = isOfPerson ? path.slice(prefix.length) : path;
		const places = isOfPerson ? this.#ofPerson : this.#ofRecord;
		const place = places.get(key) ?? this.keys.push(key) - 1;
		places.set(key, place);
		return place;
	}

	/** The names of the record, or of its customer, that have a place. */
	namesOf(isOfPerson: boolean): ReadonlyMap<string, number> {
		return isOfPerson ? this.#ofPerson : this.#ofRecord;
	}

	/** The values of a record by place. */
	valuesOf(given: IDataObject): unknown[] {
		const record = prepared(this.#table, given);
		const values = new Array<unknown>(this.keys.length);
		for (const [key, place] of this.#ofRecord) values[place] = record[key];
		const person = personOf(this.#table, record);
		for (const [key, place] of this.#ofPerson) values[place] = person[key];
		return values;
	}
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

/** Puts some fields of an object into `rest`, in camelCase, and into `other` those that bear one of our names. */
function addRest(
	read: Pick<Read, 'rest' | 'other'>,
	object: IDataObject,
	keys: readonly string[],
	ours: ReadonlySet<string>,
): void {
	for (const key of keys) {
		const value = cleanValue(object[key]);
		if (value === undefined) continue;
		const plainKey = withoutNull(key);
		if (isUnsafeName(plainKey)) continue;
		const name = freeName(plainKey, ours, object, read.rest);
		if (name === undefined) (read.other ??= {})[plainKey] = value;
		else (read.rest ??= {})[name] = value;
	}
}

/** Instead of a place, where a field has none. */
const NOWHERE = -1;

/** Where a field's values lie, and how they are read. */
interface FieldReader {
	sources: number[];
	/** Of the ID that stands in for a name; NOWHERE if none does. */
	orId: number;
	/** Of the object that has the names of tags by ID; NOWHERE if there is none. */
	details: number;
	read: Reading;
}

/** What is seen of a field beside its value, by place. */
interface Noted {
	/** Values that were beaten by another one of the same field: what they say is kept with what nobody knows. */
	spare?: number[];
	/** Where a value that is not what the field holds comes from. */
	unreadable?: number;
}

const fieldReader = (places: Places, { from, orId, details, reading }: Field): FieldReader => ({
	sources: from.map((path) => places.add(path)),
	orId: orId === undefined ? NOWHERE : places.add(orId),
	details: details === undefined ? NOWHERE : places.add(details),
	read: readings[reading],
});

/** A name's ID in its place; 0 is how Laigu's servers write that there is none. */
function nameFromId(id: unknown): Value | undefined {
	const name = readings.name(id);
	return name === '0' || name === UNREADABLE ? undefined : name;
}

/** A field's value: of the first of its sources that says something. What else is seen on the way is noted. */
function readField(field: FieldReader, values: readonly unknown[], noted: Noted): Value | undefined {
	let value: Value | undefined;
	for (let at = 0; at < field.sources.length; at++) {
		const source = field.sources[at];
		let given = values[source];
		if (field.details !== NOWHERE) given = namedTags(given, values[field.details]);
		if (given === undefined || given === null || given === '') continue;
		let found = field.read(given);
		if (found === UNREADABLE) {
			found = cleanValue(given);
			if (found !== undefined && value === undefined) noted.unreadable = source;
		}
		if (value === undefined) value = found;
		else if (found !== undefined && found !== value && !noted.spare?.includes(source))
			(noted.spare ??= []).push(source);
	}
	return value === undefined && field.orId !== NOWHERE ? nameFromId(values[field.orId]) : value;
}

/**
 * A reader for one field of a kind of record.
 *
 * @param name our name of it
 * @returns the value in simplified form; undefined where it is absent
 */
export function valueReaderFor(table: RecordTable, name: string): (record: IDataObject) => Value | undefined {
	const places = new Places(table);
	const field = fieldReader(places, fieldOf(table, name));
	return (record) => readField(field, places.valuesOf(record), {});
}

/**
 * What Laigu sent for some fields of a kind of record, under each of their names, unread.
 *
 * @param fields some of the table's
 */
export function givenValuesOf(table: RecordTable, fields: Field[]): (record: IDataObject) => unknown[] {
	const places = new Places(table);
	const sources = fields.flatMap(({ from }) => from.map((path) => places.add(path)));
	return (record) => {
		const values = places.valuesOf(record);
		return sources.map((source) => values[source]);
	};
}

/** Puts the values of an object in their places. @returns the names that have none; undefined where there are no such */
function place(object: IDataObject, names: ReadonlyMap<string, number>, values: unknown[]): string[] | undefined {
	let unknown: string[] | undefined;
	for (const key in object) {
		const at = names.get(key);
		if (at === undefined) (unknown ??= []).push(key);
		else values[at] = object[key];
	}
	return unknown;
}

const readers = new WeakMap<RecordTable, Reader>();

/**
 * The reader for records of a kind, made once from its table. Absent and empty values are undefined, whatever Laigu writes for them. A field that the
 * table does not know never takes the place of one that it knows, nor of another such field.
 *
 * The reader throws TooDeep for a record that is nested more than 64 levels deep.
 */
export function readerFor(table: RecordTable): Reader {
	const reader = readers.get(table) ?? makeReader(table);
	readers.set(table, reader);
	return reader;
}

function makeReader(table: RecordTable): Reader {
	const places = new Places(table);
	const fields = table.fields.map((field) => fieldReader(places, field));
	// what is left out has a place, from which nobody reads
	for (const key of table.leftOut) places.add(key);
	const ours = new Set([...RESERVED_NAMES, ...table.fields.map(({ name }) => name)]);
	const [ofRecord, ofPerson] = [places.namesOf(false), places.namesOf(true)];
	const personAt = table.person === undefined ? NOWHERE : places.add(table.person);
	const customerAt = table.person === undefined ? NOWHERE : table.fields.findIndex(({ name }) => name === 'customer');

	/** Names that have no place, and those of values that were beaten by others, in the order of the object: the first to want a name gets it. */
	function withSpare(
		unknown: string[] | undefined,
		spare: readonly number[],
		object: IDataObject,
		names: ReadonlyMap<string, number>,
	): string[] {
		const left = new Set(unknown);
		for (const at of spare) if (names.get(places.keys[at]) === at) left.add(places.keys[at]);
		return left.size < 2 ? [...left] : Object.keys(object).filter((key) => left.has(key));
	}

	return (given) => {
		const record = prepared(table, given);
		const person = personOf(table, record);
		const values = new Array<unknown>(places.keys.length);
		let unknown = place(record, ofRecord, values);
		let unknownOfPerson = person === record ? undefined : place(person, ofPerson, values);

		const read: Read = { values: new Array<Value | undefined>(fields.length) };
		// what should tell of the customer, and is no object, is kept with what nobody knows
		const noted: Noted = person === NOBODY && values[personAt] !== undefined ? { spare: [personAt] } : {};
		for (let at = 0; at < fields.length; at++) {
			read.values[at] = readField(fields[at], values, noted);
			if (noted.unreadable !== undefined) {
				(read.unreadable ??= new Map()).set(at, places.keys[noted.unreadable]);
				noted.unreadable = undefined;
			}
		}

		if (noted.spare !== undefined) {
			unknown = withSpare(unknown, noted.spare, record, ofRecord);
			unknownOfPerson = withSpare(unknownOfPerson, noted.spare, person, ofPerson);
		}
		if (unknown !== undefined) addRest(read, record, unknown, ours);
		if (customerAt !== NOWHERE && person !== NOBODY) {
			const left: Pick<Read, 'rest'> = {};
			if (unknownOfPerson !== undefined) addRest(left, person, unknownOfPerson, NOTHING_OURS);
			read.values[customerAt] = left.rest;
		}
		return read;
	};
}
