import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { FIELDS } from '../../records/fields';
import type { RecordKind } from '../../records/fields';

/** Which resource and operation a group of fields belongs to. */
export interface ShowFor {
	resource: string[];
	operation: string[];
	[parameter: string]: string[];
}

/** Shows fields for one operation only; what they say about other parameters stays. */
export function showFor(show: ShowFor, fields: INodeProperties[]): INodeProperties[] {
	return updateDisplayOptions({ show }, fields);
}

/** The range of time of a list, a search or a report. */
export const timeRange: INodeProperties[] = [
	{
		displayName: 'Time Range',
		name: 'timeRange',
		type: 'options',
		options: [
			{ name: 'Custom', value: 'custom', description: 'From and to a time of your own' },
			{ name: 'Last 30 Days', value: 'last30Days', description: 'Today and the 29 days before' },
			{ name: 'Last 7 Days', value: 'last7Days', description: 'Today and the 6 days before' },
			{ name: 'Last Month', value: 'lastMonth' },
			{ name: 'This Month', value: 'thisMonth' },
			{ name: 'Today', value: 'today' },
			{ name: 'Yesterday', value: 'yesterday' },
		],
		default: 'last7Days',
		description: 'Which time to cover. Days begin at midnight in Beijing, and ranges that hold today end now.',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		required: true,
		default: '',
		placeholder: 'e.g. 2026-01-31T00:00:00',
		displayOptions: { show: { timeRange: ['custom'] } },
		description: "Beginning of the range, itself included. A time without offset is in the workflow's time zone.",
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		required: true,
		default: '',
		placeholder: 'e.g. 2026-02-01T00:00:00',
		displayOptions: { show: { timeRange: ['custom'] } },
		description:
			"End of the range, itself not included, so that the next range can begin there. A time without offset is in the workflow's time zone.",
	},
];

const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
};

/** Limit alone, for an operation that never returns all. */
export const limitOnly: INodeProperties[] = [limit];

/** n8n's pair of fields for lists. */
export const returnAllAndLimit: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{ ...limit, displayOptions: { show: { returnAll: [false] } } },
];

const OUTPUTS: Record<string, INodePropertyOptions> = {
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
	report: ['raw', 'row', 'simplified'],
};

/**
 * The choice of output for a kind of record, with the fields to select where it offers that.
 *
 * @param kind what the operation returns
 */
export function output(kind: RecordKind): INodeProperties[] {
	const choice: INodeProperties = {
		displayName: 'Output',
		name: 'output',
		type: 'options',
		noDataExpression: true,
		options: OUTPUTS_OF[kind].map((value) => OUTPUTS[value]),
		default: 'simplified',
		description: 'What each item holds',
	};
	if (kind === 'report') return [choice];
	const fields: INodeProperties = {
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		options: FIELDS[kind].map((value) => ({ name: value, value })),
		default: [],
		displayOptions: { show: { output: ['selectedFields'] } },
		description: 'Fields of the simplified output to keep. The ID is kept in any case.',
	};
	return [choice, fields];
}

/** Everything that the Options collection can hold. */
const OPTIONS = {
	apiVersion: {
		displayName: 'API Version',
		name: 'apiVersion',
		type: 'options',
		options: [
			{
				name: 'V1',
				value: 'v1',
				description: 'The older API, read in windows of 12 hours. With app_id and sign, they travel in the URL.',
			},
			{ name: 'V2', value: 'v2', description: 'The newer API' },
		],
		default: 'v2',
		description: 'Which of the two conversation lists of Laigu to read',
	},
	concurrency: {
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10, numberPrecision: 0 },
		default: 3,
		description:
			'How many windows of time to read at once with Return All, 1 to 10. It takes effect where a range is read in several windows.',
	},
	maxRetries: {
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 20, numberPrecision: 0 },
		default: 5,
		description:
			'How often to send a request again when Laigu is busy or the connection breaks, waiting longer each time',
	},
	order: {
		displayName: 'Order',
		name: 'order',
		type: 'options',
		options: [
			{ name: 'Newest First', value: 'newestFirst' },
			{ name: 'Oldest First', value: 'oldestFirst' },
		],
		default: 'oldestFirst',
		description: 'Which end of the range to begin with. A Limit takes the first records in this order.',
	},
	timeFormat: {
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
			'How times are written in requests to the V2 API. Change it only if Laigu refuses From and To: its document does not say which form it reads.',
	},
	windowHours: {
		displayName: 'Window Hours',
		name: 'windowHours',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description:
			'The widest window of time to ask for in one request, in hours. 0 stands for 12 with the V1 API and for as wide as Laigu accepts with the V2 API.',
	},
} satisfies Record<string, INodeProperties>;

/**
 * The Options collection with the options that an operation knows.
 *
 * @param names in any order; they are shown alphabetically
 */
export function options(...names: Array<keyof typeof OPTIONS>): INodeProperties[] {
	return [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [...names].sort().map((name) => OPTIONS[name]),
		},
	];
}
