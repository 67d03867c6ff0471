import fc from 'fast-check';

import { granularityOf, formatTime } from '../../../nodes/Laigu/shared/time';
import type { Range, TimeFormat } from '../../../nodes/Laigu/shared/time';
import { cutWindow, isOutsideRange, widthOf, windowAround } from '../../../nodes/Laigu/lists/windows';
import type { Window } from '../../../nodes/Laigu/lists/windows';
import { at, readWire } from '../helpers';

const SECOND = 1e6;
const HOUR = 3600 * SECOND;
const FORMATS: TimeFormat[] = ['string', 'stringMicroseconds', 'epochSeconds', 'epochMicroseconds'];

const moment = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') });
const step = fc.constantFrom(SECOND, 1);

const rangeOf = (from: number, width: number): Range => ({ from, to: from + width });
const widths = (most: number) => fc.oneof(fc.integer({ min: 1, max: 5 * SECOND }), fc.integer({ min: 1, max: most }));

const isWholeSecond = (micros: number) => micros % SECOND === 0;

test('the window around a range begins one step before its first second and ends on a whole second', () => {
	const range = { from: at('2026-11-22T00:00:00.5Z'), to: at('2026-11-22T01:00:00.000001Z') };
	expect(windowAround(range, SECOND)).toEqual({ from: at('2026-11-21T23:59:59Z'), to: at('2026-11-22T01:00:01Z') });
	expect(windowAround(range, 1).from).toBe(at('2026-11-21T23:59:59.999999Z'));
});

test('cut windows cover the whole, overlap by one step, meet on whole seconds and are never too wide', () => {
	fc.assert(
		fc.property(
			moment,
			widths(10 * 24 * HOUR),
			step,
			fc.integer({ min: 2 * SECOND, max: 48 * HOUR }),
			fc.boolean(),
			(from, width, step, most, isBackward) => {
				const whole = windowAround(rangeOf(from, width), step);
				const widest = Math.max(most, Math.floor(width / 30));
				const windows = [...cutWindow(whole, { width: widest, isBackward }, step)];
				if (isBackward) windows.reverse();
				expect(windows[0].from).toBe(whole.from);
				expect(windows.at(-1)?.to).toBe(whole.to);
				for (const [index, window] of windows.entries()) {
					expect(widthOf(window)).toBeLessThanOrEqual(Math.max(widest, 2 * SECOND));
					expect(widthOf(window)).toBeGreaterThan(0);
					expect(isWholeSecond(window.to)).toBe(true);
					if (index > 0) expect(window.from).toBe(windows[index - 1].to - step);
				}
			},
		),
	);
});

test('a window that is narrow enough is asked for as it is', () => {
	const window = { from: 0, to: 12 * HOUR };
	for (const isBackward of [true, false]) {
		expect([...cutWindow(window, { width: 12 * HOUR, isBackward }, SECOND)]).toEqual([window]);
		expect([...cutWindow(window, { width: Infinity, isBackward }, SECOND)]).toEqual([window]);
	}
});

test.each([true, false])(
	'windows that grow begin at one end, grow by the factor and cover the whole (backward: %s)',
	(isBackward) => {
		fc.assert(
			fc.property(moment, widths(400 * 24 * HOUR), step, (from, width, step) => {
				const whole = windowAround(rangeOf(from, width), step);
				const windows = [...cutWindow(whole, { width: HOUR, growth: 2, isBackward }, step)];
				expect(isBackward ? windows[0].to : windows[0].from).toBe(isBackward ? whole.to : whole.from);
				expect(isBackward ? windows.at(-1)?.from : windows.at(-1)?.to).toBe(isBackward ? whole.from : whole.to);
				for (const [index, window] of windows.entries()) {
					expect(isWholeSecond(window.to)).toBe(true);
					expect(widthOf(window)).toBeGreaterThan(0);
					expect(widthOf(window)).toBeLessThanOrEqual(2 ** index * HOUR);
					if (index < windows.length - 1) expect(widthOf(window)).toBeGreaterThan(2 ** index * HOUR - 2 * SECOND);
					if (index === 0) continue;
					const [older, newer] = isBackward ? [window, windows[index - 1]] : [windows[index - 1], window];
					expect(newer.from).toBe(older.to - step);
				}
			}),
		);
	},
);

test('windows are made one by one, so that a range of centuries costs nothing until it is read', () => {
	const centuries = windowAround(rangeOf(at('0001-01-01T00:00:00Z'), 8000 * 365 * 24 * HOUR), SECOND);
	const windows = cutWindow(centuries, { width: HOUR }, SECOND);
	expect([windows.next().value, windows.next().value]).toEqual([
		{ from: centuries.from, to: centuries.from + HOUR },
		{ from: centuries.from + HOUR - SECOND, to: centuries.from + 2 * HOUR - SECOND },
	]);
});

describe('whatever Laigu takes the ends for, windows hold the whole range and isOutsideRange takes off the rest', () => {
	const readings = [true, false].flatMap((from) => [true, false].map((to) => ({ from, to })));
	const cases = FORMATS.flatMap((format) =>
		readings.flatMap(({ from, to }) => [true, false].map((cutsTimes) => ({ format, from, to, cutsTimes }))),
	);

	test.each(cases)(
		'$format, from inclusive: $from, to inclusive: $to, compares to the second: $cutsTimes',
		(reading) => {
			const step = granularityOf(reading.format);
			const asWritten = ({ from, to }: Window): Window => ({
				from: readWire(formatTime(from, reading.format)),
				to: readWire(formatTime(to, reading.format)),
			});
			const isIn = (time: number, { from, to }: Window) => {
				const compared = reading.cutsTimes ? Math.floor(time / SECOND) * SECOND : time;
				return (reading.from ? compared >= from : compared > from) && (reading.to ? compared <= to : compared < to);
			};
			fc.assert(
				fc.property(
					moment,
					fc.integer({ min: 1, max: 40 * SECOND }),
					fc.integer({ min: 2 * SECOND, max: 9 * SECOND }),
					fc.boolean(),
					fc.array(fc.tuple(fc.integer({ min: -4, max: 44 }), fc.constantFrom(-1, 0, 1, 500_000)), { minLength: 1 }),
					(from, width, widest, isBackward, offsets) => {
						const range = rangeOf(from, width);
						const whole = windowAround(range, step);
						const windows = [...cutWindow(whole, { width: widest, growth: 1.5, isBackward }, step)];
						const edges = [range.from, range.to, ...windows.flatMap((window) => [window.from, window.to])];
						const times = [
							...edges.flatMap((edge) => [edge - 1, edge, edge + 1]),
							...offsets.map(([seconds, micros]) => Math.floor(from / SECOND + seconds) * SECOND + micros),
						];
						const asked = windows.map(asWritten);
						const kept = times.filter(
							(time) => asked.some((window) => isIn(time, window)) && !isOutsideRange([time], range, whole),
						);
						expect(kept).toEqual(times.filter((time) => time >= range.from && time < range.to));
					},
				),
				{ numRuns: 40 },
			);
		},
	);
});

describe('isOutsideRange', () => {
	const range = { from: at('2026-11-22T00:00:00Z'), to: at('2026-11-22T01:00:00Z') };
	const asked = windowAround(range, SECOND);
	const before = range.from - 1;
	const onEnd = range.to;
	const inside = range.from + 1;
	const farOff = range.to + 24 * HOUR;

	test.each([
		['a time in the step before', [before], true],
		['a time exactly on the end', [onEnd], true],
		['the last microsecond that a comparison to the second lets in', [range.to + SECOND - 1], true],
		['the beginning itself', [range.from], false],
		['a time inside', [inside], false],
		['no time at all', [], false],
		['an open conversation, without end', [undefined], false],
		['a far time, by which Laigu cannot have filtered', [farOff], false],
		['v1: end inside, start before', [inside, before], false],
		['v1: end far off, start inside', [farOff, inside], false],
		['v1: end on the end of the range, start before', [onEnd, before], true],
		['v1: end far off, start in the step', [farOff, before], true],
		['v1: no end, start in the step', [undefined, before], true],
		['v1: no end, start inside', [undefined, inside], false],
	])('%s', (_, times, expected) => {
		expect(isOutsideRange(times, range, asked)).toBe(expected);
	});
});
