import fc from 'fast-check';

import {
	clockAfter,
	heavyAfter,
	nextClock,
	readingFrom,
	readUntil,
	resume,
	startOf,
	watermarkAfter,
	type Cursor,
	type Reading,
} from '../../../nodes/Laigu/poll/cursor';
import { processesAfter } from '../../../nodes/Laigu/poll/processes';
import { CLOCK_TOLERANCE, SECOND } from '../../../nodes/Laigu/shared/time';

const NOW = Date.parse('2026-11-20T04:00:00Z') * 1000;
const MINUTE = 60 * SECOND;
const LOOKBACK = 5 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const minutes = (low: number, high: number) =>
	fc.integer({ min: low * 60, max: high * 60 }).map((seconds) => seconds * SECOND);

describe('watermarkAfter', () => {
	it('never goes back, never beyond the window, and keeps the lookback before what is proven', () => {
		fc.assert(
			fc.property(
				minutes(-10_000, 0),
				minutes(-10_000, 15),
				minutes(-10_000, 15),
				minutes(0, 60),
				(away, to, proven, lookback) => {
					const before = NOW + away;
					const watermark = watermarkAfter(before, NOW + to, NOW + proven, lookback);
					expect(watermark).toBeGreaterThanOrEqual(before);
					if (watermark > before) {
						expect(watermark).toBeLessThanOrEqual(NOW + to);
						expect(watermark).toBeLessThanOrEqual(NOW + proven - lookback);
						expect(watermark % SECOND).toBe(0);
					}
				},
			),
		);
	});

	it("is settled by Laigu's own times alone, whatever n8n's clock says", () => {
		expect(watermarkAfter(0, readUntil(NOW + DAY), NOW, LOOKBACK)).toBe(NOW - LOOKBACK);
		expect(watermarkAfter(0, readUntil(NOW - DAY), NOW, LOOKBACK)).toBe(readUntil(NOW - DAY));
	});
});

describe("n8n's clock", () => {
	const polled = (clock: ReturnType<typeof nextClock>, now: number) => clockAfter(nextClock(clock, now, LOOKBACK), now);

	it('lets reading begin later only once several polls agree', () => {
		let clock = polled(nextClock(undefined, NOW, LOOKBACK), NOW);
		for (let poll = 1; poll <= 4; poll++) {
			clock = polled(clock, NOW + poll * MINUTE);
			expect(clock.from ?? 0).toBe(0);
		}
		clock = polled(clock, NOW + 5 * MINUTE);
		expect(clock.from).toBeLessThanOrEqual(startOf(NOW + MINUTE, LOOKBACK));
		expect(clock.from).toBeGreaterThan(NOW - 30 * MINUTE);
	});

	it.each([60 * MINUTE, DAY, 365 * DAY])('is not believed once it went back (ahead by %d)', (ahead) => {
		let clock = nextClock(undefined, NOW + ahead, LOOKBACK);
		for (let poll = 1; poll <= 12; poll++) clock = polled(clock, NOW + ahead + poll * MINUTE);
		expect(clock.from).toBeGreaterThan(NOW);
		expect(nextClock(clock, NOW + 20 * MINUTE, LOOKBACK)).toEqual({ last: NOW + 20 * MINUTE });
	});
});

describe('readingFrom', () => {
	const watermark = NOW - DAY;
	const from = (more: Partial<Cursor>, reading?: Reading) =>
		readingFrom({ watermark, ...(reading && { reading }) }, more, LOOKBACK, NOW);

	it('begins at the watermark as soon as Laigu proves that it can move', () => {
		const clock = { last: NOW, from: NOW - 30 * MINUTE };
		expect(from({ clock, proven: NOW })).toMatchObject({ from: watermark, proven: NOW });
		expect(from({ clock, proven: watermark + LOOKBACK })).toMatchObject({ from: NOW - 30 * MINUTE });
		expect(from({ clock, proven: watermark + LOOKBACK }).proven).toBeUndefined();
	});

	it('goes on in the middle of a window, and begins anew at a seam near the watermark', () => {
		const reading = { from: watermark + MINUTE, to: NOW, token: 't', begun: NOW - MINUTE, latest: 0, pages: 3 };
		expect(from({}, reading)).toEqual(reading);
		expect(from({}, { ...reading, token: '' })).toMatchObject({ from: watermark, begun: NOW });
		const far = { ...reading, from: watermark + 10 * 60 * MINUTE, token: '' };
		expect(from({}, far)).toEqual(far);
	});

	it('passes over what holds much until nothing can turn up in it any more', () => {
		const heavy = { to: NOW - 10 * MINUTE };
		expect(from({ heavy, proven: NOW - 10 * MINUTE })).toMatchObject({ from: heavy.to });
		expect(from({ heavy, proven: NOW - 4 * MINUTE })).toMatchObject({ from: watermark });
		expect(from({ heavy: { to: NOW - 21 * MINUTE }, proven: NOW - 21 * MINUTE })).toMatchObject({ from: watermark });
		expect(from({ heavy: { to: NOW - 21 * MINUTE, isDone: true }, proven: NOW - 21 * MINUTE })).toMatchObject({
			from: NOW - 21 * MINUTE,
		});
		expect(from({ heavy: { to: NOW + DAY } })).toMatchObject({ from: watermark });
	});

	it('calls heavy what took many pages, or several polls', () => {
		const whole = { from: NOW, to: NOW, token: '', begun: NOW, proven: 0, latest: NOW - MINUTE, pages: 51 };
		const heavy = { to: NOW - MINUTE + SECOND };
		const later = NOW + MINUTE;
		expect(heavyAfter(undefined, whole, NOW, LOOKBACK)).toEqual(heavy);
		expect(heavyAfter(heavy, { ...whole, pages: 50 }, NOW, LOOKBACK)).toBeUndefined();
		expect(heavyAfter(undefined, { ...whole, pages: 11 }, later, LOOKBACK)).toEqual(heavy);
		expect(heavyAfter(heavy, { ...whole, pages: 10 }, later, LOOKBACK)).toBeUndefined();
		// a reading that passed over it leaves it as it is
		const { proven: _, ...passing } = whole;
		expect(heavyAfter(heavy, { ...passing, pages: 1 }, NOW, LOOKBACK)).toEqual(heavy);
		expect(heavyAfter(undefined, { ...whole, begun: NOW + 20 * MINUTE }, NOW + 21 * MINUTE, LOOKBACK)).toEqual({
			...heavy,
			isDone: true,
		});
	});
});

describe('a batch that was handed out', () => {
	const before = { watermark: 100 * SECOND };
	const batch = { by: 'A', poll: 4, before, seen: { z: 'bbbbbbbb' } };
	const cursor: Cursor = {
		owner: 'me',
		watermark: 150 * SECOND,
		seen: { y: 'aaaaaaaa' },
		polls: 4,
		processes: { A: 4 },
		unconfirmed: [batch],
	};
	const marks = (start: ReturnType<typeof resume>) => start.seen.pack(0);

	it('counts once the same process polls again', () => {
		const start = resume(cursor, 'A', true);
		expect(start.position).toEqual({ watermark: 150 * SECOND });
		expect(marks(start)).toEqual({ y: 'aaaaaaaa', z: 'bbbbbbbb' });
		expect(start.unconfirmed).toEqual([]);
	});

	it('comes again when a new process takes the place of the only one, unless the user turned that off', () => {
		const start = resume(cursor, 'B', true);
		expect(start.position).toEqual(before);
		expect(marks(start)).toEqual({ y: 'aaaaaaaa' });
		expect(resume(cursor, 'B', false).position).toEqual({ watermark: 150 * SECOND });
	});

	it('does not come again while processes take turns, until one of them has been silent for long', () => {
		const turns: Cursor = { ...cursor, processes: { A: 4, B: 3 } };
		const start = resume(turns, 'B', true);
		expect(start.unconfirmed).toEqual([batch]);
		expect(marks(start)).toEqual({ y: 'aaaaaaaa', z: 'bbbbbbbb' });
		expect(resume({ ...turns, polls: 34 }, 'B', true).unconfirmed).toEqual([batch]);
		expect(resume({ ...turns, polls: 35 }, 'B', true).position).toEqual(before);
		// a third one that comes is one more that takes turns
		expect(resume(turns, 'C', true).unconfirmed).toEqual([batch]);
		// it polled after the batch, so it lived on
		expect(resume({ ...turns, processes: { A: 6, B: 5 } }, 'B', true).unconfirmed).toEqual([]);
	});

	it('of several, only those of the process that is gone come again', () => {
		const other = { by: 'B', poll: 5, before: { watermark: 120 * SECOND }, seen: { z: 'cccccccc' } };
		const two: Cursor = { ...cursor, polls: 40, processes: { A: 4, B: 40 }, unconfirmed: [batch, other] };
		const start = resume(two, 'B', true);
		expect(start.position).toEqual(before);
		expect(marks(start)).toEqual({ y: 'aaaaaaaa', z: 'cccccccc' });
	});

	it('is told apart by processes that are forgotten after a while', () => {
		expect(processesAfter({ A: 1 }, 2, 'B')).toEqual({ A: -1, B: 2 });
		expect(processesAfter({ A: -1, B: 2 }, 3, 'A')).toEqual({ A: 3, B: 2 });
		expect(processesAfter({ A: 3, B: 90 }, 91, 'B')).toEqual({ B: 91 });
	});
});

describe('startOf and readUntil', () => {
	it('hold the tolerance for the clocks', () => {
		expect(startOf(NOW, LOOKBACK)).toBe(NOW - CLOCK_TOLERANCE - LOOKBACK);
		expect(readUntil(NOW)).toBe(NOW + CLOCK_TOLERANCE);
	});
});
