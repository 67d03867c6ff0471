import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Order } from '../../../nodes/Laigu/lists/readRange';
import type { TimeFormat } from '../../../nodes/Laigu/shared/time';
import { conversation, FROM, HALF_OPEN, HOUR, idsOf, listServer, queryFor, readAll, SECOND, v1, v2 } from './server';

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

const orders = fc.constantFrom<Order>('oldestFirst', 'newestFirst');

test.each([
	['v1', v1],
	['v2', v2],
])('%s: by time whatever the IDs, and with a limit the first of just that', async (_, endpoint) => {
	const setting = fc.integer({ min: 1, max: 60 * HOUR }).chain((width) =>
		fc.record({
			width: fc.constant(width),
			times: times(width),
			ids: fc.infiniteStream(fc.nat()),
			reading,
			timeFormat: fc.constantFrom(...FORMATS),
			order: orders,
			windowHours: fc.constantFrom(0, 7),
			concurrency: fc.constantFrom(1, 3),
			limit: fc.option(fc.integer({ min: 1, max: 70 }), { nil: undefined }),
			isWanted: fc.option(
				fc.integer({ min: 2, max: 4 }).map(
					(share) =>
						({ conv_id: id }: IDataObject) =>
							Number(id) % share === 0,
				),
				{ nil: undefined },
			),
		}),
	);
	await fc.assert(
		fc.asyncProperty(setting, async ({ width, times, ids, reading, ...other }) => {
			const all = new Map(times.map((time): [number, number] => [Number(ids.next().value), time]));
			const records = [...all].map(([id, time]): IDataObject => conversation(id, FROM + time));
			const query = queryFor(width, other);
			const { records: given, looked } = await readAll(
				endpoint,
				query,
				listServer(endpoint, () => records, reading),
			);
			const { order, limit, isWanted = () => true } = other;
			const sign = order === 'newestFirst' ? -1 : 1;
			const timesOf = (some: IDataObject[]) => some.map((record) => all.get(Number(record.conv_id)) ?? NaN);
			const inside = records.filter((_, index) => {
				const time = [...all.values()][index];
				return time >= 0 && time < width;
			});
			const wanted = timesOf(inside.filter(isWanted)).sort((one, next) => sign * (one - next));
			expect(timesOf(given)).toEqual(wanted.slice(0, limit));
			expect(given.every(isWanted)).toBe(true);
			if (wanted.length < (limit ?? Infinity)) expect(looked).toBe(inside.length);
		}),
		{ numRuns: 150 },
	);
});

test('a limit costs about as many pages as it fills, wherever the range and however its records are spread', async () => {
	const spreads = fc.constantFrom(
		(share: number) => share,
		(share: number) => share ** 3,
		(share: number) => 1 - (1 - share) ** 3,
	);
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 2, max: 60 * 24 }),
			fc.integer({ min: 0, max: 3_000 }),
			fc.integer({ min: 1, max: 100 }),
			spreads,
			orders,
			async (hours, count, limit, spread, order) => {
				const width = hours * HOUR;
				const records = Array.from({ length: count }, (_, index) =>
					conversation(index + 1, FROM + Math.floor(spread(index / count) * width)),
				);
				const { ids, asked } = await readAll(
					v2,
					queryFor(width, { order, limit }),
					listServer(v2, () => records, { ...HALF_OPEN, isStill: true }),
				);
				const wanted = order === 'oldestFirst' ? idsOf(records) : idsOf(records).reverse();
				expect(ids).toEqual(wanted.slice(0, limit));
				const least = Math.max(1, Math.ceil(Math.min(limit, count) / 20));
				expect(asked.length).toBeLessThanOrEqual(3 * least + 16);
			},
		),
		{ numRuns: 150 },
	);
});
