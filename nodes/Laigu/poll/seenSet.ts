import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import type { ListEndpoint } from '../lists/endpoints';
import { isObject } from '../shared/json';
import { parseLaiguTime, SECOND } from '../shared/time';
import type { Micros, Range } from '../shared/time';

/**
 * Which records were handed out already: marks of 8 characters, one after the other, under the minute (base 36, since 1970) of the records'
 * time. A record costs 8 bytes and, where it is alone in its minute, 10 more.
 */
export type Seen = Record<string, string>;

/** What a record is known by: the minute of its time, and a hash of its key and its time. */
export interface Mark {
	minute: number;
	hash: string;
}

/** 48 bits: among 20,000 marks, and only within one minute, a record is taken for another one less than once in ten billion. */
const HASH_LENGTH = 8;
const MINUTE = 60 * SECOND;

/** Where the marks of records stand whose time says nothing of when they are listed; of these only the latest are kept. */
const TIMELESS = 0;
const MOST_TIMELESS = 1_000;

/** The time by which a record is listed, in microseconds; undefined where it shows none. */
export function timeOf(record: IDataObject, endpoint: ListEndpoint): Micros | undefined {
	return parseLaiguTime(record[endpoint.timeFields[0]]);
}

/**
 * The mark of a record: its key (`conv_id`, `track_id`) together with the time by which it is listed, so that a customer who is updated
 * again is another event, and one who is seen again unchanged is none.
 *
 * @param record a record as Laigu sent it
 * @param endpoint the list it came from
 * @param asked the range that it was listed for
 */
export function markOf(record: IDataObject, endpoint: ListEndpoint, asked: Range): Mark {
	const time = timeOf(record, endpoint);
	const key = record[endpoint.key] ?? JSON.stringify(record);
	const hash = createHash('sha256')
		.update(JSON.stringify([key, time]))
		.digest('base64url')
		.slice(0, HASH_LENGTH);
	const isListed = time !== undefined && time >= asked.from - MINUTE && time <= asked.to + MINUTE;
	return { minute: isListed ? Math.floor(time / MINUTE) : TIMELESS, hash };
}

/** Marks to look things up in. */
export class SeenSet {
	private readonly byMinute = new Map<number, Set<string>>();

	/**
	 * @param seen what an earlier poll kept; whatever in it is no mark is left out
	 */
	constructor(seen: unknown = {}) {
		if (isObject(seen)) this.addAll(seen);
	}

	/** How many there are. */
	get size(): number {
		let size = 0;
		for (const hashes of this.byMinute.values()) size += hashes.size;
		return size;
	}

	/** Whether the record of this mark was handed out. */
	has({ minute, hash }: Mark): boolean {
		return this.byMinute.get(minute)?.has(hash) ?? false;
	}

	/** Remembers a mark. */
	add({ minute, hash }: Mark): void {
		const hashes = this.byMinute.get(minute) ?? new Set();
		this.byMinute.set(minute, hashes.add(hash));
	}

	/** Remembers marks as an earlier poll kept them. */
	addAll(seen: IDataObject | Seen): void {
		for (const [name, hashes] of Object.entries(seen)) {
			const minute = parseInt(name, 36);
			if (typeof hashes !== 'string' || !Number.isSafeInteger(minute)) continue;
			for (let at = 0; at + HASH_LENGTH <= hashes.length; at += HASH_LENGTH) {
				this.add({ minute, hash: hashes.slice(at, at + HASH_LENGTH) });
			}
		}
	}

	/**
	 * The marks as they are kept until the next poll.
	 *
	 * @param from marks of whole minutes before this instant are dropped: nothing from there is asked for again
	 */
	pack(from: Micros): Seen {
		const first = Math.floor((from - SECOND) / MINUTE);
		const packed: Seen = {};
		for (const [minute, hashes] of this.byMinute) {
			if (minute === TIMELESS) packed[TIMELESS] = [...hashes].slice(-MOST_TIMELESS).join('');
			else if (minute >= first) packed[minute.toString(36)] = [...hashes].join('');
		}
		return packed;
	}
}
