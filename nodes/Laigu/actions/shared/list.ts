import type { IDataObject } from 'n8n-workflow';

import type { LaiguClient } from '../../api/client';
import type { ListEndpoint } from '../../api/endpoints';
import { readRange } from '../../api/readRange';
import type { RangeQuery } from '../../api/readRange';
import type { Shape } from '../../records/shape';

/**
 * Reads a list and shapes each record as it arrives, so that no second copy of the list is held.
 *
 * @param limit the most records; undefined for all. Where more would have followed, the run gets a hint.
 */
export async function listRecords(
	client: LaiguClient,
	endpoint: ListEndpoint,
	query: RangeQuery,
	shape: Shape,
	limit: number | undefined,
): Promise<IDataObject[]> {
	const shaped: IDataObject[] = [];
	let count = 0;
	for await (const { records, isLast } of readRange(client, endpoint, query)) {
		for (const record of records) {
			if (count === limit) {
				client.run.hints.add(moreThan(limit, endpoint.records));
				return shaped;
			}
			count++;
			for (const json of shape(record)) shaped.push(json);
		}
		if (count === limit) {
			if (!isLast) client.run.hints.add(moreThan(limit, endpoint.records));
			return shaped;
		}
	}
	return shaped;
}

const moreThan = (limit: number, records: string) =>
	`The limit of ${limit} ${records} was reached and there may be more. Turn on 'Return All', or raise 'Limit', to get them.`;
