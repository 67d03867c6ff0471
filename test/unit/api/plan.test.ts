import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { readShaped } from '../../../nodes/Laigu/api/readRange';
import { clientOver } from '../helpers';
import { conversation, FROM, HALF_OPEN, HOUR, idsOf, listServer, queryFor, readAll, SECOND, v1, v2 } from './server';

const DAY = 24 * HOUR;
const MONTH = 30 * DAY;

/** Numbers from 0 to 1 that look random and are the same in every run. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 16_807) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}

const sortedTimes = (count: number, timeOf: (next: () => number, index: number) => number) => {
	const next = random(7);
	return Array.from({ length: count }, (_, index) => timeOf(next, index)).sort((one, other) => one - other);
};
const uniform = (count: number) => sortedTimes(count, (next) => next() * MONTH);
const SPREAD = {
	uniform,
	peak: (count: number, at: number) =>
		sortedTimes(count, (next, index) => (index % 10 < 6 ? at + next() * HOUR : next() * MONTH)),
	days: (count: number) => sortedTimes(count, (next) => (Math.floor(next() * 30) + 0.4 + next() * 0.5) * DAY),
	midnights: (count: number) =>
		sortedTimes(count, (next, index) =>
			index % 5 < 2 ? next() * MONTH : Math.floor(next() * 30) * DAY + next() * 5 * SECOND,
		),
};

/** Conversations that ended at these times after the beginning, their IDs in the order of the times. */
const inOrder = (times: number[]): IDataObject[] =>
	times.map((time, index) => conversation(index + 1, FROM + Math.floor(time)));

/** The same with IDs that say nothing of the time. */
function shuffled(times: number[]): IDataObject[] {
	const next = random(3);
	const ids = times.map((_, index) => ({ id: index + 1, place: next() })).sort((one, other) => one.place - other.place);
	return times.map((time, index) => conversation(ids[index].id, FROM + Math.floor(time)));
}

const whole = { isWhole: true } as const;

/** How many requests it takes to read all of a month, and in how many rounds where every answer takes equally long. */
async function cost(records: IDataObject[], endpoint = v2, other = {}) {
	const answer = listServer(endpoint, () => records, { ...HALF_OPEN, isStill: true });
	let waiting: Array<() => void> = [];
	let isDone = false;
	let rounds = 0;
	const { client, asked } = clientOver(async (query, count) => {
		await new Promise<void>((resolve) => waiting.push(resolve));
		return await answer(query, count);
	});
	const read: unknown[] = [];
	const reading = (async () => {
		const query = queryFor(MONTH, { ...whole, concurrency: 8, ...other });
		for await (const batch of readShaped(client, endpoint, query, ({ conv_id: id }) => id)) read.push(...batch.records);
		isDone = true;
	})();
	while (!isDone) {
		await new Promise((resolve) => setImmediate(resolve));
		if (waiting.length === 0) continue;
		rounds++;
		const answered = waiting;
		waiting = [];
		for (const resolve of answered) resolve();
	}
	await reading;
	expect([...read].sort((one, next) => Number(one) - Number(next))).toEqual(records.map((_, index) => index + 1));
	return { requests: asked.length, rounds, least: Math.max(1, Math.ceil(records.length / 20)) };
}

// docs/performance.md has the same cases
describe('requests for a month, 8 at once', () => {
	test.each([
		['nothing', inOrder([]), 1],
		['one page', inOrder(uniform(20)), 1],
		['45 records', inOrder(uniform(45)), 3],
		['45 records in no order', shuffled(uniform(45)), 3],
		['100 records', inOrder(uniform(100)), 5],
		['200 records', inOrder(uniform(200)), 15],
		['200 records in no order', shuffled(uniform(200)), 27],
		['1,000 records', inOrder(uniform(1_000)), 60],
		['10,000 records', inOrder(uniform(10_000)), 550],
		['10,000 records, 60 % of them in one hour', inOrder(SPREAD.peak(10_000, 10.3 * DAY)), 600],
		['10,000 records, 60 % of them in the first hour', inOrder(SPREAD.peak(10_000, 0)), 600],
		['10,000 records, 60 % of them in the last hour', inOrder(SPREAD.peak(10_000, MONTH - HOUR)), 600],
		['5,000 records, none at night', inOrder(SPREAD.days(5_000)), 300],
		['5,000 records, 60 % of them at midnight', inOrder(SPREAD.midnights(5_000)), 325],
		['10,000 records in no order', shuffled(uniform(10_000)), 550],
		['10,000 records in no order, 60 % of them in one hour', shuffled(SPREAD.peak(10_000, 10.3 * DAY)), 550],
	])('%s', async (_, records, most) => {
		const { requests, rounds, least } = await cost(records);
		expect(requests).toBeLessThanOrEqual(most);
		// no list takes more rounds than it has pages; a long one is read at least five times as fast
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
					(await readAll(endpoint, queryFor(MONTH, { ...whole, order, concurrency }), slowly(seed))).ids;
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
		const query = queryFor(MONTH + DAY, { ...whole, concurrency: 8, order });
		const ids: unknown[] = [];
		for await (const batch of readShaped(client, v2, query, ({ conv_id: id }) => id)) ids.push(...batch.records);
		expect(ids).toHaveLength(records.length);
		expect(new Set(ids)).toEqual(new Set(idsOf(records)));
	}
});
