import type { IDataObject } from 'n8n-workflow';

import { readShaped } from '../../../nodes/Laigu/lists/readRange';
import type { RangeQuery } from '../../../nodes/Laigu/lists/readRange';
import { clientOver } from '../helpers';
import { conversation, FROM, HALF_OPEN, HOUR, listServer, queryFor, SECOND, v2 } from '../lists/server';

const DAY = 24 * HOUR;
export const MONTH = 30 * DAY;

/** Numbers from 0 to 1 that look random and are the same in every run. */
export function random(seed: number): () => number {
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
/** Times after the beginning of a month, in microseconds, ascending. */
export const uniform = (count: number) => sortedTimes(count, (next) => next() * MONTH);
/** Uneven ones: most within one hour, none at night, many at midnight. */
export const SPREAD = {
	peak: (count: number, at: number) =>
		sortedTimes(count, (next, index) => (index % 10 < 6 ? at + next() * HOUR : next() * MONTH)),
	days: (count: number) => sortedTimes(count, (next) => (Math.floor(next() * 30) + 0.4 + next() * 0.5) * DAY),
	midnights: (count: number) =>
		sortedTimes(count, (next, index) =>
			index % 5 < 2 ? next() * MONTH : Math.floor(next() * 30) * DAY + next() * 5 * SECOND,
		),
};

/** Conversations that ended at these times after the beginning, their IDs in the order of the times. */
export const inOrder = (times: number[]): IDataObject[] =>
	times.map((time, index) => conversation(index + 1, FROM + Math.floor(time)));

/** The same with IDs that say nothing of the time. */
export function shuffled(times: number[]): IDataObject[] {
	const next = random(3);
	const ids = times.map((_, index) => ({ id: index + 1, place: next() })).sort((one, other) => one.place - other.place);
	return times.map((time, index) => conversation(ids[index].id, FROM + Math.floor(time)));
}

/** How many requests it takes to read all of a month, and in how many rounds where every answer takes equally long. */
export async function cost(records: IDataObject[], endpoint = v2, other: Partial<RangeQuery> = {}) {
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
		const query = queryFor(MONTH, { concurrency: 8, ...other });
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
	return { read, requests: asked.length, rounds, least: Math.max(1, Math.ceil(records.length / 20)) };
}

/** Lists of a month, each with the most requests that it may cost with eight at once. docs/performance.md has the same. */
export const MONTHS: Array<{ name: string; records: () => IDataObject[]; most: number }> = [
	{ name: 'nothing', records: () => inOrder([]), most: 1 },
	{ name: 'one page', records: () => inOrder(uniform(20)), most: 1 },
	{ name: '45 records', records: () => inOrder(uniform(45)), most: 3 },
	{ name: '45 records in no order', records: () => shuffled(uniform(45)), most: 3 },
	{ name: '100 records', records: () => inOrder(uniform(100)), most: 5 },
	{ name: '200 records', records: () => inOrder(uniform(200)), most: 15 },
	{ name: '200 records in no order', records: () => shuffled(uniform(200)), most: 27 },
	{ name: '1,000 records', records: () => inOrder(uniform(1_000)), most: 60 },
	{ name: '10,000 records', records: () => inOrder(uniform(10_000)), most: 550 },
	{
		name: '10,000 records, 60 % of them in one hour',
		records: () => inOrder(SPREAD.peak(10_000, 10.3 * DAY)),
		most: 600,
	},
	{ name: '10,000 records, 60 % of them in the first hour', records: () => inOrder(SPREAD.peak(10_000, 0)), most: 600 },
	{
		name: '10,000 records, 60 % of them in the last hour',
		records: () => inOrder(SPREAD.peak(10_000, MONTH - HOUR)),
		most: 600,
	},
	{ name: '5,000 records, none at night', records: () => inOrder(SPREAD.days(5_000)), most: 300 },
	{ name: '5,000 records, 60 % of them at midnight', records: () => inOrder(SPREAD.midnights(5_000)), most: 325 },
	{ name: '10,000 records in no order', records: () => shuffled(uniform(10_000)), most: 550 },
	{
		name: '10,000 records in no order, 60 % of them in one hour',
		records: () => shuffled(SPREAD.peak(10_000, 10.3 * DAY)),
		most: 550,
	},
];
