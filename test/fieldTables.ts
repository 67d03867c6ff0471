import type { Field, ReadingName, RecordTable } from '../nodes/Laigu/records/field';

/** A JSON schema, as far as n8n shows one. */
export interface Schema {
	type: 'object' | 'array' | 'string' | 'number';
	properties?: Record<string, Schema>;
	items?: Schema;
}

const STRING: Schema = { type: 'string' };
const NUMBER: Schema = { type: 'number' };
const STRINGS: Schema = { type: 'array', items: STRING };

/** What the editor is told of each way to read a field, and the documents' reader. */
const READINGS: Record<ReadingName, { schema: Schema; holds: string }> = {
	name: { schema: STRING, holds: 'text' },
	text: { schema: STRING, holds: 'text' },
	phone: { schema: STRING, holds: 'text' },
	handle: { schema: STRING, holds: 'text' },
	id: { schema: STRING, holds: 'text' },
	numericId: { schema: NUMBER, holds: 'number' },
	time: { schema: STRING, holds: 'time' },
	number: { schema: NUMBER, holds: 'number' },
	open: { schema: STRING, holds: 'as it comes' },
	tags: { schema: STRINGS, holds: 'list' },
	list: { schema: STRINGS, holds: 'list' },
	object: { schema: { type: 'object', properties: {} }, holds: 'object' },
};

/** What the editor shows of a kind of record in simplified form before it was ever read. */
export function schemaOf({ fields }: RecordTable): Schema {
	return {
		type: 'object',
		properties: Object.fromEntries(fields.map(({ name, reading }) => [name, READINGS[reading].schema])),
	};
}

/** The words of a field: ours, and the one of Laigu's screens. */
export function wordsOf({ label }: Field): { english: string; chinese: string } {
	const [, english, chinese] = /^(.*) \((.*)\)$/.exec(label) ?? [];
	if (english === undefined) throw new Error(`Without the word of Laigu's screens: ${label}`);
	return { english, chinese };
}

const code = (names: string[]) => names.map((name) => `\`${name}\``).join(', ');

const tableOf = (head: string[], rows: string[][]): string =>
	[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The glossary's table of a kind of record. */
export function glossaryTable({ fields }: RecordTable): string {
	return tableOf(
		['Laigu (中文)', 'In the nodes', 'In words', 'In the API'],
		fields.map((field) => {
			const { english, chinese } = wordsOf(field);
			return [chinese, code([field.name]), english, code([...field.from, ...(field.orId ? [field.orId] : [])])];
		}),
	);
}

/** The list of a kind's fields on the page of outputs: in the order of every output. */
export function fieldList({ fields }: RecordTable): string {
	return tableOf(
		['Field', 'What it is', 'Holds'],
		fields.map((field) => [code([field.name]), wordsOf(field).english, READINGS[field.reading].holds]),
	);
}

/**
 * A page with its generated tables written again: each stands between `<!-- fields: NAME -->` and `<!-- end of fields -->`.
 *
 * @param tables what belongs into each, by its name
 */
export function withTables(page: string, tables: Record<string, string>): string {
	return page.replace(
		/(<!-- fields: (\w+) -->\n)[\s\S]*?(<!-- end of fields -->)/g,
		(_, begin: string, name: string, end: string) => {
			if (!Object.hasOwn(tables, name)) throw new Error(`No table ${name}`);
			return `${begin}\n${tables[name]}\n\n${end}`;
		},
	);
}
