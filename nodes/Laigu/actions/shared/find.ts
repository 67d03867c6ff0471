import type { ListEndpoint } from '../../lists/endpoints';
import { FIND_RANGE, findValue } from '../../parameters/findBy';
import { readLimit } from '../../parameters/limit';
import { readOptions } from '../../parameters/options';
import type { OutputParameter } from '../../parameters/output';
import { readChoice, readText } from '../../parameters/reader';
import type { ChoiceProperty } from '../../parameters/reader';
import { readTimeRange } from '../../parameters/timeRange';
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

/**
 * Customers, or conversations with customers, who fit a value. Laigu has no search: the range is read newest first until the limit is reached,
 * and a hint tells how far back that was.
 *
 * @throws NodeOperationError for an empty value, and for a parameter that cannot work
 */
export async function find({ reader, open }: InputItem, { table, output, endpoint, findBy }: Search): Promise<Result> {
	const by = readChoice(reader, findBy);
	const matches = matcher(table, by, readText(reader, findValue));
	if (!matches) {
		throw reader.reject("'Value' is empty", "Enter what to search for, or choose another field under 'Find By'.");
	}
	const { range, hints } = readTimeRange(reader, FIND_RANGE);
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
