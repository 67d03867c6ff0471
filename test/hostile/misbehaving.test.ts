import { receive } from '../../nodes/Laigu/http/receive';
import { retryDelay } from '../../nodes/Laigu/http/retry';
import { testCredential } from '../engine/contexts';
import {
	clientsAt,
	conversationsAt,
	expected,
	keysOf,
	LISTS,
	run,
	start,
	stopAll,
	succeed,
	tokenOf,
	TWO_DAYS,
	FROM,
} from '../engine/world';
import type { FaultRule } from '../simulator';
import { expectOwnError } from './hostile';

afterEach(stopAll);

const TIMES = Array.from({ length: 90 }, (_, index) => FROM + (index + 1) * 1_000_000_000);
const ALL = { ...LISTS.conversations.parameters, ...TWO_DAYS };

/** A run against a Laigu that misbehaves so in every answer. */
async function misbehaving(fault: FaultRule, parameters = ALL) {
	const sim = await start({ conversations: conversationsAt(TIMES), clients: clientsAt(TIMES), faults: [fault] });
	const { error, items } = await run(sim, { ...parameters, options: { maxRetries: 2 } });
	expectOwnError(error);
	expect(items).toEqual([]);
	return { message: error?.message, description: error?.description, requests: sim.requests.length };
}

test('an answer that unpacks to hundreds of megabytes is not read, and not asked for again', async () => {
	const { message, requests } = await misbehaving({ kind: 'bomb' });
	expect(message).toBe("Laigu's answer is too large [Item 0]");
	expect(requests).toBe(1);
});

test('nor does it get through the test of the credential', async () => {
	const sim = await start({ conversations: [], clients: [], faults: [{ kind: 'bomb' }] });
	expect(await testCredential(tokenOf(sim))).toMatchObject({
		status: 'Error',
		message: expect.stringMatching(/^Laigu's answer is too large/) as string,
	});
});

test('what is no token is not taken for the end of the list', async () => {
	const { message, requests } = await misbehaving({ kind: 'noToken' });
	expect(message).toContain('no readable next_page_token');
	expect(requests).toBe(1);
});

test('ever new tokens with the same records come to an end', async () => {
	const { message, description, requests } = await misbehaving({ kind: 'newTokens' });
	expect(message).toContain('does not end');
	expect(description).toContain('50 pages in a row contained nothing new');
	expect(requests).toBeLessThan(200);
});

test('another conversation than the one asked for is not put out', async () => {
	const get = {
		resource: 'conversation',
		operation: 'get',
		conversationId: { __rl: true, mode: 'id', value: '9000000005' },
	};
	expect((await misbehaving({ kind: 'otherRecord' }, get as never)).requests).toBe(1);
});

test('a byte now and then does not keep a request for ever', async () => {
	const sim = await start({
		conversations: conversationsAt(TIMES),
		clients: [],
		faults: [{ kind: 'drip', delayMs: 5 }],
	});
	const response = await fetch(`${sim.url}/v2/conversations`);
	const sent = { body: response.body, headers: {}, statusCode: 200 };
	const { fault } = await receive(async () => await Promise.resolve(sent), 100);
	expect(fault?.message).toBe('Laigu did not answer in time');
	// neither does one that never begins, and it is not waited for once nobody wants it
	const never = async () => await new Promise<never>(() => {});
	expect((await receive(never, 50)).fault?.message).toBe('Laigu did not answer in time');
	expect((await receive(never, 1e9, AbortSignal.abort())).fault).toBeDefined();
});

test('a host that speaks plain HTTP where https was asked for is called so', async () => {
	const sim = await start({ conversations: [], clients: [] });
	const credentials = { ...tokenOf(sim), baseUrl: sim.url.replace('http:', 'https:') };
	const { error } = await run(sim, { ...ALL, options: { maxRetries: 0 } }, { credentials });
	expect(error?.message).toBe(
		"The host in 'Base URL' of the Laigu credential does not use https on that port [Item 0]",
	);
	expect((await testCredential(credentials)).message).toContain('does not use https');
});

test.each(Object.values(LISTS))('lists that are null are empty: $name', async (list) => {
	for (const envelope of ['result', 'data', 'named', 'rows', 'nested'] as const) {
		const sim = await start({ conversations: [], clients: [], switches: { envelope, emptyList: 'null' } });
		expect((await succeed(sim, { ...list.parameters, ...TWO_DAYS })).json).toEqual([]);
	}
	const sim = await start({
		conversations: conversationsAt(TIMES),
		clients: clientsAt(TIMES),
		switches: { emptyList: 'null' },
	});
	expect(keysOf((await succeed(sim, { ...list.parameters, ...TWO_DAYS })).json, list).sort()).toEqual(
		expected(sim, list).sort(),
	);
});

test('a Retry-After of nearly nothing does not make it ask any sooner', () => {
	for (let attempt = 0; attempt < 6; attempt++) {
		for (const isRateLimit of [true, false]) {
			const own = retryDelay(attempt, { isRateLimit }, 0);
			expect(retryDelay(attempt, { isRateLimit, retryAfterMs: 0.0001 }, 0)).toBe(own);
		}
	}
});
