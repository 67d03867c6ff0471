import { setTimeout as later } from 'node:timers/promises';

import fc from 'fast-check';

import { createLimiter, mapConcurrent } from '../../../nodes/Laigu/shared/concurrency';
import type { Reader } from '../../../nodes/Laigu/shared/concurrency';
import { errorOf } from '../helpers';

async function allOf<Part, Result>(parts: Part[], reader: Reader<Part, Result>) {
	const results: Result[] = [];
	const lasts: boolean[] = [];
	for await (const { result, isLast } of mapConcurrent(parts, reader)) {
		results.push(result);
		lasts.push(isLast);
	}
	return { results, lasts };
}

describe('createPlaces', () => {
	test('lets so many work at once, first come, first served, also after one that throws', async () => {
		const inPlace = createLimiter(3);
		const begun: number[] = [];
		let busy = 0;
		let most = 0;
		const work = async (index: number) => {
			begun.push(index);
			most = Math.max(most, ++busy);
			await later((index * 7) % 5);
			busy--;
			if (index % 4 === 0) throw new Error(`${index}`);
			return index;
		};
		const outcomes = await Promise.allSettled(
			Array.from({ length: 20 }, async (_, index) => await inPlace(() => work(index))),
		);
		expect(most).toBe(3);
		expect(begun).toEqual(Array.from({ length: 20 }, (_, index) => index));
		expect(outcomes.map(({ status }) => status)).toEqual(begun.map((index) => (index % 4 ? 'fulfilled' : 'rejected')));
	});
});

describe('mapConcurrent', () => {
	/** A tree of numbers: a list stands for a part that turns out to be several. */
	type Tree = number | Tree[];
	const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
		tree: fc.oneof({ maxDepth: 4 }, fc.nat(1000), fc.array(tie('tree'), { maxLength: 4 })),
	}));

	test('hands out the results in the order of the parts, however they are cut and whichever is ready first', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(tree, { maxLength: 8 }),
				fc.integer({ min: 1, max: 10 }),
				fc.infiniteStream(fc.integer({ min: 0, max: 4 })),
				async (parts, atOnce, delays) => {
					let busy = 0;
					const { results, lasts } = await allOf<Tree, number>(parts, {
						atOnce,
						async read(part) {
							expect(++busy).toBeLessThanOrEqual(atOnce);
							for (let left = Number(delays.next().value); left > 0; left--) await Promise.resolve();
							busy--;
							return typeof part === 'number' ? { result: part } : { parts: part };
						},
					});
					expect(results).toEqual(parts.flat(10));
					// parts at the end that turn out to be nothing make the last result unknown as such
					expect(lasts.slice(0, -1)).not.toContain(true);
				},
			),
			{ numRuns: 200 },
		);
	});

	test('begins nothing that nobody waits for', async () => {
		const begun: number[] = [];
		const read = async (part: number) => {
			begun.push(part);
			return await Promise.resolve({ result: part });
		};
		for await (const { result } of mapConcurrent([1, 2, 3, 4], { atOnce: 1, read })) if (result === 2) break;
		expect(begun).toEqual([1, 2]);
		await later(5);
		expect(begun).toEqual([1, 2]);
	});

	test('a part that may not overlap waits until all before it were handed out', async () => {
		const events: string[] = [];
		const { results } = await allOf([1, 2, 3, 4], {
			atOnce: 4,
			mayOverlap: (part) => part !== 3,
			async read(part) {
				events.push(`begin ${part}`);
				await later(5 - part);
				events.push(`end ${part}`);
				return { result: part };
			},
		});
		expect(results).toEqual([1, 2, 3, 4]);
		expect(events.indexOf('begin 3')).toBeGreaterThan(events.indexOf('end 1'));
		expect(events.indexOf('begin 3')).toBeGreaterThan(events.indexOf('end 2'));
		expect(events.indexOf('begin 4')).toBeGreaterThan(events.indexOf('begin 3'));
	});

	test('looks again when a part says that others may begin', async () => {
		let isOpen = false;
		let busy = 0;
		let most = 0;
		await allOf([1, 2, 3], {
			atOnce: 3,
			mayOverlap: () => isOpen,
			async read(part, look) {
				most = Math.max(most, ++busy);
				await later(2);
				isOpen = true;
				look();
				await later(10);
				busy--;
				return { result: part };
			},
		});
		expect(most).toBe(3);
	});

	test('throws as soon as one part does, and begins no other', async () => {
		const begun: number[] = [];
		const error = await errorOf(
			allOf([1, 2, 3, 4, 5], {
				atOnce: 2,
				async read(part) {
					begun.push(part);
					await later(part === 1 ? 50 : 1);
					if (part === 2) throw new Error('two');
					return { result: part };
				},
			}),
		);
		expect(error?.message).toBe('two');
		await later(80);
		expect(begun).toEqual([1, 2]);
	});
});
