import fc from 'fast-check';

import { dayCountOf, daysOf } from '../../../nodes/Laigu/shared/ranges';
import { at } from '../helpers';

const DAY = 24 * 3600 * 1e6;

test.each<[string, string, string[]]>([
	['2026-11-21T00:00:00+08:00', '2026-11-22T00:00:00+08:00', []],
	['2026-11-21T00:00:00+08:00', '2026-11-21T16:00:01Z', ['2026-11-22T00:00:00+08:00']],
	['2026-11-21T10:00:00+08:00', '2026-11-21T11:00:00+08:00', []],
	// two hours of UTC around midnight in Beijing
	['2026-12-31T15:00:00Z', '2026-12-31T17:00:00Z', ['2027-01-01T00:00:00+08:00']],
	['2028-02-28T10:00:00+08:00', '2028-03-01T00:00:00+08:00', ['2028-02-29T00:00:00+08:00']],
])('from %s to %s the days begin and end at midnight in Beijing', (from, to, midnights) => {
	const ends = [at(from), ...midnights.map(at), at(to)];
	expect([...daysOf({ from: at(from), to: at(to) })]).toEqual(
		ends.slice(1).map((end, index) => ({ from: ends[index], to: end })),
	);
});

test('whatever the range, its days cover it without gap or overlap', () => {
	const instant = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') });
	fc.assert(
		fc.property(instant, fc.integer({ min: 1, max: 40 * DAY }), (from, length) => {
			const range = { from, to: from + length };
			const days = [...daysOf(range)];
			expect([days[0].from, days[days.length - 1].to]).toEqual([range.from, range.to]);
			for (const [index, day] of days.entries()) {
				expect(day.to).toBeGreaterThan(day.from);
				if (index > 0) expect([day.from, (day.from + 8 * 3600 * 1e6) % DAY]).toEqual([days[index - 1].to, 0]);
			}
			expect(dayCountOf(range)).toBe(days.length);
			expect(days.length).toBeLessThanOrEqual(Math.ceil(length / DAY) + 1);
		}),
	);
});
