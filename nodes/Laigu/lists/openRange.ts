import type { IDataObject } from 'n8n-workflow';

import type { LaiguClient } from '../http/client';
import type { ListEndpoint } from './endpoints';
import { readPages } from './pages';
import type { Step } from './pages';
import { NARROWEST_PART, planFor, presentOf } from './plan';
import { HOUR, parseLaiguTime, SECOND, granularityOf, formatTime } from '../shared/time';
import type { Micros, Range, TimeFormat } from '../shared/time';
import { backwardWindows, cutWindow, isOutsideRange, splitWindow, widthOf, windowAround } from './windows';
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
	/** Whether the reader is sure to read on to the end. */
	isWhole?: boolean;
}

/** A window to be read, and how often the range was cut until it came to that. */
export interface Slice {
	window: Window;
	depth: number;
}

/** A record that belongs to the range as `shape` made it, and its key: the same record may come with another window as well. */
export interface KeyedRecord<Shaped> {
	key: unknown;
	shaped: Shaped;
}

/** A page of a window. */
export interface WindowPage<Shaped> {
	kept: Array<KeyedRecord<Shaped>>;
	isLast: boolean;
}

/** Reads the windows of one range. */
export interface WindowReader<Shaped> {
	/** What to begin with, oldest first where all of it is wanted, else in the order of reading. */
	slices: Slice[];
	/**
	 * Whether a part may be read while earlier ones are being read: not before Laigu has accepted the width of a window, so that a refused
	 * width is asked for once, and not where the present lies, so that a record that changes meanwhile is not missed on its way there.
	 */
	mayOverlap: (part: Slice) => boolean;
	/**
	 * The pages of a part as they come. It ends with the parts to be read in its place, and all its pages again, where Laigu refuses the width
	 * or narrower windows are faster.
	 *
	 * @param onAccepted called when Laigu has accepted the width
	 * @throws NodeApiError where Laigu refuses or cannot answer, and where the list has no end
	 */
	read: (part: Slice, onAccepted: () => void) => AsyncGenerator<WindowPage<Shaped>, Slice[] | undefined, void>;
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
 */
export function openRange<Shaped>(
	client: LaiguClient,
	endpoint: ListEndpoint,
	query: RangeQuery,
	shape: (record: IDataObject) => Shaped,
): WindowReader<Shaped> {
	const { range, concurrency, isWhole = false } = query;
	const { widest, startedAt } = client.run;
	const isNewestFirst = query.order === 'newestFirst';
	const format = endpoint.hasTimeFormats ? query.timeFormat : 'string';
	const step = granularityOf(format);
	const whole = windowAround(range, step);
	const present = presentOf(startedAt);
	let isProven = false;
	let isStopped = false;
	const asking: LaiguClient = { ...client, ask: async (path, sent) => await client.ask(path, sent, () => !isStopped) };

	const allowed = () =>
		Math.min(query.windowHours * HOUR || (endpoint.widest ?? Infinity), widest.get(endpoint.path) ?? Infinity);

	/** Parts in the order of reading: whoever wants all reads oldest first, whatever the order of the output. */
	function partsOf(windows: Window[], depth: number): Slice[] {
		const narrow = windows.flatMap((window) => cutWindow(window, allowed(), step));
		const atPresent = concurrency > 1 && narrow.length > 1 ? [present] : [];
		const parts = narrow.flatMap((window) => splitWindow(window, atPresent, step));
		if (isNewestFirst && !isWhole) parts.sort((one, other) => other.from - one.from);
		return parts.map((window) => ({ window, depth: parts.length > 1 ? Math.max(1, depth) : depth }));
	}

	function halvesOf({ window, depth }: Slice, { fault, tooWide }: Extract<Step, { fault: object }>): Slice[] {
		const narrowest = tooWide === 'refused' ? NARROWEST_REFUSED : NARROWEST_UNCLEAR;
		if (!tooWide || widthOf(window) <= narrowest) throw client.toError(fault);
		const half = Math.ceil(widthOf(window) / 2) + step;
		if (tooWide === 'refused') widest.set(endpoint.path, half);
		return partsOf(cutWindow(window, half, step), depth);
	}

	function keep(records: IDataObject[]) {
		const kept: Array<KeyedRecord<Shaped>> = [];
		const times: Micros[] = [];
		for (const record of records) {
			const own = endpoint.timeFields.map((field) => parseLaiguTime(record[field]));
			if (own[0] !== undefined) times.push(own[0]);
			// what is dropped here is not remembered: changed meanwhile, the same record may come again with a time inside the range
			if (!isOutsideRange(own, range, whole)) kept.push({ key: record[endpoint.key], shaped: shape(record) });
		}
		return { kept, times };
	}

	async function* read(part: Slice, onAccepted: () => void) {
		const { window, depth } = part;
		if (widthOf(window) > allowed()) return partsOf([window], depth);
		const cutAfter = planFor(window, depth, concurrency);
		const ends = {
			[endpoint.from]: formatTime(window.from, format),
			[endpoint.to]: formatTime(window.to, format),
		};
		for await (const page of readPages(asking, endpoint, ends)) {
			if (page.fault) return halvesOf(part, page);
			if (!isProven) {
				isProven = true;
				onAccepted();
			}
			const { kept, times } = keep(page.records);
			if (!page.isLast && isWhole) {
				if (isNewestFirst && depth === 0) return partsOf(backwardWindows(window, step).reverse(), 1);
				const narrower = splitWindow(window, cutAfter(times) ?? [], step, NARROWEST_PART);
				if (narrower.length > 1) return partsOf(narrower, depth + 1);
			}
			yield { kept, isLast: page.isLast };
		}
		return undefined;
	}

	return {
		slices: partsOf(isNewestFirst && !isWhole ? backwardWindows(whole, step) : [whole], 0),
		mayOverlap: ({ window }) => isProven && window.to <= present,
		read,
		stop: () => (isStopped = true),
	};
}
