import type { IDataObject } from 'n8n-workflow';

import type { LaiguClient } from '../../http/client';
import type { ListEndpoint } from '../../lists/endpoints';
import { readRange } from '../../lists/readRange';
import type { RangeQuery } from '../../lists/readRange';
import { createCounter } from '../../records/count';
import type { CountBy } from '../../records/countBy';
import type { RecordTable } from '../../records/tables';
import { toBeijingText } from '../../shared/time';
import type { Range } from '../../shared/time';

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
