import { createHash } from 'node:crypto';
import type { Switches } from './switches';
import type { Micros } from './time';
import { firstWhere, type Key, type Ordered } from './timeIndex';

/** Where a chain of v2 pages stands. */
export interface Cursor {
	/** The key of the last record given. */
	after: Key;
	/** Whether the next page is the chain's second. */
	seam: boolean;
	/** Whether the empty page in the middle was given. */
	gap: boolean;
}

/** A page token as it was given. */
export interface Token {
	cursor: Cursor;
	/** When it was given, by the server's clock. */
	at: Micros;
}

export interface Page<T> {
	records: T[];
	/** Absent: no more pages. */
	next?: Cursor;
}

/**
 * One v2 page, by key: records that come or go elsewhere in the list neither repeat nor hide one. A cursor of undefined asks for the first page. The
 * empty page and the repeated record are switches.
 */
export function pageAfter<T>(list: Ordered<T>, cursor: Cursor | undefined, limit: number, switches: Switches): Page<T> {
	if (cursor && switches.emptyPageInMiddle && cursor.seam && !cursor.gap)
		return { records: [], next: { ...cursor, gap: true } };

	const after = cursor?.after;
	const start = after === undefined ? 0 : firstWhere(list.keys.length, (position) => list.keys[position] > after);
	const repeats = cursor?.seam === true && switches.movingPages && switches.movesTowards === 'later';
	const from = repeats ? Math.max(0, start - 1) : start;
	const end = Math.min(from + limit, list.keys.length);
	const records = list.records.slice(from, end);
	if (end >= list.keys.length) return { records };
	return { records, next: { after: list.keys[end - 1], seam: cursor === undefined, gap: cursor?.gap ?? false } };
}

/** One v1 page, by offset. After the first page the whole list has slid by one when the switch says that records move. */
export function pageAt<T>(list: Ordered<T>, offset: number, limit: number, switches: Switches): T[] {
	const slide = switches.movesTowards === 'later' ? -1 : 1;
	const from = offset > 0 && switches.movingPages ? offset + slide : offset;
	return list.records.slice(from, from + limit);
}

function seal(query: string, body: string): string {
	return createHash('sha1').update(`${query}\n${body}`).digest('base64url').slice(0, 12);
}

/** A page token: opaque to the client, and good only for the query (any text that tells it apart) that it was given for. */
export function writeToken({ cursor, at }: Token, query: string): string {
	const body = JSON.stringify([cursor.after, Number(cursor.seam), Number(cursor.gap), at]);
	return Buffer.from(`${seal(query, body)}${body}`).toString('base64');
}

/** What a page token holds; undefined for a token of another query, or for none of ours. */
export function readToken(token: string, query: string): Token | undefined {
	const text = Buffer.from(token, 'base64').toString();
	const body = text.slice(12);
	if (text.slice(0, 12) !== seal(query, body)) return undefined;
	const [after, seam, gap, at] = JSON.parse(body) as [Key, number, number, Micros];
	return { cursor: { after, seam: seam === 1, gap: gap === 1 }, at };
}
