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
			description: 'A customer was changed. Of several changes between two polls only the last can be seen.',
		},
		{
			name: 'Conversation Ended',
			value: 'conversationEnded',
			description: 'A conversation was closed, by hand or automatically',
		},
	],
	default: 'customerCreated',
	description: 'What to start the workflow for',
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
		'How late a record may become visible in Laigu without being missed. Each poll reads so much of the time before again, and puts out only what it has not put out before.',
};

export const repeatAfterRestart: INodeProperties = {
	displayName: 'Repeat After Restart',
	name: 'repeatAfterRestart',
	type: 'boolean',
	default: true,
	description:
		'Whether to put out the last batch again when n8n was restarted, since its execution may have been cut off. Turned off, a crash of n8n can lose that batch.',
};

export const startFrom: INodeProperties = {
	displayName: 'Start From',
	name: 'startFrom',
	type: 'dateTime',
	default: '',
	placeholder: 'e.g. 2026-01-31T00:00:00',
	description:
		"Put out what happened since this time, on the first poll. Without it, the trigger starts with what happens after activation. A time without offset is in the workflow's time zone.",
};

/** The left side of the open node. */
export const triggerPanel: INodeTypeDescription['triggerPanel'] = {
	header: 'See the latest records from Laigu',
	executionsHelp: {
		inactive:
			'<b>Fetch Test Event</b> shows the latest five records of the last 30 days, and changes nothing.<br /><br />Published, the workflow asks Laigu at the <b>Poll Times</b> what is new. The first poll comes at once: it puts out nothing, unless <b>Start From</b> is set, and from then on everything new comes once, oldest first.',
		active:
			'<b>Fetch Test Event</b> shows the latest five records of the last 30 days, and changes nothing.<br /><br />The workflow is published: at the <b>Poll Times</b> it asks Laigu what is new. Polls that find nothing are in no list; those that find something are in the <a data-key="executions">executions list</a>.',
	},
	activationHint:
		'Once the workflow is published, Laigu is asked at the <b>Poll Times</b> what is new. The first poll comes at once.',
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
