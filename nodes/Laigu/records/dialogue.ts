import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../shared/json';
import { oneLine } from '../shared/text';
import { toBeijingText } from '../shared/time';
import { accountsIn, findContacts, maskAccounts, maskText, maskTexts } from './contacts';
import { fieldOf } from './field';
import { conversationTable } from './fields.conversation';
import { maskerFor } from './mask';
import { valueReaderFor } from './read';
import { readings, readTime, UNREADABLE } from './readings';
import { asText, cleanValue } from './values';
import type { Value } from './values';

/** What a transcript tells beside its text, in this order. */
const HEAD = ['conversationId', 'customerName', 'phone', 'wechat', 'channel', 'agentName', 'startedAt', 'endedAt'].map(
	(name) => ({
		name,
		read: valueReaderFor(conversationTable, name),
		mask: maskerFor(fieldOf(conversationTable, name).reading),
	}),
);

const readId = valueReaderFor(conversationTable, 'conversationId');
const readCustomerName = valueReaderFor(conversationTable, 'customerName');
const readAccounts = ['wechat', 'qq'].map((name) => valueReaderFor(conversationTable, name));

/** The messages of a conversation as Laigu sent them; what is no message is left out. */
export const messageList = (record: IDataObject): IDataObject[] =>
	Array.isArray(record.conv_content) ? (record.conv_content as unknown[]).filter(isObject) : [];

/** The accounts to mask wherever they stand: those of Laigu's fields, and those that somebody says are such. Undefined where nothing is masked. */
type Known = readonly string[] | undefined;

/** A name in a line of its own. */
const nameOf = (value: unknown, known: Known): string => {
	const name = oneLine(asText(value));
	return known ? maskAccounts(maskText(name), known) : name;
};

/** Who wrote a message. */
const speakerOf = (message: IDataObject): string => JSON.stringify([asText(message.from), asText(message.agent_name)]);

/** The values that say something, by name. */
function filled(entries: Array<readonly [string, Value | undefined]>): IDataObject {
	const object: IDataObject = {};
	for (const [name, value] of entries) if (value !== undefined && value !== '') object[name] = value;
	return object;
}

/** A time as ISO 8601; as it came where it cannot be read. */
function readSentAt(value: unknown): Value | undefined {
	const time = readings.time(value);
	return time === UNREADABLE ? cleanValue(value) : time;
}

/** What is said in messages, and the accounts that are masked in it and around it. */
interface Said {
	contents: string[];
	known: Known;
}

/**
 * Texts of several people with their contacts masked: what one of them wrote is looked at as a whole, since a number can be split over two
 * messages; and an account that one names may be repeated by another.
 */
function maskDialogue(record: IDataObject, texts: string[], speakers: string[]): Said {
	const masked = [...texts];
	const accounts: unknown[] = readAccounts.map((read) => read(record));
	for (const speaker of new Set(speakers)) {
		const places = [...speakers.keys()].filter((place) => speakers[place] === speaker);
		const own = places.map((place) => texts[place]);
		const { wechats, qqs } = findContacts(own);
		accounts.push(...wechats, ...qqs);
		maskTexts(own).forEach((text, index) => (masked[places[index]] = text));
	}
	const known = accountsIn(accounts);
	return { contents: masked.map((text) => maskAccounts(text, known)), known };
}

/** What is said in the messages of a record, in their order, masked if asked for. */
function saidIn(
	record: IDataObject,
	messages: IDataObject[],
	isMasking: boolean,
	read: (content: unknown) => string,
): Said {
	const contents = messages.map(({ content }) => read(content));
	return isMasking ? maskDialogue(record, contents, messages.map(speakerOf)) : { contents, known: undefined };
}

/**
 * The messages of a conversation, one object each, in the API's order.
 *
 * @param record the conversation as Laigu sent it; it is not changed
 * @returns `conversationId`, `index` (from 0), `from` (`client`, `agent`, `system`), `agentName`, `sentAt` (ISO 8601), `contentType`,
 * `content`; what Laigu did not send is left out
 *
 * @param isMasking whether contacts are made unreadable
 */
export function messagesOf(record: IDataObject, isMasking = false): IDataObject[] {
	const conversationId = readId(record);
	const messages = messageList(record);
	const { contents, known } = saidIn(record, messages, isMasking, asText);
	return messages.map((message, index) => {
		return filled([
			['conversationId', conversationId],
			['index', index],
			['from', oneLine(asText(message.from))],
			['agentName', nameOf(message.agent_name, known)],
			['sentAt', readSentAt(message.timestamp)],
			['contentType', oneLine(asText(message.content_type))],
			['content', contents[index]],
		]);
	});
}

function titleOf(message: IDataObject, customerName: string, known: Known): string {
	const from = oneLine(asText(message.from));
	switch (from) {
		case 'agent':
			return `Agent ${nameOf(message.agent_name, known)}`.trim();
		case 'client':
			return `Customer ${customerName}`.trim();
		case 'system':
			return 'System';
		default:
			return from || 'Unknown';
	}
}

function markOf(message: IDataObject): string {
	const type = oneLine(asText(message.content_type));
	return type === '' || type === 'text' ? '' : `[${type}] `;
}

function timeOf(message: IDataObject): string {
	const sentAt = readTime(message.timestamp);
	return sentAt === undefined ? '' : `[${toBeijingText(sentAt)}] `;
}

/** The beginning of a text, without half a character at its end. */
const beginning = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, '');

/** The last lines of a text that fit, behind a line that tells how many were left out. A single line that is too long is cut at its end. */
function truncateStart(lines: string[], most: number): string {
	let length = -1;
	let kept = 0;
	while (kept < lines.length && length + 1 + lines[lines.length - 1 - kept].length <= most)
		length += 1 + lines[lines.length - 1 - kept++].length;
	if (kept === lines.length) return lines.join('\n');
	const last = kept > 0 ? lines.slice(-kept) : [beginning(lines[lines.length - 1], most)];
	return [`[${lines.length - last.length} earlier messages left out]`, ...last].join('\n');
}

/** A line for each message of a conversation, and the accounts that are masked in it and around it. */
function linesOf(record: IDataObject, isMasking: boolean): { lines: string[]; known: Known } {
	const messages = messageList(record);
	const { contents, known } = saidIn(record, messages, isMasking, (content) => oneLine(asText(content)));
	const customerName = nameOf(readCustomerName(record), known);
	const lines = messages.map(
		(message, index) =>
			`${timeOf(message)}${titleOf(message, customerName, known)}: ${markOf(message)}${contents[index]}`,
	);
	return { lines, known };
}

/**
 * A conversation as text, with who talked and when: `conversationId`, `customerName`, `phone`, `wechat`, `channel`, `agentName`, `startedAt`, `endedAt`,
 * `transcript`; what is absent is left out.
 *
 * The text has a line per message, for a person or a language model to read: `[2026-11-22 10:42:33] Agent Lin: …`, in Beijing time. Whatever stands
 * in messages and names, none of them begins a new line; what is not text is marked with its type. It is '' where Laigu sent no messages.
 *
 * @param record the conversation as Laigu sent it; it is not changed
 * @param maxCharacters the longest text, of which the end is kept; 0 for all of it
 * @param isMasking whether contacts are made unreadable
 */
export function transcriptOf(record: IDataObject, maxCharacters = 0, isMasking = false): IDataObject {
	const { lines, known } = linesOf(record, isMasking);
	const head: IDataObject = {};
	for (const { name, read, mask } of HEAD) {
		const value = read(record);
		if (value !== undefined) head[name] = known ? mask(value, known) : value;
	}
	return { ...head, transcript: truncateStart(lines, maxCharacters || Infinity) };
}
