import type { Field, ReadingName, RecordTable } from './field';

/** A field as the editor's list of fields to select has it. */
export interface Choice {
	name: string;
	value: string;
}

/**
 * The fields of a kind of record that can be selected, by their labels.
 *
 * @param table the kind of record
 */
export function selectableFields(table: RecordTable): Choice[] {
	const choices = table.fields.map(({ label, name }) => ({ name: label, value: name }));
	return choices.sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));
}

/** A JSON schema, as far as n8n shows one. */
export interface Schema {
	type: 'object' | 'array' | 'string' | 'number';
	properties?: Record<string, Schema>;
	items?: Schema;
}

const STRING: Schema = { type: 'string' };
const NUMBER: Schema = { type: 'number' };
const STRINGS: Schema = { type: 'array', items: STRING };

const SCHEMAS: Record<ReadingName, Schema> = {
	name: STRING,
	text: STRING,
	phone: STRING,
	handle: STRING,
	id: STRING,
	numericId: NUMBER,
	time: STRING,
	number: NUMBER,
	open: STRING,
	tags: STRINGS,
	list: STRINGS,
	object: { type: 'object', properties: {} },
};

/**
 * What the editor shows of a kind of record in simplified form before it was ever read.
 *
 * @param table the kind of record
 */
export function schemaOf(table: RecordTable): Schema {
	const properties = Object.fromEntries(table.fields.map(({ name, reading }) => [name, SCHEMAS[reading]]));
	return { type: 'object', properties };
}

/** The words of a field: the one of Laigu's screens, and ours. */
export function wordsOf({ label }: Field): { english: string; chinese: string } {
	const parts = /^(.*) \((.*)\)$/.exec(label);
	return parts ? { english: parts[1], chinese: parts[2] } : { english: label, chinese: '' };
}
