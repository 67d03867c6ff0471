import type { LaiguClient, LaiguConversation, Simulator } from '../../simulator';
import { DEFAULT_SWITCHES } from '../../simulator';
import {
	CLIENTS,
	UPDATED,
	V1,
	V2,
	chain,
	client,
	conversation,
	get,
	idsOf,
	listOf,
	start,
	stopAll,
	trackIdsOf,
	v1Query,
	v2Query,
} from './helpers';

const two = (value: number): string => String(value).padStart(2, '0');
const COUNT = 47;

/** conv_id runs against the time of the end, so that order by key and order by time differ. */
const conversations = Array.from({ length: COUNT }, (_, i) =>
	conversation(1_000 - i, `2026-03-10 01:${two(i)}:00.000000`),
);
const clients = Array.from({ length: COUNT }, (_, i) =>
	client(`id${two((i * 31) % COUNT)}`, `2026-03-10T01:00:${two(i)}.${i}Z`),
);
const HALF_DAY = { from: '2026-03-10 00:00:00', to: '2026-03-10 12:00:00' };
const ascending = Array.from({ length: COUNT }, (_, i) => 1_000 - COUNT + 1 + i);

let simulator: Simulator;

beforeEach(async () => {
	simulator = await start({ conversations: [...conversations], clients: [...clients] });
});

afterEach(stopAll);

async function offsets(limit: number, overlap = 0): Promise<number[][]> {
	const pages: number[][] = [];
	for (let offset = 0; ; offset += limit - overlap) {
		const page = idsOf(listOf(await get(simulator, V1, v1Query(HALF_DAY, limit, offset))));
		pages.push(page);
		if (page.length < limit) return pages;
	}
}

describe('to the end, every record once', () => {
	test.each([1, 7, 20])('v1, %i a page', async (limit) => {
		expect((await offsets(limit)).flat()).toEqual(ascending);
	});

	test.each([1, 7, 20])('v2 conversations, %i a page', async (limit) => {
		const { pages } = await chain(simulator, V2, undefined, limit);
		expect(idsOf(pages.flat())).toEqual(ascending);
		expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
	});

	test.each(['created', 'trackId', 'shuffled'] as const)('v2 clients, by %s', async (clientOrder) => {
		simulator.switches.clientOrder = clientOrder;
		for (const path of [CLIENTS, UPDATED]) {
			const { pages } = await chain<LaiguClient>(simulator, path, undefined, 20);
			expect(trackIdsOf(pages.flat()).sort()).toEqual(trackIdsOf(clients).sort());
		}
	});

	test('when the records fill the last page, no empty one follows', async () => {
		simulator.store.conversations.splice(40);
		const { pages } = await chain(simulator, V2, undefined, 20);
		expect(pages.map((page) => page.length)).toEqual([20, 20]);
	});

	test('an empty window', async () => {
		const { pages } = await chain(simulator, V2, { from: '2020-01-01 00:00:00', to: '2020-01-02 00:00:00' });
		expect(pages).toEqual([[]]);
	});
});

describe('page tokens', () => {
	test('are good for their own query only', async () => {
		const token = (await get(simulator, V2, v2Query(undefined, 5))).next_page_token ?? '';
		expect((await get(simulator, V2, v2Query(undefined, 20, token))).errno).toBe(0);
		const foreign = [
			await get(simulator, V2, v2Query(HALF_DAY, 5, token)),
			await get(simulator, CLIENTS, v2Query(undefined, 5, token)),
			await get(simulator, V2, v2Query(undefined, 5, `${token}x`.replace(/^./, 'A'))),
			await get(simulator, V2, v2Query(undefined, 5, 'nonsense')),
		];
		for (const reply of foreign)
			expect(reply).toMatchObject({ errno: 10016, errmsg: 'The param of page_token is invalid.' });
	});

	test('outlive a change of the store: paging is by key', async () => {
		const first = await get(simulator, V2, v2Query(undefined, 20));
		simulator.store.addConversation(conversation(1, '2026-03-10 03:00:00.000000'));
		simulator.store.addConversation(conversation(2_000, '2026-03-10 03:00:00.000000'));
		const second = await get(simulator, V2, v2Query(undefined, 20, first.next_page_token ?? ''));
		expect(idsOf(listOf(second))).toEqual(ascending.slice(20, 40));
		const third = await get(simulator, V2, v2Query(undefined, 20, second.next_page_token ?? ''));
		expect(idsOf(listOf(third))).toEqual([...ascending.slice(40), 2_000]);
	});

	test('are refused when they are too old, where the server forgets them', async () => {
		let now = Date.parse('2026-03-10T12:00:00Z');
		const forgetful = await start({
			conversations: [...conversations],
			now: () => new Date(now),
			switches: { tokenSeconds: 30 },
		});
		const token = (await get(forgetful, V2, v2Query(undefined, 20))).next_page_token ?? '';
		expect(idsOf(listOf(await get(forgetful, V2, v2Query(undefined, 20, token))))).toEqual(ascending.slice(20, 40));
		now += 31_000;
		expect(await get(forgetful, V2, v2Query(undefined, 20, token))).toMatchObject({ errno: 10016 });
	});

	test('repeated by a faulty server, they never end', async () => {
		simulator.switches.repeatToken = true;
		const { pages, tokens } = await chain(simulator, V2, undefined, 20, 6);
		expect(pages).toHaveLength(6);
		expect(new Set(tokens).size).toBe(1);
		expect(idsOf(pages[5])).toEqual(idsOf(pages[1]));
	});
});

describe('an empty page in the middle', () => {
	test('hides nothing', async () => {
		simulator.switches.emptyPageInMiddle = true;
		for (const path of [V2, CLIENTS, UPDATED]) {
			const { pages, tokens } = await chain<LaiguConversation | LaiguClient>(simulator, path, undefined, 20);
			expect(pages.map((page) => page.length)).toEqual([20, 0, 20, 7]);
			expect(new Set(tokens).size).toBe(4);
		}
	});

	test('does not come where one page is all', async () => {
		simulator.switches.emptyPageInMiddle = true;
		simulator.store.conversations.splice(3);
		expect((await chain(simulator, V2)).pages.map((page) => page.length)).toEqual([3]);
	});
});

describe('moving pages', () => {
	beforeEach(() => {
		simulator.switches.movingPages = true;
	});

	test('v2 repeats the last record of the first page', async () => {
		const { pages } = await chain(simulator, V2, undefined, 20);
		expect(idsOf(pages[1])).toEqual(ascending.slice(19, 39));
		expect(idsOf(pages.flat())).toHaveLength(COUNT + 1);
		expect([...new Set(idsOf(pages.flat()))]).toEqual(ascending);
	});

	test('v2 comes to its end with one record a page', async () => {
		const { pages } = await chain(simulator, V2, undefined, 1);
		expect([...new Set(idsOf(pages.flat()))]).toEqual(ascending);
	});

	test('v1 slides by one towards later offsets', async () => {
		const pages = await offsets(20);
		expect(pages[1][0]).toBe(pages[0][19]);
		expect([...new Set(pages.flat())]).toEqual(ascending);
	});

	test('v1 towards earlier ones steps over a record, unless pages overlap', async () => {
		simulator.switches.movesTowards = 'earlier';
		expect((await offsets(20)).flat()).not.toContain(ascending[20]);
		expect([...new Set((await offsets(20, 1)).flat())]).toEqual(ascending);
		const { pages } = await chain(simulator, V2, undefined, 20);
		expect(idsOf(pages.flat())).toEqual(ascending);
	});

	test('together with the empty page', async () => {
		simulator.switches.emptyPageInMiddle = true;
		const { pages } = await chain(simulator, V2, undefined, 20);
		expect(pages[1]).toEqual([]);
		expect([...new Set(idsOf(pages.flat()))]).toEqual(ascending);
	});
});

describe('the store', () => {
	const ids = async () =>
		idsOf(listOf(await get(simulator, V2, v2Query({ from: '2026-03-11 00:00:00', to: '2026-03-12 00:00:00' }))));

	test('shows what is added, closed or changed', async () => {
		expect(await ids()).toEqual([]);
		simulator.store.addConversation(conversation(7, null));
		expect(await ids()).toEqual([]);
		simulator.store.addConversation(conversation(7, '2026-03-11 01:00:00.000000'));
		expect(await ids()).toEqual([7]);
		expect(simulator.store.conversations).toHaveLength(COUNT + 1);
		simulator.store.conversations.push(conversation(8, '2026-03-11 02:00:00.000000'));
		expect(await ids()).toEqual([7, 8]);
		simulator.store.conversations[COUNT].conv_end_tm = '2026-03-20 00:00:00.000000';
		simulator.store.touch();
		expect(await ids()).toEqual([8]);
		expect(simulator.store.conversation(8)?.conv_id).toBe(8);
		expect(simulator.store.conversation(9)).toBeUndefined();
	});

	test('keeps clients by track_id', async () => {
		const { store } = simulator;
		const tracks = async () =>
			trackIdsOf(
				listOf<LaiguClient>(
					await get(simulator, UPDATED, v2Query({ from: '2026-03-11 00:00:00', to: '2026-03-13 00:00:00' })),
				),
			);
		store.upsertClient(client('id00', '2026-03-10T01:00:00Z', '2026-03-11T01:00:00Z'));
		expect(store.clients).toHaveLength(COUNT);
		store.upsertClient(client('new', '2026-03-11T02:00:00Z'));
		expect(await tracks()).toEqual(['id00', 'new']);
		expect(store.deleteClient('id00')?.track_id).toBe('id00');
		expect(store.deleteClient('id00')).toBeUndefined();
		expect(await tracks()).toEqual(['new']);
		expect(store.client('new')?.tel).toBe('13800001234');
		expect(store.client('id00')).toBeUndefined();
	});
});

test('switches start as their defaults', () => {
	expect(simulator.switches).toEqual(DEFAULT_SWITCHES);
	expect(simulator.switches).not.toBe(DEFAULT_SWITCHES);
});
