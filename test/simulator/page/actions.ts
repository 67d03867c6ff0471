import {
	AUTOMATION_EVENT,
	conversationData,
	customerData,
	wrapEvent,
	type EventName,
	type WebhookEvent,
} from '../senderEvents';
import type { Store } from '../store';
import type { Micros } from '../time';
import type { Account, LaiguClient, LaiguConversation } from '../types';
import { PageRefusal } from './guard';
import {
	begunConversation,
	editedLead,
	endedConversation,
	hiddenContactNow,
	madeLead,
	talkedConversation,
	withCustomerLine,
} from './made';

export interface ActionWorld {
	store: Store;
	account: Account;
	/** Microseconds, later than that of every action before. */
	now: Micros;
	/** What the customer writes; '' for a made-up line. */
	text: string;
}

/** What an action did: the record it was about, as it is now, and the event that Laigu sends for it, if it does. */
export interface Done {
	record: { kind: 'customer' | 'conversation'; id: string; name: string };
	event?: { name: EventName; data: Record<string, unknown> };
	/** What the customer has written. */
	text?: string;
}

type Action = (world: ActionWorld) => Done;

const MOST_CHARACTERS = 2_000;

function aboutCustomer(client: LaiguClient, name: EventName): Done {
	const record = { kind: 'customer' as const, id: client.track_id, name: client.name ?? '' };
	return { record, event: { name, data: customerData(name, client) } };
}

function aboutConversation(conversation: LaiguConversation, name?: EventName): Done {
	const { name: own, visitor_name: nickname } = conversation.client_info ?? {};
	const record = {
		kind: 'conversation' as const,
		id: String(conversation.conv_id),
		name: own || nickname || '',
	};
	return { record, event: name && { name, data: conversationData(name, conversation) } };
}

function lastLead({ store }: ActionWorld): LaiguClient {
	const { times } = store.byCreated;
	const [last] = store.byCreated.slice(times.length - 1, times.length);
	if (times.length === 0) throw new PageRefusal(409, 'noLead', 'There is no lead yet. Send one first.');
	return last;
}

function newestOpen(store: Store): LaiguConversation | undefined {
	const newestFirst = store.byStart.slice(0, store.byStart.times.length).reverse();
	return newestFirst.find(({ conv_end_tm: end }) => end === null);
}

/** Numbers of made-up conversations follow from the second. */
function withFreeId(conversation: LaiguConversation, store: Store): LaiguConversation {
	let id = conversation.conv_id;
	while (store.conversation(id)) id += 1;
	return { ...conversation, conv_id: id };
}

/** The buttons of the page: what each changes in the account, and which event goes out. */
export const ACTIONS = {
	sendLead: ({ store, account, now }) => {
		const lead = madeLead(now, account);
		store.upsertClient(lead);
		return aboutCustomer(lead, 'client.created');
	},
	editLead: (world) => {
		const lead = editedLead(lastLead(world), world.now);
		world.store.upsertClient(lead);
		return aboutCustomer(lead, 'client.updated');
	},
	deleteLead: (world) => {
		const lead = lastLead(world);
		world.store.deleteClient(lead.track_id);
		return aboutCustomer(lead, 'client.deleted');
	},
	beginConversation: ({ store, account, now }) => {
		const conversation = withFreeId(begunConversation(now, account), store);
		store.addConversation(conversation);
		return aboutConversation(conversation, 'conversation.created');
	},
	customerWrites: ({ store, account, now, text }) => {
		const open = newestOpen(store) ?? withFreeId(begunConversation(now, account), store);
		const line = text.trim().slice(0, MOST_CHARACTERS) || hiddenContactNow(now);
		const conversation = withCustomerLine(open, line, now);
		store.addConversation(conversation);
		return { ...aboutConversation(conversation), text: line };
	},
	endConversation: ({ store, account, now }) => {
		const open = newestOpen(store) ?? withFreeId(talkedConversation(now, account), store);
		const conversation = endedConversation(open, now);
		store.addConversation(conversation);
		return aboutConversation(conversation, 'conversation.closed');
	},
	becomeLead: ({ store, account, now }) => {
		const lead = madeLead(now, account);
		store.upsertClient(lead);
		return aboutCustomer(lead, AUTOMATION_EVENT);
	},
} satisfies Record<string, Action>;

export type ActionName = keyof typeof ACTIONS;

/** Whether the text names a button. */
export function isAction(text: string): text is ActionName {
	return Object.hasOwn(ACTIONS, text);
}

/** The event in its envelope, made at the instant of the action; undefined for an action that Laigu sends nothing for. */
export function eventOf({ event }: Done, { account, now }: ActionWorld, number: number): WebhookEvent | undefined {
	if (!event) return undefined;
	const at = new Date(Math.floor(now / 1000));
	const about = { at, enterpriseToken: account.enterpriseToken, subscription: 'page', number };
	return wrapEvent(event.name, event.data, about);
}
