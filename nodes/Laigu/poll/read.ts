import type { IDataObject } from 'n8n-workflow';

import type { LaiguClient } from '../http/client';
import type { ListEndpoint } from '../lists/endpoints';
import { PAGE_CAP, readPages } from '../lists/pages';
import { isOutsideRange, windowAround } from '../lists/windows';
import { CLOCK_TOLERANCE, formatTime, granularityOf, HOUR, MILLISECOND, SECOND } from '../shared/time';
import type { Micros, TimeFormat } from '../shared/time';
import { readUntil, watermarkAfter } from './cursor';
import type { Position, Reading } from './cursor';
import { markOf, SeenSet, timeOf } from './seenSet';
import type { PollTime } from './time';

/** What one poll may do. */
export interface PollPlan {
	endpoint: ListEndpoint;
	timeFormat: TimeFormat;
	/** How late a record may become visible, in microseconds. */
	lookback: Micros;
	/** n8n's clock when the poll began. */
	now: Micros;
	time: PollTime;
}

/** Where to read on from. */
export interface ReadStart {
	watermark: Micros;
	reading: Reading;
	/** The latest time of any record seen. */
	proven: Micros;
	/** Marks of what was handed out. The marks of what is read now are added. */
	seen: SeenSet;
}

/** What one poll got. */
export interface PollResult {
	/** Records that were not handed out before, by their time. */
	fresh: IDataObject[];
	/** Their marks. */
	marks: SeenSet;
	/** How far the list is read now. */
	position: Position;
	/** The latest time of any record seen. */
	proven: Micros;
	/** The reading that came to the present with this poll. */
	whole?: Reading;
	/** Whether any record was listed, new or not. */
	isAnythingThere: boolean;
	/** Pages that were read. */
	pages: number;
	/** Whether a window had to be read from its beginning again, since Laigu did not know its page any more. */
	isRestarted: boolean;
	/** Whether the poll ended because its time was up. */
	isOutOfTime: boolean;
	/** Why the poll ended before it came to the present, where Laigu refused to continue. */
	stopped?: Error;
}

/** Windows begin with an hour, grow while they hold little, and are halved where Laigu refuses them or they hold so much that the marks would grow without bounds. */
const USUAL_WIDTH: Micros = HOUR;
const WIDEST: Micros = 24 * HOUR;
const WIDEST_EMPTY: Micros = 60 * 24 * HOUR;
const NARROWEST: Micros = 60 * SECOND;
const FEW_PAGES = 5;
const MOST_MARKS = 12_000;

/** A poll reads no further once it has so many records: they all become one execution, which n8n holds in memory and stores. */
export const ENOUGH_RECORDS = 2_000;

/** How the reading of a window ended. */
type End = 'whole' | 'paused' | 'tooWide' | 'tooMuch' | 'unknownPage' | 'stopped';

const half = (width: Micros): Micros => Math.max(NARROWEST, Math.floor(width / 2 / SECOND) * SECOND);

/** The width of the window after one of so many pages and records. */
function nextWidth(width: Micros, pages: number, records: number, widest: Micros): Micros {
	if (records === 0) return Math.min(widest, WIDEST_EMPTY, width * 4);
	const usual = Math.min(width, WIDEST);
	return pages <= FEW_PAGES ? Math.min(widest, WIDEST, usual * 2) : usual;
}

/**
 * Reads on, oldest first, window by window: to the present, or until the time is up, there is enough for one execution, or Laigu refuses to continue.
 * What was read counts, also of a window that is not read to its end: its next page is where the following poll continues. The watermark moves only
 * past whole windows.
 *
 * @param client Laigu
 * @param start where to continue from
 * @param plan what to read, and how long
 * @returns also what stopped it; never throws for what Laigu answers
 */
export async function readOn(client: LaiguClient, start: ReadStart, plan: PollPlan): Promise<PollResult> {
	const { endpoint, now, lookback, time } = plan;
	const format = endpoint.hasTimeFormats ? plan.timeFormat : 'string';
	const step = granularityOf(format);
	const present = Math.max(now, start.watermark + lookback);
	const end = readUntil(present);
	const isNew = start.reading.begun === now;
	const result: PollResult = {
		fresh: [],
		marks: new SeenSet(),
		position: { watermark: start.watermark },
		proven: start.proven,
		isAnythingThere: false,
		pages: 0,
		isRestarted: false,
		isOutOfTime: false,
	};
	let newest = 0;
	let widest = Infinity;
	let width = Math.max(USUAL_WIDTH, 2 * CLOCK_TOLERANCE + lookback + 2 * SECOND);

	function take(records: IDataObject[], range: Reading) {
		const asked = windowAround(range, step);
		for (const record of records) {
			const listed = timeOf(record, endpoint);
			if (isOutsideRange([listed], range, asked)) continue;
			result.isAnythingThere = true;
			if (listed !== undefined && listed < range.to) newest = Math.max(newest, Math.min(listed, present));
			if (isNew) range.latest = Math.max(range.latest, newest);
			const mark = markOf(record, endpoint, range);
			if (start.seen.has(mark)) continue;
			start.seen.add(mark);
			result.marks.add(mark);
			result.fresh.push(record);
		}
	}

	/** Reads a window on, as far as it goes, and moves its token on. */
	async function readWindow(window: Reading): Promise<{ end: End; pages: number; records: number }> {
		const { from, to } = windowAround(window, step);
		const ends = { [endpoint.from]: formatTime(from, format), [endpoint.to]: formatTime(to, format) };
		let pages = 0;
		let records = 0;
		try {
			for await (const page of readPages(client, endpoint, ends, PAGE_CAP, window.token)) {
				if (page.fault) {
					if (page.fault.isTemporary) throw client.toError(page.fault);
					if (window.token !== '') return { end: 'unknownPage', pages, records };
					if (page.tooWide && window.to - window.from > NARROWEST) return { end: 'tooWide', pages, records };
					throw client.toError(page.fault);
				}
				pages++;
				result.pages++;
				window.pages++;
				records += page.records.length;
				take(page.records, window);
				if (page.isLast) return { end: 'whole', pages, records };
				window.token = page.nextToken ?? '';
				result.isOutOfTime = time.isUp();
				if (result.isOutOfTime || result.fresh.length >= ENOUGH_RECORDS) return { end: 'paused', pages, records };
				if (start.seen.size > MOST_MARKS && window.to - window.from > NARROWEST)
					return { end: 'tooMuch', pages, records };
			}
		} catch (error) {
			result.stopped = error as Error;
		}
		return { end: 'stopped', pages, records };
	}

	/** After a whole window: what the reading settles, by what Laigu's own times prove. */
	function settle({ to, proven }: Reading) {
		if (proven === undefined) return;
		const elapsed = Date.now() * MILLISECOND - now;
		const atStart = isNew && elapsed >= 0 ? Math.max(proven, newest - elapsed) : proven;
		result.position.watermark = watermarkAfter(result.position.watermark, to, atStart, lookback);
	}

	let window: Reading = { ...start.reading };
	for (;;) {
		if (window.to === window.from) {
			if (window.from >= end) {
				result.whole = window;
				break;
			}
			window = { ...window, to: Math.min(window.from + width, end), token: '' };
		}
		const { end: how, pages, records } = await readWindow(window);
		if (how === 'unknownPage') {
			result.isRestarted = true;
			window.token = '';
			continue;
		}
		if (how === 'tooWide' || how === 'tooMuch') {
			width = half(window.to - window.from);
			if (how === 'tooWide') widest = width;
			window = { ...window, to: window.from, token: '' };
			continue;
		}
		if (how !== 'whole') {
			result.position.reading = window;
			break;
		}
		settle(window);
		window = { ...window, from: window.to, token: '' };
		width = nextWidth(width, pages, records, widest);
		result.isOutOfTime = time.isUp() && window.from < end;
		if (result.isOutOfTime || result.fresh.length >= ENOUGH_RECORDS) {
			if (window.from < end) result.position.reading = window;
			else result.whole = window;
			break;
		}
	}
	result.proven = Math.max(result.proven, newest);
	result.fresh.sort((a, b) => (timeOf(a, endpoint) ?? Infinity) - (timeOf(b, endpoint) ?? Infinity) || 0);
	return result;
}
