import type { IDataObject } from 'n8n-workflow';

import type { FaultRule, Simulator, SimulatorOptions } from '../simulator';
import { pass, useVirtualTime } from '../virtualTime';
import { answering, credentialFor, stopAnswering } from './answering';
import { ON_OLD_LINE, runLaigu } from './engine';
import {
	ascending,
	clientsAt,
	conversationsAt,
	expected,
	instants,
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

afterEach(async () => {
	await stopAll();
	await stopAnswering();
});

const TIMES = instants();
const world = async (options: SimulatorOptions = {}) =>
	await start({ conversations: conversationsAt(TIMES), clients: clientsAt(TIMES), ...options });

async function expectAll(sim: Simulator, list: ListCase, options: IDataObject = {}) {
	const given = { ...(list.parameters.options as IDataObject | undefined), ...options };
	const result = await succeed(sim, { ...list.parameters, ...TWO_DAYS, options: given });
	expect(keysOf(result.json, list).sort(ascending)).toEqual(expected(sim, list));
	return result;
}

const waits = (sim: Simulator) => sim.requests.slice(1).map(({ at }, index) => at - sim.requests[index].at);
const hits = (sim: Simulator) => sim.requests.filter(({ fault }) => fault !== undefined).length;

const TEMPORARY: FaultRule[] = [
	{ kind: '10014', times: 1, after: 2 },
	{ kind: '429', times: 1, after: 1 },
	{ kind: '10015', times: 2 },
	{ kind: '500', times: 1, after: 3 },
	{ kind: '502html', times: 2, after: 2 },
	{ kind: 'reset', times: 1, after: 2 },
	{ kind: 'truncated', times: 1, after: 1 },
	{ kind: 'emptyBody', times: 1 },
	{ kind: 'slow', times: 1, delayMs: 300 },
];

test.each([LISTS.conversations, LISTS.v1, LISTS.created] as ListCase[])(
	'all $name come in spite of any temporary fault',
	async (list) => {
		// side by side, since most of the time is waiting
		await Promise.all(
			TEMPORARY.map(async (fault) => {
				const sim = await world({ faults: [fault], switches: { errnoStatus: fault.times === 1 ? 'http' : 'ok' } });
				await expectAll(sim, list);
				expect([fault.kind, hits(sim)]).toEqual([fault.kind, fault.times]);
			}),
		);
	},
);

test.each(['10014', '429', '10015', '500', '502html', 'reset', 'truncated', 'emptyBody'] as const)(
	'without retries %s is told at once',
	async (kind) => {
		const sim = await world({ faults: [{ kind, times: 1 }] });
		const { error } = await run(sim, { ...LISTS.conversations.parameters, ...TWO_DAYS, options: { maxRetries: 0 } });
		expect(error?.message).toMatch(/ \[Item 0\]$/);
		expect(sim.requests).toHaveLength(1);
	},
);

test.each(['wrongShape', 'redirect'] as const)('%s is not tried again, since it would not help', async (kind) => {
	const sim = await world({ faults: [{ kind, times: 1 }] });
	const { error } = await run(sim, { ...LISTS.conversations.parameters, ...TWO_DAYS });
	expect(error).toBeDefined();
	expect(sim.requests).toHaveLength(1);
});

test.each([10011, 10012, 10013])('errno %i is not tried again', async (errno) => {
	const server = await answering(() => ({ body: JSON.stringify({ errno, errmsg: 'no' }) }));
	const { error } = await runLaigu({
		parameters: { ...LISTS.conversations.parameters, ...TWO_DAYS },
		credentials: credentialFor(server.url),
	});
	expect(error?.context?.data).toMatchObject({ errno });
	expect(server.asked).toHaveLength(1);
});

test('retries run out, and the last answer is the error', async () => {
	const sim = await world({ faults: [{ kind: '10015' }] });
	const { error } = await run(sim, { ...LISTS.created.parameters, ...TWO_DAYS, options: { maxRetries: 2 } });
	expect(error?.context?.data).toMatchObject({ errno: 10015 });
	expect(sim.requests).toHaveLength(3);
	const [first, second] = waits(sim);
	expect(first).toBeGreaterThanOrEqual(100);
	expect(second).toBeGreaterThanOrEqual(200);
});

test('a Retry-After is kept to', async () => {
	await Promise.all(
		(['10014', '429', '502html'] as const).map(async (kind) => {
			const sim = await world({ faults: [{ kind, times: 1, retryAfterSeconds: 1 }] });
			const { hints } = await expectAll(sim, LISTS.conversations);
			expect(waits(sim)[0]).toBeGreaterThanOrEqual(990);
			expect(waits(sim)[0]).toBeLessThan(1_900);
			const told = [expect.stringMatching(/^Laigu asked to slow down: 1 s were spent waiting/)];
			expect(hints).toEqual(kind === '502html' ? [] : told);
		}),
	);
});

test('a Retry-After given as a date is kept to', async () => {
	const times: number[] = [];
	const server = await answering((_, count) => {
		times.push(Date.now());
		// dates have whole seconds: two of them are one at least
		return count === 0
			? { status: 503, headers: { 'retry-after': new Date(Date.now() + 2_000).toUTCString() } }
			: { body: '{"rows":[]}' };
	});
	const { error } = await runLaigu({
		parameters: { resource: 'report', operation: 'getAgentService' },
		credentials: credentialFor(server.url),
	});
	expect(error).toBeUndefined();
	expect(times[1] - times[0]).toBeGreaterThanOrEqual(900);
});

test('a Retry-After of an hour is told instead of waited for', async () => {
	const sim = await world({ faults: [{ kind: '429', retryAfterSeconds: 3_600 }] });
	const { error } = await run(sim, { ...LISTS.conversations.parameters, ...TWO_DAYS });
	expect(error?.message).toBe('Laigu asked to slow down [Item 0]');
	expect(error?.httpCode).toBe('429');
	expect(error?.failure).toEqual(ON_OLD_LINE ? undefined : { cause: 'rate-limited', retryAfterMs: 3_600_000 });
	expect(sim.requests).toHaveLength(1);
});

test('a rate limit costs time and no record, and the time is told', async () => {
	await Promise.all(
		(
			[
				['10014', undefined],
				['429', 1],
			] as const
		).map(async ([answer, retryAfterSeconds]) => {
			const rateLimit = { perSecond: 8, burst: 6, answer, retryAfterSeconds };
			const sim = await world({ rateLimit, switches: { v2WindowHours: 24 } });
			const { hints } = await expectAll(sim, LISTS.conversations, { concurrency: 4, windowHours: 12 });
			expect(hits(sim)).toBeGreaterThan(0);
			expect(hints).toEqual([
				expect.stringMatching(/^Laigu asked to slow down: [1-9]\d* s were spent waiting\..*'Time Range'/),
			]);
		}),
	);
});

describe('cancelling', () => {
	test.each(['429', '502html'] as const)(
		'ends a run soon that waits for a long Retry-After beside %s',
		async (kind) => {
			const sim = await world({ faults: [{ kind, retryAfterSeconds: 120 }] });
			const began = Date.now();
			const { run: execution } = await run(
				sim,
				{ ...LISTS.conversations.parameters, ...TWO_DAYS },
				{ cancelAfterMs: 300 },
			);
			expect(Date.now() - began).toBeLessThan(1_500);
			expect(execution.status).toBe('canceled');
			// the node itself stops waiting, too
			await pass(500);
			expect(sim.requests).toHaveLength(1);
		},
	);

	test('counts as cancelled in the middle of a request, too, even without retries', async () => {
		const sim = await world({ latencyMs: 3_000 });
		const parameters = { ...LISTS.conversations.parameters, ...TWO_DAYS, options: { maxRetries: 0 } };
		const began = Date.now();
		const { run: execution } = await run(sim, parameters, { cancelAfterMs: 200 });
		expect(execution.status).toBe('canceled');
		expect(Date.now() - began).toBeLessThan(1_500);
	});

	test('ends a run soon in the middle of many pages', async () => {
		const sim = await world({ latencyMs: 100 });
		const { run: execution } = await run(
			sim,
			{ ...LISTS.conversations.parameters, ...TWO_DAYS },
			{ cancelAfterMs: 250 },
		);
		expect(execution.status).toBe('canceled');
		const sent = sim.requests.length;
		await pass(500);
		expect(sim.requests.length).toBeLessThanOrEqual(sent + 1);
		expect(sent).toBeLessThan(6);
	});
});
