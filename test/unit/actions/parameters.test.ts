import { DateTime } from 'luxon';

import { readLimit, readOptions, readTimeRange, toRangeQuery } from '../../../nodes/Laigu/parameters/read';
import { useDate } from '../../virtualTime';
import { at } from '../helpers';
import { contextWith, thrownBy } from '../parameters/context';

const custom = (from: unknown, to: unknown, timezone?: string) =>
	readTimeRange(contextWith({ timeRange: 'custom', from, to }, timezone), 3);

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

describe('a named range', () => {
	useDate('2026-11-21T15:34:56+08:00');

	test('ends now', () => {
		const now = at('2026-11-21T15:34:56+08:00');
		const today = readTimeRange(contextWith({ timeRange: 'today' }), 0);
		expect(today).toEqual({ from: at('2026-11-21T00:00:00+08:00'), to: now });
		const week = readTimeRange(contextWith({}), 0);
		expect(week).toEqual({ from: at('2026-11-15T00:00:00+08:00'), to: now });
	});
});

describe('Limit', () => {
	test.each([
		[{ limit: 5 }, 5],
		[{ limit: '5' }, 5],
		[{ limit: 1 }, 1],
		[{}, 50],
		[{ returnAll: true, limit: 0 }, undefined],
	])('%j is read as %p', (parameters, limit) => {
		expect(readLimit(contextWith(parameters), 0)).toBe(limit);
	});

	test.each([
		[0, '0'],
		[-1, '-1'],
		[1.5, '1.5'],
		['abc', '"abc"'],
		['', '""'],
		[NaN, 'null'],
		[null, 'null'],
		[undefined, 'empty'],
		[true, 'true'],
	])('%p is refused before any request', (limit, shown) => {
		const error = thrownBy(() => readLimit(contextWith({ limit }), 2));
		expect(error.message).toBe(`'Limit' cannot be ${shown} [Item 2]`);
		expect(error.description).toBe('Enter a whole number of 1 or more.');
		expect(error.context.itemIndex).toBe(2);
	});
});

describe('Options', () => {
	test('have the defaults of the contract', () => {
		const defaults = {
			apiVersion: 'v2',
			concurrency: 3,
			firstResponse: 'average',
			groupBy: 'agent',
			maxCharacters: 0,
			maxRetries: 5,
			order: 'oldestFirst',
			timeFormat: 'string',
			windowHours: 0,
		};
		expect(readOptions(contextWith({}), 0)).toEqual(defaults);
		expect(readOptions(contextWith({ options: {} }), 0)).toEqual(defaults);
	});

	test('are read as given', () => {
		const options = {
			apiVersion: 'v1',
			concurrency: 10,
			firstResponse: 'total',
			groupBy: 'day',
			maxCharacters: 400,
			maxRetries: 0,
			order: 'newestFirst',
			timeFormat: 'epochSeconds',
			windowHours: 24,
		};
		expect(readOptions(contextWith({ options }), 0)).toEqual(options);
		expect(readOptions(contextWith({ options: { concurrency: '4' } }), 0).concurrency).toBe(4);
	});

	test.each([
		[{ concurrency: 0 }, "'Concurrency' cannot be 0", 'from 1 to 10'],
		[{ concurrency: 11 }, "'Concurrency' cannot be 11", 'from 1 to 10'],
		[{ maxRetries: -1 }, "'Max Retries' cannot be -1", 'from 0 to 20'],
		[{ maxRetries: 21 }, "'Max Retries' cannot be 21", 'from 0 to 20'],
		[{ windowHours: -1 }, "'Window Hours' cannot be -1", 'of 0 or more'],
		[{ windowHours: 0.5 }, "'Window Hours' cannot be 0.5", 'of 0 or more'],
		[{ windowHours: 'all' }, '\'Window Hours\' cannot be "all"', 'of 0 or more'],
	])('%j is refused', (options, message, wayOut) => {
		const error = thrownBy(() => readOptions(contextWith({ options }), 1));
		expect(error.message).toBe(`${message} [Item 1]`);
		expect(error.description).toBe(`Enter a whole number ${wayOut}.`);
	});

	test.each([
		[{ groupBy: 'hour' }, '\'Group By\' cannot be "hour"', 'agent, group, day'],
		[{ firstResponse: '' }, '\'First Response Times\' cannot be ""', 'average, total'],
		[{ order: null }, "'Order' cannot be null", 'oldestFirst, newestFirst'],
	])('%j is no choice', (options, message, choices) => {
		const error = thrownBy(() => readOptions(contextWith({ options }), 1));
		expect(error.message).toBe(`${message} [Item 1]`);
		expect(error.description).toBe(`Use one of: ${choices}.`);
	});
});

test('several windows are read at once only where all records are wanted', () => {
	const chosen = readOptions(contextWith({ options: { concurrency: 7 } }), 0);
	const range = { from: 0, to: 1 };
	expect(toRangeQuery(range, chosen, undefined)).toMatchObject({ range, concurrency: 7, order: 'oldestFirst' });
	expect(toRangeQuery(range, chosen, 50).concurrency).toBe(1);
});
