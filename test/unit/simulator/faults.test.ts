import { FAULT_KINDS, type FaultRule, type Simulator } from '../../simulator';
import { fullBucket, take } from '../../simulator/rateLimit';
import { useVirtualTime } from '../../virtualTime';
import { CLIENTS, V1, V2, conversation, get, listOf, start, stopAll, v2Query } from './helpers';

const conversations = [1, 2, 3].map((id) => conversation(id, `2026-03-10 01:00:0${id}.000000`));

let simulator: Simulator;

beforeAll(async () => {
	simulator = await start({ conversations });
});

beforeEach(() => {
	simulator.clearFaults();
	simulator.resetRequests();
});

afterAll(stopAll);

const ask = async (path = V2) => await get(simulator, path, v2Query());

/** The outcome of so many requests: true for a success. */
async function outcomes(count: number): Promise<boolean[]> {
	const all: boolean[] = [];
	for (let i = 0; i < count; i++) all.push((await ask()).errno === 0);
	return all;
}

describe('kinds', () => {
	test.each([
		['10014', 10014, 'Request api exceed specified times. Please request later.'],
		['10015', 10015, 'Server-side internal logic error. Please try again later.'],
	] as const)('%s', async (kind, errno, errmsg) => {
		simulator.addFault({ kind, retryAfterSeconds: 2 });
		const reply = await ask();
		expect(reply).toMatchObject({ status: 200, errno, errmsg });
		expect(reply.headers.get('retry-after')).toBe('2');
	});

	test.each([
		['429', 429, /^Too Many Requests$/, 'text/plain; charset=utf-8'],
		['500', 500, /^Internal Server Error$/, 'text/plain; charset=utf-8'],
		['502html', 502, /<h1>502 Bad Gateway/, 'text/html'],
	] as const)('%s', async (kind, status, body, type) => {
		simulator.addFault({ kind, retryAfterSeconds: 7 });
		const reply = await ask();
		expect(reply.status).toBe(status);
		expect(reply.text).toMatch(body);
		expect(reply.headers.get('content-type')).toBe(type);
		expect(reply.headers.get('retry-after')).toBe('7');
	});

	test('reset cuts the connection, and the server lives on', async () => {
		simulator.addFault({ kind: 'reset', times: 1 });
		await expect(ask()).rejects.toThrow();
		expect(simulator.requests.at(-1)).toMatchObject({ status: 0, fault: 'reset', records: 0 });
		expect((await ask()).errno).toBe(0);
	});

	describe('slow', () => {
		useVirtualTime();

		test('gives the true answer late', async () => {
			simulator.addFault({ kind: 'slow', delayMs: 5_000 });
			const before = Date.now();
			expect(listOf(await ask())).toHaveLength(3);
			expect(Date.now() - before).toBeGreaterThanOrEqual(5_000);
		});
	});

	test('truncated is a JSON that breaks off', async () => {
		const whole = (await ask()).text;
		simulator.addFault({ kind: 'truncated' });
		const { status, text } = await ask();
		expect(status).toBe(200);
		expect(text).toBe(whole.slice(0, text.length));
		expect(text.length).toBeGreaterThan(10);
		expect(() => JSON.parse(text) as unknown).toThrow();
	});

	test('emptyBody', async () => {
		simulator.addFault({ kind: 'emptyBody' });
		expect(await ask()).toMatchObject({ status: 200, text: '' });
	});

	test('wrongShape is JSON without errno and without a list', async () => {
		simulator.addFault({ kind: 'wrongShape' });
		const reply = await ask();
		expect(reply.status).toBe(200);
		expect(reply.errno).toBeUndefined();
		expect(Object.values(JSON.parse(reply.text) as object).some(Array.isArray)).toBe(false);
	});

	test('redirect leads to another host name of the same server', async () => {
		simulator.addFault({ kind: 'redirect', times: 1 });
		const reply = await ask();
		expect(reply.status).toBe(302);
		expect(reply.headers.get('location')).toBe(`http://localhost:${simulator.port}/moved`);
		simulator.addFault({ kind: 'redirect', location: '/elsewhere' });
		expect((await ask()).headers.get('location')).toBe('/elsewhere');
	});

	describe('drip', () => {
		useVirtualTime();

		test('gives the true answer a byte at a time', async () => {
			const whole = (await ask()).text;
			simulator.addFault({ kind: 'drip', delayMs: 10 });
			const before = Date.now();
			expect((await ask()).text).toBe(whole);
			expect(Date.now() - before).toBeGreaterThanOrEqual(10 * (whole.length - 1));
		});
	});

	test('bomb is little that unpacks to much', async () => {
		simulator.addFault({ kind: 'bomb' });
		const response = await fetch(`${simulator.url}${V2}`, { headers: { 'accept-encoding': 'identity' } });
		expect(Number(response.headers.get('content-length'))).toBeLessThan(1_000_000);
		expect(response.headers.get('content-encoding')).toBe('gzip');
		await response.body?.cancel();
	});

	test('noToken is an object where a token should be', async () => {
		simulator.addFault({ kind: 'noToken' });
		expect((await ask()).next_page_token).toEqual({});
	});

	test('newTokens gives the same records with ever new tokens', async () => {
		simulator.addFault({ kind: 'newTokens' });
		const first = await ask();
		const token = String(first.next_page_token);
		const second = await get(simulator, V2, { ...v2Query(), page_token: token });
		expect(listOf(second)).toEqual(listOf(first));
		expect(second.next_page_token).not.toBe(token);
	});

	test('otherRecord is the one beside that which was requested', async () => {
		simulator.addFault({ kind: 'otherRecord' });
		expect(await get(simulator, `${V1}/1`, { conv_id: 1 })).toMatchObject({ errno: 0, result: { conv_id: 2 } });
	});

	test('an absurd Retry-After goes out as it is', async () => {
		simulator.addFault({ kind: '429', retryAfterSeconds: '0.0000001' });
		expect((await ask()).headers.get('retry-after')).toBe('0.0000001');
	});

	test.each(FAULT_KINDS)('%s is in the list of requests', async (kind) => {
		simulator.addFault({ kind, delayMs: 1 });
		await fetch(`${simulator.url}${V2}`, { redirect: 'manual' }).then(
			async ({ body }) => await body?.cancel(),
			() => undefined,
		);
		expect(simulator.requests).toHaveLength(1);
		expect(simulator.requests[0].fault).toBe(kind);
	});
});

describe('rules', () => {
	test('times', async () => {
		simulator.addFault({ kind: '10015', times: 2 });
		expect(await outcomes(4)).toEqual([false, false, true, true]);
	});

	test('after', async () => {
		simulator.addFault({ kind: '10015', times: 1, after: 2 });
		expect(await outcomes(4)).toEqual([true, true, false, true]);
	});

	test('match, against path and query, whatever the flags of the pattern', async () => {
		simulator.addFault({ kind: '500', match: /\/v2\/clients\?/g });
		expect((await ask(V2)).status).toBe(200);
		expect((await ask(CLIENTS)).status).toBe(500);
		expect((await ask(CLIENTS)).status).toBe(500);
	});

	test('the first rule that hits counts', async () => {
		simulator.addFault({ kind: '500', times: 1 });
		simulator.addFault({ kind: '10015', times: 1 });
		expect((await ask()).status).toBe(500);
		expect((await ask()).errno).toBe(10015);
		expect((await ask()).errno).toBe(0);
	});

	test('clearFaults', async () => {
		simulator.addFault({ kind: '500' });
		simulator.clearFaults();
		expect((await ask()).errno).toBe(0);
	});

	test('rate: a share, the same one for the same seed', async () => {
		const rule: FaultRule = { kind: '10015', rate: 0.3 };
		const run = async (seed: number) => {
			simulator = await start({ conversations, seed, faults: [rule] });
			return await outcomes(200);
		};
		const [first, again, other] = [await run(5), await run(5), await run(6)];
		expect(again).toEqual(first);
		expect(other).not.toEqual(first);
		const hits = first.filter((good) => !good).length;
		expect(hits).toBeGreaterThan(35);
		expect(hits).toBeLessThan(85);
	});
});

describe('the rate limit', () => {
	test('is a bucket', () => {
		const limit = { perSecond: 2, burst: 3 };
		let bucket = fullBucket(limit, 0);
		const at = (ms: number): boolean => {
			const result = take(limit, bucket, ms);
			bucket = result.bucket;
			return result.taken;
		};
		expect([at(0), at(0), at(0), at(0)]).toEqual([true, true, true, false]);
		expect([at(499), at(500), at(500)]).toEqual([false, true, false]);
		expect([at(100_000), at(100_000), at(100_000), at(100_000)]).toEqual([true, true, true, false]);
	});

	test.each([
		['10014', 200],
		['429', 429],
	] as const)('answers with %s', async (answer, status) => {
		const limited = await start({
			conversations,
			rateLimit: { perSecond: 0.1, burst: 2, answer, retryAfterSeconds: 3 },
		});
		expect((await get(limited, V2, v2Query())).errno).toBe(0);
		expect((await get(limited, V2, v2Query())).errno).toBe(0);
		const refused = await get(limited, V2, v2Query());
		expect(refused.status).toBe(status);
		expect(refused.headers.get('retry-after')).toBe('3');
		expect(limited.requests.map(({ fault }) => fault)).toEqual([undefined, undefined, 'rateLimit']);
	});
});
