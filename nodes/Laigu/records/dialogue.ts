import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../shared/json';
import { oneLine } from '../shared/text';
import { toBeijingText } from '../shared/time';
import { conversationTable } from './fields.conversation';
import { valueReaderFor } from './read';
import { readings, readTime, UNREADABLE } from './readings';
import { asText, cleanValue } from './values';
import type { Value } from './values';

/** What a transcript tells beside its text, in this order. */
const TRANSCRIPT_HEAD = [
	'conversationId',
	'customerName',
	'phone',
	'wechat',
	'channel',
	'agentName',
	'startedAt',
	'endedAt',
].map((name) => [name, valueReaderFor(conversationTable, name)] as const);

const readId = valueReaderFor(conversationTable, 'conversationId');
const readCustomerName = valueReaderFor(conversationTable, 'customerName');

/** The messages of a conversation as Laigu sent them; what is no message is left out. */
export const messageList = (record: IDataObject): IDataObject[] =>
	Array.isArray(record.conv_content) ? (record.conv_content as unknown[]).filter(isObject) : [];

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

/**
 * The messages of a conversation, one object each, in the API's order.
 *
 * @param record the conversation as Laigu sent it; it is not changed
 * @returns `conversationId`, `index` (from 0), `from` (`client`, `agent`, `system`), `agentName`, `sentAt` (ISO 8601), `contentType`,
 * `content`; what Laigu did not send is left out
 */
export function messagesOf(record: IDataObject): IDataObject[] {
	const conversationId = readId(record);
	return messageList(record).map((message, index) => {
		return filled([
			['conversationId', conversationId],
			['index', index],
			['from', oneLine(asText(message.from))],
			['agentName', oneLine(asText(message.agent_name))],
			['sentAt', readSentAt(message.timestamp)],
			['contentType', oneLine(asText(message.content_type))],
			['content', asText(message.content)],
		]);
	});
}

function speakerOf(from: string, agentName: string, customerName: string): string {
	switch (from) {
		case 'agent':
			return `Agent ${agentName}`.trim();
		case 'client':
			return `Customer ${customerName}`.trim();
		case 'system':
			return 'System';
		default:
			return from || 'Unknown';
	}
}

function toLine(message: IDataObject, customerName: string): string {
	const sentAt = readTime(message.timestamp);
	const time = sentAt === undefined ? '' : `[${toBeijingText(sentAt)}] `;
	const speaker = speakerOf(oneLine(asText(message.from)), oneLine(asText(message.agent_name)), customerName);
	const type = oneLine(asText(message.content_type));
	const mark = type === '' || type === 'text' ? '' : `[${type}] `;
	return `${time}${speaker}: ${mark}${oneLine(asText(message.content))}`;
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

/**
 * The text of a conversation, a line per message, for a person or a language model to read: `[2026-11-22 10:42:33] Agent Lin: …`, in Beijing time. Whatever
 * stands in messages and names, none of them begins a new line; what is not text is marked with its type.
 *
 * @param record the conversation as Laigu sent it; it is not changed
 * @param maxCharacters the longest text, of which the end is kept; 0 for all of it
 * @returns '' where Laigu sent no messages
 */
export function transcriptText(record: IDataObject, maxCharacters = 0): string {
	const customerName = asText(readCustomerName(record));
	const lines = messageList(record).map((message) => toLine(message, customerName));
	return truncateStart(lines, maxCharacters || Infinity);
}

/**
 * A conversation as text, with who talked and when: `conversationId`, `customerName`, `phone`, `wechat`, `channel`, `agentName`, `startedAt`, `endedAt`,
 * `transcript`; what is absent is left out.
 *
 * @param record the conversation as Laigu sent it; it is not changed
 * @param maxCharacters the longest text; 0 for all of it
 */
export function transcriptOf(record: IDataObject, maxCharacters = 0): IDataObject {
	const head = filled(TRANSCRIPT_HEAD.map(([name, read]) => [name, read(record)] as const));
	return { ...head, transcript: transcriptText(record, maxCharacters) };
}
