import fc from 'fast-check';
import { conversationsBy, customersBy } from '../../../nodes/Laigu/lists/endpoints';
import { CLOCK_TOLERANCE, SECOND } from '../../../nodes/Laigu/shared/time';
import {
	advance,
	readUntil,
	readCursor,
	resume,
	watermarkAfter,
	startOf,
	type Cursor,
} from '../../../nodes/Laigu/poll/cursor';
import { SeenSet, markOf, type Seen } from '../../../nodes/Laigu/poll/seenSet';

const NOW = Date.parse('2026-11-20T04:00:00Z') * 1000;
const MINUTE = 60 * SECOND;
const minutes = (low: number, high: number) =>
	fc.integer({ min: low * 60, max: high * 60 }).map((seconds) => seconds * SECOND);

describe('watermarkAfter', () => {
	const window = fc.record({
		to: minutes(-10_000, 15).map((away) => NOW + away),
		now: fc.constant(NOW),
		elapsed: minutes(0, 3),
		newest: fc.option(
			minutes(-10_000, 20).map((away) => NOW + away),
			{ nil: undefined },
		),
		lookback: minutes(0, 60),
	});

	it('never goes back, never beyond the window, and keeps the lookback before the present', () => {
		fc.assert(
			fc.property(window, minutes(-10_000, 0), (read, away) => {
				const before = NOW + away;
				const watermark = watermarkAfter(before, read);
				expect(watermark).toBeGreaterThanOrEqual(before);
				if (watermark > before) {
					expect(watermark).toBeLessThanOrEqual(read.to);
					expect(watermark).toBeLessThanOrEqual(NOW - read.lookback);
					expect(watermark % SECOND).toBe(0);
				}
			}),
		);
	});

	it("settles nothing that can still turn up, however far Laigu's clock is off within the tolerance", () => {
		fc.assert(
			fc.property(window, minutes(-15, 15), minutes(0, 60), (read, skew, age) => {
				// a record that shows up after the reading began, at most the lookback after its own time
				const laigusPresent = NOW + skew;
				const turnsUp = laigusPresent - Math.min(age, read.lookback);
				const newest = read.newest === undefined ? undefined : Math.min(read.newest, laigusPresent + read.elapsed);
				expect(watermarkAfter(0, { ...read, newest })).toBeLessThanOrEqual(turnsUp);
			}),
		);
	});

	it('settles the whole of a window that is old enough', () => {
		const to = NOW - 24 * 60 * MINUTE;
		expect(watermarkAfter(0, { to, now: NOW, elapsed: 0, lookback: 5 * MINUTE })).toBe(to);
	});

	it('comes as close to the present as the newest record proves', () => {
		const read = { to: readUntil(NOW), now: NOW, elapsed: 2 * SECOND, lookback: 5 * MINUTE };
		expect(watermarkAfter(0, read)).toBe(NOW - CLOCK_TOLERANCE - 5 * MINUTE);
		expect(watermarkAfter(0, { ...read, newest: NOW - MINUTE })).toBe(NOW - 6 * MINUTE - 2 * SECOND);
		expect(watermarkAfter(0, { ...read, newest: NOW + 10 * MINUTE })).toBe(NOW - 5 * MINUTE - 2 * SECOND);
	});

	it('starts with everything that a later poll would read', () => {
		const watermark = startOf(NOW, 5 * MINUTE);
		expect(watermarkAfter(watermark, { to: readUntil(NOW), now: NOW, elapsed: 0, lookback: 5 * MINUTE })).toBe(
			watermark,
		);
	});
});

describe('a batch that was handed out', () => {
	const base = { watermark: 100 * SECOND, seen: { '2t': 'aaaaaaaa' } };
	const marks = new SeenSet(base.seen);
	marks.add({ second: 200, hash: 'bbbbbbbb' });
	const reached = { watermark: 150 * SECOND, marks };

	it('counts once the same process polls again', () => {
		const cursor = advance('me', base, reached, 'this', undefined);
		expect(resume(cursor, 'this', true)).toEqual({ watermark: 150 * SECOND, seen: { '5k': 'bbbbbbbb' } });
	});

	it('does not count for another process, unless the user turned that off', () => {
		const cursor = advance('me', base, reached, 'that', undefined);
		expect(resume(cursor, 'this', true)).toEqual(base);
		expect(resume(cursor, 'this', false)).toEqual({ watermark: 150 * SECOND, seen: { '5k': 'bbbbbbbb' } });
	});

	it('is nothing where nothing was handed out', () => {
		const cursor = advance('me', base, reached, undefined, 1800);
		expect(cursor).toEqual({ owner: 'me', watermark: 150 * SECOND, seen: { '5k': 'bbbbbbbb' }, width: 1800 });
	});
});

describe('readCursor', () => {
	const cursor: Cursor = { owner: 'me', watermark: 1, seen: {} };

	it('gives back what was kept, for its owner only', () => {
		expect(readCursor({ ...cursor }, 'me')).toEqual(cursor);
		expect(readCursor({ ...cursor }, 'you')).toBeUndefined();
	});

	it.each([
		undefined,
		null,
		'text',
		7,
		[],
		{},
		{ owner: 'me', watermark: 'x', seen: {} },
		{ owner: 'me', watermark: 1, seen: null },
	])('takes %j for none', (value) => {
		expect(readCursor(value as never, 'me')).toBeUndefined();
	});

	it('drops a batch that cannot be read', () => {
		expect(readCursor({ ...cursor, unconfirmed: { by: 'x' } }, 'me')).toEqual(cursor);
	});
});

describe('marks', () => {
	const mark = fc.record({
		second: fc.integer({ min: 0, max: 3_000_000_000 }),
		hash: fc.string({ unit: fc.constantFrom(...'abcXYZ019_-'), minLength: 8, maxLength: 8 }),
	});

	it('come back from static data as they went in, but for the old ones', () => {
		fc.assert(
			fc.property(fc.array(mark), fc.integer({ min: 0, max: 3_000_000_000 }), (all, from) => {
				const marks = new SeenSet();
				for (const one of all) marks.add(one);
				const again = new SeenSet(JSON.parse(JSON.stringify(marks.pack(from * SECOND))) as Seen);
				for (const one of all) expect(again.has(one)).toBe(one.second >= from - 1);
			}),
		);
	});

	it('tell a customer who was updated from the same customer', () => {
		const at = (updated_on: string) => markOf({ track_id: 'c1', updated_on }, customersBy.updated, 0);
		expect(at('2026-11-20T04:00:00.46Z')).toEqual(at('2026-11-20T04:00:00.460000Z'));
		expect(at('2026-11-20T04:00:00.46Z')).not.toEqual(at('2026-11-20T04:00:00.460001Z'));
	});

	it('stand under the end of the window where a record shows no time, and know a record without a key by all of it', () => {
		expect(markOf({ conv_id: 1 }, conversationsBy.v2, 5 * SECOND).second).toBe(5);
		const other = markOf({ agent_name: 'Lin' }, conversationsBy.v2, 5 * SECOND);
		expect(markOf({ agent_name: 'Wu' }, conversationsBy.v2, 5 * SECOND)).not.toEqual(other);
	});
});
