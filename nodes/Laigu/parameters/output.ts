import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { FIELDS } from '../records/fields';
import type { RecordKind } from '../records/fields';

const OUTPUTS: Record<string, INodePropertyOptions> = {
	count: {
		name: 'Count',
		value: 'count',
		description: 'How many there are in the whole range, by channel or another value',
	},
	messages: { name: 'Messages', value: 'messages', description: 'An item for each message of each conversation' },
	raw: { name: 'Raw', value: 'raw', description: 'The records just as Laigu sent them' },
	row: {
		name: 'Row',
		value: 'row',
		description: 'Flat, always the same columns: for a spreadsheet or a database table',
	},
	selectedFields: {
		name: 'Selected Fields',
		value: 'selectedFields',
		description: 'Only the fields you choose, and the ID',
	},
	simplified: {
		name: 'Simplified',
		value: 'simplified',
		description: 'Clear names and times, with lead and attribution',
	},
	transcript: {
		name: 'Transcript',
		value: 'transcript',
		description: 'Each conversation as text, for a person or an AI to read',
	},
};

/** Which outputs each kind of record has. */
const OUTPUTS_OF: Record<RecordKind, string[]> = {
	conversation: ['messages', 'raw', 'row', 'selectedFields', 'simplified', 'transcript'],
	customer: ['raw', 'row', 'selectedFields', 'simplified'],
	report: ['raw', 'row', 'selectedFields', 'simplified'],
};

/** What an operation offers beside the outputs of its kind of record. */
interface Offer {
	/** Names of fields to select; those of the kind unless told otherwise. */
	fields?: string[];
	/** Whether the records can be counted. */
	count?: boolean;
}

/**
 * The choice of output for a kind of record, with the fields to select.
 *
 * @param kind what the operation returns
 * @param offer what is particular to it
 */
export function output(kind: RecordKind, { fields = FIELDS[kind], count = false }: Offer = {}): INodeProperties[] {
	return [
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			noDataExpression: true,
			options: [...(count ? ['count'] : []), ...OUTPUTS_OF[kind]].map((value) => OUTPUTS[value]),
			default: 'simplified',
			description: 'What each item holds',
		},
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'multiOptions',
			options: fields.map((value) => ({ name: value, value })),
			default: [],
			displayOptions: { show: { output: ['selectedFields'] } },
			description: 'Fields of the simplified output to keep. The ID is kept in any case.',
		},
	];
}

/** How times are written in requests: for an account whose Laigu reads another form than the default. */
export const timeFormat = {
	displayName: 'Time Format',
	name: 'timeFormat',
	type: 'options',
	options: [
		{ name: 'Beijing Time, Microseconds', value: 'stringMicroseconds' },
		{ name: 'Beijing Time, Seconds', value: 'string' },
		{ name: 'Epoch Microseconds', value: 'epochMicroseconds' },
		{ name: 'Epoch Seconds', value: 'epochSeconds' },
	],
	default: 'string',
	description:
		'How times are written in requests to the V2 API. Change it only if Laigu refuses the times asked for: its document does not say which form it reads.',
} satisfies INodeProperties;
