import type { IDataObject } from 'n8n-workflow';

import type { LaiguClient } from '../../http/client';
import type { ListEndpoint } from '../../lists/endpoints';
import { readShaped } from '../../lists/readRange';
import type { RangeQuery } from '../../lists/readRange';
import type { Shaper } from '../../records/shape';

/** Reads a list and shapes each record as it arrives, so that no second copy of the list is held. Where a limit left some out, the run gets a hint. */
export async function listRecords(
	client: LaiguClient,
	endpoint: ListEndpoint,
	query: RangeQuery,
	shape: Shaper,
): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	let isComplete = true;
	for await (const { records, isLast } of readShaped(client, endpoint, query, shape)) {
		for (const shaped of records) for (const json of shaped) all.push(json);
		isComplete = isLast;
	}
	if (!isComplete && query.limit !== undefined) client.run.hints.add(moreThan(query.limit, endpoint.records));
	return all;
}

const moreThan = (limit: number, records: string) =>
	`The limit of ${limit} ${records} was reached and there may be more. Turn on 'Return All', or raise 'Limit', to get them.`;
