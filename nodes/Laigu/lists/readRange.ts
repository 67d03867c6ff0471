import type { IDataObject } from 'n8n-workflow';

import type { LaiguClient } from '../http/client';
import { mapConcurrent } from '../shared/concurrency';
import type { Outcome } from '../shared/concurrency';
import type { ListEndpoint } from './endpoints';
import { openRange } from './openRange';
import type { KeyedRecord, Slice, RangeQuery, WindowReader } from './openRange';

export type { Order, RangeQuery } from './openRange';

/** Records that came together, in the order asked for, each as `shape` made it. */
export interface Batch<Shaped = IDataObject> {
	records: Shaped[];
	/** Whether nothing follows. */
	isLast: boolean;
}

/** Lets through what did not come before. A record without a key always does. */
function createDeduplicator<Shaped>() {
	const seen = new Set<unknown>();
	return (kept: Array<KeyedRecord<Shaped>>): Shaped[] => {
		const fresh = kept.filter(({ key }) => {
			if (key === undefined || key === null || key === '') return true;
			if (seen.has(key)) return false;
			seen.add(key);
			return true;
		});
		return fresh.map(({ shaped }) => shaped);
	};
}

/** Page by page, none before the one before it was taken. */
async function* pageByPage<Shaped>({
	slices: parts,
	read,
}: WindowReader<Shaped>): AsyncGenerator<Batch<KeyedRecord<Shaped>>> {
	const line = [...parts];
	for (let part = line.shift(); part; part = line.shift()) {
		const pages = read(part, () => {});
		let page = await pages.next();
		for (; !page.done; page = await pages.next()) {
			yield { records: page.value.kept, isLast: page.value.isLast && line.length === 0 };
		}
		line.unshift(...(page.value ?? []));
	}
}

/** Window by window, several at once where that is asked for. */
async function* windowByWindow<Shaped>(
	{ slices: parts, mayOverlap, read }: WindowReader<Shaped>,
	atOnce: number,
): AsyncGenerator<Batch<KeyedRecord<Shaped>>> {
	async function collect(part: Slice, look: () => void): Promise<Outcome<Slice, Array<KeyedRecord<Shaped>>>> {
		const result: Array<KeyedRecord<Shaped>> = [];
		const pages = read(part, look);
		let page = await pages.next();
		for (; !page.done; page = await pages.next()) for (const kept of page.value.kept) result.push(kept);
		return page.value ? { parts: page.value } : { result };
	}
	for await (const { result, isLast } of mapConcurrent(parts, { atOnce, mayOverlap, read: collect })) {
		yield { records: result, isLast };
	}
}

/** Turns windows and what is inside them round. */
function* reversed<Shaped>(batches: Array<Batch<Shaped>>): Generator<Batch<Shaped>> {
	for (let batch = batches.pop(); batch; batch = batches.pop()) {
		yield { records: batch.records.reverse(), isLast: batches.length === 0 };
	}
}

async function* inOrder<Shaped>(
	reader: WindowReader<Shaped>,
	{ order, concurrency, isWhole }: RangeQuery,
): AsyncGenerator<Batch<KeyedRecord<Shaped>>> {
	if (order === 'oldestFirst') {
		yield* concurrency > 1 ? windowByWindow(reader, concurrency) : pageByPage(reader);
		return;
	}
	const all: Array<Batch<KeyedRecord<Shaped>>> = [];
	for await (const batch of windowByWindow(reader, concurrency)) {
		if (isWhole) all.push(batch);
		else yield { ...batch, records: batch.records.reverse() };
	}
	yield* reversed(all);
}

/**
 * Every record of a range once, shaped as soon as it comes, in batches. Oldest first is windows ascending, inside them the API's order; newest
 * first is windows descending from the end of the range, each turned round. Several windows at once give the same records in the same
 * order whichever is ready first; a failure in one of them ends all. A reader that has enough just stops reading: with a concurrency of 1 no
 * page is fetched that nobody asked for.
 *
 * @param client Laigu, for one input item
 * @param endpoint the list
 * @param query the range (from ≤ t < to) and how to read it
 * @param shape what to make of each record
 * @throws NodeApiError where Laigu refuses or cannot answer, and where the list has no end
 */
export async function* readShaped<Shaped>(
	client: LaiguClient,
	endpoint: ListEndpoint,
	query: RangeQuery,
	shape: (record: IDataObject) => Shaped,
): AsyncGenerator<Batch<Shaped>> {
	const reader = openRange(client, endpoint, query, shape);
	const sift = createDeduplicator<Shaped>();
	try {
		for await (const { records, isLast } of inOrder(reader, query)) yield { records: sift(records), isLast };
	} finally {
		reader.stop();
	}
}

/** As {@link readShaped}, the records as Laigu sent them. */
export async function* readRange(
	client: LaiguClient,
	endpoint: ListEndpoint,
	query: RangeQuery,
): AsyncGenerator<Batch> {
	yield* readShaped(client, endpoint, query, (record) => record);
}
