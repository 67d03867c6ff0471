import type { IDataObject } from 'n8n-workflow';

import { textOf, withoutEmpty } from './names';

/**
 * A phone number as a CRM can compare it: full-width characters made plain, spaces and dashes taken out, +86 taken off a mobile number.
 * Nothing is guessed: a text that is no such number comes back with just that done to it, and two numbers in one field stay apart.
 *
 * @param value what the customer or the agent wrote
 * @returns e.g. `13800138000` for `＋86 138-0013-8000`; '' where there is none
 */
export function cleanPhone(value: unknown): string {
	const plain = textOf(value).replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
	const joined = plain.replace(/[\s\u00A0\u200B\u3000\uFEFF\u2010-\u2015\u2212-]/g, '');
	// no number on earth has more than 15 digits (E.164)
	if (/\d{16}/.test(joined) && !/\d{16}/.test(plain)) return plain;
	return joined.replace(/^\+86(?=1\d{10}$)/, '');
}

/**
 * How a customer can be reached.
 *
 * @param person a customer or visitor, or a conversation's `client_info`
 * @returns `phone`, `wechat`, `qq`, each only where known
 */
export function leadOf(person: IDataObject): IDataObject {
	return withoutEmpty({ phone: cleanPhone(person.tel), wechat: textOf(person.weixin), qq: textOf(person.qq) });
}

/** A name where Laigu gives one, else the ID. */
const nameOrId = (record: IDataObject, field: string) =>
	textOf(record[`${field}_name`]) || textOf(record[`${field}_id`]);

/**
 * What brought a customer: channel (`redbook`, `douyin`, …), the brand's account there, the advertisement and the note, each by name where
 * Laigu gives one, else by ID, and only where known.
 *
 * @param record a customer, visitor or conversation as Laigu sent it
 */
export function attributionOf(record: IDataObject): IDataObject {
	return withoutEmpty({
		channel: textOf(record.source) || textOf(record.main_channel),
		account: textOf(record.sub_source_name) || textOf(record.sub_source) || textOf(record.sub_channel),
		advertiser: nameOrId(record, 'advertiser'),
		campaign: nameOrId(record, 'campaign'),
		creative: nameOrId(record, 'creativity'),
		note: textOf(record.incoming_note_title) || textOf(record.incoming_note_id),
	});
}

/** Adds `lead` and `attribution` where anything of them is known. */
export function withLead(simple: IDataObject, person: IDataObject, record: IDataObject): IDataObject {
	return { ...simple, ...withoutEmpty({ lead: leadOf(person), attribution: attributionOf(record) }) };
}
