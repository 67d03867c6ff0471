import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { ListEndpoint } from '../../lists/endpoints';
import { limit, readLimit } from '../../parameters/limit';
import { readOptions } from '../../parameters/options';
import type { OutputParameter } from '../../parameters/output';
import { readChoice, readText } from '../../parameters/reader';
import type { ChoiceProperty } from '../../parameters/reader';
import { readTimeRange, timeRange } from '../../parameters/timeRange';
import { matcher } from '../../records/match';
import type { FindBy } from '../../records/match';
import type { RecordTable } from '../../records/tables';
import type { InputItem, Result } from '../operation';
import { listRecords, searchHint, toRangeQuery } from './list';
import { shapingFor } from './shaping';

/** What a Find looks in, and for what. */
export interface Search {
	table: RecordTable;
	output: OutputParameter;
	endpoint: ListEndpoint;
	findBy: ChoiceProperty<FindBy>;
}

const WHOLE = 'The complete value, not case-sensitive';

const CHOICES: Record<FindBy, Omit<INodePropertyOptions, 'value'>> = {
	name: { name: 'Name', description: 'Any part of the name' },
	phone: { name: 'Phone', description: 'The complete number; spaces, dashes, full-width digits and +86 do not matter' },
	qq: { name: 'QQ', description: 'The whole number' },
	trackId: { name: 'Track ID', description: "Laigu's own ID of the customer" },
	wechat: { name: 'WeChat', description: WHOLE },
};

/** What a customer is found by, alphabetically. */
export const findByChoice = (among: FindBy[]): ChoiceProperty<FindBy> => ({
	displayName: 'Find By',
	name: 'findBy',
	type: 'options',
	options: (Object.keys(CHOICES) as FindBy[])
		.filter((value) => among.includes(value))
		.map((value) => ({ ...CHOICES[value], value })),
	default: 'phone',
	description: 'What you know about the customer',
});

const value: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 13800138000',
	description: 'What to search for within the time range, newest first',
};

/** A few days rarely hold the customer: Laigu has no search, but a month is read in little time. */
const PRESET = 'last30Days';

/** The fields of a Find, without its options. */
export const findFields = ({ findBy, output }: Search): INodeProperties[] => [
	findBy,
	value,
	...timeRange(PRESET),
	limit,
	...output.properties,
];

/**
 * Customers, or conversations with customers, who fit a value. Laigu has no search: the range is read newest first until the limit is reached,
 * and a hint tells how far back that was.
 *
 * @throws NodeOperationError for an empty value, and for a parameter that cannot work
 */
export async function find({ reader, open }: InputItem, { table, output, endpoint, findBy }: Search): Promise<Result> {
	const by = readChoice(reader, findBy);
	const matches = matcher(table, by, readText(reader, value));
	if (!matches) {
		throw reader.reject("'Value' is empty", "Enter what to search for, or choose another field under 'Find By'.");
	}
	const { range, hints } = readTimeRange(reader, PRESET);
	const most = readLimit(reader);
	const options = readOptions(reader);
	const chosen = output.read(reader);
	const query = { ...toRangeQuery(range, options, most), order: 'newestFirst', isWanted: matches } as const;

	const client = await open(options.maxRetries);
	const shaping = shapingFor(table, { ...options, ...chosen });
	const listing = await listRecords(client, endpoint, query, shaping.shape);
	return {
		items: listing.items,
		hints: [
			...hints,
			...shaping.hints(),
			searchHint(listing, range, endpoint.records),
			...(listing.found === 0 && by !== 'name'
				? ['Enter a phone, WeChat, QQ or track ID completely: a part of it finds nobody.']
				: []),
		],
	};
}
