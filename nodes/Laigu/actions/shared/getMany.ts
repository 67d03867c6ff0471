import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { openLaigu } from '../../http/client';
import type { Run } from '../../http/client';
import type { ListEndpoint } from '../../lists/endpoints';
import { countRecords, readCountBy } from './count';
import { listRecords } from './list';
import { readOutput, readShape } from './output';
import { readLimit, readOptions, readTimeRange, toRangeQuery } from '../../parameters/read';
import type { Options } from '../../parameters/read';
import type { RecordTable } from '../../records/tables';

/**
 * What every Get Many does: the records of a range of time, or how many there are.
 *
 * @param table what Laigu returns
 * @param endpointFor the list to read
 */
export async function getMany(
	table: RecordTable,
	endpointFor: (chosen: Options) => ListEndpoint,
	context: IExecuteFunctions,
	run: Run,
	itemIndex: number,
): Promise<IDataObject[]> {
	const range = readTimeRange(context, itemIndex);
	const limit = readLimit(context, itemIndex);
	const chosen = readOptions(context, itemIndex);
	const shape = readShape(context, itemIndex, table, chosen.maxCharacters);
	const by = readCountBy(context, itemIndex, table);
	const client = await openLaigu(run, itemIndex, chosen.maxRetries);
	const endpoint = endpointFor(chosen);
	if (readOutput(context, itemIndex) === 'count')
		return await countRecords(client, table, endpoint, toRangeQuery(range, chosen, undefined), by, limit);
	return await listRecords(client, endpoint, toRangeQuery(range, chosen, limit), shape);
}
