import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { isObject } from '../shared/json';

/** What an event is about, and with that how its record is shaped. */
export type EventKind = 'conversation' | 'customer' | 'lead' | 'unknown';

interface EventEntry {
	kind: EventKind;
	/** Where the envelope holds the record. */
	dataKey: string;
	name: string;
	description: string;
}

/** Every event that Laigu documents: eight topics, and the automation webhook. */
export const EVENTS: Record<string, EventEntry> = {
	'conversation.created': {
		kind: 'conversation',
		dataKey: 'conversation',
		name: 'Conversation Created',
		description: 'A conversation begins (conversation.created)',
	},
	'conversation.scheduled': {
		kind: 'conversation',
		dataKey: 'conversation',
		name: 'Conversation Assigned',
		description: 'A conversation is assigned to an agent for the first time (conversation.scheduled)',
	},
	'conversation.updated': {
		kind: 'conversation',
		dataKey: 'conversation',
		name: 'Conversation Updated',
		description: 'An agent edits the summary of a conversation (conversation.updated)',
	},
	'conversation.closed': {
		kind: 'conversation',
		dataKey: 'conversation',
		name: 'Conversation Closed',
		description: 'A conversation ends, by hand or by itself (conversation.closed)',
	},
	'client.created': {
		kind: 'customer',
		dataKey: 'client',
		name: 'Customer Created',
		description: 'A customer is created, or a visitor leaves a contact and becomes one (client.created)',
	},
	'client.updated': {
		kind: 'customer',
		dataKey: 'client',
		name: 'Customer Updated',
		description: 'A customer is edited (client.updated)',
	},
	'client.deleted': {
		kind: 'customer',
		dataKey: 'client',
		name: 'Customer Deleted',
		description: 'A customer is deleted (client.deleted); the record may be short',
	},
	'cus.upsert': {
		kind: 'customer',
		dataKey: 'body',
		name: 'Visitor Created or Changed',
		description: 'A visitor is seen for the first time, or changes (cus.upsert); there can be many of them',
	},
	cus_became_leads: {
		kind: 'lead',
		dataKey: 'body',
		name: 'Visitor Became Lead',
		description: "From a webhook step in Laigu's automation (cus_became_leads), with the fields that were picked there",
	},
};

/** Stands for every event, those that this version does not know included. */
export const ALL_EVENTS = '*';

/** The choices of "Trigger On", alphabetically after the one for all. */
export const EVENT_OPTIONS: INodePropertyOptions[] = [
	{ name: '*', value: ALL_EVENTS, description: 'Every event, including those that Laigu adds in the future' },
	...Object.entries(EVENTS)
		.map(([value, { name, description }]) => ({ name, value, description }))
		.sort((a, b) => a.name.localeCompare(b.name)),
];

/**
 * What an event is about. An event that is not in the table is told by its beginning: `conversation.…`, `client.…` and `cus.…`.
 *
 * @param event as Laigu names it, e.g. `client.updated`
 */
export function kindOf(event: string): EventKind {
	if (Object.hasOwn(EVENTS, event)) return EVENTS[event].kind;
	if (event.startsWith('conversation.')) return 'conversation';
	return /^(client|cus)\./.test(event) ? 'customer' : 'unknown';
}

const ENVELOPE_FIELDS = ['id', 'event', 'eventType', 'enterprise_token', 'created_at', 'createdAt'];

/**
 * The record that an event carries: under the key that Laigu documents for it, else under the only key that holds an object, else whatever
 * stands beside the envelope's own fields.
 *
 * @param event as Laigu names it
 * @param body the whole body
 * @returns {} where the event carries nothing, undefined where its key holds something that is no record
 */
export function recordOf(event: string, body: IDataObject): IDataObject | undefined {
	const dataKey = Object.hasOwn(EVENTS, event) ? EVENTS[event].dataKey : '';
	const documented: unknown = Object.hasOwn(body, dataKey) ? (body[dataKey] ?? undefined) : undefined;
	if (documented !== undefined) return isObject(documented) ? documented : undefined;
	const others = Object.entries(body).filter(([name]) => name !== dataKey && !ENVELOPE_FIELDS.includes(name));
	const records = others.map(([, value]) => value as unknown).filter(isObject);
	return records.length === 1 ? records[0] : Object.fromEntries(others);
}
