import type { IDataObject } from 'n8n-workflow';

import { inEnglish } from '../chinese/english';
import type { LaiguClient, Simulator } from '../simulator';
import { formatUtc, HOUR, SECOND } from '../simulator/time';
import { beijing, conversationsAt, FROM, LISTS, run, start, stopAll, succeed, TWO_DAYS } from './world';

const TO = beijing('2026-03-12');

/** 200 customers over two days, number 0 the newest. */
const CLIENTS: LaiguClient[] = Array.from({ length: 200 }, (_, index) => {
	const at = TO - (index + 1) * 800 * SECOND;
	return {
		track_id: `track${String(index).padStart(22, '0')}`,
		name: index === 120 ? 'Wang Fang' : `Guest ${index}`,
		tel: index === 120 ? '＋86 138-0013-8000' : index === 130 ? '13800138000' : `139${String(index).padStart(8, '0')}`,
		weixin: index === 120 ? 'Wang_Fang' : '',
		qq: index === 120 ? '10001' : '',
		created_on: formatUtc(at, 6),
		updated_on: formatUtc(at, 6),
	};
});

let sim: Simulator;

beforeAll(async () => {
	sim = await start({
		clients: CLIENTS,
		conversations: conversationsAt(Array.from({ length: 60 }, (_, index) => FROM + index * 600 * SECOND)),
	});
});
beforeEach(() => {
	sim.resetRequests();
});
afterAll(stopAll);

const find = (findBy: string, value: unknown, more: IDataObject = {}) =>
	({ resource: 'customer', operation: 'find', findBy, value, limit: 50, ...TWO_DAYS, ...more }) as IDataObject;
const indexes = (json: IDataObject[]) => json.map(({ trackId }) => Number((trackId as string).slice(5)));

describe('find', () => {
	test.each<[string, unknown, number[]]>([
		['phone', '13800138000', [120, 130]],
		['phone', '+86 138 0013 8000', [120, 130]],
		['phone', '138-0013-8000', [120, 130]],
		['phone', '１３８００１３８０００', [120, 130]],
		['phone', '={{ 13800138000 }}', [120, 130]],
		['phone', '1380013800', []],
		['wechat', 'wang_fang', [120]],
		['qq', '10001', [120]],
		['qq', '1000', []],
		['trackId', CLIENTS[77].track_id, [77]],
		['name', 'wang', [120]],
		['name', 'Guest 19', [19, 190, 191, 192, 193, 194, 195, 196, 197, 198, 199]],
	])('by %s "%s"', async (findBy, value, wanted) => {
		const { json, hints } = await succeed(sim, find(findBy, value));
		expect(indexes(json)).toEqual(wanted);
		expect(hints).toEqual([
			`${CLIENTS.length} customers were searched, back to 2026-03-10 00:00:00 Beijing time. To search further back, choose a longer 'Time Range'.`,
			...(wanted.length === 0 ? ['Enter a phone, WeChat, QQ or track ID completely: a part of it finds nobody.'] : []),
		]);
	});

	test('stops at its limit, and tells how many it looked through and how far back that went', async () => {
		const { json, hints } = await succeed(sim, find('phone', '13800138000', { limit: 1 }));
		expect(indexes(json)).toEqual([120]);
		expect(sim.requests.length).toBeLessThan(15);
		expect(hints).toHaveLength(1);
		const [, looked, back] =
			/^(\d+) customers were searched, back to (.{19}) Beijing time\. The search stopped at 'Limit'/.exec(
				inEnglish(hints[0]),
			) ?? [];
		expect(Number(looked)).toBeGreaterThan(120);
		expect(Number(looked)).toBeLessThanOrEqual(CLIENTS.length);
		// number 120 was created 121 × 800 s before the end
		expect(beijing(back)).toBe(TO - 121 * 800 * SECOND);
	});

	test.each([
		['refused requests', { kind: '10014' as const, times: 2 }],
		['broken connections', { kind: 'reset' as const, times: 2 }],
	])('tells the same after %s', async (_, fault) => {
		const { hints: calm } = await succeed(sim, find('name', 'wang'));
		sim.addFault(fault);
		const { hints } = await succeed(sim, find('name', 'wang'));
		expect(hints[0]).toBe(calm[0]);
		sim.clearFaults();
	});

	test('looks through the last 30 days unless told otherwise', async () => {
		const { timeRange, from, to, ...unsaid } = find('name', 'wang');
		expect([timeRange, from, to]).toEqual(Object.values(TWO_DAYS));
		const { hints } = await succeed(sim, unsaid);
		const [{ query }] = sim.requests;
		const days = (Date.now() * 1000 - beijing(`${query.from_tm}`)) / (24 * HOUR);
		expect(days).toBeGreaterThan(28.9);
		expect(days).toBeLessThan(30.1);
		const [, back] = /^0 customers were searched, back to (.{19}) Beijing time/.exec(inEnglish(hints[0])) ?? [];
		expect(beijing(back)).toBe(beijing(`${query.from_tm}`) + SECOND);
	});

	test('gives every output of a customer', async () => {
		const { json: raw } = await succeed(sim, find('qq', '10001', { output: 'raw' }));
		expect(raw).toEqual([CLIENTS[120]]);
		const { json: rows } = await succeed(sim, find('qq', '10001', { output: 'spreadsheetRow' }));
		expect(rows[0]).toMatchObject({ phone: '13800138000', wechat: 'Wang_Fang', qq: '10001', channel: '' });
	});
});

describe('find conversations', () => {
	const PEOPLE = [
		{ name: '王芳', tel: '138 0013 8000' },
		{ visitor_name: 'momo', weixin: 'momo_wx' },
		{ name: 'Wang', qq: '10001' },
	];
	let people: Simulator;

	beforeAll(async () => {
		const ends = Array.from({ length: 90 }, (_, index) => FROM + (index + 1) * 1800 * SECOND);
		const conversations = conversationsAt(ends).map((one, index) => ({
			...one,
			conv_id: index,
			client_info: PEOPLE[index % 3],
		}));
		people = await start({ clients: [], conversations });
	});

	const findTalk = async (findBy: string, value: string, more: IDataObject = {}) => {
		people.resetRequests();
		return await succeed(people, { ...find(findBy, value, more), resource: 'conversation' });
	};

	test.each([
		['phone', '13800138000', 0],
		['wechat', 'Momo_WX', 1],
		['name', 'MOMO', 1],
		['qq', '10001', 2],
		['name', 'wang', 2],
	])('by %s "%s", newest first', async (findBy, value, who) => {
		const { json, hints } = await findTalk(findBy, value);
		expect(json.map(({ conversationId }) => conversationId)).toEqual(
			Array.from({ length: 30 }, (_, index) => 87 - index * 3 + who),
		);
		expect(hints).toEqual([
			`90 conversations were searched, back to 2026-03-10 00:00:00 Beijing time. To search further back, choose a longer 'Time Range'.`,
		]);
	});

	test('the last one, as its transcript, for few requests', async () => {
		const { json, hints } = await findTalk('phone', '+86 13800138000', { limit: 1, output: 'transcript' });
		expect(json).toEqual([expect.objectContaining({ conversationId: 87, transcript: '' })]);
		expect(hints).toEqual([expect.stringContaining("The search stopped at 'Limit'")]);
		expect(people.requests.length).toBeLessThan(8);
	});

	test('not by track ID, which a conversation does not tell', async () => {
		const { error } = await run(people, { ...find('={{ "trackId" }}', 'x'), resource: 'conversation' });
		expect(error?.message).toBe('\'Find By\' cannot be "trackId" [Item 0]');
	});
});

describe('hints', () => {
	const lists = [LISTS.conversations, LISTS.created, LISTS.updated, LISTS.v1];
	const limited = (list: (typeof lists)[number], limit: number): IDataObject => ({
		...list.parameters,
		...TWO_DAYS,
		returnAll: false,
		limit,
	});

	const TOLD = (limit: number) =>
		expect.stringMatching(
			new RegExp(`^The limit of ${limit} (conversations|customers) was reached.*'Return All'`),
		) as string;

	test.each(lists)('tell that there is more than the limit of $name', async (list) => {
		for (const limit of [1, 19, 20, 40, 59]) {
			const { hints, json } = await succeed(sim, { ...limited(list, limit), limit: `={{ ${limit} }}` });
			expect(json).toHaveLength(limit);
			expect(hints).toEqual([TOLD(limit)]);
		}
	});

	test("leave that to n8n's editor where it tells by itself: as many items as Limit says", async () => {
		expect((await succeed(sim, limited(LISTS.created, 5))).hints).toEqual([]);
		expect((await succeed(sim, { ...limited(LISTS.created, 5), limit: '5' })).hints).toEqual([TOLD(5)]);
		const { limit: unsaid, ...rest } = limited(LISTS.created, 50);
		expect([unsaid, (await succeed(sim, rest)).hints]).toEqual([50, []]);
	});

	test('tell it where the items of several inputs are more than Limit says, once', async () => {
		const { hints, json } = await succeed(sim, limited(LISTS.created, 5), { input: [{}, {}, {}] });
		expect(json).toHaveLength(15);
		expect(hints).toEqual([TOLD(5)]);
	});

	test.each(lists)('tell nothing when the limit of $name is exactly all or more', async (list) => {
		// in windows that were not read yet there may be more, which only one window of v1 can rule out
		const range = list === LISTS.v1 ? { to: '2026-03-10T11:00:00+08:00' } : {};
		const all = (await succeed(sim, { ...list.parameters, ...TWO_DAYS, ...range })).json.length;
		for (const limit of [all, all + 1]) {
			const { hints, json } = await succeed(sim, { ...limited(list, limit), ...range });
			expect([json.length, hints]).toEqual([all, []]);
		}
	});

	test('do not come for Return All', async () => {
		expect((await succeed(sim, { ...LISTS.created.parameters, ...TWO_DAYS })).hints).toEqual([]);
	});
});
