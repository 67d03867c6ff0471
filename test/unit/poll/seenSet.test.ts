import fc from 'fast-check';

import { conversationsBy, customersBy } from '../../../nodes/Laigu/lists/endpoints';
import { SeenSet, markOf, type Seen } from '../../../nodes/Laigu/poll/seenSet';
import { SECOND } from '../../../nodes/Laigu/shared/time';

const MINUTE = 60 * SECOND;
const AT = Date.parse('2026-11-20T04:00:00Z') * 1000;
const around = { from: AT - MINUTE, to: AT + MINUTE };

const mark = fc.record({
	minute: fc.integer({ min: 1, max: 50_000_000 }),
	hash: fc.string({ unit: fc.constantFrom(...'abcXYZ019_-'), minLength: 8, maxLength: 8 }),
});

it('marks come back from static data as they went in, but for the old ones', () => {
	fc.assert(
		fc.property(fc.array(mark), fc.integer({ min: 1, max: 50_000_000 }), (all, from) => {
			const marks = new SeenSet();
			for (const one of all) marks.add(one);
			const again = new SeenSet(JSON.parse(JSON.stringify(marks.pack(from * MINUTE))) as Seen);
			for (const one of all) expect(again.has(one)).toBe(one.minute >= from - 1);
		}),
	);
});

it('10,000 marks of one instant take 80 kB', () => {
	const marks = new SeenSet();
	for (let id = 0; id < 10_000; id++) {
		marks.add(markOf({ track_id: `c${id}`, updated_on: '2026-11-20T04:00:00Z' }, customersBy.updated, around));
	}
	expect(marks.size).toBe(10_000);
	expect(JSON.stringify(marks.pack(0)).length).toBeLessThan(80_100);
});

it('a customer who was updated is told from the same customer', () => {
	const at = (updated_on: string) => markOf({ track_id: 'c1', updated_on }, customersBy.updated, around);
	expect(at('2026-11-20T04:00:00.46Z')).toEqual(at('2026-11-20T04:00:00.460000Z'));
	expect(at('2026-11-20T04:00:00.46Z')).not.toEqual(at('2026-11-20T04:00:00.460001Z'));
});

it.each([{}, { conv_end_tm: null }, { conv_end_tm: '0001-01-01 00:00:00' }, { conv_end_tm: '2020-01-01 00:00:00' }])(
	'a record whose time says nothing of when it is listed is known in every window (%j)',
	(times) => {
		const marks = new SeenSet();
		marks.add(markOf({ conv_id: 1, ...times }, conversationsBy.v2, around));
		const later = { from: AT + 60 * MINUTE, to: AT + 90 * MINUTE };
		const kept = new SeenSet(marks.pack(AT + 50 * MINUTE));
		expect(kept.has(markOf({ conv_id: 1, ...times }, conversationsBy.v2, later))).toBe(true);
		expect(kept.has(markOf({ conv_id: 2, ...times }, conversationsBy.v2, later))).toBe(false);
	},
);

it('a record without a key is known by all of it', () => {
	const other = markOf({ agent_name: 'Lin' }, conversationsBy.v2, around);
	expect(markOf({ agent_name: 'Wu' }, conversationsBy.v2, around)).not.toEqual(other);
});

it.each([null, 7, 'x', [], { a: null }, { a: 7 }, { '': 'aaaaaaaa' }, { a: 'short' }, { __proto__: 'aaaaaaaa' }])(
	'what is no mark is left out (%j)',
	(seen) => {
		expect(new SeenSet(seen).size).toBe(0);
	},
);
