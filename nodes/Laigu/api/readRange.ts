import type { IDataObject } from 'n8n-workflow';

import type { LaiguClient } from './client';
import type { ListEndpoint } from './endpoints';
import { readPages } from './pages';
import type { Step } from './pages';
import { HOUR, parseLaiguTime, SECOND, stepOf, toWire } from './time';
import type { Micros, Range, TimeFormat } from './time';
import { backwardWindows, cutWindow, isBeyond, widthOf, windowAround } from './windows';
import type { Window } from './windows';

export type Order = 'oldestFirst' | 'newestFirst';

/** What is asked of a list. */
export interface RangeQuery {
	range: Range;
	order: Order;
	/** How v2's time parameters are written; v1 knows one form only. */
	timeFormat: TimeFormat;
	/** The widest window to ask for, in hours; 0 for the endpoint's own. */
	windowHours: number;
	/** How many windows to read at once; 1 for a reader that may stop early. */
	concurrency: number;
}

/** Records that came together, in the order asked for. */
export interface Batch {
	records: IDataObject[];
	/** Whether nothing follows. */
	isLast: boolean;
}

/** A window that is refused although it is this narrow is not refused for its width. */
const NARROWEST_REFUSED: Micros = HOUR;
const NARROWEST_UNCLEAR: Micros = 4 * SECOND;

/** Reads windows ahead of the reader: several at once, handed out in the reader's order. A failure in one of them ends all. */
function readAhead(read: (window: Window) => AsyncGenerator<Step, void, void>, concurrency: number) {
	const started = new Map<Window, Promise<Step[]>>();
	let isStopped = false;
	let fail: (reason: unknown) => void;
	const failure = new Promise<never>((_, reject) => (fail = reject));
	failure.catch(() => undefined); // thrown where the reader waits

	async function collect(window: Window) {
		const steps: Step[] = [];
		for await (const step of read(window)) {
			if (isStopped) break;
			steps.push(step);
		}
		return steps;
	}

	return {
		/** The pages of the first of the windows; the next ones are begun as well. */
		async *take(windows: Window[]): AsyncGenerator<Step, void, void> {
			if (concurrency === 1) return yield* read(windows[0]);
			for (const window of windows.slice(0, concurrency)) {
				if (started.has(window)) continue;
				const steps = collect(window);
				steps.catch((error: unknown) => {
					isStopped = true;
					fail(error);
				});
				started.set(window, steps);
			}
			// the failure first: the windows that it stopped are not complete
			const steps = await Promise.race([failure, started.get(windows[0])]);
			started.delete(windows[0]);
			yield* steps ?? [];
		},
		stop() {
			isStopped = true;
		},
	};
}

/** Drops what came before and what lies outside the range, and keeps everything of which neither is sure. */
function createSieve(endpoint: ListEndpoint, range: Range, asked: Window) {
	const seen = new Set<unknown>();
	return (record: IDataObject) => {
		const times = endpoint.timeFields.map((field) => parseLaiguTime(record[field]));
		// not remembered: changed meanwhile, the same record may come again with a time inside the range
		if (isBeyond(times, range, asked)) return false;
		const key = record[endpoint.key];
		if (key === undefined || key === null || key === '') return true;
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	};
}

/**
 * Every record of a range once, in batches as they arrive. Oldest first is windows ascending, inside them the API's order; newest first goes
 * back from the end of the range in windows that grow, each turned round. A window that Laigu refuses for its width is halved, and the
 * narrower width is kept for the whole run. A reader that has enough just stops reading: no page is fetched that nobody asked for.
 *
 * @param client Laigu, for one input item
 * @param endpoint the list
 * @param query the range (from ≤ t < to) and how to read it
 * @throws NodeApiError where Laigu refuses or cannot answer, and where the list has no end
 */
export async function* readRange(
	client: LaiguClient,
	endpoint: ListEndpoint,
	query: RangeQuery,
): AsyncGenerator<Batch> {
	const format = endpoint.hasTimeFormats ? query.timeFormat : 'string';
	const step = stepOf(format);
	const whole = windowAround(query.range, step);
	const isWanted = createSieve(endpoint, query.range, whole);
	const isNewestFirst = query.order === 'newestFirst';
	const { widest } = client.run;

	const ahead = readAhead(
		(window) =>
			readPages(client, endpoint, {
				[endpoint.from]: toWire(window.from, format),
				[endpoint.to]: toWire(window.to, format),
			}),
		query.concurrency,
	);
	const cut = (window: Window, width: Micros) => {
		const parts = cutWindow(window, width, step);
		return isNewestFirst ? parts.reverse() : parts;
	};

	let pending = isNewestFirst ? backwardWindows(whole, step) : [whole];
	let isWidthProven = false;
	try {
		while (pending.length > 0) {
			const allowed = Math.min(
				query.windowHours * HOUR || (endpoint.widest ?? Infinity),
				widest.get(endpoint.path) ?? Infinity,
			);
			pending = pending.flatMap((window) => cut(window, allowed));
			const [window, ...rest] = pending;
			const reversed: IDataObject[][] = [];
			let parts: Window[] = [];

			for await (const page of ahead.take(isWidthProven ? pending : [window])) {
				if (page.fault) {
					const narrowest = page.tooWide === 'refused' ? NARROWEST_REFUSED : NARROWEST_UNCLEAR;
					if (!page.tooWide || widthOf(window) <= narrowest) throw client.toError(page.fault);
					const half = Math.ceil(widthOf(window) / 2) + step;
					if (page.tooWide === 'refused') widest.set(endpoint.path, half);
					parts = cut(window, half);
					break;
				}
				isWidthProven = true;
				const records = page.records.filter(isWanted);
				if (isNewestFirst) reversed.push(records.reverse());
				else yield { records, isLast: page.isLast && rest.length === 0 };
			}
			pending = [...parts, ...rest];
			if (isNewestFirst && parts.length === 0) yield { records: reversed.reverse().flat(), isLast: rest.length === 0 };
		}
	} finally {
		ahead.stop();
	}
}
