import type { IDataObject } from 'n8n-workflow';

import type { LaiguClient } from '../http/client';
import { mapConcurrent } from '../shared/concurrency';
import type { Outcome } from '../shared/concurrency';
import type { Micros } from '../shared/time';
import type { ListEndpoint } from './endpoints';
import { openRange } from './openRange';
import type { KeyedRecord, RangeQuery, RangeReader, Slice } from './openRange';
import { createTimeOrder } from './timeOrder';
import type { Window } from './windows';

export type { Order, RangeQuery } from './openRange';

/** Records that came together, in the order asked for, each as `shape` made it. */
export interface Batch<Shaped = IDataObject> {
	records: Shaped[];
	/** Whether nothing follows and nothing was left out. */
	isLast: boolean;
	/** How many records were looked through so far, wanted or not, each once. */
	looked: number;
	/** How far the range has been looked through, on the way from its one end to the other. Microseconds. */
	reached: Micros;
}

/** All records of a window, or a page of them. */
interface Read<Shaped> {
	window: Window;
	records: Array<KeyedRecord<Shaped>>;
	isLast: boolean;
}

/** Lets through the wanted records that did not come before, and counts all. A record without a key always counts as new. */
function createDeduplicator<Shaped>() {
	const given = new Set<unknown>();
	const passedOver = new Set<unknown>();
	let nameless = 0;

	function isFresh({ key, made }: KeyedRecord<Shaped>): boolean {
		if (key === undefined || key === null || key === '') {
			nameless++;
			return made !== undefined;
		}
		if (given.has(key)) return false;
		// changed meanwhile, the same record may be wanted when it comes again
		(made ? given : passedOver).add(key);
		if (made) passedOver.delete(key);
		return made !== undefined;
	}

	return {
		sift: (records: Array<KeyedRecord<Shaped>>) => records.filter(isFresh),
		looked: () => given.size + passedOver.size + nameless,
	};
}

/** Page by page, none before the one before it was taken. */
async function* pageByPage<Shaped>({ slices, read }: RangeReader<Shaped>): AsyncGenerator<Read<Shaped>, void, void> {
	const line = [slices[Symbol.iterator]()];
	const next = () => {
		for (let slices = line.at(-1); slices; slices = line.at(-1)) {
			const following = slices.next();
			if (!following.done) return following.value;
			line.pop();
		}
		return undefined;
	};
	let following: Slice | undefined;
	for (let slice = next(); slice; slice = following) {
		following = undefined;
		for await (const step of read(slice, () => {})) {
			if (step.split) line.push(step.split[Symbol.iterator]());
			else {
				if (step.isLast) following = next();
				yield { window: slice.window, records: step.records, isLast: step.isLast && !following };
			}
		}
		following ??= next();
	}
}

/** Window by window, several at once where that is asked for. */
async function* windowByWindow<Shaped>(
	{ slices, mayOverlap, read }: RangeReader<Shaped>,
	atOnce: number,
): AsyncGenerator<Read<Shaped>, void, void> {
	async function collect(slice: Slice, look: () => void): Promise<Outcome<Slice, Omit<Read<Shaped>, 'isLast'>>> {
		const records: Array<KeyedRecord<Shaped>> = [];
		for await (const step of read(slice, look)) {
			if (step.split) return { parts: step.split };
			for (const record of step.records) records.push(record);
		}
		return { result: { window: slice.window, records } };
	}
	for await (const { result, isLast } of mapConcurrent(slices, { atOnce, mayOverlap, read: collect })) {
		yield { ...result, isLast };
	}
}

/** The windows in the order asked for, the records inside them as well. */
async function* inOrder<Shaped>(
	reader: RangeReader<Shaped>,
	endpoint: ListEndpoint,
	{ order, limit, concurrency }: RangeQuery,
): AsyncGenerator<Read<Shaped>, void, void> {
	const isLimited = limit !== undefined;
	const atOnce = isLimited ? 1 : concurrency;
	if (order === 'unsorted') return yield* atOnce > 1 ? windowByWindow(reader, atOnce) : pageByPage(reader);

	const time = createTimeOrder(endpoint);
	const all: Array<Read<Shaped>> = [];
	for await (const read of windowByWindow(reader, atOnce)) {
		time.learn(read.window, read.records);
		if (order === 'oldestFirst') time.sort(read.records);
		else if (isLimited) time.sort(read.records).reverse();
		if (order === 'oldestFirst' || isLimited) yield read;
		else all.push(read);
	}
	for (let read = all.pop(); read; read = all.pop()) {
		time.sort(read.records).reverse();
		yield { ...read, isLast: all.length === 0 };
	}
}

/**
 * The records of a range that are wanted, each once, shaped as soon as it comes, in batches: by the time that the list filters on, also across
 * windows, whatever order Laigu gives. Laigu sorts by ID, so that a window has to be read as a whole before any of its records is given. Several
 * windows at once give the same records in the same order whichever is ready first; a failure in one of them ends all.
 *
 * With a limit the reading ends as soon as it is reached. A reader may also just stop.
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
	const { limit = Infinity, range, order } = query;
	const { sift, looked } = createDeduplicator<Shaped>();
	let count = 0;
	// of records that are rarely wanted more have to be read
	const needed = () => ((limit - count) * (looked() + 1)) / (count + 1);
	const reader = openRange(client, endpoint, query, shape, needed);
	const reachedIn = ({ from, to }: Window) =>
		order === 'newestFirst' ? Math.max(range.from, from) : Math.min(range.to, to);
	try {
		for await (const { window, records, isLast } of inOrder(reader, endpoint, query)) {
			const fresh = sift(records);
			const some = fresh.slice(0, limit - count);
			count += some.length;
			const isWhole = some.length === fresh.length;
			yield {
				records: some.flatMap(({ made }) => (made ? [made.shaped] : [])),
				isLast: isLast && isWhole,
				looked: looked(),
				reached: isWhole
					? reachedIn(window)
					: (some.at(-1)?.times.find((time) => time !== undefined) ?? reachedIn(window)),
			};
			if (count >= limit) return;
		}
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
