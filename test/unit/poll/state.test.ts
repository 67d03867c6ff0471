import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Cursor } from '../../../nodes/Laigu/poll/cursor';
import { plain, readCursor } from '../../../nodes/Laigu/poll/state';
import { SECOND } from '../../../nodes/Laigu/shared/time';

const NOW = Date.parse('2026-11-20T04:00:00Z') * 1000;
const reading = {
	from: NOW - 60 * SECOND,
	to: NOW,
	token: 'abc',
	begun: NOW - SECOND,
	proven: NOW - 2 * SECOND,
	latest: NOW,
	pages: 30,
};
const cursor: Cursor = {
	owner: 'me',
	watermark: NOW - 300 * SECOND,
	reading,
	seen: { k1abc: 'aaaaaaaabbbbbbbb' },
	proven: NOW,
	clock: { last: NOW, whole: NOW - SECOND, polls: 2, from: NOW - 1_500 * SECOND },
	heavy: { to: NOW - SECOND, isDone: true },
	unconfirmed: [
		{
			by: 'A',
			poll: 3,
			before: { watermark: NOW - 600 * SECOND, reading: { ...reading } },
			seen: { k1abc: 'cccccccc' },
		},
	],
	polls: 4,
	processes: { A: 4, B: -1 },
	effort: 4,
	doubts: 1,
};

it('gives back what was kept, for its owner only', () => {
	expect(readCursor(plain(cursor), 'me', NOW)).toEqual({ cursor, isWhole: true });
	expect(readCursor(plain(cursor), 'you', NOW)).toBeUndefined();
});

it.each([undefined, null, 'text', 7, [], {}, { owner: 'me' }])('takes %j for none', (value) => {
	expect(readCursor(value, 'me', NOW)).toBeUndefined();
});

it.each(['x', -1, NaN, 1e17, null, [], {}])('does without a watermark such as %j', (watermark) => {
	expect(readCursor({ ...plain(cursor), watermark }, 'me', NOW)).toBeUndefined();
});

it.each(['reading', 'seen', 'proven', 'clock', 'heavy', 'unconfirmed', 'processes', 'effort', 'polls'] as const)(
	'goes on from the watermark without a %s that cannot be',
	(field) => {
		for (const value of ['x', -1, Infinity, [null], { a: null }, { a: { b: 1 } }]) {
			const stored = readCursor({ ...plain(cursor), [field]: value }, 'me', NOW);
			expect(stored?.cursor.watermark).toBe(cursor.watermark);
			expect(JSON.stringify(stored?.cursor)).not.toContain('null');
		}
	},
);

it('says so where something had to be left out', () => {
	expect(readCursor({ ...plain(cursor), seen: { a: null } }, 'me', NOW)).toMatchObject({
		isWhole: false,
		cursor: { seen: {} },
	});
	expect(readCursor({ ...plain(cursor), reading: 7 }, 'me', NOW)?.isWhole).toBe(false);
	expect(readCursor({ ...plain(cursor), unconfirmed: [null] }, 'me', NOW)?.isWhole).toBe(false);
});

it('believes no proof from the future', () => {
	const stored = readCursor({ ...plain(cursor), proven: NOW + 86_400 * SECOND }, 'me', NOW);
	expect(stored?.cursor.proven).toBeLessThanOrEqual(NOW + 900 * SECOND);
});

it('reads anything without throwing, and what it gives can be read again as a whole', () => {
	fc.assert(
		fc.property(
			fc.object({ maxDepth: 4 }),
			fc.array(fc.constantFrom(...Object.keys(cursor)), { maxLength: 4 }),
			(junk, fields) => {
				const values = Object.values(junk);
				const damaged = Object.fromEntries(fields.map((field, index) => [field, values[index]]));
				const read = readCursor({ ...plain(cursor), ...(damaged as IDataObject), owner: 'me' }, 'me', NOW);
				if (read) expect(readCursor(plain(read.cursor), 'me', NOW)).toEqual({ cursor: read.cursor, isWhole: true });
			},
		),
		{ numRuns: 2_000, seed: 7 },
	);
});
