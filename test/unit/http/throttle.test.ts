import fc from 'fast-check';

import { createThrottle, retryDelay } from '../../../nodes/Laigu/http/throttle';

const took = async (what: Promise<void>) => {
	const begun = Date.now();
	await what;
	return Date.now() - begun;
};

describe('retryDelay', () => {
	const rateLimit = { isRateLimit: true };
	const other = { isRateLimit: false };

	test('doubles each time, longer for a rate limit, up to a minute', () => {
		const delays = (fault: { isRateLimit: boolean }) =>
			[0, 1, 2, 3, 20].map((attempt) => retryDelay(attempt, fault, 1));
		expect(delays(rateLimit)).toEqual([1_000, 2_000, 4_000, 8_000, 60_000]);
		expect(delays(other)).toEqual([250, 500, 1_000, 2_000, 60_000]);
	});

	test('jitter takes off half at most', () => {
		const random = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 30 }), fc.boolean(), random, (attempt, isRateLimit, random) => {
				const longest = retryDelay(attempt, { isRateLimit }, 1);
				const delay = retryDelay(attempt, { isRateLimit }, random);
				expect(delay).toBeLessThanOrEqual(longest);
				expect(delay).toBeGreaterThanOrEqual(longest / 2);
			}),
		);
		expect(new Set(Array.from({ length: 20 }, () => retryDelay(3, rateLimit))).size).toBeGreaterThan(1);
	});

	test('keeps to what Laigu asked for, as often as it asks', () => {
		expect(retryDelay(0, { isRateLimit: true, retryAfterMs: 7_000 })).toBe(7_000);
		expect(retryDelay(9, { isRateLimit: false, retryAfterMs: 90_000 })).toBe(90_000);
	});

	test('does not hammer because a Retry-After date has passed by the clock of this machine', () => {
		expect(retryDelay(2, { isRateLimit: true, retryAfterMs: 0 }, 1)).toBe(4_000);
	});
});

describe('createThrottle', () => {
	test('is ready at once while nobody asked to slow down', async () => {
		const pace = createThrottle();
		expect(await took(Promise.all(Array.from({ length: 50 }, pace.ready)).then(() => undefined))).toBeLessThan(50);
		expect(pace.waitedMs()).toBe(0);
	});

	test('waits as long as told', async () => {
		const ms = await took(createThrottle().wait(300));
		expect(ms).toBeGreaterThanOrEqual(290);
		expect(ms).toBeLessThan(900);
	});

	test('lets all requests wait once one was refused, and go in their order', async () => {
		const pace = createThrottle();
		pace.refused(Date.now(), 300);
		const order: number[] = [];
		const waits = await Promise.all(
			[0, 1, 2].map(async (index) => {
				const ms = await took(pace.ready());
				order.push(index);
				return ms;
			}),
		);
		for (const ms of waits) expect(ms).toBeGreaterThanOrEqual(290);
		expect(order).toEqual([0, 1, 2]);
		expect(await took(pace.ready())).toBeLessThan(50);
	});

	test('a refusal during a wait makes it longer, also for those who wait already', async () => {
		const pace = createThrottle();
		pace.refused(Date.now(), 150);
		const waiting = took(pace.ready());
		pace.refused(Date.now(), 450);
		pace.refused(Date.now(), 100);
		expect(await waiting).toBeGreaterThanOrEqual(440);
	});

	test('counts the time for which requests stood in line, once for all of them', async () => {
		const pace = createThrottle();
		pace.refused(Date.now(), 300);
		await Promise.all([pace.ready(), pace.ready(), pace.ready()]);
		expect(pace.waitedMs()).toBeGreaterThanOrEqual(290);
		expect(pace.waitedMs()).toBeLessThan(590);
	});

	test('ends every wait soon after the execution is cancelled', async () => {
		const controller = new AbortController();
		const pace = createThrottle(controller.signal);
		pace.refused(Date.now(), 60_000);
		const waits = Promise.all([took(pace.ready()), took(pace.ready()), took(pace.wait(60_000))]);
		expect(pace.isCancelled()).toBe(false);
		setTimeout(() => controller.abort(), 50);
		for (const ms of await waits) expect(ms).toBeLessThan(1_000);
		expect(pace.isCancelled()).toBe(true);
		expect(await took(pace.wait(60_000))).toBeLessThan(50);
	});
});
