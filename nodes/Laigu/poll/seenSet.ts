import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import type { ListEndpoint } from '../lists/endpoints';
import { parseLaiguTime, SECOND } from '../shared/time';
import type { Micros } from '../shared/time';

/**
 * Which records were handed out already: marks of 8 characters, one after the other, under the second (base 36, since 1970) of the records'
 * time. A record costs 8 bytes and, where it is alone in its second, 12 more.
 */
export type Seen = Record<string, string>;

/** What a record is known by: the second of its time, and a hash of its key and its time. */
export interface Mark {
	second: number;
	hash: string;
}

/** 48 bits: among 20,000 marks, and only within one second, a record is taken for another one less than once in ten billion. */
const HASH_LENGTH = 8;

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
 * @param fallback the time to file it under where it shows none: the end of the window that it came with
 */
export function markOf(record: IDataObject, endpoint: ListEndpoint, fallback: Micros): Mark {
	const time = timeOf(record, endpoint);
	const key = record[endpoint.key] ?? JSON.stringify(record);
	const hash = createHash('sha256')
		.update(JSON.stringify([key, time]))
		.digest('base64url')
		.slice(0, HASH_LENGTH);
	return { second: Math.floor((time ?? fallback) / SECOND), hash };
}

/** Marks to look things up in. */
export class SeenSet {
	private readonly bySecond = new Map<number, Set<string>>();

	/** @param seen what an earlier poll kept */
	constructor(seen: Seen = {}) {
		for (const [second, hashes] of Object.entries(seen)) {
			for (let at = 0; at < hashes.length; at += HASH_LENGTH) {
				this.add({ second: parseInt(second, 36), hash: hashes.slice(at, at + HASH_LENGTH) });
			}
		}
	}

	/** Whether the record of this mark was handed out. */
	has({ second, hash }: Mark): boolean {
		return this.bySecond.get(second)?.has(hash) ?? false;
	}

	/** Remembers a mark. */
	add({ second, hash }: Mark): void {
		const hashes = this.bySecond.get(second) ?? new Set();
		this.bySecond.set(second, hashes.add(hash));
	}

	/**
	 * The marks as they are kept until the next poll.
	 *
	 * @param from marks of whole seconds before this instant are dropped: nothing from there is asked for again
	 */
	pack(from: Micros): Seen {
		const first = Math.floor(from / SECOND) - 1;
		const packed: Seen = {};
		for (const [second, hashes] of this.bySecond) {
			if (second >= first) packed[second.toString(36)] = [...hashes].join('');
		}
		return packed;
	}
}
