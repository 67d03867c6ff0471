import fc from 'fast-check';

import { createSpacing } from '../../../nodes/Laigu/http/spacing';

/** When requests go that all want to go at once, each as soon as it may. */
function burst(spacing: ReturnType<typeof createSpacing>, count: number, now: number): number[] {
	const sent: number[] = [];
	for (let index = 0; index < count; index++) {
		const at = (sent.at(-1) ?? now) + spacing.delay(sent.at(-1) ?? now);
		spacing.sent(at);
		sent.push(at);
	}
	return sent;
}

const gapsOf = (times: number[]) => times.slice(1).map((time, index) => time - times[index]);

test('nothing is known before the first answer: nobody waits', () => {
	expect(gapsOf(burst(createSpacing(8), 8, 1_000))).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

test.each([
	['eight at once, answered after 40 ms', 8, 40, 3],
	['eight at once, answered after 50 ms', 8, 50, 3.75],
	['three at once, answered after half a second', 3, 500, 4],
	['ten at once, answered at once', 10, 0, 0],
	['one by one', 1, 50, 0],
])('%s', (_, atOnce, took, gap) => {
	const spacing = createSpacing(atOnce);
	spacing.answered(took);
	for (const found of gapsOf(burst(spacing, 8, 1_000))) expect(found).toBeCloseTo(gap);
});

test('who comes later than that does not wait', () => {
	const spacing = createSpacing(8);
	spacing.answered(50);
	spacing.sent(1_000);
	expect(spacing.delay(1_003)).toBeCloseTo(0.75);
	expect(spacing.delay(1_004)).toBe(0);
	expect(spacing.delay(9_000)).toBe(0);
});

test('answers that waited for others do not count, and the fastest is forgotten in time', () => {
	const spacing = createSpacing(8);
	for (const took of [60_000, 16, 90]) spacing.answered(took);
	expect(gapsOf(burst(spacing, 2, 0))[0]).toBeCloseTo(1.2);
	for (let count = 0; count < 16; count++) spacing.answered(40);
	expect(gapsOf(burst(spacing, 2, 100))[0]).toBeCloseTo(3);
});

test('whatever answers took, no request waits for longer than 4 ms for the one before it', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 10 }),
			fc.array(fc.double({ min: 0, max: 100_000, noNaN: true }), { maxLength: 40 }),
			(atOnce, answers) => {
				const spacing = createSpacing(atOnce);
				for (const took of answers) spacing.answered(took);
				for (const gap of gapsOf(burst(spacing, 10, 5_000))) expect(gap).toBeLessThanOrEqual(4);
			},
		),
	);
});
