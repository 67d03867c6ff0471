import type { RequestSummary } from '../logLine';
import type { Store } from '../store';
import { formatBeijing, parseUtc } from '../time';
import type { Account, LaiguClient, LaiguConversation } from '../types';
import type { Trouble } from './troubles';

/** The events of the page go here. */
export interface Webhook {
	/** '' for none. */
	url: string;
	/** '' signs nothing. */
	secret: string;
}

/** Where the person can see what came of an event, such as a table in n8n. */
export interface Destination {
	name: string;
	url: string;
}

export interface LeadRow {
	id: string;
	name: string;
	phone: string;
	wechat: string;
	qq: string;
	channel: string;
	account: string;
	comment: string;
	/** Beijing time, to the second. */
	createdAt: string;
	updatedAt: string;
}

export interface ConversationRow {
	id: number;
	customer: string;
	channel: string;
	agent: string;
	messages: number;
	/** The latest message. */
	last: string;
	/** Beijing time, to the second. */
	startedAt: string;
	/** '' while it is open. */
	endedAt: string;
}

/** All that the page shows. */
export interface Snapshot {
	credential: { baseUrl: string } & Pick<Account, 'accessToken' | 'appId' | 'sign' | 'enterpriseId'>;
	webhook: Webhook;
	destination?: Destination;
	troubles: Record<Trouble, boolean>;
	/** Newest first. */
	leads: LeadRow[];
	/** Newest first. */
	conversations: ConversationRow[];
	/** Newest first; `number` counts from the server's start. */
	requests: Array<RequestSummary & { number: number }>;
}

const ROWS = 8;
const MOST_CHARACTERS = 80;

function utcToBeijing(text: string): string {
	const at = parseUtc(text);
	return at === undefined ? text : formatBeijing(at, 0);
}

function leadRow(client: LaiguClient): LeadRow {
	return {
		id: client.track_id,
		name: client.name ?? '',
		phone: client.tel ?? '',
		wechat: client.weixin ?? '',
		qq: client.qq ?? '',
		channel: client.source ?? '',
		account: client.sub_source_name ?? '',
		comment: client.comment ?? '',
		createdAt: utcToBeijing(client.created_on),
		updatedAt: utcToBeijing(client.updated_on),
	};
}

function conversationRow(conversation: LaiguConversation): ConversationRow {
	const messages = conversation.conv_content ?? [];
	const { name, visitor_name: nickname } = conversation.client_info ?? {};
	return {
		id: conversation.conv_id,
		customer: name || nickname || '',
		channel: conversation.main_channel ?? '',
		agent: conversation.agent_name ?? '',
		messages: messages.length,
		last: (messages.at(-1)?.content ?? '').slice(0, MOST_CHARACTERS),
		startedAt: conversation.conv_start_tm.slice(0, 19),
		endedAt: (conversation.conv_end_tm ?? '').slice(0, 19),
	};
}

/** The newest leads by creation and the newest conversations by start, newest first. */
export function newestRows(store: Store): Pick<Snapshot, 'leads' | 'conversations'> {
	const { byCreated, byStart } = store;
	const leads = byCreated.slice(Math.max(0, byCreated.times.length - ROWS), byCreated.times.length);
	const conversations = byStart.slice(Math.max(0, byStart.times.length - ROWS), byStart.times.length);
	return { leads: leads.reverse().map(leadRow), conversations: conversations.reverse().map(conversationRow) };
}
