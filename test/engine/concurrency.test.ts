import type { IDataObject } from 'n8n-workflow';

import type { Simulator, SimulatorOptions } from '../simulator';
import { DAY, SECOND } from '../simulator/time';
import { pass, useVirtualTime } from '../virtualTime';
import {
	ascending,
	clientsAt,
	conversationsAt,
	expected,
	FROM,
	keysOf,
	LISTS,
	run,
	start,
	stopAll,
	succeed,
	TWO_DAYS,
} from './world';
import type { ListCase } from './world';

useVirtualTime();

afterEach(stopAll);

const RECORDS = 900;
const TIMES = Array.from({ length: RECORDS }, (_, index) => FROM + Math.floor((index * 2 * DAY) / RECORDS) + SECOND);

/** A server that counts how many requests are on their way at once, and answers some of them late. */
async function world(options: SimulatorOptions = {}) {
	const slow = [1, 2, 3].map((part) => ({ kind: 'slow' as const, rate: 0.15, delayMs: 20 * part }));
	const sim = await start({
		conversations: conversationsAt(TIMES),
		clients: clientsAt(TIMES),
		faults: slow,
		latencyMs: 2,
		...options,
	});
	return sim;
}

/** The most requests that were on their way at once, seen from the server: each is there for its latency at least. */
function mostAtOnce({ requests }: Simulator, ms: number): number {
	return Math.max(
		...requests.map(({ at }) => requests.filter((other) => other.at >= at && other.at < at + ms).length),
		0,
	);
}

const all = (list: ListCase, options: IDataObject) => ({
	...list.parameters,
	...TWO_DAYS,
	options: { ...(list.parameters.options as IDataObject | undefined), ...options },
});

describe.each(Object.values(LISTS) as ListCase[])('all $name', (list) => {
	test('come once with any concurrency, in an order that does not depend on which answer is first', async () => {
		const wanted = expected(await world(), list);
		for (const order of ['oldestFirst', 'newestFirst']) {
			const [one, other, few] = await Promise.all(
				[
					[8, 1],
					[8, 2],
					[2, 3],
				].map(async ([concurrency, seed]) => {
					const sim = await world({ seed, switches: { clientOrder: 'shuffled' } });
					return keysOf((await succeed(sim, all(list, { concurrency, order }))).json, list);
				}),
			);
			expect(other).toEqual(one);
			expect([...one].sort(ascending)).toEqual(wanted);
			expect([...few].sort(ascending)).toEqual(wanted);
		}
	});
});

test('a range is read in several windows at once, and never more than allowed', async () => {
	const counts = await Promise.all(
		[1, 3, 8].map(async (concurrency) => {
			const sim = await world({ latencyMs: 200, faults: [] });
			await succeed(sim, all(LISTS.conversations, { concurrency }));
			return mostAtOnce(sim, 190);
		}),
	);
	expect(counts).toEqual([1, 3, 8]);
});

test('the days of a report are asked for side by side, and stay in their order', async () => {
	const counts = await Promise.all(
		[1, 3, 8].map(async (concurrency) => {
			const sim = await world({ latencyMs: 200, faults: [] });
			const { json } = await succeed(sim, {
				resource: 'report',
				operation: 'getAgentService',
				groupBy: 'day',
				timeRange: 'custom',
				from: '2026-03-01',
				to: '2026-03-13',
				options: { concurrency },
			});
			expect(json.map(({ day }) => day)).toEqual(
				Array.from({ length: 12 }, (_, index) => `2026-03-${String(index + 1).padStart(2, '0')}`),
			);
			expect(sim.requests).toHaveLength(12);
			return mostAtOnce(sim, 190);
		}),
	);
	expect(counts).toEqual([1, 3, 8]);
});

test('a Limit reads page after page, whatever the concurrency', async () => {
	const sim = await world({ latencyMs: 100 });
	const { json } = await succeed(sim, { ...all(LISTS.created, { concurrency: 10 }), returnAll: false, limit: 60 });
	expect(json).toHaveLength(60);
	expect(sim.requests.length).toBeLessThan(7);
	expect(mostAtOnce(sim, 90)).toBe(1);
});

describe('several input items', () => {
	const get = (id: string) => ({
		resource: 'conversation',
		operation: 'get',
		conversationId: { __rl: true, mode: 'id', value: id },
		output: 'raw',
	});
	const ids = TIMES.slice(0, 60).map((_, index) => 9_000_000_000 + index);
	const input = ids.map((id) => ({ id }));

	test('share the concurrency of the run, and give their results in the order of the input', async () => {
		const sim = await world({ latencyMs: 150, faults: [{ kind: 'slow', rate: 0.3, delayMs: 120 }] });
		const parameters = { ...get('={{ $json.id }}'), options: { concurrency: 4 } };
		const { json, items } = await succeed(sim, parameters, { input });
		expect(json.map(({ conv_id: id }) => id)).toEqual(ids);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
		expect(sim.requests).toHaveLength(60);
		expect(mostAtOnce(sim, 140)).toBe(4);
	});

	test('with Return All share it, too: no more at once than for one of them', async () => {
		const sim = await world({ latencyMs: 150, faults: [] });
		const { json } = await succeed(sim, all(LISTS.conversations, { concurrency: 5 }), { input: [{}, {}, {}] });
		expect(json).toHaveLength(3 * RECORDS);
		expect(mostAtOnce(sim, 140)).toBe(5);
	});

	test('share the pace: a refusal slows down all of them, and they wait together', async () => {
		const sim = await world({ latencyMs: 0, faults: [], rateLimit: { perSecond: 20, burst: 10 } });
		const parameters = { ...get('={{ $json.id }}'), options: { concurrency: 8 } };
		const { json, hints } = await succeed(sim, parameters, { input });
		expect(json.map(({ conv_id: id }) => id)).toEqual(ids);
		const refused = sim.requests.filter(({ fault }) => fault === 'rateLimit').length;
		expect(refused).toBeGreaterThan(0);
		expect(refused).toBeLessThanOrEqual(16);
		expect(hints).toEqual([expect.stringMatching(/^Laigu asked to slow down: [1-9]\d* s were spent waiting/)]);
	});

	const unknown = [3, 7, 8];
	const some = ids.map((id, index) => ({ id: unknown.includes(index) ? 1 : id }));

	test('with Continue On Fail give an item that says why in the place of each that falls', async () => {
		const sim = await world({ latencyMs: 10 });
		const parameters = { ...get('={{ $json.id }}'), options: { concurrency: 6 } };
		const node = { onError: 'continueRegularOutput' as const };
		const { json } = await succeed(sim, parameters, { input: some, node });
		expect(json).toHaveLength(60);
		json.forEach((item, index) => {
			if (unknown.includes(index)) expect(item.error).toBe(`Laigu has no conversation with this ID [Item ${index}]`);
			else expect(item.conv_id).toBe(ids[index]);
		});
	});

	test('without it the first that falls is told, whichever falls first, and no further one begins', async () => {
		// the answer for number 3 takes longer than those for number 7 and 8
		const slow = { kind: 'slow' as const, match: /conversations\/1\?/, times: 1, delayMs: 400 };
		const sim = await world({ latencyMs: 20, faults: [slow] });
		const parameters = { ...get('={{ $json.id }}'), options: { concurrency: 6 } };
		const { error, items } = await run(sim, parameters, { input: some });
		expect(error?.message).toBe('Laigu has no conversation with this ID [Item 3]');
		expect(items).toEqual([]);
		expect(sim.requests.length).toBeLessThanOrEqual(15);
		const sent = sim.requests.length;
		await pass(300);
		expect(sim.requests).toHaveLength(sent);
	});
});

test('under a limit of 20 requests a second fewer than one in ten is refused, and nothing is lost', async () => {
	const sim = await world({ latencyMs: 5, faults: [], rateLimit: { perSecond: 20 } });
	const { json } = await succeed(sim, { ...all(LISTS.created, { concurrency: 8 }) }, { input: [{}, {}, {}] });
	expect(json).toHaveLength(3 * RECORDS);
	const refused = sim.requests.filter(({ fault }) => fault === 'rateLimit').length;
	expect(refused).toBeGreaterThan(0);
	expect(refused / sim.requests.length).toBeLessThan(0.1);
});

test('a failure in one window ends all of them: nothing is sent after it', async () => {
	const sim = await world({ latencyMs: 30, faults: [{ kind: 'wrongShape', after: 20, times: 1 }] });
	const { error } = await run(sim, all(LISTS.conversations, { concurrency: 8 }));
	expect(error?.message).toBe("Laigu's answer contains no list of conversations [Item 0]");
	await pass(300);
	expect(sim.requests.length).toBeLessThanOrEqual(21 + 7);
});

test('a cancelled execution sends nothing more, however many windows are waiting', async () => {
	const sim = await world({ latencyMs: 60, faults: [] });
	const { run: execution } = await run(sim, all(LISTS.conversations, { concurrency: 8 }), {
		cancelAfterMs: 300,
		input: [{}, {}, {}],
	});
	expect(execution.status).toBe('canceled');
	const sent = sim.requests.length;
	await pass(400);
	expect(sim.requests.length).toBeLessThanOrEqual(sent + 8);
});
