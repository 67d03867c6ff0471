import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { timeFormat } from '../parameters/options';
import { outputOf } from '../parameters/output';
import { conversationTable, customerTable } from '../records/tables';
import { sourceOf } from './events';
import type { PollEvent } from './events';

const eventsOf = (kind: 'conversation' | 'customer') =>
	(Object.keys(sourceOf) as PollEvent[]).filter((event) => sourceOf[event].kind === kind);

const shownFor = (kind: 'conversation' | 'customer') =>
	updateDisplayOptions(
		{ show: { event: eventsOf(kind) } },
		kind === 'conversation'
			? outputOf(conversationTable, 'messages', 'transcript').properties
			: outputOf(customerTable).properties,
	);

/** All parameters of the Laigu Poll Trigger; n8n adds Poll Times before them. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Conversation Ended',
				value: 'conversationEnded',
				description: 'A conversation was closed, by hand or automatically',
			},
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
		],
		default: 'conversationEnded',
		description: 'What to start the workflow for',
	},
	...shownFor('conversation'),
	...shownFor('customer'),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Overlap Minutes',
				name: 'overlapMinutes',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 1440 },
				default: 5,
				description:
					'How late a record may become visible in Laigu without being missed. Each poll reads so much of the time before again, and puts out only what it has not put out before.',
			},
			{
				displayName: 'Repeat After Restart',
				name: 'repeatAfterRestart',
				type: 'boolean',
				default: true,
				description:
					'Whether to put out the last batch again when n8n was restarted, since its execution may have been cut off. Turned off, a crash of n8n can lose that batch.',
			},
			{
				displayName: 'Start From',
				name: 'startFrom',
				type: 'dateTime',
				default: '',
				placeholder: 'e.g. 2026-01-31T00:00:00',
				description:
					"Put out what happened since this time, on the first poll. Without it, the trigger starts with what happens after activation. A time without offset is in the workflow's time zone.",
			},
			timeFormat,
		],
	},
];
