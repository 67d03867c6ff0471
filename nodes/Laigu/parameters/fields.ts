import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { timeFormat } from './output';

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
			'How many requests may be on their way at once, 1 to 10, over all input items. With Return All, a range that holds many records is read in several windows of time side by side. When Laigu asks to slow down, all of them do.',
	},
	firstResponse: {
		displayName: 'First Response Times',
		name: 'firstResponse',
		type: 'options',
		options: [
			{ name: 'Averages', value: 'average', description: 'Seconds that a customer waited, on average' },
			{ name: 'Totals', value: 'total', description: 'Seconds that all customers waited together' },
		],
		default: 'average',
		description:
			"What Laigu's first response times are. Change it only if they grow with the number of conversations: Laigu's document does not say.",
	},
	groupBy: {
		displayName: 'Group By',
		name: 'groupBy',
		type: 'options',
		options: [
			{ name: 'Agent', value: 'agent', description: 'An item for each agent' },
			{ name: 'Day', value: 'day', description: 'An item for each day in Beijing, with one request each' },
			{ name: 'Group', value: 'group', description: 'An item for each group of agents' },
		],
		default: 'agent',
		displayOptions: { hide: { '/output': ['raw'] } },
		description: 'What each item is about. Counts are added up, and averages are weighted by conversations.',
	},
	maxCharacters: {
		displayName: 'Max Transcript Characters',
		name: 'maxCharacters',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		displayOptions: { show: { '/output': ['transcript'] } },
		description: 'The longest transcript, of which the last messages are kept. 0 stands for all of it.',
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
	timeFormat,
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
