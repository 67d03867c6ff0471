/**
 * An instant as whole microseconds since 1970-01-01T00:00:00Z: the API's smallest step, and below 2^53 until the year 2255.
 * Beijing is a fixed UTC+8 here, as the reference reads it. Written on Date alone: an index over 200,000 records parses as many times.
 */
export type Micros = number;

export const SECOND: Micros = 1_000_000;
export const HOUR: Micros = 3_600 * SECOND;
export const DAY: Micros = 24 * HOUR;

/** Taken out once: inside jest every look-up of a global costs more than the arithmetic. */
const { floor } = Math;

const BEIJING_OFFSET: Micros = 8 * HOUR;
const BEIJING = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?$/;
const UTC = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d+))?Z$/;

function micros(fraction: string | undefined): number {
	return fraction === undefined ? 0 : Number(fraction.slice(0, 6).padEnd(6, '0'));
}

/** Date rolls a 30 February over instead of refusing it, so the parsed instant is written again and compared. */
function wholeSecond(date: string, time: string, zone: '+08:00' | 'Z'): number | undefined {
	const ms = Date.parse(`${date}T${time}${zone}`);
	if (Number.isNaN(ms)) return undefined;
	const shift = zone === 'Z' ? 0 : BEIJING_OFFSET / 1000;
	return new Date(ms + shift).toISOString().startsWith(`${date}T${time}`) ? ms : undefined;
}

/** The instant of `YYYY-MM-DD HH:mm:ss[.fraction]` in Beijing time (UTC+8), in microseconds; undefined when it is not such a time. */
export function parseBeijing(text: string): Micros | undefined {
	const match = BEIJING.exec(text);
	const ms = match ? wholeSecond(match[1], match[2], '+08:00') : undefined;
	return ms === undefined || !match ? undefined : ms * 1000 + micros(match[3]);
}

/** The instant of `YYYY-MM-DDTHH:mm:ss[.fraction]Z` with any number of fraction digits, cut to microseconds; undefined when it is not such a time. */
export function parseUtc(text: string): Micros | undefined {
	const match = UTC.exec(text);
	const ms = match ? wholeSecond(match[1], match[2], 'Z') : undefined;
	return ms === undefined || !match ? undefined : ms * 1000 + micros(match[3]);
}

/** Most neighbouring instants lie on one day, whose date is then at hand. */
let lastDay = { number: Number.NaN, date: '' };

function dateOf(dayNumber: number): string {
	if (lastDay.number !== dayNumber)
		lastDay = { number: dayNumber, date: new Date((dayNumber * DAY) / 1000).toISOString().slice(0, 10) };
	return lastDay.date;
}

const buffer = Buffer.alloc(29);

function putDigits(value: number, at: number, length: number): void {
	let left = value;
	for (let i = at + length - 1; i >= at; i--) {
		buffer[i] = 48 + (left % 10);
		left = floor(left / 10);
	}
}

/** Written byte by byte: strings joined from slices would each hold on to their parts, several times the memory over millions of messages. */
function written(at: Micros, offset: Micros, separator: string, digits: number): string {
	const local = at + offset;
	const dayNumber = floor(local / DAY);
	const inDay = local - dayNumber * DAY;
	const second = floor(inDay / SECOND);
	buffer.write(`${dateOf(dayNumber)}${separator}00:00:00.000000000`, 'latin1');
	putDigits(floor(second / 3_600), 11, 2);
	putDigits(floor(second / 60) % 60, 14, 2);
	putDigits(second % 60, 17, 2);
	putDigits(inDay - second * SECOND, 20, 6);
	return buffer.toString('latin1', 0, digits === 0 ? 19 : 20 + digits);
}

/** An instant in microseconds as `YYYY-MM-DD HH:mm:ss` in Beijing time, with 6 fraction digits unless told otherwise (0: none). */
export function formatBeijing(at: Micros, digits: 0 | 3 | 6 = 6): string {
	return written(at, BEIJING_OFFSET, ' ', digits);
}

/** An instant in microseconds as ISO 8601 in UTC with so many fraction digits (0 to 9; beyond 6 they are zeros). */
export function formatUtc(at: Micros, digits: number): string {
	return `${written(at, 0, 'T', digits)}Z`;
}

/** The start of the Beijing day that holds the instant, both in microseconds. */
export function beijingDayStart(at: Micros): Micros {
	return floor((at + BEIJING_OFFSET) / DAY) * DAY - BEIJING_OFFSET;
}

/** A Date as microseconds. */
export function microsOf(date: Date): Micros {
	return date.getTime() * 1000;
}
