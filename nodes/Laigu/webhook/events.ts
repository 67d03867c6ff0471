import { sortBy } from 'lodash';
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { automationTable, conversationTable, customerTable, unknownTable } from '../records/tables';
import type { RecordTable } from '../records/tables';
import { isObject } from '../shared/json';

interface EventEntry {
	/** What the event is about, and with that how its record is shaped. */
	table: RecordTable;
	/** Where the envelope holds the record. */
	dataKey: string;
	name: string;
	/** With the event's label on Laigu's own screens, so that the same one can be ticked there. */
	description: string;
}

/** Every event that Laigu documents: eight topics, and the automation webhook. */
export const EVENTS: Record<string, EventEntry> = {
	'conversation.created': {
		table: conversationTable,
		dataKey: 'conversation',
		name: 'Conversation Created',
		description: 'A conversation begins (创建对话, conversation.created)',
	},
	'conversation.scheduled': {
		table: conversationTable,
		dataKey: 'conversation',
		name: 'Conversation Assigned',
		description: 'A conversation is assigned to an agent for the first time (首次分配客服, conversation.scheduled)',
	},
	'conversation.updated': {
		table: conversationTable,
		dataKey: 'conversation',
		name: 'Conversation Updated',
		description: 'An agent edits the summary of a conversation (更新对话, conversation.updated)',
	},
	'conversation.closed': {
		table: conversationTable,
		dataKey: 'conversation',
		name: 'Conversation Closed',
		description: 'A conversation ends, by hand or automatically (结束对话, conversation.closed)',
	},
	'client.created': {
		table: customerTable,
		dataKey: 'client',
		name: 'Customer Created',
		description: 'A new lead: a visitor leaves a contact, or a customer is created (创建顾客, client.created)',
	},
	'client.updated': {
		table: customerTable,
		dataKey: 'client',
		name: 'Customer Updated',
		description: 'A customer is edited (更新顾客, client.updated)',
	},
	'client.deleted': {
		table: customerTable,
		dataKey: 'client',
		name: 'Customer Deleted',
		description: 'A customer is deleted (删除顾客, client.deleted); the record may be incomplete',
	},
	'cus.upsert': {
		table: customerTable,
		dataKey: 'body',
		name: 'Visitor Created or Changed',
		description: 'A visitor is seen for the first time, or changes (更新访客, cus.upsert); this event can be frequent',
	},
	cus_became_leads: {
		table: automationTable,
		dataKey: 'body',
		name: 'Automation Webhook (Visitor Became Lead)',
		description: "From a webhook step (webhook推送) in Laigu's automation. Without automation, use Customer Created.",
	},
};

/** Stands for every event, those that this version does not know included. */
export const ALL_EVENTS = '*';

/** The choices of "Trigger On", alphabetically after the one for all. */
export const EVENT_OPTIONS: INodePropertyOptions[] = [
	{ name: '*', value: ALL_EVENTS, description: 'Every event, including those that Laigu adds in the future' },
	...sortBy(
		Object.entries(EVENTS).map(([value, { name, description }]) => ({ name, value, description })),
		({ name }) => name.toLowerCase(),
	),
];

/**
 * How the record of an event is read. An event that is not in the table is told by its beginning: `conversation.…`, `client.…` and `cus.…`.
 *
 * @param event as Laigu names it, e.g. `client.updated`
 */
export function tableOf(event: string): RecordTable {
	if (Object.hasOwn(EVENTS, event)) return EVENTS[event].table;
	if (event.startsWith('conversation.')) return conversationTable;
	return /^(client|cus)\./.test(event) ? customerTable : unknownTable;
}

const ENVELOPE_FIELDS = ['id', 'event', 'eventType', 'enterprise_token', 'created_at', 'createdAt'];

/**
 * The record that an event carries: under the key that Laigu documents for it, else under the only key that holds an object, else whatever
 * stands next to the envelope's own fields.
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
