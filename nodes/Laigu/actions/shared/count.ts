import type { IDataObject } from 'n8n-workflow';

import type { LaiguClient } from '../../http/client';
import type { ListEndpoint } from '../../lists/endpoints';
import { readRange } from '../../lists/readRange';
import type { RangeQuery } from '../../lists/readRange';
import type { ChoiceProperty } from '../../parameters/reader';
import { countChoices, createCounter } from '../../records/count';
import type { CountBy } from '../../records/count';
import type { RecordTable } from '../../records/tables';
import { toBeijingText } from '../../shared/time';
import type { Range } from '../../shared/time';

/** Everything that records can be counted by, by their names. */
const CHOICES: ChoiceProperty<CountBy>['options'] = [
	{ name: 'Account', value: 'account' },
	{ name: 'Advertiser', value: 'advertiser' },
	{ name: 'Agent', value: 'agent' },
	{ name: 'Campaign', value: 'campaign' },
	{ name: 'Channel', value: 'channel' },
	{ name: 'Creative', value: 'creative' },
	{ name: 'Day', value: 'day' },
	{ name: 'Group', value: 'group' },
	{ name: 'Note', value: 'note' },
];

/** What the records of a list are counted by. */
export const countByChoice = (table: RecordTable): ChoiceProperty<CountBy> => ({
	displayName: 'Count By',
	name: 'countBy',
	type: 'options',
	options: CHOICES.filter(({ value }) => countChoices(table).includes(value)),
	default: 'channel',
	displayOptions: { show: { output: ['count'] } },
	description: 'One item for each value, with the number of records and how many of them have a phone, WeChat or QQ',
});

/** Counts, and how many records were looked through for them. */
export interface Counted {
	items: IDataObject[];
	found: number;
	looked: number;
}

/**
 * Counts all records of a range, of which nothing but the counts is kept.
 *
 * @param days the days that are to be there also without records; none unless it is counted by day
 * @throws NodeApiError where Laigu refuses or cannot answer, and where the list has no end
 */
export async function countRecords(
	client: LaiguClient,
	{ table, endpoint }: { table: RecordTable; endpoint: ListEndpoint },
	query: RangeQuery,
	by: CountBy,
	days: Iterable<Range>,
): Promise<Counted> {
	const expected = [...days].map(({ from }) => toBeijingText(from).slice(0, 10));
	const counter = createCounter(table, by, endpoint.timeFields[0], expected);
	const counted = { found: 0, looked: 0 };
	for await (const { records, looked } of readRange(client, endpoint, { ...query, order: 'unsorted' })) {
		for (const record of records) counter.add(record);
		counted.found += records.length;
		counted.looked = looked;
	}
	return { items: counter.items(query.range), ...counted };
}
