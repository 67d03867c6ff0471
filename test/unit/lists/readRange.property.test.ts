import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Order } from '../../../nodes/Laigu/lists/readRange';
import type { TimeFormat } from '../../../nodes/Laigu/shared/time';
import { conversation, FROM, HOUR, idsOf, listServer, queryFor, readAll, SECOND, v1, v2 } from './server';

const FORMATS: TimeFormat[] = ['string', 'stringMicroseconds', 'epochSeconds', 'epochMicroseconds'];

const reading = fc.record({ fromInclusive: fc.boolean(), toInclusive: fc.boolean(), cutsTimes: fc.boolean() });

/** Times around a range, many of them on seams, many of them the same. */
const times = (width: number) =>
	fc.array(
		fc.oneof(
			fc.integer({ min: -3 * SECOND, max: width + 3 * SECOND }),
			fc
				.tuple(fc.integer({ min: -1, max: Math.ceil(width / HOUR) + 1 }), fc.constantFrom(-SECOND, -1, 0, 1, SECOND))
				.map(([hours, micros]) => hours * HOUR + micros),
			fc.constantFrom(-SECOND, -1, 0, width - 1, width, width + 1),
		),
		{ maxLength: 90 },
	);

test.each([
	['v1', v1],
	['v2', v2],
])('%s: every record of the range once and no other, under every reading of the document', async (_, endpoint) => {
	const setting = fc.integer({ min: 1, max: 60 * HOUR }).chain((width) =>
		fc.record({
			width: fc.constant(width),
			times: times(width),
			reading,
			timeFormat: fc.constantFrom(...FORMATS),
			order: fc.constantFrom<Order>('oldestFirst', 'newestFirst'),
			windowHours: fc.constantFrom(0, 1, 7, 24),
			concurrency: fc.constantFrom(1, 3),
			widest: fc.constantFrom(undefined, 5 * HOUR),
			hidesTokens: fc.boolean(),
		}),
	);
	await fc.assert(
		fc.asyncProperty(setting, async ({ width, times, reading, widest, hidesTokens, ...other }) => {
			const records = times.map((time, index): IDataObject => conversation(index + 1, FROM + time));
			const isSame = new Set(times.map((time) => Math.floor(time / SECOND))).size < times.length - 5;
			const answer = listServer(endpoint, () => records, {
				...reading,
				// v1's own window would have to be halved as well, which it may be, but not below an hour
				widest,
				// twenty records within seconds cannot be told apart without tokens
				hidesTokens: hidesTokens && !isSame,
			});
			const { ids } = await readAll(endpoint, queryFor(width, other), answer);
			const inside = records.filter((_, index) => times[index] >= 0 && times[index] < width);
			const numbers = ids.map(Number);
			expect([...numbers].sort((one, next) => one - next)).toEqual(idsOf(inside));
			expect(new Set(numbers).size).toBe(numbers.length);
		}),
		{ numRuns: 150 },
	);
});

test.each(['oldestFirst', 'newestFirst'] as const)(
	'%s: times never go back where the IDs follow the times',
	async (order) => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 60 * HOUR }),
				fc.integer({ max: 80, min: 0 }),
				async (width, count) => {
					const records = Array.from({ length: count }, (_, index) =>
						conversation(index + 1, FROM + Math.floor((index * width) / count)),
					);
					const { ids } = await readAll(
						v2,
						queryFor(width, { order, windowHours: 5 }),
						listServer(v2, () => records),
					);
					expect(ids).toEqual(order === 'oldestFirst' ? idsOf(records) : idsOf(records).reverse());
				},
			),
			{ numRuns: 40 },
		);
	},
);
