import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	parseLaiguTime,
	parseTime,
	granularityOf,
	toBeijingText,
	toIso,
	formatTime,
} from '../../../nodes/Laigu/shared/time';
import type { TimeFormat } from '../../../nodes/Laigu/shared/time';
import { at, readWire, wireText } from '../helpers';

const FORMATS: TimeFormat[] = ['string', 'stringMicroseconds', 'epochSeconds', 'epochMicroseconds'];

/** Years in which an epoch's unit can be told by its number of digits. */
const instant = fc.integer({ min: at('2002-01-01T00:00:00Z'), max: at('2254-01-01T00:00:00Z') });

const longAgo = fc.integer({ min: at('1970-01-02T00:00:00Z'), max: at('2002-01-01T00:00:00Z') });

const cutTo = (micros: number, step: number) => Math.floor(micros / step) * step;

test.each(FORMATS)('what is written as %s is read back, cut to its step', (format) => {
	fc.assert(
		fc.property(instant, (micros) => {
			const text = formatTime(micros, format);
			expect(parseLaiguTime(text)).toBe(cutTo(micros, granularityOf(format)));
			expect(readWire(text)).toBe(cutTo(micros, granularityOf(format)));
		}),
	);
});

test.each(['string', 'stringMicroseconds'] as const)('so is a time before 2002 as %s', (format) => {
	fc.assert(
		fc.property(longAgo, (micros) => {
			expect(parseLaiguTime(formatTime(micros, format))).toBe(cutTo(micros, granularityOf(format)));
		}),
	);
});

test('ISO 8601 output is the same millisecond, whoever reads it', () => {
	fc.assert(
		fc.property(fc.oneof(instant, longAgo), (micros) => {
			expect(toIso(micros)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/);
			expect(Date.parse(toIso(micros)) * 1000).toBe(cutTo(micros, 1000));
			expect(parseTime(toIso(micros), 'America/New_York')).toBe(cutTo(micros, 1000));
		}),
	);
});

test("every number of fraction digits of Laigu's own times is read, none beyond the sixth", () => {
	fc.assert(
		fc.property(instant, fc.integer({ min: 1, max: 9 }), (micros, digits) => {
			const [seconds, fraction] = wireText(micros).split('.');
			const kept = `${fraction}789`.slice(0, digits);
			const expected = cutTo(micros, 1e6) + Number(kept.slice(0, 6).padEnd(6, '0'));
			expect(parseLaiguTime(`${seconds}.${kept}`)).toBe(expected);
			expect(parseLaiguTime(`${seconds.replace(' ', 'T')}.${kept}+08:00`)).toBe(expected);
		}),
	);
});

test("Laigu's own forms are read as luxon reads them, and what is no time stays none", () => {
	const two = (max: number) => fc.integer({ min: 0, max }).map((number) => `${number}`.padStart(2, '0'));
	const form = fc.record({
		year: fc.integer({ min: 2, max: 9_999 }).map((year) => `${year}`.padStart(4, '0')),
		month: two(14),
		day: two(33),
		hour: two(26),
		minute: two(62),
		second: two(62),
		fraction: fc.option(fc.stringMatching(/^\d{1,9}$/), { nil: '' }),
		between: fc.constantFrom(' ', 'T'),
		zone: fc.constantFrom('', 'Z', 'z', '+08:00'),
	});
	fc.assert(
		fc.property(form, ({ year, month, day, hour, minute, second, fraction, between, zone }) => {
			const text = `${year}-${month}-${day}${between}${hour}:${minute}:${second}`;
			const whole = `${text}${fraction && `.${fraction}`}${zone}`;
			// luxon keeps milliseconds only, so the fraction is added here; 24:00:00 is a time to it, and 24:00:00.3 is none
			const read = DateTime.fromISO(`${text.replace(' ', 'T')}${zone}`, { zone: 'UTC+8' });
			const { isValid } = DateTime.fromISO(whole.replace(' ', 'T'), { zone: 'UTC+8' });
			const expected = isValid ? read.toMillis() * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6)) : undefined;
			expect(parseLaiguTime(whole)).toBe(expected);
		}),
		{ numRuns: 2_000 },
	);
});

test('times are written as luxon writes them, and none that a Date cannot hold makes it throw', () => {
	fc.assert(
		fc.property(fc.oneof(instant, longAgo, fc.maxSafeInteger()), (micros) => {
			const moment = DateTime.fromMillis(Math.floor(micros / 1000), { zone: 'UTC+8' });
			expect(toIso(micros)).toBe(moment.toISO());
			if (moment.year > 0 && moment.year < 10_000) {
				expect(toBeijingText(micros)).toBe(moment.toFormat('yyyy-MM-dd HH:mm:ss'));
			}
		}),
	);
	expect(toIso(9e18)).toBe('');
});

test('no text and no number makes the parser throw or return anything but a whole number', () => {
	const digits = fc.string({ unit: fc.constantFrom(...'0123456789-:. TZ+/年月日'), maxLength: 24 });
	fc.assert(
		fc.property(fc.oneof(digits, fc.string(), fc.double(), fc.integer()), (value) => {
			const micros = parseTime(value, 'Asia/Shanghai');
			expect(micros === undefined || Number.isInteger(micros)).toBe(true);
		}),
	);
});
