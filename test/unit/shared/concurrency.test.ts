import { setTimeout as later } from 'node:timers/promises';

import type { Outcome } from '../../../nodes/Laigu/http/client';
import { faultOfErrno } from '../../../nodes/Laigu/http/faults';
import { readRange } from '../../../nodes/Laigu/lists/readRange';
import { clientOver, errorOf, readWire } from '../helpers';
import type { Answer } from '../helpers';
import { evenly, FROM, HALF_OPEN, HOUR, idsOf, listServer, page, queryFor, readAll, v1, v2 } from '../lists/server';

const DAY = 24 * HOUR;
const startsIn = (from: unknown, text: string) => typeof from === 'string' && from.startsWith(text);
const broken: Outcome = { fault: faultOfErrno(10015, 'later', 200) };

/** Answers after a while that has nothing to do with the order of the questions. */
function delayed(answer: Answer, busy: { now: number; most: number } = { now: 0, most: 0 }): Answer {
	return async (query, count) => {
		busy.most = Math.max(busy.most, ++busy.now);
		await later((count * 7) % 5);
		busy.now--;
		return await answer(query, count);
	};
}

describe.each([
	['v1', v1],
	['v2', v2],
])('several windows of %s at once', (_, endpoint) => {
	const records = evenly(300, FROM, 6 * DAY);
	const query = (concurrency: number, order: 'oldestFirst' | 'newestFirst') =>
		queryFor(6 * DAY, { concurrency, order, windowHours: 12 });

	test.each([
		['oldestFirst', idsOf(records)],
		['newestFirst', idsOf(records).reverse()],
	] as const)('give the same records in the same order, whichever is ready first (%s)', async (order, expected) => {
		const busy = { now: 0, most: 0 };
		for (const concurrency of [1, 2, 3, 10]) {
			busy.most = 0;
			const answer = delayed(
				listServer(endpoint, () => records),
				busy,
			);
			const { ids, lasts } = await readAll(endpoint, query(concurrency, order), answer);
			expect(ids).toEqual(expected);
			expect(lasts.filter(Boolean)).toHaveLength(1);
			expect(lasts.at(-1)).toBe(true);
			expect(busy.most).toBe(Math.min(concurrency, 13));
		}
	});

	test('cost no more requests than one after the other', async () => {
		const count = async (concurrency: number) => {
			const answer = delayed(listServer(endpoint, () => records));
			return (await readAll(endpoint, query(concurrency, 'oldestFirst'), answer)).asked.length;
		};
		expect(await count(4)).toBe(await count(1));
	});
});

test('the first window goes alone, so that a refused width is asked for once', async () => {
	const records = evenly(300, FROM, 30 * DAY);
	const answer = delayed(listServer(v2, () => records, { ...HALF_OPEN, widest: 3 * DAY }));
	const { ids, asked } = await readAll(v2, queryFor(30 * DAY, { concurrency: 5 }), answer);
	expect(ids).toEqual(idsOf(records));
	const refused = asked.filter(({ from_tm: from, to_tm: to }) => readWire(to) - readWire(from) > 3 * DAY);
	expect(refused).toHaveLength(4);
});

test('windows of different width, some refused while others are read, lose and repeat nothing', async () => {
	const records = evenly(500, FROM, 60 * DAY);
	const answer = delayed(listServer(v2, () => records, { ...HALF_OPEN, widest: 30 * HOUR }));
	const query = queryFor(60 * DAY, { concurrency: 4, order: 'newestFirst' });
	expect((await readAll(v2, query, answer)).ids).toEqual(idsOf(records).reverse());
});

test('a failure in one window ends the others, and at once', async () => {
	let sentAfter = 0;
	let isBroken = false;
	const { client } = clientOver(async ({ from_tm: from, page_token: token }, count) => {
		if (isBroken) sentAfter++;
		await later(5);
		// the first window goes alone
		if (startsIn(from, '2026-10-31')) return page([], '');
		if (startsIn(from, '2026-11-01 23') && token !== '') {
			isBroken = true;
			return broken;
		}
		// the others have no end of their own
		return page([{ conv_id: count }], `${count}`);
	});
	const batches = readRange(client, v2, queryFor(3 * DAY, { concurrency: 4, windowHours: 12 }));
	await batches.next();
	expect((await errorOf(batches.next()))?.message).toBe('Laigu could not answer right now [Item 0]');
	await later(50);
	expect(isBroken).toBe(true);
	expect(sentAfter).toBeLessThanOrEqual(4);
});

test('a reader that stops ends the windows that are being read ahead', async () => {
	const { client, asked } = clientOver(async ({ from_tm: from }, count) => {
		await later(2);
		return startsIn(from, '2026-10-31') || startsIn(from, '2026-11-01 11')
			? page([{ conv_id: count }], '')
			: page([{ conv_id: count }], `${count}`);
	});
	let batches = 0;
	for await (const { records } of readRange(client, v2, queryFor(3 * DAY, { concurrency: 4, windowHours: 12 }))) {
		expect(records).toHaveLength(1);
		if (++batches === 2) break;
	}
	const atStop = asked.length;
	await later(50);
	expect(asked.length - atStop).toBeLessThanOrEqual(3);
});
