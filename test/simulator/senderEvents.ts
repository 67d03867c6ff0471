import { createHash } from 'node:crypto';
import { generateDemo } from './demo/generate';
import { pick, randomFrom, type Random } from './demo/random';
import { hasContact } from './store';
import { microsOf } from './time';
import { DEMO_ACCOUNT, type Account, type LaiguClient, type LaiguConversation } from './types';

/** What Laigu sends: eight topics, and the automation's webhook (Laigu's webhook documents). */
export const EVENT_NAMES = [
	'conversation.created',
	'conversation.scheduled',
	'conversation.updated',
	'conversation.closed',
	'client.created',
	'client.updated',
	'client.deleted',
	'cus.upsert',
	'cus_became_leads',
] as const;

export type EventName = (typeof EVENT_NAMES)[number];

/** The automation's: an envelope of its own, and never signed. */
export const AUTOMATION_EVENT = 'cus_became_leads';

export interface WebhookEvent {
	name: EventName;
	id: string;
	/** The JSON body. */
	body: Record<string, unknown>;
}

export interface EventOptions {
	/** Given in turn. */
	names: readonly EventName[];
	count: number;
	account?: Partial<Account>;
	seed?: number;
	/** When the events say that they were made. */
	at?: Date;
	/** `numbered`, the default, ends in `_<n>`; `seconds` is the older form, alike for all events of a second. */
	ids?: 'numbered' | 'seconds';
}

const hex = (...parts: Array<string | number>): string => createHash('md5').update(parts.join(' ')).digest('hex');

/** The conversation as it was when the event fired: open until it is closed, without agent until it is assigned. */
function conversationAt(name: EventName, conversation: LaiguConversation): LaiguConversation {
	if (name === 'conversation.closed' || name === 'conversation.updated') return conversation;
	const messages = conversation.conv_content?.slice(0, name === 'conversation.created' ? 1 : 2) ?? [];
	const agent =
		name === 'conversation.created' ? { agent_account: '', agent_name: '', agent_ID: '', agent_nick_name: '' } : {};
	return {
		...conversation,
		...agent,
		conv_end_tm: null,
		conv_content: messages,
		summary_content: '',
		summary_update_at: null,
	};
}

/** The automation's body: camelCase, with the fields that somebody picked there. */
function leadFields(client: LaiguClient): Record<string, unknown> {
	return {
		customerId: client.track_id,
		nickname: client.name,
		name: client.name,
		phone: client.tel,
		wechat: client.weixin,
		qq: client.qq,
		source: client.source,
		subSourceName: client.sub_source_name,
		campaignName: client.campaign_name,
		tags: Object.values(client.tags_detail ?? {}),
	};
}

/** What an event says of a conversation, under its data key. */
export function conversationData(name: EventName, conversation: LaiguConversation): Record<string, unknown> {
	return { conversation: conversationAt(name, conversation) };
}

/** What an event says of a customer or visitor, under its data key. */
export function customerData(name: EventName, customer: LaiguClient): Record<string, unknown> {
	if (name === AUTOMATION_EVENT) return { body: leadFields(customer) };
	const { enterprise_token: token, ...visitor } = customer;
	if (name === 'client.deleted') return { client: { track_id: customer.track_id, enterprise_token: token } };
	return name === 'cus.upsert' ? { body: visitor } : { client: customer };
}

function dataOf(
	name: EventName,
	demo: { conversations: LaiguConversation[]; clients: LaiguClient[] },
	random: Random,
): Record<string, unknown> {
	if (name.startsWith('conversation.')) return conversationData(name, pick(random, demo.conversations));
	const customer = pick(random, demo.clients.filter(hasContact));
	return customerData(name, name === 'cus.upsert' ? pick(random, demo.clients) : customer);
}

/**
 * An event in the envelope of its channel. `number` tells events of one second apart; without it the id is of the older form. `subscription` and `number` make the id,
 * `at` is when the event says that it was made.
 */
export function wrapEvent(
	name: EventName,
	data: Record<string, unknown>,
	{
		at,
		enterpriseToken,
		subscription,
		number,
	}: { at: Date; enterpriseToken: string; subscription: number | string; number?: number },
): WebhookEvent {
	const seconds = Math.floor(at.getTime() / 1000);
	if (name === AUTOMATION_EVENT) {
		const id = hex('automation', subscription, seconds, number ?? 0);
		return { name, id, body: { id, eventType: name, createdAt: at.getTime(), ...data } };
	}
	const id = `sub_${hex('subscription', subscription)}_${seconds}${number === undefined ? '' : `_${number}`}`;
	return { name, id, body: { id, event: name, enterprise_token: enterpriseToken, created_at: seconds, ...data } };
}

/** Events with demo records, in the order in which Laigu would send them. The same options give the same events. */
export function makeEvents({
	names,
	count,
	account = {},
	seed = 1,
	at = new Date(),
	ids = 'numbered',
}: EventOptions): WebhookEvent[] {
	const whose = { ...DEMO_ACCOUNT, ...account };
	const demo = generateDemo({ now: microsOf(at), account: whose, seed, days: 5 });
	const random = randomFrom(seed, 'events');
	return Array.from({ length: count }, (_, index) => {
		const name = names[index % names.length];
		const number = ids === 'numbered' || name === AUTOMATION_EVENT ? index + 1 : undefined;
		const about = { at, enterpriseToken: whose.enterpriseToken, subscription: seed, number };
		return wrapEvent(name, dataOf(name, demo, random), about);
	});
}
