import type { LaiguClient, LaiguConversation, Simulator } from '../../simulator';
import {
	CLIENTS,
	ONLINE,
	SERVICE,
	UPDATED,
	V1,
	V2,
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

const HALF_DAY = { from: '2026-03-10 00:00:00', to: '2026-03-10 12:00:00' };
const DAY = { from: '2026-03-10 00:00:00', to: '2026-03-10 23:59:59' };

const conversations: LaiguConversation[] = [
	conversation(30, '2026-03-10 01:00:00.000001', {
		conv_agent_msg_count: 4,
		agent_ID: '7',
		unknown_field: { deep: true },
	}),
	conversation(10, '2026-03-10 02:00:00.000000'),
	conversation(20, '2026-03-11 02:00:00.000000'),
	conversation(40, null),
];

const clients: LaiguClient[] = [
	client('bbb', '2026-03-09T20:00:00.5Z', '2026-03-20T00:00:00Z'),
	client('aaa', '2026-03-10T01:00:00Z', '2026-03-10T02:00:00.123456789Z', { tel: '', weixin: 'wx_demo' }),
	client('ccc', '2026-03-10T01:00:00Z', '2026-03-10T02:00:00Z', { tel: '' }),
	client('ddd', '2026-03-10T01:30:00Z', '2026-03-10T01:30:00Z', { tel: '', qq: '10000' }),
];

let simulator: Simulator;

beforeAll(async () => {
	simulator = await start({ conversations, clients });
});

afterAll(stopAll);

describe('v1', () => {
	test('the list holds what ended in the window, by conv_id', async () => {
		const reply = await get(simulator, V1, v1Query(HALF_DAY));
		expect(reply).toMatchObject({ status: 200, errno: 0, errmsg: '' });
		expect(idsOf(listOf(reply))).toEqual([10, 30]);
	});

	test('offset and limit', async () => {
		expect(idsOf(listOf(await get(simulator, V1, v1Query(HALF_DAY, 1, 1))))).toEqual([30]);
		expect(idsOf(listOf(await get(simulator, V1, v1Query(HALF_DAY, 1, 2))))).toEqual([]);
	});

	test('a single conversation comes whole, with the fields nobody knows', async () => {
		const reply = await get(simulator, `${V1}/30`, { conv_id: 30 });
		expect(reply).toMatchObject({ errno: 0, errmsg: '', result: conversations[0] });
	});

	test('an open conversation has no end', async () => {
		const reply = await get(simulator, `${V1}/40`, { conv_id: 40 });
		expect((reply.result as LaiguConversation).conv_end_tm).toBeNull();
	});

	test.each(['31', 'abc', '%E0%A4%A'])('conversation %s is not there', async (id) => {
		const reply = await get(simulator, `${V1}/${id}`, { conv_id: 30 });
		expect(reply).toMatchObject({ errno: 10016, errmsg: 'The param of conv_id is invalid.', result: null });
	});

	test('conv_id of path and query have to agree', async () => {
		expect((await get(simulator, `${V1}/30`, { conv_id: 10 })).errno).toBe(10016);
	});

	test.each(['1773100000', '2026-03-10T00:00:00', '2026-03-10 00:00:00.000000'])(
		'the time %s is refused',
		async (from) => {
			const reply = await get(simulator, V1, v1Query({ from, to: HALF_DAY.to }));
			expect(reply).toMatchObject({
				errno: 10016,
				errmsg: 'The param of conv_start_from_tm is invalid.',
				result: null,
			});
		},
	);

	test.each(['-1', '1.5', 'x', ''])('the offset %p is refused', async (offset) => {
		const reply = await get(simulator, V1, { ...v1Query(HALF_DAY), offset });
		expect(reply.errmsg).toBe('The param of offset is invalid.');
	});
});

describe('v2', () => {
	test('conversations by their end, open ones never', async () => {
		const reply = await get(simulator, V2, v2Query());
		expect(reply).toMatchObject({ status: 200, errno: 0, errmsg: '', next_page_token: '' });
		expect(idsOf(listOf(reply))).toEqual([10, 20, 30]);
		expect(idsOf(listOf(await get(simulator, V2, v2Query(DAY))))).toEqual([10, 30]);
	});

	test('clients by creation: asked in Beijing time, told in UTC, with a contact only', async () => {
		expect(trackIdsOf(listOf<LaiguClient>(await get(simulator, CLIENTS, v2Query(DAY))))).toEqual(['bbb', 'aaa', 'ddd']);
		const before = { from: '2026-03-10 00:00:00', to: '2026-03-10 04:00:00' };
		expect(listOf(await get(simulator, CLIENTS, v2Query(before)))).toEqual([]);
	});

	test('clients by last update, by track_id', async () => {
		expect(trackIdsOf(listOf<LaiguClient>(await get(simulator, UPDATED, v2Query(DAY))))).toEqual(['aaa', 'ddd']);
	});
});

describe('what every list wants', () => {
	const lists: Array<[string, Record<string, string | number>]> = [
		[V1, v1Query(HALF_DAY)],
		[V2, v2Query()],
		[CLIENTS, v2Query()],
		[UPDATED, v2Query()],
	];
	const cases = lists.flatMap(([path, query]) => Object.keys(query).map((name) => ({ path, query, name })));

	test.each(cases)('$path without $name', async ({ path, query, name }) => {
		const { [name]: _left, ...others } = query;
		expect(await get(simulator, path, others)).toMatchObject({
			errno: 10016,
			errmsg: `The param of ${name} is invalid.`,
		});
	});

	test.each(lists)('%s: limits', async (path, query) => {
		expect(await get(simulator, path, { ...query, limit: 20 })).toMatchObject({ errno: 0 });
		expect(await get(simulator, path, { ...query, limit: 21 })).toMatchObject({
			errno: 10013,
			errmsg: 'The param of limit in request is 21, exceed max value 20.',
		});
		for (const limit of ['0', '-1', 'ten', '2.5']) {
			expect(await get(simulator, path, { ...query, limit })).toMatchObject({
				errno: 10016,
				errmsg: 'The param of limit is invalid.',
			});
		}
	});

	test.each(lists)('%s: the enterprise', async (path, query) => {
		for (const id of ['1', '', 'abc']) {
			const reply = await get(simulator, path, { ...query, enterprise_id: id });
			expect(reply).toMatchObject({ errno: 10016, errmsg: 'The param of enterprise_id is invalid.' });
		}
	});
});

describe('paths', () => {
	test.each([
		'/',
		'/v2',
		'/v2/visitors',
		'/v1/conversations/',
		'/v2/conversations/1',
		'/unified-api/datagateway/v1/reports/other',
	])('%s is no endpoint', async (path) => {
		expect(await get(simulator, path)).toMatchObject({ errno: 10012, errmsg: 'URL is error. Please check url.' });
	});

	test('only GET is known', async () => {
		const response = await fetch(`${simulator.url}${V2}`, { method: 'POST', body: '{}' });
		expect(await response.json()).toMatchObject({ errno: 10012 });
	});

	test('an account whose API is not opened gets 10012 everywhere', async () => {
		const closed = await start({ conversations, apiOpened: false });
		for (const path of [V1, `${V1}/30`, V2, CLIENTS, UPDATED, SERVICE, ONLINE]) {
			expect(await get(closed, path, { ...v2Query(), ...v1Query() })).toMatchObject({ errno: 10012 });
		}
	});
});
