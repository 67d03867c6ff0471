import { DateTime } from 'luxon';

import { itemReader } from '../../../nodes/Laigu/parameters/reader';
import { readTimeRange } from '../../../nodes/Laigu/parameters/timeRange';
import { at } from '../helpers';
import { contextWith, thrownBy } from '../parameters/context';

const read = (parameters: Record<string, unknown>, timezone?: string) =>
	readTimeRange(itemReader(contextWith(parameters, timezone), 3));
const custom = (from: unknown, to: unknown, timezone?: string) =>
	read({ timeRange: 'custom', from, to }, timezone).range;

describe('From and To', () => {
	test.each([
		['UTC', '2026-11-21T00:00:00Z'],
		['Asia/Shanghai', '2026-11-20T16:00:00Z'],
		['America/New_York', '2026-11-21T05:00:00Z'],
	])("without offset are in the workflow's zone: %s", (zone, from) => {
		const day = 24 * 3600 * 1e6;
		expect(custom('2026-11-21T00:00:00', '2026-11-22 00:00', zone)).toEqual({ from: at(from), to: at(from) + day });
	});

	test('may be an expression that gives a luxon DateTime, a Date or a number', () => {
		const range = custom(
			DateTime.fromISO('2026-11-21T00:00:00Z'),
			new Date('2026-11-22T00:00:00Z'),
			'America/New_York',
		);
		expect(range).toEqual({ from: at('2026-11-21T00:00:00Z'), to: at('2026-11-22T00:00:00Z') });
		expect(custom(1_700_000_000, 1_700_000_001).to).toBe(1_700_000_001e6);
	});

	test.each([
		['2026-11-22', '2026-11-21', "'From' is after 'To' [Item 3]", 'ends after it begins'],
		['2026-11-22', '2026-11-22T00:00:00', "'From' and 'To' are the same moment [Item 3]", 'midnight of the next'],
		['soon', '2026-11-22', "'From' is not a date and time [Item 3]", '"soon"'],
		['2026-11-22', '2026-11-31', "'To' is not a date and time [Item 3]", '"2026-11-31"'],
		['', '2026-11-22', "'From' is empty [Item 3]", '2026-01-31T08:00:00'],
		['2026-11-22', null, "'To' is empty [Item 3]", '$now'],
		['2026-11-22', undefined, "'To' is empty [Item 3]", '$now'],
		['2026-11-22', {}, "'To' is not a date and time [Item 3]", '$now'],
		['2026-11-22', 'x'.repeat(500), "'To' is not a date and time [Item 3]", 'xxx'],
	])('%j to %j: %s', (from, to, message, description) => {
		const error = thrownBy(() => custom(from, to));
		expect(error.message).toBe(message);
		expect(error.description).toContain(description);
		expect(error.description.length).toBeLessThan(250);
		expect(error.context.itemIndex).toBe(3);
	});
});

test('a named range ends now or before', () => {
	const { from, to } = read({ timeRange: 'today' }).range;
	expect(Math.abs(to / 1000 - Date.now())).toBeLessThan(5_000);
	expect(from).toBeLessThanOrEqual(to);
	const week = read({}).range;
	expect(week.to - week.from).toBeGreaterThanOrEqual(6 * 24 * 3600 * 1e6);
});

test('a preset of the operation takes the place of the last 7 days', () => {
	const { range } = readTimeRange(itemReader(contextWith({}), 0), 'last30Days');
	expect(range.to - range.from).toBeGreaterThanOrEqual(29 * 24 * 3600 * 1e6);
});

describe('the hint for a Custom range', () => {
	const hints = (timezone: string, from = '2026-03-08T00:00', to = '2026-03-09T00:00') =>
		read({ timeRange: 'custom', from, to }, timezone).hints;

	test.each(['Asia/Shanghai', 'Asia/Singapore', 'Asia/Taipei', 'UTC+8'])('is not needed in %s', (zone) => {
		expect(hints(zone)).toEqual([]);
	});

	test.each([
		// on the second day clocks are an hour ahead there
		['America/New_York', '2026-03-08 13:00:00', '2026-03-09 12:00:00'],
		['UTC', '2026-03-08 08:00:00', '2026-03-09 08:00:00'],
		['Asia/Kolkata', '2026-03-08 02:30:00', '2026-03-09 02:30:00'],
	])('tells in %s the Beijing times', (zone, from, to) => {
		expect(hints(zone)).toEqual([
			`In Beijing time, 'From' and 'To' are ${from} and ${to}. The workflow's time zone is ${zone}.`,
		]);
	});
});
