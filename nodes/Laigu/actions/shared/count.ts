import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { LaiguClient } from '../../http/client';
import type { ListEndpoint } from '../../lists/endpoints';
import { readRange } from '../../lists/readRange';
import type { RangeQuery } from '../../lists/readRange';
import { toBeijingText } from '../../shared/time';
import { countChoices, createCounter } from '../../records/count';
import type { CountBy } from '../../records/count';
import type { RecordTable } from '../../records/tables';
import { checkedChoice } from '../../parameters/read';
import { daysOf, possibleRange } from '../../shared/ranges';

/** The field that says what to count by, shown with the Count output. */
export const countBy = (table: RecordTable): INodeProperties => ({
	displayName: 'Count By',
	name: 'countBy',
	type: 'options',
	options: countChoices(table).map((value) => ({ name: `${value[0].toUpperCase()}${value.slice(1)}`, value })),
	default: 'channel',
	displayOptions: { show: { output: ['count'] } },
	description: 'An item for each value, with how many there are and how many of them left a phone, WeChat or QQ',
});

/**
 * What the user wants to count by.
 *
 * @throws NodeOperationError for a value that there is not
 */
export function readCountBy(context: IExecuteFunctions, itemIndex: number, table: RecordTable): CountBy {
	const given = context.getNodeParameter('countBy', itemIndex, 'channel');
	return checkedChoice<CountBy>(context, itemIndex, 'Count By', given, countChoices(table) as [CountBy, ...CountBy[]]);
}

/**
 * Counts all records of a range, of which nothing but the counts is kept. Every day of the range is there, also one without records.
 *
 * @param limit the most items; undefined for all. Where there are more, the run gets a hint.
 */
export async function countRecords(
	client: LaiguClient,
	table: RecordTable,
	endpoint: ListEndpoint,
	query: RangeQuery,
	by: CountBy,
	limit: number | undefined,
): Promise<IDataObject[]> {
	const days = by === 'day' ? [...daysOf(possibleRange(query.range, client.run.startedAt))] : [];
	const expected = days.map(({ from }) => toBeijingText(from).slice(0, 10));
	const counter = createCounter(table, by, endpoint.timeFields[0], expected);
	const unsorted: RangeQuery = { ...query, order: 'unsorted', limit: undefined };
	for await (const { records } of readRange(client, endpoint, unsorted))
		for (const record of records) counter.add(record);
	const items = counter.items(query.range);
	if (limit !== undefined && items.length > limit)
		client.run.hints.add(`${items.length - limit} more were counted. Raise 'Limit' to get them.`);
	return items.slice(0, limit);
}
