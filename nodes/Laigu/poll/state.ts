import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../shared/json';
import { EARLIEST } from '../shared/ranges';
import { CLOCK_TOLERANCE, HOUR } from '../shared/time';
import type { Micros } from '../shared/time';
import type { Batch, Clock, Cursor, Heavy, Position, Reading } from './cursor';
import type { Processes } from './processes';
import { SeenSet } from './seenSet';

/** What was read of the static data, and whether all of it could be believed. */
export interface Stored {
	cursor: Cursor;
	isWhole: boolean;
}

/** Years 1970 to 2200. */
const LATEST: Micros = 7_258_118_400_000_000;
const LONGEST_TOKEN = 4_000;
const WIDEST: Micros = 62 * 24 * HOUR;
const MOST_BATCHES = 20;
const MOST_PROCESSES = 20;
const LARGEST_EFFORT = 1_024;

const isInstant = (value: unknown): value is Micros => typeof value === 'number' && value >= 0 && value <= LATEST;

const isCount = (value: unknown, most = Number.MAX_SAFE_INTEGER): value is number =>
	typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most;

const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= 64;

/**
 * Reads kept values, and notes whether one had to be left out. Anything can stand in static data: an older version, a workflow that was edited
 * by hand, a Code node that writes there.
 */
class Reader {
	isWhole = true;

	constructor(private readonly now: Micros) {}

	/** A value that may be absent; undefined, and noted, for one that cannot be. */
	optional<T>(value: unknown, read: (value: unknown) => T | undefined): T | undefined {
		if (value === undefined || value === null) return undefined;
		const result = read(value);
		if (result === undefined) this.isWhole = false;
		return result;
	}

	required<T>(value: unknown, read: (value: unknown) => T | undefined): T | undefined {
		const result = read(value);
		if (result === undefined) this.isWhole = false;
		return result;
	}

	readonly instant = (value: unknown): Micros | undefined => (isInstant(value) ? value : undefined);

	/** Nothing that Laigu proved lies in the future. */
	readonly past = (value: unknown): Micros | undefined =>
		isInstant(value) ? Math.min(value, this.now + CLOCK_TOLERANCE) : undefined;

	readonly seen = (value: unknown): Record<string, string> | undefined => {
		if (!isObject(value)) return undefined;
		const isText = Object.values(value).every((hashes) => typeof hashes === 'string');
		if (!isText) this.isWhole = false;
		return new SeenSet(value).pack(0);
	};

	readonly reading = (value: unknown): Reading | undefined => {
		if (!isObject(value)) return undefined;
		const { from, to, token, begun, proven, latest, pages } = value;
		if (!isInstant(from) || !isInstant(to) || !isInstant(begun)) return undefined;
		if (to < from || to - from > WIDEST || typeof token !== 'string' || token.length > LONGEST_TOKEN) return undefined;
		if (!isInstant(latest) || !isCount(pages)) return undefined;
		const settled = this.optional(proven, this.past);
		return { from, to, token, begun, latest, pages, ...(settled !== undefined && { proven: settled }) };
	};

	readonly position = (value: unknown): Position | undefined => {
		if (!isObject(value) || !isInstant(value.watermark) || value.watermark < EARLIEST) return undefined;
		const reading = this.optional(value.reading, this.reading);
		const isAhead = reading !== undefined && reading.from >= value.watermark;
		return { watermark: value.watermark, ...(isAhead && { reading }) };
	};

	readonly batch = (value: unknown): Batch | undefined => {
		if (!isObject(value)) return undefined;
		const before = this.position(value.before);
		const seen = this.seen(value.seen);
		if (!before || !seen || !isName(value.by) || !isCount(value.poll)) return undefined;
		return { by: value.by, poll: value.poll, before, seen };
	};

	readonly batches = (value: unknown): Batch[] | undefined => {
		if (!Array.isArray(value)) return undefined;
		const batches = value.map((one) => this.required(one, this.batch)).filter((one) => one !== undefined);
		return batches.slice(-MOST_BATCHES);
	};

	readonly clock = (value: unknown): Clock | undefined => {
		if (!isObject(value) || !isInstant(value.last)) return undefined;
		const whole = this.optional(value.whole, this.instant);
		const from = this.optional(value.from, this.instant);
		const polls = this.optional(value.polls, (count) => (isCount(count) ? count : undefined));
		return {
			last: value.last,
			...(whole !== undefined && { whole, polls: polls ?? 0 }),
			...(from !== undefined && { from }),
		};
	};

	readonly heavy = (value: unknown): Heavy | undefined => {
		if (!isObject(value) || !isInstant(value.to)) return undefined;
		return { to: value.to, ...(value.isDone === true && { isDone: true }) };
	};

	readonly processes = (value: unknown): Processes | undefined => {
		if (!isObject(value)) return undefined;
		const known = Object.entries(value).filter(
			(entry): entry is [string, number] => isName(entry[0]) && Number.isSafeInteger(entry[1]),
		);
		return Object.fromEntries(known.slice(-MOST_PROCESSES));
	};
}

/**
 * Reads a cursor back from static data. Of what cannot be believed as much is left out as has to be: without its marks a trigger repeats what
 * lies after the watermark, without its watermark it starts over.
 *
 * @param stored what stands there
 * @param owner the list and account that it has to belong to
 * @param now n8n's clock
 * @returns undefined where there is none, where it belongs to another list or account, or where its watermark cannot be read
 */
export function readCursor(stored: unknown, owner: string, now: Micros): Stored | undefined {
	if (!isObject(stored) || stored.owner !== owner) return undefined;
	const read = new Reader(now);
	const position = read.position(stored);
	if (!position) return undefined;
	const proven = read.optional(stored.proven, read.past);
	const clock = read.optional(stored.clock, read.clock);
	const heavy = read.optional(stored.heavy, read.heavy);
	const unconfirmed = read.optional(stored.unconfirmed, read.batches);
	const processes = read.optional(stored.processes, read.processes);
	const effort = read.optional(stored.effort, (value) =>
		isCount(value, LARGEST_EFFORT) && value > 0 ? value : undefined,
	);
	const cursor: Cursor = {
		owner,
		...position,
		seen: read.required(stored.seen, read.seen) ?? {},
		polls: read.required(stored.polls, (value) => (isCount(value) ? value : undefined)) ?? 0,
		...(proven !== undefined && { proven }),
		...(clock && { clock }),
		...(heavy && { heavy }),
		...(unconfirmed && unconfirmed.length > 0 && { unconfirmed }),
		...(processes && { processes }),
		...(effort !== undefined && { effort }),
		...(isCount(stored.doubts, 100) && { doubts: stored.doubts }),
	};
	return { cursor, isWhole: read.isWhole };
}

/** A copy that shares nothing with n8n's own object. */
export const plain = (cursor: Cursor): IDataObject => JSON.parse(JSON.stringify(cursor)) as IDataObject;
