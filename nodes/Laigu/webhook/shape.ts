import { snakeCase } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { MILLISECOND, toIso } from '../shared/time';
import { simplifyConversation, transcriptOf } from '../records/conversation';
import { simplifyCustomer } from '../records/customer';
import { withLead } from '../records/lead';
import { simpleFields, withoutEmpty } from '../records/names';
import type { Envelope } from './envelope';

/** Names under which the automation webhook may hold a contact, in lower case. It is an open map: which fields it has is picked in Laigu. */
const CONTACT_NAMES = {
	tel: ['phone', 'tel', 'mobile', 'telephone', 'phonenumber', 'mobilephone', 'cellphone'],
	weixin: ['wechat', 'weixin', 'wx', 'wechatid', 'weixinid', 'wechatnumber'],
	qq: ['qq', 'qqnumber'],
};

/** An automation event's fields pass through under their own names; what is known of a contact or an origin is read from them. */
function simplifyLead(record: IDataObject): IDataObject {
	const fields = Object.entries(withoutEmpty(record));
	const contact: IDataObject = {};
	for (const [field, names] of Object.entries(CONTACT_NAMES)) {
		contact[field] = fields.find(([name]) => names.includes(name.toLowerCase()))?.[1];
	}
	return withLead(
		Object.fromEntries(fields),
		contact,
		Object.fromEntries(fields.map(([name, value]) => [snakeCase(name), value])),
	);
}

const SIMPLIFY = {
	conversation: simplifyConversation,
	customer: simplifyCustomer,
	lead: simplifyLead,
	unknown: (record: IDataObject) => simpleFields(record, { leftOut: ['enterprise_token'] }),
};

/**
 * The record of an event in simplified form, by the same code as the Laigu node's: `lead` and `attribution` included.
 *
 * @param envelope the event; it is not changed
 */
export function simplifyRecord({ kind, record }: Envelope): IDataObject {
	return SIMPLIFY[kind](record);
}

/**
 * The item of an event: `event`, `eventId`, `createdAt` (ISO 8601, Beijing time; left out where Laigu does not say), `data`.
 *
 * @param envelope the event; it is not changed
 * @param data what {@link simplifyRecord} gave
 * @param includeTranscript adds the dialogue as text, where the event is about a conversation
 */
export function toItem(envelope: Envelope, data: IDataObject, includeTranscript: boolean): IDataObject {
	const { event, eventId, createdAtMs, kind, record } = envelope;
	const transcript =
		includeTranscript && kind === 'conversation' ? { transcript: transcriptOf(record).transcript } : {};
	const createdAt = createdAtMs === undefined ? {} : { createdAt: toIso(createdAtMs * MILLISECOND) };
	return { event, eventId, ...createdAt, data: { ...data, ...transcript } };
}
