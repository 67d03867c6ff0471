import type { LaiguClient } from '../http/client';
import { PAGE_CAP, readPages } from '../lists/pages';
import { isOutsideRange, windowAround } from '../lists/windows';
import { CLOCK_TOLERANCE, formatTime, granularityOf, HOUR, SECOND } from '../shared/time';
import type { Micros, Range } from '../shared/time';
import { readUntil, startOf } from './cursor';
import type { PollPlan } from './read';
import { markOf, SeenSet, timeOf } from './seenSet';

/** Where a trigger without a past begins. */
export interface Beginning {
	watermark: Micros;
	/** The latest time of any record seen; undefined where there is none. */
	proven?: Micros;
	marks: SeenSet;
}

/** How far back the latest record is looked for at first, where nothing happens at present. */
const REACH: Micros = 60 * 24 * HOUR;

/** Where that holds too much to be read: how many windows are looked through, each twice as wide as the one before. */
const MOST_WINDOWS = 12;

/** What a range holds: its latest time, and whether all of it was read. */
interface Found {
	latest?: Micros;
	end: 'whole' | 'tooWide' | 'tooMuch' | 'outOfTime';
}

async function look(client: LaiguClient, plan: PollPlan, range: Range, marks: SeenSet, mostPages = PAGE_CAP) {
	const { endpoint, time } = plan;
	const format = endpoint.hasTimeFormats ? plan.timeFormat : 'string';
	const asked = windowAround(range, granularityOf(format));
	const ends = { [endpoint.from]: formatTime(asked.from, format), [endpoint.to]: formatTime(asked.to, format) };
	const found: Found = { end: 'whole' };
	let pages = 0;
	for await (const page of readPages(client, endpoint, ends)) {
		if (page.fault) {
			if (page.tooWide && range.to - range.from > 2 * SECOND) return { ...found, end: 'tooWide' as const };
			throw client.toError(page.fault);
		}
		for (const record of page.records) {
			const listed = timeOf(record, endpoint);
			if (isOutsideRange([listed], range, asked)) continue;
			if (listed !== undefined && listed < range.to) found.latest = Math.max(found.latest ?? 0, listed);
			marks.add(markOf(record, endpoint, range));
		}
		if (page.isLast) return found;
		if (time.isUp()) return { ...found, end: 'outOfTime' as const };
		if (++pages >= mostPages) return { ...found, end: 'tooMuch' as const };
	}
	return found;
}

const behind = (latest: Micros): Micros => (Math.floor(latest / SECOND) + 1) * SECOND;

/**
 * A trigger that starts from now on: what is there already is marked as seen, so that neither clock decides what is new. By n8n's clock it begins
 * to look, but where it starts is told by the latest record that Laigu has.
 *
 * Where there is more than can be read in the time, it starts behind the latest record that was seen.
 *
 * @throws NodeApiError where Laigu refuses or cannot answer
 */
export async function begin(client: LaiguClient, plan: PollPlan): Promise<Beginning> {
	const { lookback, now, time } = plan;
	const marks = new SeenSet();
	let to = readUntil(now);
	let from = startOf(now, lookback);
	let widest = Infinity;

	async function startAt(latest: Micros): Promise<Beginning> {
		const watermark = Math.floor((latest - lookback) / SECOND) * SECOND;
		const rest = watermark < from ? await look(client, plan, { from: watermark, to: from }, marks) : undefined;
		const isWhole = rest === undefined || rest.end === 'whole';
		return { watermark: isWhole ? watermark : behind(latest), proven: latest, marks };
	}

	for (let count = 0; count < MOST_WINDOWS; count++) {
		const { end, latest } = await look(client, plan, { from, to }, marks);
		if (end === 'tooWide') {
			widest = Math.floor((to - from) / 2 / SECOND) * SECOND;
			from = to - widest;
			continue;
		}
		if (end !== 'whole') return { watermark: behind(latest ?? now - CLOCK_TOLERANCE), proven: latest, marks };
		if (latest !== undefined) return await startAt(latest);
		if (count === 0) {
			const reach = { from: from - REACH, to: from };
			const before = await look(client, plan, reach, marks, 1);
			if (before.end === 'whole') {
				if (before.latest === undefined) return { watermark: reach.from, marks };
				from = reach.from;
				return await startAt(before.latest);
			}
		}
		const width = Math.min(widest, 2 * (to - from));
		to = from;
		from = to - width;
		if (time.isUp()) break;
	}
	// nothing was there: whatever is listed from here on is new
	return { watermark: to, marks };
}
