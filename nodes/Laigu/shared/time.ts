import { DateTime } from 'luxon';

import { withoutUnseen } from './text';

/**
 * An instant as whole microseconds since 1970 (UTC): the finest that Laigu writes ("2017-04-20 10:42:33.465659"), and exact in a
 * number until the year 2255.
 */
export type Micros = number;

/** A range of time: from ≤ t < to. */
export interface Range {
	from: Micros;
	to: Micros;
}

/** How v2's `from_tm` and `to_tm` are written; which of them Laigu reads is not documented beyond "to the second or the microsecond". */
export type TimeFormat = 'string' | 'stringMicroseconds' | 'epochSeconds' | 'epochMicroseconds';

/** Laigu's documents and screens speak Beijing time, which has no daylight saving. */
export const BEIJING = 'UTC+8';

export const MILLISECOND: Micros = 1_000;
export const SECOND: Micros = 1_000_000;
export const HOUR: Micros = 3_600 * SECOND;

/** How far apart n8n's clock and Laigu's may be, either way. */
export const CLOCK_TOLERANCE: Micros = HOUR / 4;

const BEIJING_OFFSET: Micros = 8 * HOUR;

/** No form of time is that long; some of luxon's patterns take time that grows faster than the text. */
const LONGEST_TEXT = 100;

/** Go's zero time is the first of January of the year 1, in whatever zone. */
const GOS_ZERO_UNTIL: Micros = Date.parse('0002-01-01') * MILLISECOND;

/** The zero of an epoch, by Greenwich's clock and by Beijing's. */
const ZEROS: Micros[] = [0, -BEIJING_OFFSET];

const isZero = (micros: Micros): boolean => micros < GOS_ZERO_UNTIL || ZEROS.includes(micros);

/** A time of day, which luxon would take for today's: nobody who gives or sends only that means a moment. */
const TIME_OF_DAY = /^(T\d|\d\d(:|Z|[+-]|$)|\d{6}(\D|$))/i;

const LOCAL_FORMATS = [
	'yyyy-M-d H:m:s',
	'yyyy-M-d H:m',
	'yyyy-M-d',
	'yyyy/M/d H:m:s',
	'yyyy/M/d H:m',
	'yyyy/M/d',
	'yyyy.M.d',
	'yyyy年M月d日 H:m:s',
	'yyyy年M月d日 H:m',
	'yyyy年M月d日',
	'yyyyMMddHHmmss',
];

/** Years 1973 to 2286, so that the three units cannot be taken for one another. */
function epochToMicros(value: number): Micros | undefined {
	const size = Math.abs(value);
	if (size >= 1e8 && size < 1e10) return Math.round(value * SECOND);
	if (size >= 1e11 && size < 1e13) return Math.round(value * MILLISECOND);
	if (size >= 1e14 && size < 1e16) return Math.round(value);
	return undefined;
}

type Parser = (text: string, options: { zone: string }) => DateTime;

/** In the order in which they are tried: what Laigu sends comes first. */
const PARSERS: Parser[] = [
	// with a space in place of the T, ISO 8601 reads Laigu's own form
	(text, options) => DateTime.fromISO(text.replace(/^(\d{4}-\d\d-\d\d) +(?=\d\d:)/, '$1T'), options),
	(text, options) => DateTime.fromSQL(text, options),
	(text, options) => DateTime.fromRFC2822(text, options),
	(text, options) => DateTime.fromHTTP(text, options),
	...LOCAL_FORMATS.map(
		(format): Parser =>
			(text, options) =>
				DateTime.fromFormat(text, format, options),
	),
];

function toMicros(moment: DateTime, fraction = ''): Micros | undefined {
	if (!moment.isValid) return undefined;
	const microsOfFraction = Number(`${fraction}000000`.slice(0, 6));
	return fraction ? Math.floor(moment.toMillis() / 1000) * SECOND + microsOfFraction : moment.toMillis() * MILLISECOND;
}

/** Both forms of time in which Laigu writes: Beijing time without a zone, and UTC with `Z`. */
const LAIGUS_OWN = /^([1-9]\d{3})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z?)$/;

/** Reads Laigu's own forms without luxon, which takes twenty times as long; undefined for anything else, a day that does not exist included. */
function parseOwn(text: string, zone: string): Micros | undefined {
	const parts = LAIGUS_OWN.exec(text);
	if (!parts || (parts[8] === '' && zone !== BEIJING)) return undefined;
	const [month, day, hour, minute, second] = [+parts[2], +parts[3], +parts[4], +parts[5], +parts[6]];
	if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
	const millis = Date.UTC(+parts[1], month - 1, day, hour, minute, second);
	// the 29th to the 31st may not exist
	if (day > 28 && new Date(millis).getUTCDate() !== day) return undefined;
	const micros = parts[7] === undefined ? 0 : +parts[7].padEnd(6, '0').slice(0, 6);
	return millis * MILLISECOND + micros - (parts[8] === '' ? BEIJING_OFFSET : 0);
}

function parseText(value: string, zone: string): Micros | undefined {
	const text = withoutUnseen(value).trim();
	if (text.length > LONGEST_TEXT) return undefined;
	const own = parseOwn(text, zone);
	if (own !== undefined) return own;
	if (/^\d{8}$/.test(text)) return toMicros(DateTime.fromFormat(text, 'yyyyMMdd', { zone }));
	if (/^-?\d+(\.\d+)?$/.test(text)) {
		const epoch = epochToMicros(Number(text));
		if (epoch !== undefined) return epoch;
	}
	if (TIME_OF_DAY.test(text)) return undefined;
	// luxon keeps milliseconds; the digits behind them are added by hand
	const fraction = /(?::\d\d|T\d{6})[.,](\d+)/i.exec(text)?.[1];
	for (const parse of PARSERS) {
		const micros = toMicros(parse(text, { zone }), fraction);
		if (micros !== undefined) return micros;
	}
	return undefined;
}

/**
 * Reads a time in any form a person, an expression or Laigu may give: ISO 8601, SQL, RFC 2822, plain date strings, a JavaScript Date, a
 * luxon DateTime (of any copy of luxon), or an epoch in seconds, milliseconds or microseconds.
 *
 * @param value the time as given
 * @param zone the zone that a time without offset is in: the workflow's for what the user gives, Beijing for what Laigu sends
 * @returns microseconds since 1970, or undefined where no time can be read
 */
export function parseTime(value: unknown, zone: string): Micros | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? epochToMicros(value) : undefined;
	if (typeof value === 'string') return value.trim() === '' ? undefined : parseText(value, zone);
	if (value instanceof Date) return toMicros(DateTime.fromMillis(value.getTime()));
	if (typeof value === 'object' && value !== null && 'toMillis' in value && typeof value.toMillis === 'function') {
		const millis = (value as { toMillis(): unknown }).toMillis();
		return typeof millis === 'number' && Number.isFinite(millis) ? millis * MILLISECOND : undefined;
	}
	return undefined;
}

/**
 * Reads a time as Laigu writes it: without zone it is Beijing time (conversations), with `Z` or an offset it is what it says (customers).
 *
 * @returns microseconds since 1970, or undefined where there is no time: an empty or unreadable value, Go's zero time (0001-01-01T00:00:00Z) and
 * the zero of an epoch (1970-01-01T00:00:00Z, or that moment by Beijing's clock), however written
 */
export function parseLaiguTime(value: unknown): Micros | undefined {
	const micros = parseTime(value, BEIJING);
	return micros === undefined || isZero(micros) ? undefined : micros;
}

/** Whether a value is a time by which a server says that there is none, however written. */
export function isZeroTime(value: unknown): boolean {
	const micros = parseTime(value, BEIJING);
	return micros !== undefined && isZero(micros);
}

/** The instant as a luxon DateTime in Beijing time, to the millisecond. */
export function inBeijing(micros: Micros): DateTime {
	return DateTime.fromMillis(Math.floor(micros / MILLISECOND), { zone: BEIJING });
}

/** Date and time in Beijing, to the millisecond and without a zone, e.g. `2026-11-22T08:00:00.000`; '' beyond the years that a Date knows. */
function beijingClock(micros: Micros): string {
	const date = new Date(Math.floor((micros + BEIJING_OFFSET) / MILLISECOND));
	return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, -1);
}

/** The instant as ISO 8601 in Beijing time with its offset, e.g. `2026-11-22T08:00:00.000+08:00`. */
export function toIso(micros: Micros): string {
	const clock = beijingClock(micros);
	return clock && `${clock}+08:00`;
}

/** The instant as a person in Beijing reads it, to the second: `2026-11-22 08:00:00`. */
export function toBeijingText(micros: Micros): string {
	return beijingClock(micros).slice(0, -4).replace('T', ' ');
}

/** The smallest step of a time format, in microseconds: what two neighbouring windows overlap by. */
export function granularityOf(format: TimeFormat): Micros {
	return format === 'string' || format === 'epochSeconds' ? SECOND : 1;
}

/**
 * Writes an instant for a request, in Beijing time where the form is a string. Parts below the form's step are cut off.
 *
 * @param micros the instant
 * @param format one of the four forms
 */
export function formatTime(micros: Micros, format: TimeFormat): string {
	switch (format) {
		case 'epochSeconds':
			return `${Math.floor(micros / SECOND)}`;
		case 'epochMicroseconds':
			return `${micros}`;
		case 'stringMicroseconds':
			return `${toBeijingText(micros)}.${`${micros - Math.floor(micros / SECOND) * SECOND}`.padStart(6, '0')}`;
		default:
			return toBeijingText(micros);
	}
}
