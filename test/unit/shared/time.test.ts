import { DateTime } from 'luxon';

import {
	parseLaiguTime,
	parseTime,
	granularityOf,
	toBeijingText,
	toIso,
	formatTime,
} from '../../../nodes/Laigu/shared/time';
import { at } from '../helpers';

const BEIJING = 'Asia/Shanghai';
const INSTANT = at('2017-04-20T10:42:33+08:00');
const MIDNIGHT = at('2017-04-20T00:00:00+08:00');

describe('parseTime', () => {
	test.each([
		['2017-04-20T10:42:33+08:00', INSTANT],
		['2017-04-20T02:42:33Z', INSTANT],
		['2017-04-20T02:42:33.000Z', INSTANT],
		['2017-04-20T10:42:33', INSTANT],
		['2017-04-20T10:42', INSTANT - 33e6],
		['20170420T104233', INSTANT],
		['20170420T104233.465659', INSTANT + 465_659],
		['20170420T104233+0800', INSTANT],
		['2017-W16-4T10:42:33', INSTANT],
		['2017-110T10:42:33', INSTANT],
		['2017-04-20 10:42:33', INSTANT],
		['2017-04-20 10:42:33.465659', INSTANT + 465_659],
		['2017-04-20 10:42:33,465659', INSTANT + 465_659],
		['2017-04-20 02:42:33.5 +00:00', INSTANT + 500_000],
		['2017-04-20 10:42', INSTANT - 33e6],
		['Thu, 20 Apr 2017 10:42:33 +0800', INSTANT],
		['Thu, 20 Apr 2017 02:42:33 GMT', INSTANT],
		['Thursday, 20-Apr-17 02:42:33 GMT', INSTANT],
		['2017-4-20 10:42:33', INSTANT],
		['2017/04/20 10:42:33', INSTANT],
		['2017/4/20 10:42', INSTANT - 33e6],
		['2017年4月20日 10:42:33', INSTANT],
		['2017年4月20日 10:42', INSTANT - 33e6],
		['20170420104233', INSTANT],
		['  2017-04-20 10:42:33\n', INSTANT],
		['\ufeff2017-04-20 10:42:33\u200b', INSTANT],
	])('reads %j', (text, micros) => {
		expect(parseTime(text, BEIJING)).toBe(micros);
	});

	test.each(['2017-04-20', '2017-4-20', '2017/04/20', '2017/4/20', '2017.4.20', '2017年4月20日', '20170420'])(
		'takes the day %j for its beginning',
		(text) => {
			expect(parseTime(text, BEIJING)).toBe(MIDNIGHT);
		},
	);

	test.each([
		[1_492_656_153, INSTANT],
		[1_492_656_153.25, INSTANT + 250_000],
		[1_492_656_153_465, INSTANT + 465_000],
		[1_492_656_153_465_659, INSTANT + 465_659],
		[999_999_999, 999_999_999e6],
	])('takes %p for an epoch by its number of digits, as a number and as text', (epoch, micros) => {
		expect(parseTime(epoch, BEIJING)).toBe(micros);
		expect(parseTime(`${epoch}`, BEIJING)).toBe(micros);
	});

	test('reads a Date, a luxon DateTime of any zone, and a DateTime of another copy of luxon', () => {
		const date = new Date('2017-04-20T02:42:33.465Z');
		expect(parseTime(date, 'America/New_York')).toBe(INSTANT + 465_000);
		expect(parseTime(DateTime.fromJSDate(date, { zone: 'Asia/Tokyo' }), 'UTC')).toBe(INSTANT + 465_000);
		expect(parseTime({ toMillis: () => date.getTime() }, 'UTC')).toBe(INSTANT + 465_000);
	});

	test.each([
		'',
		'   ',
		'abc',
		'now',
		'tomorrow',
		'2017-13-01',
		'2026-02-30',
		'2017-04-20T25:00:00',
		'12',
		'10:42',
		'10:42:33',
		'T10:42',
		'104233',
		'-1',
		'0',
		'5',
		0,
		-1,
		20170420,
		1e20,
		NaN,
		Infinity,
		null,
		undefined,
		true,
		[],
		{},
		new Date(NaN),
		DateTime.invalid('nothing'),
		{ toMillis: 'soon' },
		{ toMillis: () => 'soon' },
	])('finds no time in %p', (value) => {
		expect(parseTime(value, BEIJING)).toBeUndefined();
	});

	test.each([
		['2026-11-22T00:30:00', 'UTC', '2026-11-22T00:30:00Z'],
		['2026-11-22T00:30:00', 'Asia/Shanghai', '2026-11-21T16:30:00Z'],
		['2026-11-21 23:30', 'America/New_York', '2026-11-22T04:30:00Z'],
		['2026-07-21 23:30', 'America/New_York', '2026-07-22T03:30:00Z'],
		// summer time begins and ends
		['2026-03-08T01:59:59', 'America/New_York', '2026-03-08T06:59:59Z'],
		['2026-03-08T03:00:00', 'America/New_York', '2026-03-08T07:00:00Z'],
		['2026-11-01T00:59:59', 'America/New_York', '2026-11-01T04:59:59Z'],
		['2026-11-01T02:00:00', 'America/New_York', '2026-11-01T07:00:00Z'],
		['2026/3/8', 'America/New_York', '2026-03-08T05:00:00Z'],
		['2026/3/9', 'America/New_York', '2026-03-09T04:00:00Z'],
		// an offset outweighs the workflow's zone
		['2026-11-22T00:30:00+08:00', 'America/New_York', '2026-11-21T16:30:00Z'],
		['2026-11-22T00:30:00Z', 'Asia/Shanghai', '2026-11-22T00:30:00Z'],
	])('reads %s in %s as %s', (text, zone, iso) => {
		expect(parseTime(text, zone)).toBe(at(iso));
	});
});

describe('parseLaiguTime', () => {
	test.each([
		['2017-04-20 10:42:33.465659', at('2017-04-20T10:42:33.465659+08:00')],
		['2025-07-29T05:40:58.46Z', at('2025-07-29T05:40:58.460000Z')],
		['2025-07-29T05:40:58Z', at('2025-07-29T05:40:58Z')],
		['2025-07-29T05:40:58.123456789Z', at('2025-07-29T05:40:58.123456Z')],
		['2025-07-29T05:40:58.999999999Z', at('2025-07-29T05:40:58.999999Z')],
		['2025-07-29T13:40:58.000001+08:00', at('2025-07-29T05:40:58.000001Z')],
		[1_753_767_660, at('2025-07-29T05:41:00Z')],
	])('reads %p to the microsecond', (value, micros) => {
		expect(parseLaiguTime(value)).toBe(micros);
	});
});

describe('toWire', () => {
	const micros = at('2017-04-20T02:42:33.465659Z');

	test.each([
		['string', '2017-04-20 10:42:33'],
		['stringMicroseconds', '2017-04-20 10:42:33.465659'],
		['epochSeconds', '1492656153'],
		['epochMicroseconds', '1492656153465659'],
	] as const)('writes %s as %s', (format, text) => {
		expect(formatTime(micros, format)).toBe(text);
	});

	test('keeps six digits of a small fraction, also before 1970', () => {
		expect(formatTime(at('2017-04-20T02:42:33.000007Z'), 'stringMicroseconds')).toBe('2017-04-20 10:42:33.000007');
		expect(formatTime(-1, 'stringMicroseconds')).toBe('1970-01-01 07:59:59.999999');
	});

	test('writes Beijing time across midnight and year ends', () => {
		expect(formatTime(at('2025-12-31T15:59:59.999999Z'), 'string')).toBe('2025-12-31 23:59:59');
		expect(formatTime(at('2025-12-31T16:00:00Z'), 'string')).toBe('2026-01-01 00:00:00');
	});

	test('knows the step of each form', () => {
		expect(granularityOf('string')).toBe(1e6);
		expect(granularityOf('epochSeconds')).toBe(1e6);
		expect(granularityOf('stringMicroseconds')).toBe(1);
		expect(granularityOf('epochMicroseconds')).toBe(1);
	});
});

test('simplified output carries Beijing time with its offset', () => {
	expect(toIso(at('2017-04-20T02:42:33.465659Z'))).toBe('2017-04-20T10:42:33.465+08:00');
	expect(toBeijingText(at('2017-04-20T16:00:00Z'))).toBe('2017-04-21 00:00:00');
});

describe("a zero is no time of Laigu's", () => {
	test.each([
		'0001-01-01T00:00:00Z',
		'0001-01-01 00:00:00',
		'0001-01-01T08:05:43+08:05',
		'0001-01-01T00:00:00.000000Z',
		'0000-00-00 00:00:00',
		'1970-01-01T00:00:00Z',
		'1970-01-01 00:00:00',
		'1970-01-01 08:00:00',
		'1970-01-01T08:00:00+08:00',
		'0',
		0,
		'',
		null,
	])('%j', (value) => {
		expect(parseLaiguTime(value)).toBeUndefined();
	});

	test('what a user asks for may be as long ago as that', () => {
		expect(parseTime('0001-01-01T00:00:00Z', 'UTC')).toBeLessThan(0);
		expect(parseTime('1970-01-01T00:00:00Z', 'UTC')).toBe(0);
	});
});

test('a text that is far too long for a time is none, and costs nothing', () => {
	for (const text of ['('.repeat(1e6), `2026-03-10 ${' '.repeat(1e6)}10:00:00`, '9'.repeat(1e6), '2'.repeat(101)]) {
		expect(parseLaiguTime(text)).toBeUndefined();
	}
	expect(parseTime(1.2345678e25, 'UTC')).toBeUndefined();
	expect(parseTime('1e20', 'UTC')).toBeUndefined();
});
