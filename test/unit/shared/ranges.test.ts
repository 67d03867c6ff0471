import fc from 'fast-check';

import { namedRange } from '../../../nodes/Laigu/shared/ranges';
import type { NamedRange } from '../../../nodes/Laigu/shared/ranges';
import { at } from '../helpers';

const DAY = 24 * 3600 * 1e6;

test.each<[NamedRange, string, string, string]>([
	['today', '2026-11-22T08:00:00Z', '2026-11-22T00:00:00+08:00', '2026-11-22T08:00:00Z'],
	// already the next day in Beijing, still the day before in New York
	['today', '2026-11-21T16:00:01Z', '2026-11-22T00:00:00+08:00', '2026-11-21T16:00:01Z'],
	['today', '2026-11-21T15:59:59Z', '2026-11-21T00:00:00+08:00', '2026-11-21T15:59:59Z'],
	['yesterday', '2026-11-22T08:00:00Z', '2026-11-21T00:00:00+08:00', '2026-11-22T00:00:00+08:00'],
	['yesterday', '2026-12-31T16:00:00Z', '2026-12-31T00:00:00+08:00', '2027-01-01T00:00:00+08:00'],
	['yesterday', '2028-03-01T08:00:00Z', '2028-02-29T00:00:00+08:00', '2028-03-01T00:00:00+08:00'],
	// a Sunday, and the Monday after it
	['thisWeek', '2026-11-22T08:00:00Z', '2026-11-16T00:00:00+08:00', '2026-11-22T08:00:00Z'],
	['thisWeek', '2026-11-22T16:00:01Z', '2026-11-23T00:00:00+08:00', '2026-11-22T16:00:01Z'],
	['lastWeek', '2026-11-22T08:00:00Z', '2026-11-09T00:00:00+08:00', '2026-11-16T00:00:00+08:00'],
	['lastWeek', '2027-01-01T00:00:00Z', '2026-12-21T00:00:00+08:00', '2026-12-28T00:00:00+08:00'],
	['last7Days', '2026-11-22T08:00:00Z', '2026-11-16T00:00:00+08:00', '2026-11-22T08:00:00Z'],
	['last30Days', '2026-11-22T08:00:00Z', '2026-10-24T00:00:00+08:00', '2026-11-22T08:00:00Z'],
	['thisMonth', '2026-11-22T08:00:00Z', '2026-11-01T00:00:00+08:00', '2026-11-22T08:00:00Z'],
	['thisMonth', '2026-11-30T16:00:01Z', '2026-12-01T00:00:00+08:00', '2026-11-30T16:00:01Z'],
	['lastMonth', '2026-11-22T08:00:00Z', '2026-10-01T00:00:00+08:00', '2026-11-01T00:00:00+08:00'],
	['lastMonth', '2027-01-31T08:00:00Z', '2026-12-01T00:00:00+08:00', '2027-01-01T00:00:00+08:00'],
	['lastMonth', '2028-03-31T08:00:00Z', '2028-02-01T00:00:00+08:00', '2028-03-01T00:00:00+08:00'],
	// summer time elsewhere moves nothing here
	['yesterday', '2026-03-08T12:00:00Z', '2026-03-07T00:00:00+08:00', '2026-03-08T00:00:00+08:00'],
	['last7Days', '2026-11-03T12:00:00Z', '2026-10-28T00:00:00+08:00', '2026-11-03T12:00:00Z'],
])('%s at %s', (name, now, from, to) => {
	expect(namedRange(name, at(now))).toEqual({ from: at(from), to: at(to) });
});

test('at any moment: days in Beijing are 24 hours, neighbouring ranges meet, nothing reaches into the future', () => {
	const moment = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') });
	fc.assert(
		fc.property(moment, (now) => {
			const range = (name: NamedRange) => namedRange(name, now);
			const yesterday = range('yesterday');
			expect(yesterday.to - yesterday.from).toBe(DAY);
			expect(yesterday.to).toBe(range('today').from);
			expect(range('lastMonth').to).toBe(range('thisMonth').from);
			expect(range('today').from - range('last7Days').from).toBe(6 * DAY);
			expect(range('today').from - range('last30Days').from).toBe(29 * DAY);
			for (const name of ['today', 'last7Days', 'last30Days', 'thisMonth'] as const) {
				expect(range(name).to).toBe(now);
				expect(range(name).from).toBeLessThanOrEqual(now);
			}
		}),
	);
});
