import type { IDataObject } from 'n8n-workflow';

import type { LaiguClient } from '../../http/client';
import type { ListEndpoint } from '../../lists/endpoints';
import { readShaped } from '../../lists/readRange';
import type { RangeQuery } from '../../lists/readRange';
import type { Options } from '../../parameters/options';
import type { Shaper } from '../../records/shape';
import { toBeijingText } from '../../shared/time';
import type { Micros, Range } from '../../shared/time';

/** The records of a list that were asked for, and how much of the list was read for them. */
export interface Listing {
	items: IDataObject[];
	/** How many records became items. */
	found: number;
	/** How many records were looked through, wanted or not. */
	looked: number;
	/** How far the range was looked through. */
	reached: Micros;
	/** Whether there is nothing else in the range. */
	isComplete: boolean;
}

/**
 * What is asked of a list.
 *
 * @param limit the most records; undefined for all. Without an order of the user's, a limit takes the newest, and everything comes oldest first.
 */
export function toRangeQuery(range: Range, options: Options, limit: number | undefined): RangeQuery {
	const { concurrency, order, timeFormat, windowHours } = options;
	return {
		range,
		order: order ?? (limit === undefined ? 'oldestFirst' : 'newestFirst'),
		limit,
		timeFormat,
		windowHours,
		concurrency,
	};
}

/**
 * Reads a list and shapes each record as it arrives, so that no second copy of the list is held.
 *
 * @throws NodeApiError where Laigu refuses or cannot answer, and where the list has no end
 */
export async function listRecords(
	client: LaiguClient,
	endpoint: ListEndpoint,
	query: RangeQuery,
	shape: Shaper,
): Promise<Listing> {
	const { range, order } = query;
	const listing: Listing = {
		items: [],
		found: 0,
		looked: 0,
		reached: order === 'newestFirst' ? range.from : range.to,
		isComplete: true,
	};
	for await (const { records, isLast, looked, reached } of readShaped(client, endpoint, query, shape)) {
		for (const shaped of records) for (const json of shaped) listing.items.push(json);
		Object.assign(listing, { found: listing.found + records.length, looked, reached, isComplete: isLast });
	}
	return listing;
}

/** How many records a filter let through. Nothing where there was nothing to look through. */
export function filterHints({ found, looked }: Pick<Listing, 'found' | 'looked'>, records: string): string[] {
	return looked === 0 ? [] : [`${found} of the ${looked} ${records} that were read pass 'Filters'.`];
}

/** The hint that a limit was reached before the end of the range. */
export function moreHint({ isComplete }: Listing, limit: number | undefined, records: string): string | undefined {
	return isComplete || limit === undefined
		? undefined
		: `The limit of ${limit} ${records} was reached, and there may be more. To get them, turn on 'Return All' or raise 'Limit'.`;
}

/** How far back a search looked, and where more may be. */
export function searchHint({ looked, reached, isComplete }: Listing, { from }: Range, records: string): string {
	const back = toBeijingText(isComplete ? from : reached);
	return `${looked} ${records} were searched, back to ${back} Beijing time. ${
		isComplete
			? "To search further back, choose a longer 'Time Range'."
			: "The search stopped at 'Limit': there may be more matches further back."
	}`;
}
