import fc from 'fast-check';

import { parseLaiguTime, parseTime, stepOf, toIso, toWire } from '../../../nodes/Laigu/api/time';
import type { TimeFormat } from '../../../nodes/Laigu/api/time';
import { at, readWire, wireText } from '../helpers';

const FORMATS: TimeFormat[] = ['string', 'stringMicroseconds', 'epochSeconds', 'epochMicroseconds'];

/** Years in which an epoch's unit can be told by its number of digits. */
const instant = fc.integer({ min: at('2002-01-01T00:00:00Z'), max: at('2254-01-01T00:00:00Z') });

const longAgo = fc.integer({ min: at('1900-01-01T00:00:00Z'), max: at('2002-01-01T00:00:00Z') });

const cutTo = (micros: number, step: number) => Math.floor(micros / step) * step;

test.each(FORMATS)('what is written as %s is read back, cut to its step', (format) => {
	fc.assert(
		fc.property(instant, (micros) => {
			const text = toWire(micros, format);
			expect(parseLaiguTime(text)).toBe(cutTo(micros, stepOf(format)));
			expect(readWire(text)).toBe(cutTo(micros, stepOf(format)));
		}),
	);
});

test.each(['string', 'stringMicroseconds'] as const)('so is a time before 2002 as %s', (format) => {
	fc.assert(
		fc.property(longAgo, (micros) => {
			expect(parseLaiguTime(toWire(micros, format))).toBe(cutTo(micros, stepOf(format)));
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

test('no text and no number makes the parser throw or return anything but a whole number', () => {
	const digits = fc.string({ unit: fc.constantFrom(...'0123456789-:. TZ+/年月日'), maxLength: 24 });
	fc.assert(
		fc.property(fc.oneof(digits, fc.string(), fc.double(), fc.integer()), (value) => {
			const micros = parseTime(value, 'Asia/Shanghai');
			expect(micros === undefined || Number.isInteger(micros)).toBe(true);
		}),
	);
});
