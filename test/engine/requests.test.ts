import type { IDataObject } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { DAY, HOUR, SECOND } from '../simulator/time';
import { windowOf } from './asked';
import {
	clientsAt,
	conversationsAt,
	expected,
	FROM,
	keysOf,
	LISTS,
	run,
	signOf,
	start,
	stopAll,
	succeed,
	tokenOf,
	TWO_DAYS,
} from './world';
import type { ListCase } from './world';

afterEach(stopAll);

const every = (step: number, count: number, from = FROM) =>
	Array.from({ length: count }, (_, index) => from + (index + 1) * step);
const V2_LISTS: ListCase[] = [LISTS.conversations, LISTS.created, LISTS.updated];
const limited = (list: ListCase, limit: number, options: IDataObject = {}) => ({
	...list.parameters,
	...TWO_DAYS,
	returnAll: false,
	limit,
	options: { ...(list.parameters.options as IDataObject | undefined), ...options },
});

describe.each(V2_LISTS)('$name', (list) => {
	test.each([0, 1, 20])('a range with %i records costs one request', async (count) => {
		const times = every(600 * SECOND, count);
		const sim = await start({ conversations: conversationsAt(times), clients: clientsAt(times) });
		const { json } = await succeed(sim, { ...list.parameters, ...TWO_DAYS });
		expect(json).toHaveLength(count);
		expect(sim.requests).toHaveLength(1);
	});

	test.each(['oldestFirst', 'newestFirst'])(
		'a limit costs about the pages that it fills, and gives the first by time (%s)',
		async (order) => {
			const times = every(600 * SECOND, 200);
			const sim = await start({ conversations: conversationsAt(times), clients: clientsAt(times) });
			const inOrder = list.timed(sim).sort((a, b) => (order === 'newestFirst' ? b.at - a.at : a.at - b.at));
			for (const limit of [1, 19, 20, 21, 40, 50]) {
				sim.resetRequests();
				const { json } = await succeed(sim, limited(list, limit, { order }));
				expect(keysOf(json, list)).toEqual(inOrder.slice(0, limit).map(({ key }) => key));
				// the first page shows that the range holds more; windows that are tried may turn out to hold little
				expect(sim.requests.length).toBeLessThanOrEqual(2 * Math.ceil(limit / 20) + 9);
			}
		},
	);
});

test('a limit of API v1 reads the windows that it needs', async () => {
	const sim = await start({ conversations: conversationsAt(every(60 * SECOND, 200)), clients: [] });
	for (const limit of [20, 39]) {
		sim.resetRequests();
		const { json } = await succeed(sim, limited(LISTS.v1, limit, { order: 'oldestFirst' }));
		expect(json).toHaveLength(limit);
		expect(sim.requests.length).toBeLessThanOrEqual(5);
	}
});

test('a range of API v1 that fits on one page costs one request', async () => {
	const sim = await start({ conversations: conversationsAt(every(60 * SECOND, 19)), clients: [] });
	const range = { timeRange: 'custom', from: '2026-03-10T00:00:00+08:00', to: '2026-03-10T08:00:00+08:00' };
	expect((await succeed(sim, { ...LISTS.v1.parameters, ...range })).json).toHaveLength(19);
	expect(sim.requests).toHaveLength(1);
});

describe.each([LISTS.conversations, LISTS.created, LISTS.v1] as ListCase[])(
	'the newest 50 of 30 days of $name',
	(list) => {
		test.each([400, 60])('cost few requests at %i records a day', async (perDay) => {
			const times = every(DAY / perDay, 30 * perDay);
			const sim = await start({ conversations: conversationsAt(times), clients: clientsAt(times) });
			const range = { timeRange: 'custom', from: '2026-03-10T00:00:00+08:00', to: '2026-04-09T00:00:00+08:00' };
			const { json } = await succeed(sim, { ...limited(list, 50, { order: 'newestFirst' }), ...range });
			const newest = list.timed(sim).sort((a, b) => b.at - a.at);
			expect(json).toHaveLength(50);
			// the newest of all is there, and nothing that is far from the newest
			const oldest = newest[Math.min(newest.length, 100)].at;
			const timeOf = new Map(newest.map(({ key, at }) => [key, at]));
			for (const key of keysOf(json, list)) expect(timeOf.get(key)).toBeGreaterThan(oldest);
			expect(sim.requests.length).toBeLessThanOrEqual(10);
		});
	},
);

test.each([LISTS.v1, LISTS.conversations] as ListCase[])(
	'newest first never asks for more than the given width: $name',
	async (list) => {
		const sim = await start({ conversations: conversationsAt(every(1_800 * SECOND, 90)), clients: [] });
		const { json } = await succeed(sim, {
			...list.parameters,
			...TWO_DAYS,
			options: { ...(list.parameters.options as IDataObject | undefined), order: 'newestFirst', windowHours: 3 },
		});
		expect(keysOf(json, list).sort()).toEqual(expected(sim, list));
		for (const request of sim.requests) {
			const { from, to } = windowOf(request);
			expect(to - from).toBeLessThanOrEqual(3 * HOUR);
		}
	},
);

const OPERATIONS: IDataObject[] = [
	{ ...LISTS.conversations.parameters, ...TWO_DAYS },
	{ ...LISTS.v1.parameters, ...TWO_DAYS },
	{ ...LISTS.created.parameters, ...TWO_DAYS },
	{ ...LISTS.updated.parameters, ...TWO_DAYS },
	{ resource: 'customer', operation: 'find', findBy: 'name', value: 'Guest', ...TWO_DAYS, limit: 30 },
	{ resource: 'report', operation: 'getAgentService', ...TWO_DAYS },
	{ resource: 'report', operation: 'getAgentOnlineStats', ...TWO_DAYS },
	{ resource: 'conversation', operation: 'get', conversationId: { __rl: true, mode: 'id', value: '9000000005' } },
];

async function requestsOf(credentials: (sim: Simulator) => ReturnType<typeof tokenOf>) {
	const times = every(1_800 * SECOND, 60);
	const sim = await start({ conversations: conversationsAt(times), clients: clientsAt(times) });
	for (const parameters of OPERATIONS) {
		const { error } = await run(sim, parameters, { credentials: credentials(sim) });
		expect(error).toBeUndefined();
	}
	expect(new Set(sim.requests.map(({ path }) => path)).size).toBe(7);
	return sim;
}

test('an access token travels as Bearer header and nowhere else', async () => {
	const { requests, account } = await requestsOf(tokenOf);
	for (const { headers, query, url, method } of requests) {
		expect(method).toBe('GET');
		expect(headers.authorization).toBe(`Bearer ${account.accessToken}`);
		expect(Object.keys(headers).filter((name) => name.startsWith('x-'))).toEqual([]);
		expect(query).not.toHaveProperty('app_id');
		expect(query).not.toHaveProperty('sign');
		expect(query.enterprise_id).toBe(`${account.enterpriseId}`);
		expect(url).not.toContain(account.accessToken);
	}
});

test("app_id and sign travel in v1's query and everywhere else in headers", async () => {
	const { requests, account } = await requestsOf(signOf);
	for (const { path, headers, query, url } of requests) {
		expect(headers).not.toHaveProperty('authorization');
		expect(query.enterprise_id).toBe(`${account.enterpriseId}`);
		if (path.startsWith('/v1/')) {
			expect(query).toMatchObject({ app_id: account.appId, sign: account.sign });
			expect(Object.keys(headers).filter((name) => name.startsWith('x-'))).toEqual([]);
		} else {
			expect(headers).toMatchObject({ 'x-app-id': account.appId, 'x-sign': account.sign });
			expect(url).not.toContain(account.appId);
			expect(url).not.toContain(account.sign);
		}
	}
});

test('a base URL with slashes at its end gives clean paths', async () => {
	const sim = await start({ conversations: [], clients: [] });
	await succeed(sim, OPERATIONS[0], { credentials: { ...tokenOf(sim), baseUrl: `${sim.url}//` } });
	expect(sim.requests[0].path).toBe('/v2/conversations');
});
