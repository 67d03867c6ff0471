import type { IDataObject } from 'n8n-workflow';

import { isEmpty, textOf } from './names';

/** What most of them are: nothing, or a number that needs nothing done. */
const PLAIN_NUMBER = /^\d{0,15}$/;

/**
 * A phone number as a CRM can compare it: full-width characters made plain, spaces and dashes taken out, +86 taken off a mobile number.
 * Nothing is guessed: a text that is no such number comes back with just that done to it, and two numbers in one field stay apart.
 *
 * @param value what the customer or the agent wrote
 * @returns e.g. `13800138000` for `＋86 138-0013-8000`; '' where there is none
 */
export function cleanPhone(value: unknown): string {
	const text = textOf(value);
	if (PLAIN_NUMBER.test(text)) return text;
	const plain = text.replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
	const joined = plain.replace(/[\s\u00A0\u200B\u3000\uFEFF\u2010-\u2015\u2212-]/g, '');
	// no number on earth has more than 15 digits (E.164)
	if (/\d{16}/.test(joined) && !/\d{16}/.test(plain)) return plain;
	return joined.replace(/^\+86(?=1\d{10}$)/, '');
}

/** The texts that say something, by name. */
function known(texts: Array<[string, string]>): IDataObject {
	const object: IDataObject = {};
	for (const [name, text] of texts) if (text !== '') object[name] = text;
	return object;
}

/**
 * How a customer can be reached.
 *
 * @param person a customer or visitor, or a conversation's `client_info`
 * @returns `phone`, `wechat`, `qq`, each only where known
 */
export function leadOf(person: IDataObject): IDataObject {
	return known([
		['phone', cleanPhone(person.tel)],
		['wechat', textOf(person.weixin)],
		['qq', textOf(person.qq)],
	]);
}

/**
 * What brought a customer: channel (`redbook`, `douyin`, …), the brand's account there, the advertisement and the note, each by name where
 * Laigu gives one, else by ID, and only where known.
 *
 * @param record a customer, visitor or conversation as Laigu sent it
 */
export function attributionOf(record: IDataObject): IDataObject {
	return known([
		['channel', textOf(record.source) || textOf(record.main_channel)],
		['account', textOf(record.sub_source_name) || textOf(record.sub_source) || textOf(record.sub_channel)],
		['advertiser', textOf(record.advertiser_name) || textOf(record.advertiser_id)],
		['campaign', textOf(record.campaign_name) || textOf(record.campaign_id)],
		['creative', textOf(record.creativity_name) || textOf(record.creativity_id)],
		['note', textOf(record.incoming_note_title) || textOf(record.incoming_note_id)],
	]);
}

/**
 * Adds `lead` and `attribution` where anything of them is known.
 *
 * @param simple a simplified record that nobody else holds yet
 */
export function withLead(simple: IDataObject, person: IDataObject, record: IDataObject): IDataObject {
	const lead = leadOf(person);
	const attribution = attributionOf(record);
	if (!isEmpty(lead)) simple.lead = lead;
	if (!isEmpty(attribution)) simple.attribution = attribution;
	return simple;
}
