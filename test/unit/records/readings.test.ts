import fc from 'fast-check';

import { readings, readTime } from '../../../nodes/Laigu/records/readings';
import { parseLaiguTime, toIso } from '../../../nodes/Laigu/shared/time';

const two = (value: number) => `${value}`.padStart(2, '0');

/** What stands between date and time, and behind them. */
const FORMS: Array<[string, string]> = [
	[' ', ''],
	['T', ''],
	['T', 'Z'],
	[' ', 'Z'],
	['T', '+08:00'],
];

/** Times in every form in which Laigu writes, days included that some months do not have. */
const written = fc
	.record({
		year: fc.integer({ min: 1900, max: 2199 }),
		month: fc.integer({ min: 0, max: 13 }),
		day: fc.integer({ min: 0, max: 32 }),
		hour: fc.integer({ min: 0, max: 25 }),
		minute: fc.integer({ min: 0, max: 60 }),
		second: fc.integer({ min: 0, max: 60 }),
		fraction: fc.option(fc.stringMatching(/^\d{1,9}$/)),
		form: fc.constantFrom(...FORMS),
	})
	.map(({ year, month, day, hour, minute, second, fraction, form: [between, zone] }) => {
		const date = `${year}-${two(month)}-${two(day)}`;
		return `${date}${between}${two(hour)}:${two(minute)}:${two(second)}${fraction ? `.${fraction}` : ''}${zone}`;
	});

test('a time that is rewritten without calculating is the one that is calculated', () => {
	fc.assert(
		fc.property(written, (text) => {
			const micros = parseLaiguTime(text);
			expect([text, readings.time(text)]).toEqual([text, micros === undefined ? expect.any(Symbol) : toIso(micros)]);
		}),
		{ numRuns: 2_000 },
	);
});

test.each([
	'0001-01-01T00:00:00Z',
	'0001-01-01T08:05:43+08:05',
	'0000-00-00 00:00:00',
	'1970-01-01T00:00:00Z',
	'1970-01-01T00:00:00.000Z',
	'1970-01-01 08:00:00',
	'1970-01-01 00:00:00',
	'1970-01-01T08:00:00+08:00',
	-62135596800,
	-62135596800000,
	'-62135596800',
	0,
	'0',
	'',
	null,
	undefined,
])('%j is no time', (value) => {
	expect(readTime(value)).toBeUndefined();
	expect(readings.time(value)).toBeUndefined();
});

test('the first hours of 1970 are a time but for their zeros', () => {
	expect(readings.time('1970-01-01 09:00:00')).toBe('1970-01-01T09:00:00.000+08:00');
});
