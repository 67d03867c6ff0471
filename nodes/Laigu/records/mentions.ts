import type { IDataObject } from 'n8n-workflow';

import { findContacts } from './contacts';
import type { Contacts } from './contacts';
import { comparable } from './comparing';
import { messageList } from './dialogue';
import { conversationTable } from './fields.conversation';
import { cleanPhone } from './phone';
import { givenValuesOf } from './read';

/** Pictures and files come as the address of a web page, and such an address holds no contact. */
const ADDRESS = /^https?:\/\/[!-~]+$/;
const isAddress = (text: string): boolean => text.startsWith('http') && ADDRESS.test(text);

/** What a customer wrote in a conversation, in its order. */
function textsOfCustomer(record: IDataObject): string[] {
	const texts: string[] = [];
	for (const { from, content } of messageList(record))
		if (from === 'client' && typeof content === 'string') texts.push(isAddress(content) ? '' : content);
	return texts;
}

const OWN = conversationTable.fields.filter(({ name }) => ['phone', 'wechat', 'qq', 'leads'].includes(name));
const givenByLaigu = givenValuesOf(conversationTable, OWN);

/** Shorter ones may be part of a contact. */
const SHORTEST = 8;

const contactsOf = givenValuesOf(
	conversationTable,
	OWN.filter(({ name }) => name !== 'leads'),
);

/** What Laigu's own fields hold as the customer may have written it. */
const writtenByLaigu = (record: IDataObject): string[] =>
	contactsOf(record)
		.filter((value) => typeof value === 'string')
		.filter(({ length }) => length >= SHORTEST);

/** The values that Laigu's own fields hold, as a mentioned one is compared with them. */
function heldBy(record: IDataObject): Set<string> {
	const words = givenByLaigu(record).flatMap((value) => {
		const text = comparable(value);
		return [text, ...text.split(/[\s"{}[\],，;；、:：/|]+/), ...cleanPhone(value).split(/[^\d+]+/)];
	});
	return new Set(words.map((word) => word.replace(/^(\+|00)?86(?=1\d{10}$)/, '')));
}

/**
 * The contacts that a customer wrote in a conversation and that Laigu's own fields do not hold: phones, WeChat and QQ, each once, in the order of the
 * chat.
 *
 * @param record the conversation as Laigu sent it; it is not changed
 * @returns undefined where there are none
 */
export function mentionedContacts(record: IDataObject): Contacts | undefined {
	const texts = textsOfCustomer(record);
	if (texts.length === 0) return undefined;
	const { phones, wechats, qqs } = findContacts(texts, () => writtenByLaigu(record));
	if (phones.length + wechats.length + qqs.length === 0) return undefined;
	const held = heldBy(record);
	const isNew = (value: string) => !held.has(value.toLowerCase());
	const found = { phones: phones.filter(isNew), wechats: wechats.filter(isNew), qqs: qqs.filter(isNew) };
	return found.phones.length + found.wechats.length + found.qqs.length === 0 ? undefined : found;
}
