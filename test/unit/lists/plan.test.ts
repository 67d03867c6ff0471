import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { readShaped } from '../../../nodes/Laigu/lists/readRange';
import { clientOver } from '../helpers';
import { cost, inOrder, MONTH, MONTHS, random, shuffled, SPREAD, uniform } from '../shared/months';
import { conversation, FROM, HALF_OPEN, HOUR, idsOf, listServer, queryFor, readAll, SECOND, v1, v2 } from './server';

const DAY = 24 * HOUR;

describe('requests for a month, 8 at once', () => {
	test.each(MONTHS)('$name', async ({ records, most }) => {
		const list = records();
		const { read, requests, rounds, least } = await cost(list);
		expect([...read].sort((one, next) => Number(one) - Number(next))).toEqual(list.map((_, index) => index + 1));
		expect(requests).toBeLessThanOrEqual(most);
		// no list takes more rounds than it has pages; a long one is read four times as fast at least
		expect(rounds).toBeLessThanOrEqual(least >= 250 ? least / 4 : least);
	});

	test('newest first costs one where that is all there is, and a dozen more where it is not', async () => {
		expect((await cost(inOrder(uniform(20)), v2, { order: 'newestFirst' })).requests).toBe(1);
		expect((await cost(inOrder(uniform(45)), v2, { order: 'newestFirst' })).requests).toBeLessThanOrEqual(15);
		expect((await cost(inOrder(uniform(10_000)), v2, { order: 'newestFirst' })).requests).toBeLessThanOrEqual(560);
	});

	test('one at a time costs no more than there are pages', async () => {
		const { requests, least } = await cost(inOrder(uniform(2_000)), v2, { concurrency: 1 });
		expect(requests).toBe(least);
		const newest = await cost(inOrder(uniform(2_000)), v2, { concurrency: 1, order: 'newestFirst' });
		expect(newest.requests).toBeLessThanOrEqual(least + 12);
	});

	test('V1 costs a request for each 12 hours at least, and a peak is cut there as well', async () => {
		expect((await cost(inOrder([]), v1)).requests).toBe(61);
		const { requests, rounds, least } = await cost(inOrder(SPREAD.peak(10_000, 10.3 * DAY)), v1);
		// 19 new records a page
		expect(requests).toBeLessThanOrEqual((10_000 / 19) * 1.1 + 61);
		expect(rounds).toBeLessThan(least / 5);
	});
});

const spreads = fc.oneof(
	fc.integer({ min: 0, max: 900 }).map(uniform),
	fc
		.tuple(fc.integer({ min: 0, max: 900 }), fc.double({ min: 0, max: 0.99, noNaN: true }))
		.map(([count, at]) => SPREAD.peak(count, at * MONTH)),
	fc.integer({ min: 0, max: 900 }).map(SPREAD.midnights),
);

test('any concurrency gives the same records once, and the same order however long each answer takes', async () => {
	await fc.assert(
		fc.asyncProperty(
			spreads,
			fc.boolean(),
			fc.constantFrom('oldestFirst' as const, 'newestFirst' as const),
			fc.constantFrom(v1, v2),
			fc.integer({ min: 2, max: 10 }),
			fc.integer({ min: 1, max: 1e6 }),
			async (times, isShuffled, order, endpoint, concurrency, seed) => {
				const records = isShuffled ? shuffled(times) : inOrder(times);
				const answer = listServer(endpoint, () => records, { ...HALF_OPEN, isStill: true });
				const slowly = (seed: number) => {
					const next = random(seed);
					return async (query: IDataObject, count: number) => {
						for (let left = Math.floor(next() * 30); left > 0; left--) await Promise.resolve();
						return await answer(query, count);
					};
				};
				const read = async (concurrency: number, seed: number) =>
					(await readAll(endpoint, queryFor(MONTH, { order, concurrency }), slowly(seed))).ids;
				const ids = await read(concurrency, seed);
				expect(await read(concurrency, seed + 1)).toEqual(ids);
				const all = [...ids].sort((one, other) => Number(one) - Number(other));
				expect(all).toEqual(idsOf(records).sort((one, other) => Number(one) - Number(other)));
				if (!isShuffled) expect(ids).toEqual(order === 'oldestFirst' ? all : all.reverse());
			},
		),
		{ numRuns: 60 },
	);
});

test('a record that changes while others are read comes once, at its new place', async () => {
	const times = uniform(2_000);
	const records = inOrder(times);
	const present = FROM + MONTH;
	const moving = 1_500;
	const answer = listServer(v2, () => records);
	for (const order of ['oldestFirst', 'newestFirst'] as const) {
		records[moving - 1] = conversation(moving, FROM + Math.floor(times[moving - 1]));
		const { client } = clientOver(async (query, count) => {
			// after a few windows were read, and before the one that it was in
			if (count === 30) records[moving - 1] = conversation(moving, present + 60 * SECOND);
			return await answer(query, count);
		});
		client.run.startedAt = present;
		const query = queryFor(MONTH + DAY, { concurrency: 8, order });
		const ids: unknown[] = [];
		for await (const batch of readShaped(client, v2, query, ({ conv_id: id }) => id)) ids.push(...batch.records);
		expect(ids).toHaveLength(records.length);
		expect(new Set(ids)).toEqual(new Set(idsOf(records)));
	}
});
