import type { IDataObject } from 'n8n-workflow';

import { comparable, isYes, tagWords } from './comparing';
import type { RecordTable } from './field';
import { mentionedContacts } from './mentions';
import { givenValuesOf, valueReaderFor } from './read';

/** Which records are wanted. */
export interface Filters {
	/** Names or IDs, in any case; none for all. */
	channels: string[];
	agents: string[];
	groups: string[];
	tags: string[];
	/** Only with a phone, WeChat or QQ in Laigu's own fields. */
	onlyWithContact: boolean;
	/** Only conversations that were missed. */
	onlyMissed: boolean;
	/** Only conversations without a contact in Laigu's own fields, but with one that the customer mentioned. */
	onlyOpenLeads: boolean;
}

type Test = (record: IDataObject) => boolean;
type ReadValue = (record: IDataObject) => unknown;

/** By what a record can be called, for each list of names and IDs. */
const CALLED_BY = {
	agents: ['agentName', 'agentId', 'agentNickname', 'agentAccount'],
	groups: ['groupName', 'groupId'],
} as const;

/** Laigu's channels under the names that people know them by, as its API document translates them. */
const CHANNEL_NAMES: ReadonlyMap<string, string> = new Map([
	['小红书', 'redbook'],
	['xiaohongshu', 'redbook'],
	['抖音', 'douyin'],
]);

/** A channel as it is compared. */
const channelWord = (value: unknown): string => {
	const word = comparable(value);
	return CHANNEL_NAMES.get(word) ?? word;
};

/** The readers of those of some fields that a kind of record has. */
const readersOf = (table: RecordTable, names: readonly string[]): ReadValue[] =>
	names.filter((name) => table.fields.some((field) => field.name === name)).map((name) => valueReaderFor(table, name));

function isCalled(table: RecordTable, names: readonly string[], wanted: string[], toWord = comparable): Test {
	const words = new Set(wanted.map(toWord));
	const readers = readersOf(table, names);
	return (record) => readers.some((read) => words.has(toWord(read(record))));
}

/** Tags are compared as Laigu sent them, with their names: by either. */
function hasTag(table: RecordTable, wanted: string[]): Test {
	const words = new Set(wanted.map(comparable));
	const fields = table.fields.filter(({ reading }) => reading === 'tags');
	const readers = fields.flatMap((field) => [valueReaderFor(table, field.name), givenValuesOf(table, [field])]);
	return (record) => readers.some((read) => tagWords(read(record)).some((word) => words.has(word)));
}

/** A test for records with a phone, WeChat or QQ in Laigu's own fields. */
export function hasContactIn(table: RecordTable): Test {
	const readers = readersOf(table, ['phone', 'wechat', 'qq']);
	return (record) => readers.some((read) => read(record) !== undefined);
}

/**
 * A test for the records that are wanted: all filters must match. It looks at Laigu's own fields, and a record without the field that a filter asks for does
 * not match.
 *
 * @param table the kind of record
 * @param filters what the user chose
 * @returns undefined where there is nothing to filter by
 */
export function filterFor(table: RecordTable, filters: Partial<Filters>): Test | undefined {
	const tests: Test[] = [];
	if (filters.channels && filters.channels.length > 0)
		tests.push(isCalled(table, ['channel'], filters.channels, channelWord));
	for (const [filter, names] of Object.entries(CALLED_BY)) {
		const wanted = filters[filter as keyof typeof CALLED_BY];
		if (wanted && wanted.length > 0) tests.push(isCalled(table, names, wanted));
	}
	if (filters.tags && filters.tags.length > 0) tests.push(hasTag(table, filters.tags));
	if (filters.onlyWithContact) tests.push(hasContactIn(table));
	if (filters.onlyMissed) {
		const readers = readersOf(table, ['missed']);
		tests.push((record) => readers.some((read) => isYes(read(record))));
	}
	if (filters.onlyOpenLeads) {
		const hasContact = hasContactIn(table);
		const hasChat = table.kind === 'conversation';
		tests.push((record) => hasChat && !hasContact(record) && mentionedContacts(record) !== undefined);
	}
	return tests.length === 0 ? undefined : (record) => tests.every((test) => test(record));
}
