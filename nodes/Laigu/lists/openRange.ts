import type { IDataObject } from 'n8n-workflow';

import type { LaiguClient } from '../http/client';
import type { ListEndpoint } from './endpoints';
import { readPages } from './pages';
import type { Step } from './pages';
import { NARROWEST_PART, planFor, presentOf } from './plan';
import { GROWTH, planForLimit } from './planForLimit';
import { possibleRange } from '../shared/ranges';
import { HOUR, parseLaiguTime, SECOND, granularityOf, formatTime } from '../shared/time';
import type { Micros, Range, TimeFormat } from '../shared/time';
import type { Timed } from './timeOrder';
import { cutWindow, isOutsideRange, splitWindow, widthOf, windowAround } from './windows';
import type { Window } from './windows';

/** By the time that the list filters on; `unsorted` is windows ascending and inside them Laigu's order, for a reader who sorts for itself. */
export type Order = 'oldestFirst' | 'newestFirst' | 'unsorted';

/** What is asked of a list. */
export interface RangeQuery {
	/** What lies before Laigu began, or in the future, is not asked for. */
	range: Range;
	order: Order;
	/** The most records to give; undefined for all of them. With a limit one window is read after the other, and none that is not needed. */
	limit?: number;
	/** The records to give, of which the limit counts; undefined for all. */
	isWanted?: (record: IDataObject) => boolean;
	/** How v2's time parameters are written; v1 knows one form only. */
	timeFormat: TimeFormat;
	/** The widest window to ask for, in hours; 0 for the endpoint's own. */
	windowHours: number;
	/** How many windows to read at once, where there is no limit. */
	concurrency: number;
}

/** A window to be read, and how often the range was cut until it came to that. */
export interface Slice {
	window: Window;
	depth: number;
}

/** A record of the range, and its key: the same record may come with another window as well. */
export interface KeyedRecord<Shaped> extends Timed {
	key: unknown;
	/** The record as `shape` made it; undefined for one that is not wanted. */
	made?: { shaped: Shaped };
}

/** One step in the reading of a slice: records as they come, or, as the last step, the slices to read in its place with all its pages again. */
export type SliceStep<Shaped> =
	{ records: Array<KeyedRecord<Shaped>>; isLast: boolean; split?: undefined } | { split: Iterable<Slice> };

/** Reads the windows of one range. */
export interface RangeReader<Shaped> {
	/** What to begin with, in the order of reading. */
	slices: Iterable<Slice>;
	/**
	 * Whether a slice may be read while earlier ones are being read: not before Laigu has accepted the width of a window, so that a refused
	 * width is asked for once, and not where the present lies, so that a record that changes meanwhile is not missed on its way there.
	 */
	mayOverlap: (slice: Slice) => boolean;
	/**
	 * The pages of a slice as they come. A slice is split where Laigu refuses its width, or where narrower windows are faster.
	 *
	 * @param onAccepted called when Laigu has accepted the width
	 * @throws NodeApiError where Laigu refuses or cannot answer, and where the list has no end
	 */
	read: (slice: Slice, onAccepted: () => void) => AsyncGenerator<SliceStep<Shaped>, void, void>;
	/** Lets nothing more be sent. */
	stop(): void;
}

/** A window that is refused although it is this narrow is not refused for its width. */
const NARROWEST_REFUSED: Micros = HOUR;
const NARROWEST_UNCLEAR: Micros = 4 * SECOND;

/**
 * Opens a range for reading.
 *
 * @param client Laigu, for one input item
 * @param endpoint the list
 * @param query the range (from ≤ t < to) and how to read it
 * @param shape what to make of each record, as soon as it comes
 * @param needed how many records a reader with a limit still needs, wanted or not
 */
export function openRange<Shaped>(
	client: LaiguClient,
	endpoint: ListEndpoint,
	query: RangeQuery,
	shape: (record: IDataObject) => Shaped,
	needed: () => number,
): RangeReader<Shaped> {
	const { isWanted = () => true } = query;
	const { widest, startedAt } = client.run;
	const isLimited = query.limit !== undefined;
	const concurrency = isLimited ? 1 : query.concurrency;
	const isBackward = isLimited && query.order === 'newestFirst';
	const range = possibleRange(query.range, startedAt);
	const format = endpoint.hasTimeFormats ? query.timeFormat : 'string';
	const step = granularityOf(format);
	const whole = windowAround(range, step);
	const present = presentOf(startedAt);
	let isProven = false;
	let isStopped = false;
	const asking: LaiguClient = { ...client, ask: async (path, sent) => await client.ask(path, sent, () => !isStopped) };

	const allowed = () =>
		Math.min(query.windowHours * HOUR || (endpoint.widest ?? Infinity), widest.get(endpoint.path) ?? Infinity);

	/** Slices of windows, none wider than allowed, each made when it is asked for. */
	function* slicesOf(windows: Iterable<Window>, depth: number): Generator<Slice, void, void> {
		for (const wide of windows) {
			const isNarrow = widthOf(wide) <= allowed();
			for (const window of cutWindow(wide, { width: allowed(), isBackward }, step)) {
				const atPresent = concurrency > 1 && (depth > 0 || !isNarrow) ? [present] : [];
				for (const part of splitWindow(window, atPresent, step))
					yield { window: part, depth: isNarrow ? depth : Math.max(1, depth) };
			}
		}
	}

	function halvesOf({ window, depth }: Slice, { fault, tooWide }: Extract<Step, { fault: object }>) {
		const narrowest = tooWide === 'refused' ? NARROWEST_REFUSED : NARROWEST_UNCLEAR;
		if (!tooWide || widthOf(window) <= narrowest) throw client.toError(fault);
		const half = Math.ceil(widthOf(window) / 2) + step;
		if (tooWide === 'refused') widest.set(endpoint.path, half);
		return slicesOf(cutWindow(window, { width: half, isBackward }, step), Math.max(1, depth));
	}

	/** Says whether a slice is better read in narrower windows, page by page. */
	function splitterOf({ window, depth }: Slice) {
		if (isLimited) {
			const widthFor = planForLimit(window, depth === 0, isBackward);
			return (times: Micros[]) => {
				const width = query.order === 'unsorted' ? undefined : widthFor(times, needed());
				return width && slicesOf(cutWindow(window, { width, growth: GROWTH, isBackward }, step), depth + 1);
			};
		}
		const cutAfter = planFor(window, depth, concurrency);
		return (times: Micros[]) => {
			const narrower = splitWindow(window, cutAfter(times) ?? [], step, NARROWEST_PART);
			return narrower.length > 1 ? slicesOf(narrower, depth + 1) : undefined;
		};
	}

	const withTimes = (record: IDataObject) => ({
		record,
		times: endpoint.timeFields.map((field) => parseLaiguTime(record[field])),
	});

	function takeIn(records: Array<Timed & { record: IDataObject }>) {
		const kept: Array<KeyedRecord<Shaped>> = [];
		for (const { record, times } of records) {
			// what is dropped here is not remembered: changed meanwhile, the same record may come again with a time inside the range
			if (isOutsideRange(times, query.range, whole)) continue;
			kept.push({ key: record[endpoint.key], times, made: isWanted(record) ? { shaped: shape(record) } : undefined });
		}
		return kept;
	}

	async function* read(slice: Slice, onAccepted: () => void): AsyncGenerator<SliceStep<Shaped>, void, void> {
		const { window, depth } = slice;
		if (widthOf(window) > allowed()) return yield { split: slicesOf([window], depth) };
		const splitAfter = splitterOf(slice);
		const ends = {
			[endpoint.from]: formatTime(window.from, format),
			[endpoint.to]: formatTime(window.to, format),
		};
		for await (const page of readPages(asking, endpoint, ends)) {
			if (page.fault) return yield { split: halvesOf(slice, page) };
			if (!isProven) {
				isProven = true;
				onAccepted();
			}
			const timed = page.records.map(withTimes);
			if (!page.isLast) {
				const split = splitAfter(timed.map(({ times: [first] }) => first).filter((time) => time !== undefined));
				if (split) return yield { split };
			}
			yield { records: takeIn(timed), isLast: page.isLast };
		}
	}

	return {
		slices: range.from < range.to ? slicesOf([whole], 0) : [],
		mayOverlap: ({ window }) => isProven && window.to <= present,
		read,
		stop: () => (isStopped = true),
	};
}
