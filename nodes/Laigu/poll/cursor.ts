import type { IDataObject } from 'n8n-workflow';

import { CLOCK_TOLERANCE, SECOND } from '../shared/time';
import type { Micros } from '../shared/time';
import type { SeenSet, Seen } from './seenSet';

/** Up to where a list was read, and what of the part that is read again was handed out. */
export interface Position {
	/** Everything of before this instant was handed out, and nothing of before it can still turn up. Microseconds, a whole second. */
	watermark: Micros;
	/** What was handed out of after it. */
	seen: Seen;
}

/** What a poll leaves for the next one, in the workflow's static data. */
export interface Cursor extends Position {
	/** Which list of which account it belongs to. */
	owner: string;
	/** The position that counts once the last batch is sure to have reached the workflow, and the n8n process that handed it out. */
	unconfirmed?: Position & { by: string };
	/** The width of window that fits into a poll, in seconds, where that is not the usual one. */
	width?: number;
}

/** The end of what a poll asks for: Laigu's present, even if its clock is ahead of n8n's. */
export const readUntil = (now: Micros): Micros => Math.ceil(now / SECOND) * SECOND + CLOCK_TOLERANCE;

/**
 * The beginning of what is read when a trigger starts without a past: everything that a later poll would read.
 * That is the part of a list which every poll reads again, as far as no record proves how late it is at Laigu.
 *
 * @param now n8n's clock
 * @param lookback how late a record may become visible
 */
export const startOf = (now: Micros, lookback: Micros): Micros =>
	Math.floor((now - CLOCK_TOLERANCE - lookback) / SECOND) * SECOND;

/** What is known after a window was read as a whole. All times in microseconds. */
export interface ReadWindow {
	/** The window's end. */
	to: Micros;
	/** n8n's clock when the poll began. */
	now: Micros;
	/** How long the poll has been reading. */
	elapsed: Micros;
	/** The latest time of any record read so far: by Laigu's clock it is at least that late. */
	newest?: Micros;
	/** How late a record may become visible. */
	lookback: Micros;
}

/**
 * The instant before which nothing can turn up any more, once everything up to a window's end was read. Laigu's clock is at least as late as
 * the newest record that it gave (which counts up to n8n's own present, and less the time spent reading), and at least n8n's less the
 * tolerance; from there the lookback goes off.
 *
 * @param before what was settled until now; it never goes back
 */
export function watermarkAfter(before: Micros, { to, now, elapsed, newest = -Infinity, lookback }: ReadWindow): Micros {
	const laigusPresent = Math.max(now - CLOCK_TOLERANCE, Math.min(newest, now) - elapsed);
	const watermark = Math.floor(Math.min(to, laigusPresent - lookback) / SECOND) * SECOND;
	return Math.max(before, watermark);
}

/**
 * Where a poll goes on from: after the last batch if that is sure to have reached the workflow, else before it. It is sure when the same
 * process polls again; after a restart the batch's execution may have been cut off with it.
 *
 * @param instance the process that polls now
 * @param repeats whether a batch that is not sure is to come again
 */
export function resume({ watermark, seen, unconfirmed }: Cursor, instance: string, repeats: boolean): Position {
	if (!unconfirmed || (repeats && unconfirmed.by !== instance)) return { watermark, seen };
	return { watermark: unconfirmed.watermark, seen: { ...unconfirmed.seen } };
}

/**
 * The cursor after a poll.
 *
 * @param base where the poll went on from
 * @param reached how far everything was read, and the marks of all that was handed out, this poll's batch among them
 * @param batch the process that hands out this poll's batch; undefined where there is none
 */
export function advance(
	owner: string,
	base: Position,
	reached: { watermark: Micros; marks: SeenSet },
	batch: string | undefined,
	width: number | undefined,
): Cursor {
	const position = { watermark: reached.watermark, seen: reached.marks.pack(reached.watermark) };
	const cursor: Cursor =
		batch === undefined ? { owner, ...position } : { owner, ...base, unconfirmed: { by: batch, ...position } };
	return width === undefined ? cursor : { ...cursor, width };
}

const isPosition = (value: unknown): value is Position =>
	typeof value === 'object' &&
	value !== null &&
	'watermark' in value &&
	typeof value.watermark === 'number' &&
	'seen' in value &&
	typeof value.seen === 'object' &&
	value.seen !== null;

/**
 * Reads a cursor back from static data.
 *
 * @param owner the list and account that it has to belong to
 * @returns undefined where there is none, where it belongs to another list or account, or where something else wrote over it
 */
export function readCursor(stored: IDataObject[string], owner: string): Cursor | undefined {
	if (!isPosition(stored)) return undefined;
	const cursor = JSON.parse(JSON.stringify(stored)) as Cursor;
	if (cursor.owner !== owner) return undefined;
	if (cursor.unconfirmed !== undefined && !isPosition(cursor.unconfirmed)) delete cursor.unconfirmed;
	return cursor;
}
