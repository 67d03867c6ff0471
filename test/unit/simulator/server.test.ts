import { Agent, request } from 'undici';
import { useVirtualTime } from '../../virtualTime';
import { CLIENTS, V2, WIDE, chain, conversation, get, plain, start, stopAll, urlOf, v2Query } from './helpers';

afterEach(stopAll);

const conversations = [1, 2, 3].map((id) => conversation(id, `2026-03-10 01:00:0${id}.000000`));

test('requests are kept as they came', async () => {
	const simulator = await start({ conversations });
	jest.spyOn(Date, 'now').mockReturnValueOnce(1_773_126_000_123);
	await get(simulator, V2, { ...v2Query(), extra: 'a b' });
	await plain(simulator, '/none');
	expect(simulator.requests).toHaveLength(2);
	const [first, second] = simulator.requests;
	expect(first).toMatchObject({
		method: 'GET',
		path: V2,
		at: 1_773_126_000_123,
		status: 200,
		errno: 0,
		records: 3,
		query: { limit: '20', page_token: '', extra: 'a b' },
	});
	expect(first.url).toMatch(/^\/v2\/conversations\?enterprise_id=10001&.*extra=a\+b$/);
	expect(first.headers.authorization).toBe(`Bearer ${simulator.account.accessToken}`);
	expect(second).toMatchObject({ path: '/none', errno: 10012, records: 0 });
	simulator.resetRequests();
	expect(simulator.requests).toEqual([]);
});

test('the log has a readable line for each request', async () => {
	const lines: string[] = [];
	const simulator = await start({ conversations, log: (line) => lines.push(line) });
	await get(simulator, V2, v2Query());
	await get(simulator, V2, v2Query(WIDE, 21));
	await plain(simulator, '/none');
	await new Promise(setImmediate);
	expect(lines[0]).toMatch(
		/^\d\d:\d\d:\d\d\.\d{3} {2}GET {2}\/v2\/conversations {2}2000-01-01 00:00:00 \.\. 2099-01-01 00:00:00 {2}limit 20 {2}first page {2}bearer {2}-> 200 3 records {2}[\d.]+ ms$/,
	);
	expect(lines[1]).toContain('errno 10013');
	expect(lines[2]).toContain('no auth  -> 200 errno 10012');
	expect(lines[2]).toContain('(no such endpoint)');
});

describe('latency', () => {
	useVirtualTime();

	test('comes before every answer', async () => {
		const simulator = await start({ conversations, latencyMs: 5_000 });
		for (let requests = 1; requests <= 3; requests++) {
			const before = Date.now();
			await get(simulator, V2, v2Query());
			expect(Date.now() - before).toBeGreaterThanOrEqual(5_000);
			expect(simulator.requests).toHaveLength(requests);
		}
	});
});

test('connections are kept alive, and many requests at once are answered', async () => {
	const simulator = await start({ conversations });
	const agent = new Agent({ connections: 4, keepAliveTimeout: 10_000 });
	let opened = 0;
	agent.on('connect', () => (opened += 1));
	const headers = { authorization: `Bearer ${simulator.account.accessToken}` };
	const url = urlOf(simulator, V2, { enterprise_id: simulator.account.enterpriseId, ...v2Query() });
	const replies = await Promise.all(
		Array.from({ length: 100 }, async () => {
			const { body } = await request(url, { dispatcher: agent, headers });
			return (await body.json()) as { errno: number };
		}),
	);
	expect(replies.every(({ errno }) => errno === 0)).toBe(true);
	expect(opened).toBeLessThanOrEqual(4);
	await agent.close();
});

test('close ends it, kept connections and slow answers included', async () => {
	const simulator = await start({ conversations, faults: [{ kind: 'slow', delayMs: 60_000, after: 1 }] });
	await get(simulator, V2, v2Query());
	const hanging = get(simulator, V2, v2Query()).catch(() => 'cut');
	while (simulator.requests.length < 2) await new Promise(setImmediate);
	await stopAll();
	expect(await hanging).toBe('cut');
	await expect(get(simulator, V2, v2Query())).rejects.toThrow();
});

test('it listens on loopback', async () => {
	const simulator = await start({ conversations });
	expect(simulator.url).toBe(`http://127.0.0.1:${simulator.port}`);
	await expect(start({ conversations, port: simulator.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('the store can change in the middle of a chain', async () => {
	const many = Array.from({ length: 30 }, (_, i) => conversation(i + 10, '2026-03-10 01:00:00.000000'));
	const simulator = await start({
		conversations: many,
		onRequest: () => simulator.store.addConversation(conversation(5, '2026-03-10 01:00:00.000000')),
	});
	const { pages } = await chain(simulator, V2, undefined, 20);
	expect(pages.map((page) => page.length)).toEqual([20, 10]);
});

test('given records only: no demo data beside them', async () => {
	const simulator = await start({ conversations });
	expect(simulator.store.clients).toEqual([]);
	const other = await start({ clients: [] });
	expect(other.store.conversations).toEqual([]);
});

test('live demo data goes on with the clock, and keeps what was added', async () => {
	let now = new Date('2026-03-10T12:00:00+08:00');
	const simulator = await start({ now: () => now, live: true, days: 3 });
	const before = simulator.store.conversations.length;
	simulator.store.addConversation(conversation(1, '2026-03-10 11:00:00.000000'));
	now = new Date('2026-03-10T21:00:00+08:00');
	const window = { from: '2026-03-10 12:00:01', to: '2026-03-10 21:00:00' };
	expect((await chain(simulator, V2, window)).pages.flat().length).toBeGreaterThan(2);
	expect((await chain(simulator, CLIENTS, window)).pages.flat().length).toBeGreaterThan(0);
	expect(simulator.store.conversations.length).toBeGreaterThan(before + 3);
	expect(simulator.store.conversation(1)).toBeDefined();

	const fresh = await start({ now, days: 3 });
	expect(simulator.store.conversations.filter(({ conv_id: id }) => id !== 1)).toEqual(fresh.store.conversations);
});
