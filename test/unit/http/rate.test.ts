import fc from 'fast-check';

import { retryDelay } from '../../../nodes/Laigu/http/retry';
import { createRate } from '../../../nodes/Laigu/http/rate';
import type { Rate } from '../../../nodes/Laigu/http/rate';
import { fullBucket, take } from '../../simulator/rateLimit';
import type { RateLimit } from '../../simulator/rateLimit';

/** Requests in virtual time: so many on their way at once, each answered after a while, against the simulator's own limit. */
interface World {
	limit?: RateLimit;
	latency: number;
	concurrency: number;
	requests: number;
}

interface Flow {
	/** When the last request was accepted, in milliseconds. */
	ended: number;
	sent: number;
	refused: number;
	/** How long the requests in front waited. */
	waited: number;
	perSecond: number;
}

function flow({ limit, latency, concurrency, requests }: World): Flow {
	const rate = createRate();
	const result: Flow = { ended: 0, sent: 0, refused: 0, waited: 0, perSecond: Infinity };
	let bucket = limit && fullBucket(limit, 0);
	// attempts of the requests in line, and answers by the time at which they come
	const line = Array.from({ length: requests }, () => 0);
	const answers: Array<{ at: number; sentAt: number; attempt: number; isTaken: boolean }> = [];
	let now = 0;

	function send(attempt: number) {
		result.sent++;
		rate.sent(now);
		const taken = limit && bucket ? take(limit, bucket, now) : undefined;
		bucket = taken?.bucket;
		answers.push({ at: now + latency, sentAt: now, attempt, isTaken: taken?.taken ?? true });
	}

	while (line.length > 0 || answers.length > 0) {
		const next = Math.min(...answers.map(({ at }) => at));
		const ready = line.length > 0 && answers.length < concurrency ? now + rate.delay(now) : Infinity;
		if (ready <= next) {
			result.waited += ready - now;
			now = ready;
			send(line.shift() ?? 0);
			continue;
		}
		now = next;
		const [answer] = answers.splice(
			answers.findIndex(({ at }) => at === next),
			1,
		);
		if (answer.isTaken) {
			rate.accepted(now);
			result.ended = now;
			continue;
		}
		result.refused++;
		const fault = { isRateLimit: true, retryAfterMs: (limit?.retryAfterSeconds ?? 0) * 1000 };
		rate.refused(answer.sentAt, now, retryDelay(answer.attempt, fault, 0.5));
		line.unshift(answer.attempt + 1);
	}
	return { ...result, perSecond: rate.perSecond() };
}

/** The least that a limit lets so many requests take, in milliseconds. */
const least = ({ perSecond, burst = perSecond }: RateLimit, requests: number) =>
	((requests - burst) / perSecond) * 1000;

const latency = fc.integer({ min: 1, max: 400 });
const concurrency = fc.integer({ min: 1, max: 10 });

test('without a limit nothing ever waits', () => {
	fc.assert(
		fc.property(latency, concurrency, (latency, concurrency) => {
			const { refused, waited, ended, perSecond } = flow({ latency, concurrency, requests: 200 });
			expect({ refused, waited, perSecond }).toEqual({ refused: 0, waited: 0, perSecond: Infinity });
			expect(ended).toBe(Math.ceil(200 / concurrency) * latency);
		}),
	);
});

/** What so many requests take at least under a limit and with so many at once. */
const floorOf = ({ limit, latency, concurrency, requests }: World & { limit: RateLimit }) =>
	Math.max(least(limit, requests), Math.ceil(requests / concurrency) * latency);

test.each([1, 20, 50, 100, 250])(
	'20 requests a second, 8 at once, answers after %i ms: within 1.3 times of what the limit allows, fewer than one in ten refused',
	(latency) => {
		for (const requests of [300, 500, 2_000]) {
			const world = { limit: { perSecond: 20 }, latency, concurrency: 8, requests };
			const { ended, refused, sent } = flow(world);
			expect(ended / floorOf(world)).toBeLessThan(1.3);
			expect(refused / sent).toBeLessThan(0.1);
			expect(refused).toBeGreaterThan(0);
		}
	},
);

test('any limit is found, and kept to', () => {
	const limits = fc.integer({ min: 2, max: 100 }).chain((perSecond) =>
		fc.record({
			perSecond: fc.constant(perSecond),
			burst: fc.integer({ min: 1, max: 3 * perSecond }),
			retryAfterSeconds: fc.constantFrom(undefined, 1, 3),
		}),
	);
	fc.assert(
		fc.property(limits, latency, concurrency, (limit, latency, concurrency) => {
			const world = { limit, latency, concurrency, requests: 40 * limit.perSecond };
			const { ended, refused, sent } = flow(world);
			expect(ended / floorOf(world)).toBeLessThan(2.5);
			expect(refused).toBeLessThan(0.1 * sent + 2 * concurrency);
		}),
		{ numRuns: 300 },
	);
});

test('a limit just about as high as what so many at once reach by themselves is found, too', () => {
	const worlds = fc
		.record({ latency: fc.integer({ min: 20, max: 400 }), concurrency, share: fc.integer({ min: 97, max: 103 }) })
		.map(({ share, ...world }) => ({
			...world,
			perSecond: Math.max(2, Math.round((world.concurrency * 10 * share) / world.latency)),
		}));
	fc.assert(
		fc.property(worlds, fc.integer({ min: 1, max: 5 }), ({ perSecond, ...rest }, burst) => {
			const world = { ...rest, limit: { perSecond, burst }, requests: 40 * perSecond };
			expect(flow(world).ended / floorOf(world)).toBeLessThan(2.5);
		}),
		{ numRuns: 200, examples: [[{ latency: 132, concurrency: 9, perSecond: 68 }, 3]] },
	);
});

test('the rate does not grow while requests wait for each other', () => {
	const rate = createRate();
	for (let at = 0; at < 1_000; at += 100) rate.accepted(at);
	rate.refused(950, 1_000, 1_000);
	let now = 2_000;
	for (; now < 120_000; now += 100) {
		rate.sent(now);
		rate.accepted(now);
	}
	expect(rate.perSecond()).toBeLessThan(25);
	expect(rate.perSecond()).toBeGreaterThan(10);
});

describe('step by step', () => {
	/** So many requests taken, one after the other, so many milliseconds apart. */
	const takes = (rate: Rate, count: number, gap: number, from = 0) => {
		for (let index = 0; index < count; index++) {
			rate.sent(from + index * gap);
			rate.accepted(from + index * gap);
		}
	};

	test('the first refusal sets it to what was taken within the last second, less a fifth', () => {
		const rate = createRate();
		takes(rate, 60, 50);
		expect(rate.perSecond()).toBe(Infinity);
		rate.refused(2_999, 3_000, 0);
		expect(rate.perSecond()).toBeCloseTo(0.8 * 19, 5);
	});

	test('a refusal before anything was taken says nothing of the limit, but that one has to wait', () => {
		const rate = createRate();
		rate.refused(0, 10, 1_500);
		expect(rate.perSecond()).toBe(Infinity);
		expect(rate.delay(10)).toBe(1_500);
		expect(rate.delay(1_510)).toBe(0);
	});

	test('requests that went before the last decrease do not count again', () => {
		const rate = createRate();
		takes(rate, 20, 50);
		for (const sentAt of [990, 995, 1_000]) rate.refused(sentAt, 1_000, 0);
		const once = rate.perSecond();
		rate.refused(999, 1_300, 0);
		expect(rate.perSecond()).toBe(once);
		rate.refused(1_200, 1_300, 0);
		expect(rate.perSecond()).toBeLessThanOrEqual(0.8 * once);
		expect(rate.perSecond()).toBeGreaterThanOrEqual(0.5 * once);
	});

	/** Requests as fast as the rate lets them go, each taken at once, until a moment. */
	function keepsUp(rate: Rate, from: number, to: number) {
		for (let now = from; now < to; now = Math.min(to, now + 1000 / rate.perSecond())) {
			rate.sent(now);
			rate.accepted(now);
		}
		rate.sent(to);
	}

	test('grows by little after the second refusal, doubles each second after the first, and again after a quiet time', () => {
		const rate = createRate();
		takes(rate, 20, 50);
		rate.refused(1_000, 1_000, 0);
		const first = rate.perSecond();
		keepsUp(rate, 1_000, 2_000);
		expect(rate.perSecond()).toBeCloseTo(2 * first, 5);
		rate.refused(2_000, 2_001, 0);
		const second = rate.perSecond();
		keepsUp(rate, 2_001, 12_001);
		expect(rate.perSecond()).toBeCloseTo(1.5 * second, 5);
		keepsUp(rate, 12_001, 22_001);
		expect(rate.perSecond()).toBeGreaterThan(10 * second);
	});

	test('a wait that was requested is kept to by all, and the longest counts', () => {
		const rate = createRate();
		takes(rate, 20, 50);
		rate.refused(1_000, 1_000, 5_000);
		rate.refused(1_000, 1_100, 200);
		expect(rate.delay(1_100)).toBe(4_900);
		rate.sent(6_000);
		// not two at once after the wait
		expect(rate.delay(6_000)).toBeGreaterThan(0);
	});

	test('never stands still', () => {
		const rate = createRate();
		takes(rate, 1, 0);
		rate.refused(500, 501, 0);
		for (let now = 1; now < 60; now++) rate.refused(now * 2_000, now * 2_000 + 1, 0);
		expect(rate.perSecond()).toBe(0.2);
	});
});
