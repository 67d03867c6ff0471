import type { IDataObject } from 'n8n-workflow';

import type { LaiguClient } from '../http/client';
import type { ListEndpoint } from '../lists/endpoints';
import { readRange } from '../lists/readRange';
import { CLOCK_TOLERANCE, HOUR, MILLISECOND, SECOND } from '../shared/time';
import type { Micros, Range, TimeFormat } from '../shared/time';
import { readUntil, watermarkAfter } from './cursor';
import type { Position } from './cursor';
import { markOf, SeenSet, timeOf } from './seenSet';

/** What one poll may do. */
export interface PollPlan {
	endpoint: ListEndpoint;
	timeFormat: TimeFormat;
	/** How late a record may become visible, in microseconds. */
	lookback: Micros;
	/** n8n's clock when the poll began. */
	now: Micros;
	/** When to begin no further page, in milliseconds since 1970. */
	deadline: number;
	/** The width of the first window; undefined for the usual one. */
	width?: Micros;
}

/** What one poll got. */
export interface PollResult {
	/** Records that were not handed out before, by their time. */
	fresh: IDataObject[];
	watermark: Micros;
	marks: SeenSet;
	/** Whole windows that were read. */
	windows: number;
	/** The width to begin with next time, where time ran out within the first window. */
	width?: Micros;
	/** Why the poll ended before it came to the present. */
	stopped?: Error;
}

/** Windows of a catch-up begin with an hour, grow while they hold little, and are halved where they hold so much that the poll could end within one. */
const USUAL_WIDTH: Micros = HOUR;
const WIDEST: Micros = 24 * HOUR;
export const NARROWEST: Micros = 60 * SECOND;
const FEW_PAGES = 5;
const MANY_PAGES = 50;

/** A poll begins no further window once it has so many records: they all become one execution, which n8n holds in memory and stores. */
export const ENOUGH_RECORDS = 2_000;

type Window = { records: IDataObject[]; pages: number } | 'tooMuch' | 'outOfTime';

async function readWindow(client: LaiguClient, plan: PollPlan, range: Range): Promise<Window> {
	const records: IDataObject[] = [];
	let pages = 0;
	const query = { range, order: 'unsorted', timeFormat: plan.timeFormat, windowHours: 0, concurrency: 1 } as const;
	for await (const batch of readRange(client, plan.endpoint, query)) {
		for (const record of batch.records) records.push(record);
		pages++;
		if (batch.isLast) break;
		if (Date.now() > plan.deadline) return 'outOfTime';
		if (pages >= MANY_PAGES && range.to - range.from > NARROWEST) return 'tooMuch';
	}
	return { records, pages };
}

const half = (width: Micros): Micros => Math.max(NARROWEST, Math.floor(width / 2 / SECOND) * SECOND);

/**
 * Reads on from a position, oldest first, in whole windows: to the present, or until the time is up, there is enough for one execution, or
 * Laigu refuses to go on. Only whole windows count; of one that was begun and not finished nothing is kept.
 *
 * @param client Laigu
 * @param base where to go on from
 * @param plan what to read, and how long
 * @returns also what stopped it; never throws for what Laigu answers
 */
export async function readOn(client: LaiguClient, base: Position, plan: PollPlan): Promise<PollResult> {
	const { endpoint, now, lookback } = plan;
	const end = readUntil(now);
	const result: PollResult = { fresh: [], watermark: base.watermark, marks: new SeenSet(base.seen), windows: 0 };
	let newest: Micros | undefined;
	let width = plan.width ?? Math.max(USUAL_WIDTH, 2 * CLOCK_TOLERANCE + lookback + 2 * SECOND);

	for (let from = base.watermark; from < end && result.fresh.length < ENOUGH_RECORDS;) {
		const to = Math.min(from + width, end);
		let window: Window;
		try {
			window = await readWindow(client, plan, { from, to });
		} catch (error) {
			result.stopped = error as Error;
			break;
		}
		if (window === 'outOfTime') {
			if (result.windows === 0) result.width = half(to - from);
			break;
		}
		if (window === 'tooMuch') {
			width = half(to - from);
			continue;
		}
		for (const record of window.records) {
			const time = timeOf(record, endpoint);
			if (time !== undefined) newest = Math.max(newest ?? time, time);
			const mark = markOf(record, endpoint, to);
			if (result.marks.has(mark)) continue;
			result.marks.add(mark);
			result.fresh.push(record);
		}
		const elapsed = Math.max(0, Date.now() * MILLISECOND - now);
		result.watermark = watermarkAfter(result.watermark, { to, now, elapsed, newest, lookback });
		result.windows++;
		from = to;
		if (window.pages <= FEW_PAGES) width = Math.min(WIDEST, width * 2);
		if (Date.now() > plan.deadline) break;
	}
	result.fresh.sort((a, b) => (timeOf(a, endpoint) ?? Infinity) - (timeOf(b, endpoint) ?? Infinity) || 0);
	return result;
}
