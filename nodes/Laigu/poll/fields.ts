import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { filters } from '../parameters/filters';
import { findContacts, maskContacts, optionsOf, protectFormulas, timeFormat } from '../parameters/options';
import { outputOf } from '../parameters/output';
import type { OutputParameter } from '../parameters/output';
import type { ChoiceProperty } from '../parameters/reader';
import { conversationTable, customerTable } from '../records/tables';
import { sourceOf } from './events';
import type { PollEvent } from './events';

/** What the trigger polls for. */
export const event: ChoiceProperty<PollEvent> = {
	displayName: 'Trigger On',
	name: 'event',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Customer Created',
			value: 'customerCreated',
			description: 'A customer was created, or a visitor left a phone, a WeChat or a QQ: a new lead',
		},
		{
			name: 'Customer Updated',
			value: 'customerUpdated',
			description:
				'A customer was changed. If a customer changes several times between two polls, only the last change is seen.',
		},
		{
			name: 'Conversation Ended',
			value: 'conversationEnded',
			description: 'A conversation was closed, by hand or automatically',
		},
	],
	default: 'customerCreated',
	description: 'Which records start the workflow',
};

/** Output and Fields, by the kind of record. */
export const output: Record<'conversation' | 'customer', OutputParameter> = {
	conversation: outputOf(conversationTable, 'messages', 'transcript'),
	customer: outputOf(customerTable),
};

export const overlapMinutes: INodeProperties = {
	displayName: 'Overlap Minutes',
	name: 'overlapMinutes',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1440 },
	default: 5,
	description:
		'How late a record may become visible in Laigu without being missed. Each poll re-reads this period and returns only new records.',
};

export const repeatAfterRestart: INodeProperties = {
	displayName: 'Repeat After Restart',
	name: 'repeatAfterRestart',
	type: 'boolean',
	default: true,
	description:
		'Whether to return the last batch again after a restart of n8n, because its execution may have been interrupted. If turned off, a crash of n8n can lose that batch.',
};

export const startFrom: INodeProperties = {
	displayName: 'Start From',
	name: 'startFrom',
	type: 'dateTime',
	default: '',
	placeholder: 'e.g. 2026-01-31T00:00:00',
	description:
		"Return what has happened since this time on the first poll. If empty, the trigger starts with what happens after activation. A time without an offset is in the workflow's time zone.",
};

/** The left side of the open node. */
export const triggerPanel: INodeTypeDescription['triggerPanel'] = {
	header: 'See the latest records from Laigu',
	executionsHelp: {
		inactive:
			'<b>Fetch Test Event</b> shows the five latest records of the last 30 days and changes nothing.<br /><br />Once the workflow is published, it asks Laigu for new records at the <b>Poll Times</b>. The first poll runs immediately and returns nothing, unless <b>Start From</b> is set. The following polls return each new record once, oldest first.',
		active:
			'<b>Fetch Test Event</b> shows the five latest records of the last 30 days and changes nothing.<br /><br />The workflow is published: it asks Laigu for new records at the <b>Poll Times</b>. Polls that find nothing are not listed; those that find something are in the <a data-key="executions">executions list</a>.',
	},
	activationHint:
		'Once the workflow is published, it asks Laigu for new records at the <b>Poll Times</b>. The first poll runs immediately.',
};

const eventsOf = (kind: 'conversation' | 'customer') =>
	(Object.keys(sourceOf) as PollEvent[]).filter((name) => sourceOf[name].table.kind === kind);

const shownFor = (kind: 'conversation' | 'customer', properties: INodeProperties[]) =>
	updateDisplayOptions({ show: { event: eventsOf(kind) } }, properties);

/** The trigger's options. */
export const options = optionsOf([
	{
		...findContacts,
		displayOptions: { ...findContacts.displayOptions, show: { '/event': eventsOf('conversation') } },
	},
	maskContacts,
	overlapMinutes,
	protectFormulas,
	repeatAfterRestart,
	startFrom,
	timeFormat,
]);

/** All parameters of the Laigu Poll Trigger; n8n adds Poll Times before them. */
export const properties: INodeProperties[] = [
	event,
	...shownFor('customer', output.customer.properties),
	...shownFor('conversation', output.conversation.properties),
	...shownFor('customer', [filters('customer')]),
	...shownFor('conversation', [filters('conversation')]),
	options,
];
