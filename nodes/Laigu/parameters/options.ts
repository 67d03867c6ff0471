import type { INodeProperties } from 'n8n-workflow';

import type { Order } from '../lists/readRange';
import type { FirstResponse } from '../records/rates';
import type { TimeFormat } from '../shared/time';
import { collectionReader, readBoolean, readChoice, readNumber } from './reader';
import type { ChoiceProperty, ParameterReader } from './reader';

/** The orders that a person can choose. */
type ChosenOrder = Exclude<Order, 'unsorted'>;

const apiVersion: ChoiceProperty<'v1' | 'v2'> = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'options',
	options: [
		{
			name: 'V1',
			value: 'v1',
			description: 'The older API, which covers 12 hours per request. With app_id and sign, both are sent in the URL.',
		},
		{ name: 'V2', value: 'v2', description: 'The newer API' },
	],
	default: 'v2',
	description: "Which of Laigu's two conversation lists to read",
};

const concurrency: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 10, numberPrecision: 0 },
	default: 3,
	description:
		'How many requests to send at the same time, 1 to 10, for all input items together. When Laigu asks to slow down, every one of them does.',
};

/** Whether to look for contacts in what the customer wrote. */
export const findContacts: INodeProperties = {
	displayName: 'Find Contacts in Messages',
	name: 'findContacts',
	type: 'boolean',
	default: true,
	displayOptions: { hide: { '/output': ['raw', 'messages', 'transcript', 'count'] } },
	description:
		'Whether to add the phones, WeChat and QQ IDs that the customer wrote in the chat, as mentionedPhones, mentionedWechats and mentionedQqs',
};

const firstResponse: ChoiceProperty<FirstResponse> = {
	displayName: 'First Response Times',
	name: 'firstResponse',
	type: 'options',
	options: [
		{ name: 'Averages', value: 'average', description: 'Seconds that a customer waited, on average' },
		{ name: 'Totals', value: 'total', description: 'Seconds that all customers waited, in total' },
	],
	default: 'average',
	description:
		"What Laigu's first response times mean. Change it only if they grow with the number of conversations: Laigu's document does not say.",
};

/** Whether to hide the middle of phones, WeChat and QQ IDs. */
export const maskContacts: INodeProperties = {
	displayName: 'Mask Contacts',
	name: 'maskContacts',
	type: 'boolean',
	default: false,
	displayOptions: { hide: { '/output': ['raw', 'count'] } },
	description:
		'Whether to replace the middle of phones, WeChat and QQ IDs with asterisks, in their fields and in all texts. Raw output is never masked.',
};

const maxCharacters: INodeProperties = {
	displayName: 'Max Transcript Characters',
	name: 'maxCharacters',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 0,
	displayOptions: { show: { '/output': ['transcript'] } },
	description: 'Maximum length. Longer transcripts keep the most recent messages. 0 means no limit.',
};

const maxRetries: INodeProperties = {
	displayName: 'Max Retries',
	name: 'maxRetries',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 20, numberPrecision: 0 },
	default: 5,
	description: 'How often to repeat a request when Laigu is busy or the connection breaks, waiting longer each time',
};

const order: ChoiceProperty<ChosenOrder> = {
	displayName: 'Order',
	name: 'order',
	type: 'options',
	options: [
		{ name: 'Newest First', value: 'newestFirst' },
		{ name: 'Oldest First', value: 'oldestFirst' },
	],
	default: 'newestFirst',
	description:
		'Which records come first; with a Limit, these are the ones that are kept. By default, the newest come first with a Limit, and the oldest with Return All.',
};

/** Whether a spreadsheet is kept from taking texts for formulas. */
export const protectFormulas: INodeProperties = {
	displayName: 'Protect From Formulas',
	name: 'protectFormulas',
	type: 'boolean',
	default: true,
	displayOptions: { show: { '/output': ['spreadsheetRow'] } },
	description:
		"Whether to put a ' before text that a spreadsheet would read as a formula, such as a name that begins with =",
};

/** How times are written in requests: for an account whose Laigu reads another form than the default. */
export const timeFormat: ChoiceProperty<TimeFormat> = {
	displayName: 'Time Format',
	name: 'timeFormat',
	type: 'options',
	options: [
		{ name: 'Date and Time', value: 'string', description: 'Such as 2026-01-31 08:00:00, Beijing time' },
		{
			name: 'Date and Time With Microseconds',
			value: 'stringMicroseconds',
			description: 'Such as 2026-01-31 08:00:00.000000, Beijing time',
		},
		{ name: 'Seconds Since 1970', value: 'epochSeconds', description: 'Such as 1769817600' },
		{ name: 'Seconds Since 1970, in Millionths', value: 'epochMicroseconds', description: 'Such as 1769817600000000' },
	],
	default: 'string',
	description:
		'How times are written in requests to the V2 API. Change it only if Laigu refuses the times that were requested: its document does not say which form it reads.',
};

const windowHours: INodeProperties = {
	displayName: 'Max Hours per Request',
	name: 'windowHours',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 0,
	description:
		'The longest period to request at once; longer ranges are split. 0 means 12 hours with the V1 API, and as much as Laigu accepts with the V2 API.',
};

/** Everything that the Options of the Laigu node can hold. */
const OPTIONS = {
	apiVersion,
	concurrency,
	findContacts,
	firstResponse,
	maskContacts,
	maxCharacters,
	maxRetries,
	order,
	protectFormulas,
	timeFormat,
	windowHours,
};

/** The collection that holds what is rarely changed. */
export const optionsOf = (among: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...among].sort((one, other) => (one.displayName < other.displayName ? -1 : 1)),
});

/** The Options collection with the options that an operation knows, in any order. */
export const options = (...among: Array<keyof typeof OPTIONS>): INodeProperties =>
	optionsOf(among.map((name) => OPTIONS[name]));

/** The Options collection as the operations read it, with its defaults filled in. */
export interface Options {
	apiVersion: 'v1' | 'v2';
	concurrency: number;
	findContacts: boolean;
	firstResponse: FirstResponse;
	maskContacts: boolean;
	maxCharacters: number;
	maxRetries: number;
	/** Undefined where the user does not say. */
	order: ChosenOrder | undefined;
	protectFormulas: boolean;
	timeFormat: TimeFormat;
	/** 0 for as the endpoint allows. */
	windowHours: number;
}

/**
 * The Options collection.
 *
 * @throws NodeOperationError for a number out of its bounds, or a choice that does not exist
 */
export function readOptions(reader: ParameterReader): Options {
	const inside = collectionReader(reader, optionsOf([]));
	return {
		apiVersion: readChoice(inside, apiVersion),
		concurrency: readNumber(inside, concurrency),
		findContacts: readBoolean(inside, findContacts),
		firstResponse: readChoice(inside, firstResponse),
		maskContacts: readBoolean(inside, maskContacts),
		maxCharacters: readNumber(inside, maxCharacters),
		maxRetries: readNumber(inside, maxRetries),
		order: inside.get('order', undefined) === undefined ? undefined : readChoice(inside, order),
		protectFormulas: readBoolean(inside, protectFormulas),
		timeFormat: readChoice(inside, timeFormat),
		windowHours: readNumber(inside, windowHours),
	};
}

/** How many requests of a run may be on their way at once: what its first item says, for all of them. What cannot work is told where that item is performed. */
export function readConcurrency(reader: ParameterReader): number {
	try {
		return readNumber(collectionReader(reader, optionsOf([])), concurrency);
	} catch {
		return concurrency.default as number;
	}
}
