import type { IDataObject } from 'n8n-workflow';

import { widthOf } from '../../../nodes/Laigu/lists/windows';
import { networkFault } from '../../../nodes/Laigu/http/faults';
import { readRange } from '../../../nodes/Laigu/lists/readRange';
import type { RangeQuery } from '../../../nodes/Laigu/lists/readRange';
import { at, clientOver, errorOf, readWire, wireText } from '../helpers';
import { clients, conversation, evenly, FROM, HALF_OPEN, HOUR, idsOf, listServer, page } from './server';
import { queryFor, readAll, refusal, SECOND, v1, v2 } from './server';

const DAY = 24 * HOUR;

const windowOf = ({ from_tm: from, to_tm: to }: IDataObject) => ({ from: readWire(from), to: readWire(to) });

describe('requests', () => {
	test('a range that fits on one page costs one, of the whole range and a step before it', async () => {
		const { ids, asked, lasts } = await readAll(
			v2,
			queryFor(30 * DAY),
			listServer(v2, () => evenly(5, FROM, 30 * DAY)),
		);
		expect(ids).toEqual([1, 2, 3, 4, 5]);
		expect(lasts).toEqual([true]);
		expect(asked).toEqual([
			{ from_tm: '2026-10-31 23:59:59', to_tm: '2026-12-01 00:00:00', limit: 20, page_token: '' },
		]);
	});

	test.each([
		['stringMicroseconds', '2026-10-31 23:59:59.999999', '2026-11-01 01:00:00.000000'],
		['epochSeconds', '1793462399', '1793466000'],
		['epochMicroseconds', '1793462399999999', '1793466000000000'],
	] as const)('v2 is asked in the form %s where that was chosen', async (timeFormat, from, to) => {
		const { asked } = await readAll(v2, queryFor(HOUR, { timeFormat }), () => page([], ''));
		expect(asked[0]).toMatchObject({ from_tm: from, to_tm: to });
	});

	test('v1 is asked in windows of 12 hours, overlap included, in Beijing time whatever form was chosen', async () => {
		const { asked } = await readAll(v1, queryFor(DAY, { timeFormat: 'epochMicroseconds' }), () => page([]));
		expect(asked.map((query) => [query.conv_start_from_tm, query.conv_start_to_tm])).toEqual([
			['2026-10-31 23:59:59', '2026-11-01 11:59:59'],
			['2026-11-01 11:59:58', '2026-11-01 23:59:58'],
			['2026-11-01 23:59:57', '2026-11-02 00:00:00'],
		]);
	});

	test("the user's window width goes before the endpoint's own, for v2 as well", async () => {
		const count = async (endpoint: typeof v1, windowHours: number) =>
			(await readAll(endpoint, queryFor(2 * DAY, { windowHours }), () => page([], ''))).asked.length;
		expect(await count(v1, 24)).toBe(3);
		expect(await count(v1, 1)).toBe(49);
		expect(await count(v2, 0)).toBe(1);
		expect(await count(v2, 12)).toBe(5);
	});

	test.each(['oldestFirst', 'newestFirst'] as const)(
		'a reader that stops has fetched no page beyond (%s)',
		async (order) => {
			const { client, asked } = clientOver(listServer(v2, () => evenly(100, FROM, 30 * DAY)));
			for await (const { records } of readRange(client, v2, queryFor(30 * DAY, { order, limit: 5 }))) {
				expect(records.length).toBe(5);
				break;
			}
			expect(asked).toHaveLength(2);
		},
	);

	test('the latest records of a long range cost few requests', async () => {
		const records = evenly(10_000, FROM, 1_000 * HOUR);
		const query = queryFor(1_000 * HOUR, { order: 'newestFirst', limit: 50 });
		const { ids, asked } = await readAll(
			v2,
			query,
			listServer(v2, () => records),
		);
		expect(ids).toEqual(Array.from({ length: 50 }, (_, index) => 10_000 - index));
		expect(asked.length).toBeLessThan(8);
	});
});

describe('a width that Laigu refuses', () => {
	const records = evenly(200, FROM, 30 * DAY);
	const all = idsOf(records);

	test.each([
		['oldestFirst', all],
		['newestFirst', [...all].reverse()],
	] as const)('is halved until it is accepted, and remembered for the run (%s)', async (order, expected) => {
		const answer = listServer(v2, () => records, { ...HALF_OPEN, widest: 50 * HOUR });
		const { ids, asked, client } = await readAll(v2, queryFor(30 * DAY, { order }), answer);
		expect(ids).toEqual(expected);
		const refused = asked.filter((query) => widthOf(windowOf(query)) > 50 * HOUR);
		expect(refused.length).toBeLessThanOrEqual(5);
		expect(client.run.widest.get(v2.path)).toBeLessThanOrEqual(50 * HOUR);

		const before = asked.length;
		for await (const batch of readRange(client, v2, queryFor(30 * DAY))) expect(batch.records).toBeDefined();
		const again = asked.slice(before);
		expect(again.every((query) => widthOf(windowOf(query)) <= 50 * HOUR)).toBe(true);
		// the customers' list may allow another width
		expect(client.run.widest.has(clients.path)).toBe(false);
	});

	test('of an hour or less is not refused for its width: the run ends and names the field', async () => {
		const { client, asked } = clientOver(() => refusal('from_tm'));
		const error = await errorOf(readRange(client, v2, queryFor(DAY)).next());
		expect(error?.message).toBe('Laigu did not accept a value [Item 0]');
		expect(error?.description).toContain("'From'");
		expect(asked.length).toBeLessThan(8);
	});

	test('another refusal is not about the width', async () => {
		const { client, asked } = clientOver(() => refusal('enterprise_id'));
		expect((await errorOf(readRange(client, v2, queryFor(DAY)).next()))?.message).toContain('did not accept a value');
		expect(asked).toHaveLength(1);
	});
});

describe('full pages without a word of a token', () => {
	test('are read in narrower windows until no page is full', async () => {
		const records = evenly(300, FROM, 30 * DAY);
		const { ids, asked, client } = await readAll(
			v2,
			queryFor(30 * DAY),
			listServer(v2, () => records, { ...HALF_OPEN, hidesTokens: true }),
		);
		expect(ids).toEqual(idsOf(records));
		expect(asked.length).toBeGreaterThan(15);
		expect(client.run.widest.size).toBe(0);
	});

	test('are no result where a window of seconds is still full', async () => {
		const records = Array.from({ length: 40 }, (_, index) => conversation(index, FROM + SECOND));
		const answer = listServer(v2, () => records, { ...HALF_OPEN, hidesTokens: true });
		const error = await errorOf(readAll(v2, queryFor(DAY), answer));
		expect(error?.message).toContain('no next_page_token with a full page');
	});
});

describe('a range over centuries', () => {
	const records = evenly(90, FROM, 40 * HOUR);
	const present = FROM + 44 * HOUR;
	const read = async (endpoint: typeof v1, from: string, to: string, other: Partial<RangeQuery> = {}) => {
		const { client, asked } = clientOver(listServer(endpoint, () => records, { ...HALF_OPEN, isStill: true }));
		client.run.startedAt = present;
		const ids: unknown[] = [];
		const query = queryFor(0, { range: { from: at(from), to: at(to) }, ...other });
		for await (const batch of readRange(client, endpoint, query)) ids.push(...idsOf(batch.records));
		return { ids, asked: asked.length };
	};
	const END = '9999-12-31T00:00:00Z';
	const all = idsOf(records);

	test.each([
		['v1', v1, 8],
		['v2', v2, 5],
	])('%s: To without end costs no more than To now', async (_, endpoint, most) => {
		const { ids, asked } = await read(endpoint, '2026-11-01T00:00:00+08:00', END);
		expect(ids).toEqual(all);
		expect(asked).toBeLessThanOrEqual(most);
		const newest = await read(endpoint, '2026-11-01T00:00:00+08:00', END, { order: 'newestFirst', limit: 5 });
		expect(newest.ids).toEqual([...all].reverse().slice(0, 5));
		expect(newest.asked).toBeLessThanOrEqual(4);
	});

	test('From without beginning is read as from when Laigu began; the newest cost the same as ever', async () => {
		expect(await read(v2, '0001-01-01T00:00:00Z', END)).toEqual({ ids: all, asked: 5 });
		const narrow = await read(v2, '0001-01-01T00:00:00Z', END, { windowHours: 12, concurrency: 3 });
		expect(narrow.ids).toEqual(all);
		expect(narrow.asked).toBeLessThan(17 * 366 * 2);
		const newest = await read(v1, '0001-01-01T00:00:00Z', END, { order: 'newestFirst', limit: 5 });
		expect(newest.ids).toEqual([...all].reverse().slice(0, 5));
		expect(newest.asked).toBeLessThanOrEqual(4);
	});

	test.each([
		['in the future', '2200-01-01T00:00:00Z', END],
		['before Laigu began', '0001-01-01T00:00:00Z', '1999-01-01T00:00:00Z'],
	])('that lies wholly %s is empty without a request', async (_, from, to) => {
		expect(await read(v2, from, to)).toEqual({ ids: [], asked: 0 });
	});
});

describe('what belongs to the range', () => {
	const width = HOUR;
	const time = (offset: number) => wireText(FROM + offset);
	const read = async (records: IDataObject[], endpoint = v2) =>
		(await readAll(endpoint, queryFor(width), () => page(records, ''))).ids;

	test('is given once, however often Laigu sends it', async () => {
		expect(await read([conversation(1, FROM), conversation(2, FROM), conversation(1, FROM)])).toEqual([1, 2]);
	});

	test('a record without ID is never dropped as a repetition', async () => {
		const nameless = [{ conv_end_tm: time(1) }, { conv_id: null, a: 1 }, { conv_id: '', a: 2 }, { conv_id: '', a: 2 }];
		expect(await read(nameless)).toHaveLength(4);
	});

	test('a record in the step before it or on its end is dropped', async () => {
		expect(
			await read([
				conversation(1, FROM - 1),
				conversation(2, FROM),
				conversation(3, FROM + width - 1),
				conversation(4, FROM + width),
			]),
		).toEqual([2, 3]);
	});

	test('a record whose time is open, unreadable or far off is kept, since Laigu chose it', async () => {
		const odd = [{ conv_id: 1, conv_end_tm: null }, { conv_id: 2 }, { conv_id: 3, conv_end_tm: 'soon' }];
		// those without a time come last
		expect(await read([...odd, conversation(4, FROM + DAY), conversation(5, FROM - DAY)])).toEqual([5, 4, 1, 2, 3]);
	});

	test('v1 may filter by start or by end: a record is dropped only where neither lies inside', async () => {
		expect(
			await read(
				[
					{ conv_id: 1, conv_start_tm: time(-DAY), conv_end_tm: time(5) },
					{ conv_id: 2, conv_start_tm: time(5), conv_end_tm: time(DAY) },
					{ conv_id: 3, conv_start_tm: time(-5), conv_end_tm: null },
					{ conv_id: 4, conv_start_tm: time(-DAY), conv_end_tm: time(width) },
				],
				v1,
			),
		).toEqual([1, 2]);
	});

	test('a record that was outside when it first came, and inside when it came again, is kept', async () => {
		const moved = [
			{ track_id: 'a', updated_on: '2026-10-31T15:59:59.5Z' },
			{ track_id: 'a', updated_on: '2026-10-31T16:00:10Z' },
		];
		const endpoint = { ...clients, timeFields: ['updated_on'] };
		expect(at('2026-10-31T16:00:00Z')).toBe(FROM);
		expect(await read(moved, endpoint)).toEqual(['a']);
	});
});

test('v1 is put in order by the time that it turns out to filter on', async () => {
	const both = (id: number, start: number, end: number): IDataObject => ({
		conv_id: id,
		conv_start_tm: wireText(FROM + start * SECOND),
		conv_end_tm: wireText(FROM + end * SECOND),
	});
	const records = [both(1, 10, 900), both(2, 20, 500), both(3, 30, 4_000), both(4, 40, 600)];
	const { ids } = await readAll(v1, queryFor(HOUR), () => page(records));
	expect(ids).toEqual([1, 2, 3, 4]);
	const { ids: byEnd } = await readAll(v1, queryFor(HOUR), () => page(records.filter(({ conv_id: id }) => id !== 3)));
	expect(byEnd).toEqual([2, 4, 1]);
});

test('a fault that is not about the window ends the run with its own error', async () => {
	const error = await errorOf(readAll(v2, queryFor(DAY), () => ({ fault: networkFault('ECONNREFUSED') })));
	expect(error?.message).toBe("Nothing answers at Laigu's address [Item 0]");
});
