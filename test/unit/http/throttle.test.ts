import fc from 'fast-check';

import { retryDelay } from '../../../nodes/Laigu/http/retry';
import { createThrottle } from '../../../nodes/Laigu/http/throttle';

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
		for (const retryAfterMs of [0, 0.0001, 1, 3_999]) {
			expect(retryDelay(2, { isRateLimit: true, retryAfterMs }, 1)).toBe(4_000);
			expect(retryDelay(2, { isRateLimit: false, retryAfterMs: retryAfterMs / 4 }, 1)).toBe(1_000);
		}
	});
});

describe('createThrottle', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	/** What has ended, in this order, each with the milliseconds that have passed since. */
	function watch(waits: Record<string, Promise<void>>) {
		const begun = Date.now();
		const ended: Array<[string, number]> = [];
		for (const [name, wait] of Object.entries(waits)) void wait.then(() => ended.push([name, Date.now() - begun]));
		return ended;
	}

	test('is ready at once while nobody asked to slow down', async () => {
		const throttle = createThrottle(1);
		const names = Array.from({ length: 50 }, (_, index) => `${index}`);
		const ended = watch(Object.fromEntries(names.map((name) => [name, throttle.ready()])));
		await jest.advanceTimersByTimeAsync(0);
		expect(ended).toEqual(names.map((name) => [name, 0]));
		expect(throttle.waitedMs()).toBe(0);
	});

	test('does not send in one burst what is at once, and does not count that as slowing down', async () => {
		const throttle = createThrottle(8);
		throttle.accepted(40);
		const names = Array.from({ length: 8 }, (_, index) => `${index}`);
		const ended = watch(Object.fromEntries(names.map((name) => [name, throttle.ready()])));
		await jest.advanceTimersByTimeAsync(100);
		expect(ended).toEqual(names.map((name, index) => [name, 3 * index]));
		expect(throttle.waitedMs()).toBe(0);
	});

	test('who waits for the request before it keeps to a refusal that comes meanwhile', async () => {
		const throttle = createThrottle(8);
		throttle.accepted(50);
		const ended = watch({ first: throttle.ready(), second: throttle.ready() });
		await jest.advanceTimersByTimeAsync(1);
		throttle.refused(Date.now(), 300);
		await jest.advanceTimersByTimeAsync(1_000);
		expect(ended).toEqual([
			['first', 0],
			['second', 301],
		]);
	});

	test('a clock that is changed keeps nobody waiting', async () => {
		const throttle = createThrottle(8);
		throttle.accepted(50);
		const first = watch({ first: throttle.ready() });
		await jest.advanceTimersByTimeAsync(1);
		jest.setSystemTime(Date.now() - 3_600_000);
		const later = watch({ second: throttle.ready() });
		await jest.advanceTimersByTimeAsync(10);
		expect([...first, ...later].map(([name]) => name)).toEqual(['first', 'second']);
	});

	test('waits as long as told', async () => {
		const ended = watch({ wait: createThrottle(1).wait(300) });
		await jest.advanceTimersByTimeAsync(299);
		expect(ended).toEqual([]);
		await jest.advanceTimersByTimeAsync(1);
		expect(ended).toEqual([['wait', 300]]);
	});

	test('lets all requests wait once one was refused, and go in their order', async () => {
		const throttle = createThrottle(1);
		throttle.refused(Date.now(), 300);
		const ended = watch({ first: throttle.ready(), second: throttle.ready(), third: throttle.ready() });
		await jest.advanceTimersByTimeAsync(299);
		expect(ended).toEqual([]);
		await jest.advanceTimersByTimeAsync(1_000);
		expect(ended).toEqual([
			['first', 300],
			['second', 300],
			['third', 300],
		]);
		const later = watch({ fourth: throttle.ready() });
		await jest.advanceTimersByTimeAsync(0);
		expect(later).toEqual([['fourth', 0]]);
	});

	test('a refusal during a wait makes it longer, also for those who wait already', async () => {
		const throttle = createThrottle(1);
		throttle.refused(Date.now(), 150);
		const ended = watch({ first: throttle.ready() });
		throttle.refused(Date.now(), 450);
		throttle.refused(Date.now(), 100);
		await jest.advanceTimersByTimeAsync(1_000);
		expect(ended).toEqual([['first', 450]]);
	});

	test('counts the time for which requests stood in line, once for all of them', async () => {
		const throttle = createThrottle(1);
		throttle.refused(Date.now(), 300);
		watch({ first: throttle.ready(), second: throttle.ready(), third: throttle.ready() });
		await jest.advanceTimersByTimeAsync(1_000);
		expect(throttle.waitedMs()).toBe(300);
	});

	test('ends every wait soon after the execution is cancelled', async () => {
		const controller = new AbortController();
		const throttle = createThrottle(1, controller.signal);
		throttle.refused(Date.now(), 60_000);
		const ended = watch({ first: throttle.ready(), second: throttle.ready(), wait: throttle.wait(60_000) });
		await jest.advanceTimersByTimeAsync(50);
		expect(throttle.isCancelled()).toBe(false);
		controller.abort();
		await jest.advanceTimersByTimeAsync(250);
		expect(ended.map(([name]) => name).sort()).toEqual(['first', 'second', 'wait']);
		expect(throttle.isCancelled()).toBe(true);
		const later = watch({ later: throttle.wait(60_000) });
		await jest.advanceTimersByTimeAsync(0);
		expect(later).toEqual([['later', 0]]);
	});
});
