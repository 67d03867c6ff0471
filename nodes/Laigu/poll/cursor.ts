import { CLOCK_TOLERANCE, HOUR, SECOND } from '../shared/time';
import type { Micros } from '../shared/time';
import { fateOf } from './processes';
import type { Processes } from './processes';
import { SeenSet } from './seenSet';
import type { Seen } from './seenSet';

/** Where a reading that did not end continues. */
export interface Reading {
	/** The window it stands in, microseconds; `to` is the same as `from` where the next window has not been begun. */
	from: Micros;
	to: Micros;
	/** The window's next page; '' for its first. */
	token: string;
	/** n8n's clock when the reading began. */
	begun: Micros;
	/** How late it is at Laigu at least, known when the reading began; absent where it did not begin at the watermark and settles nothing. */
	proven?: Micros;
	/** The latest time of any record that its first poll saw. */
	latest: Micros;
	/** How many pages it has read. */
	pages: number;
}

/**
 * A part behind the watermark that holds so much that it cannot be read with each poll. It was read as a whole, and is read again when nothing can
 * turn up in it any more.
 */
export interface Heavy {
	/** Where it ends, microseconds. */
	to: Micros;
	/** Whether it was read again since then, by n8n's clock; Laigu's own times may still have to prove it. */
	isDone?: boolean;
}

/** How far the list was read. */
export interface Position {
	/** Everything of before this instant was handed out, and nothing of before it can still turn up. Microseconds, a whole second. */
	watermark: Micros;
	reading?: Reading;
}

/** What was handed out and may not have reached the workflow. */
export interface Batch {
	/** The process of n8n that handed it out. */
	by: string;
	/** The number of the poll. */
	poll: number;
	/** Where that poll began. */
	before: Position;
	/** The marks of its records. */
	seen: Seen;
}

/**
 * What n8n's clock says about quiet times. Laigu's own times are the only proof of how late it is there, and while nothing happens there is
 * none. So that a quiet list is not read from its last record repeatedly, reading may begin later once several polls agree on the time;
 * the watermark stays where it is proven.
 */
export interface Clock {
	/** n8n's clock at the last poll. */
	last: Micros;
	/** n8n's clock at the beginning of a reading that came to the present. */
	whole?: Micros;
	/** How many polls there were since then. */
	polls?: number;
	/** Where reading may begin. */
	from?: Micros;
}

/** What a poll leaves for the next one, in the workflow's static data. */
export interface Cursor extends Position {
	/** Which list of which account it belongs to. */
	owner: string;
	/** What was handed out of after the watermark and reached the workflow. */
	seen: Seen;
	/** The latest time of any record seen: by Laigu's clock it is at least that late. */
	proven?: Micros;
	clock?: Clock;
	heavy?: Heavy;
	/** What may not have reached the workflow, oldest first. */
	unconfirmed?: Batch[];
	/** How many polls there were. */
	polls: number;
	processes?: Processes;
	/** How many times as long as usual a poll may read, where the usual time did not suffice. */
	effort?: number;
	/** How many polls in a row found the watermark in the future and nothing there. */
	doubts?: number;
}

/** How many polls have to agree on n8n's clock. */
const AGREEING_POLLS = 5;

/** A reading that stopped so close behind the watermark begins there again, by what is proven now. */
const NEAR: Micros = HOUR;

/** The end of what a poll asks for: Laigu's present, even if its clock is ahead of n8n's. */
export const readUntil = (now: Micros): Micros => Math.ceil(now / SECOND) * SECOND + CLOCK_TOLERANCE;

/**
 * The beginning of what can still change, by n8n's clock.
 *
 * @param now n8n's clock
 * @param lookback how late a record may become visible
 */
export const startOf = (now: Micros, lookback: Micros): Micros =>
	Math.floor((now - CLOCK_TOLERANCE - lookback) / SECOND) * SECOND;

/**
 * The instant before which nothing can turn up any more, once everything up to a window's end was read.
 *
 * @param before what was settled until now; it never goes back
 * @param to the window's end
 * @param proven how late it was at Laigu at least when the reading began, by the times of Laigu's own records
 * @param lookback how late a record may become visible
 */
export const watermarkAfter = (before: Micros, to: Micros, proven: Micros, lookback: Micros): Micros =>
	Math.max(before, Math.floor(Math.min(to, proven - lookback) / SECOND) * SECOND);

/** n8n's clock at a new poll. A clock that went back has been wrong: what it said before counts no more. */
export function nextClock(clock: Clock | undefined, now: Micros, lookback: Micros): Clock {
	if (!clock || now < clock.last) return { last: now };
	const polls = (clock.polls ?? 0) + 1;
	const from = Math.min(clock.from ?? 0, now);
	if (clock.whole === undefined || polls < AGREEING_POLLS) return { ...clock, last: now, polls, from };
	return { last: now, from: Math.max(from, startOf(clock.whole, lookback)) };
}

/** n8n's clock after a reading that came to the present. */
export const clockAfter = (clock: Clock, begun: Micros): Clock =>
	clock.whole === undefined ? { ...clock, whole: begun, polls: 0 } : clock;

/**
 * Where a poll continues reading: where the last one stopped, else at the watermark, or later while nothing happens or much would have to be read again.
 *
 * @param now n8n's clock, for a reading that begins
 */
export function readingFrom(
	{ watermark, reading }: Position,
	{ proven = 0, clock, heavy }: Pick<Cursor, 'proven' | 'clock' | 'heavy'>,
	lookback: Micros,
	now: Micros,
): Reading {
	const settled = watermarkAfter(watermark, Infinity, proven, lookback);
	const isNear = reading?.token === '' && reading.from - watermark <= NEAR;
	if (reading && !isNear) return reading;
	const at = (from: Micros): Reading => ({
		...{ from, to: from, token: '', begun: now, latest: 0, pages: 0 },
		...(from === watermark && { proven }),
	});
	const quiet = Math.max(watermark, clock?.from ?? 0);
	if (!heavy || heavy.to <= watermark || heavy.to > readUntil(now)) return at(settled > watermark ? watermark : quiet);
	const isDue = settled >= heavy.to || (!heavy.isDone && startOf(now, lookback) >= heavy.to);
	return at(isDue ? watermark : Math.max(heavy.to, quiet));
}

/** So many pages are not read again with each poll: in one poll, or in several. */
const HEAVY_PAGES = { inOne: 50, inSeveral: 10 };

/**
 * What cannot be read again with each poll, after a reading came to the present.
 *
 * @param now n8n's clock at the poll that the reading ended with
 */
export function heavyAfter(heavy: Heavy | undefined, whole: Reading, now: Micros, lookback: Micros): Heavy | undefined {
	const isSettling = whole.proven !== undefined;
	const most = whole.begun === now ? HEAVY_PAGES.inOne : HEAVY_PAGES.inSeveral;
	if (whole.pages <= most) return isSettling ? undefined : heavy;
	const to = Math.max(isSettling ? 0 : (heavy?.to ?? 0), Math.floor(whole.latest / SECOND) * SECOND + SECOND);
	return { to, ...(isSettling && startOf(whole.begun, lookback) >= to && { isDone: true }) };
}

/** Where a poll continues from, and what is known to have been handed out. */
export interface Start {
	position: Position;
	/** Marks of what reached the workflow. */
	confirmed: SeenSet;
	/** Marks of that and of what may still reach it. */
	seen: SeenSet;
	/** What may still reach it. */
	unconfirmed: Batch[];
	/** Whether a batch is lost. */
	isLost: boolean;
}

/**
 * Where a poll continues from: before the first batch that is lost, because the process that handed it out is gone and its execution may have been
 * cut off with it; else where the last poll stopped.
 *
 * @param instance the process that polls now
 * @param repeats whether a batch that may be lost is to come again
 */
export function resume(cursor: Cursor, instance: string, repeats: boolean): Start {
	const confirmed = new SeenSet(cursor.seen);
	const seen = new SeenSet(cursor.seen);
	const unconfirmed: Batch[] = [];
	let lost: Batch | undefined;
	for (const batch of cursor.unconfirmed ?? []) {
		const fate = repeats ? fateOf(batch, cursor, instance) : 'reached';
		if (fate === 'lost') {
			lost ??= batch;
			continue;
		}
		seen.addAll(batch.seen);
		if (fate === 'reached') confirmed.addAll(batch.seen);
		else unconfirmed.push(batch);
	}
	const { watermark, reading } = lost?.before ?? cursor;
	return {
		position: { watermark, ...(reading && { reading }) },
		confirmed,
		seen,
		unconfirmed,
		isLost: lost !== undefined,
	};
}

/** The earliest instant from which records may have to be read again. */
export const earliestOf = (position: Position, unconfirmed: Batch[]): Micros =>
	Math.min(position.watermark, ...unconfirmed.map(({ before }) => before.watermark));
