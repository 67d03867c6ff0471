import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { selectableFields } from '../records/selection';
import type { RecordTable } from '../records/tables';

const OUTPUTS: Record<string, INodePropertyOptions> = {
	count: {
		name: 'Count',
		value: 'count',
		description: 'How many there are in the whole range, by channel or another value',
	},
	messages: { name: 'Messages', value: 'messages', description: 'An item for each message of each conversation' },
	raw: { name: 'Raw', value: 'raw', description: 'The records just as Laigu sent them' },
	databaseRow: {
		name: 'Database Row',
		value: 'databaseRow',
		description: 'Flat, fixed columns, nothing for what is absent: for a table of a database',
	},
	spreadsheetRow: {
		name: 'Spreadsheet Row',
		value: 'spreadsheetRow',
		description: 'Flat, times that a spreadsheet can sort, a column for each custom field',
	},
	selectedFields: {
		name: 'Selected Fields',
		value: 'selectedFields',
		description: 'Only the fields you choose, and the ID',
	},
	simplified: {
		name: 'Simplified',
		value: 'simplified',
		description: 'Clear names, times and numbers; what is absent is left out',
	},
	transcript: {
		name: 'Transcript',
		value: 'transcript',
		description: 'Each conversation as text, for a person or an AI to read',
	},
};

/** Which outputs each kind of record has. */
const OUTPUTS_OF: Record<'conversation' | 'customer' | 'report', string[]> = {
	conversation: ['databaseRow', 'messages', 'raw', 'selectedFields', 'simplified', 'spreadsheetRow', 'transcript'],
	customer: ['databaseRow', 'raw', 'selectedFields', 'simplified', 'spreadsheetRow'],
	report: ['databaseRow', 'raw', 'selectedFields', 'simplified', 'spreadsheetRow'],
};

/** What an operation offers beside the outputs of its kind of record. */
interface Offer {
	/** Whether the records can be counted. */
	count?: boolean;
}

/**
 * The choice of output for a kind of record, with the fields to select.
 *
 * @param table what the operation returns
 * @param offer what is particular to it
 */
export function output(table: RecordTable, { count = false }: Offer = {}): INodeProperties[] {
	return [
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			noDataExpression: true,
			options: [...(count ? ['count'] : []), ...OUTPUTS_OF[table.kind as keyof typeof OUTPUTS_OF]].map((value) => OUTPUTS[value]),
			default: 'simplified',
			description: 'What each item holds',
		},
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'multiOptions',
			options: selectableFields(table),
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
