import type { ListEndpoint } from '../../lists/endpoints';
import { readFilters } from '../../parameters/filters';
import { readReturnAllOrLimit } from '../../parameters/limit';
import { readOptions } from '../../parameters/options';
import type { Options } from '../../parameters/options';
import type { OutputParameter } from '../../parameters/output';
import { readChoice } from '../../parameters/reader';
import type { ChoiceProperty } from '../../parameters/reader';
import { readTimeRange } from '../../parameters/timeRange';
import type { CountBy } from '../../records/countBy';
import { filterFor } from '../../records/filter';
import type { RecordTable } from '../../records/tables';
import type { InputItem, Result } from '../operation';
import { countRecords } from './count';
import { possibleDays } from './days';
import { filterHints, listRecords, moreHint, toRangeQuery } from './list';
import { shapingFor } from './shaping';

/** What a Get Many returns, and where it comes from. */
export interface Source {
	table: RecordTable;
	output: OutputParameter;
	countBy: ChoiceProperty<CountBy>;
	endpointFor: (options: Options) => ListEndpoint;
}

/**
 * What every Get Many does: the records of a range of time that pass the filters, or how many there are. A limit counts what passes.
 *
 * @throws NodeOperationError for a parameter that cannot work
 */
export async function getMany(
	{ reader, open }: InputItem,
	{ table, output, countBy, endpointFor }: Source,
): Promise<Result> {
	const { range, hints } = readTimeRange(reader);
	const options = readOptions(reader);
	const chosen = output.read(reader);
	const isCount = chosen.output === 'count';
	const limit = isCount ? undefined : readReturnAllOrLimit(reader);
	const isWanted = filterFor(table, readFilters(reader));
	const endpoint = endpointFor(options);
	const query = { ...toRangeQuery(range, options, limit), isWanted };
	const by = isCount ? readChoice(reader, countBy) : undefined;
	const days = by === 'day' ? possibleDays(reader, range) : [];

	const client = await open(options.maxRetries);
	if (by) {
		const { items, found, looked } = await countRecords(client, { table, endpoint }, query, by, days);
		return { items, hints: [...hints, ...(isWanted ? filterHints({ found, looked }, endpoint.records) : [])] };
	}
	const shaping = shapingFor(table, { ...options, ...chosen });
	const listing = await listRecords(client, endpoint, query, shaping.shape);
	return {
		items: listing.items,
		hints: [...hints, ...(isWanted ? filterHints(listing, endpoint.records) : []), ...shaping.hints()],
		moreHint: moreHint(listing, limit, endpoint.records),
	};
}
