import type { LaiguClient, Simulator } from '../../simulator';
import { DEFAULT_SWITCHES } from '../../simulator';
import { formatBeijing, parseBeijing } from '../../simulator/time';
import {
	CLIENTS,
	SERVICE,
	UPDATED,
	V1,
	V2,
	client,
	conversation,
	get,
	listOf,
	plain,
	start,
	stopAll,
	trackIdsOf,
	v1Query,
	v2Query,
} from './helpers';

const conversations = [1, 2, 3].map((id) =>
	conversation(id, `2026-03-10 01:00:0${id}.000000`, { conv_agent_msg_count: 4, converse_duration: '90' }),
);
const clients = ['cc', 'aa', 'bb', 'dd', 'ee'].map((id, index) => client(id, `2026-03-10T01:00:0${index}Z`));
const NEVER = { from: '2026-01-01 00:00:00', to: '2026-01-01 01:00:00' };
const HALF_DAY = { from: '2026-03-10 00:00:00', to: '2026-03-10 12:00:00' };

let simulator: Simulator;

beforeAll(async () => {
	simulator = await start({ conversations, clients });
});

beforeEach(() => {
	Object.assign(simulator.switches, DEFAULT_SWITCHES);
});

afterAll(stopAll);

describe('envelope', () => {
	test.each(['result', 'data', 'rows'] as const)('%s', async (envelope) => {
		simulator.switches.envelope = envelope;
		expect(await get(simulator, V2, v2Query())).toMatchObject({
			errno: 0,
			errmsg: '',
			[envelope]: { length: 3 },
			next_page_token: '',
		});
		expect(await get(simulator, CLIENTS, v2Query())).toMatchObject({ [envelope]: { length: 5 } });
	});

	test('named', async () => {
		simulator.switches.envelope = 'named';
		expect(await get(simulator, V2, v2Query())).toMatchObject({ conversations: { length: 3 }, next_page_token: '' });
		expect(await get(simulator, UPDATED, v2Query())).toMatchObject({ clients: { length: 5 }, next_page_token: '' });
	});

	test('nested, the token beside the list', async () => {
		simulator.switches.envelope = 'nested';
		const reply = await get(simulator, V2, v2Query(undefined, 2));
		expect(reply).toMatchObject({
			errno: 0,
			data: { conversations: { length: 2 }, next_page_token: expect.stringMatching(/./) as string },
		});
		expect(reply).not.toHaveProperty('next_page_token');
		expect(await get(simulator, CLIENTS, v2Query())).toMatchObject({
			data: { clients: { length: 5 }, next_page_token: '' },
		});
	});

	test('v1 has its own', async () => {
		simulator.switches.envelope = 'nested';
		expect(listOf(await get(simulator, V1, v1Query(HALF_DAY)))).toHaveLength(3);
	});

	test('a v2 success without errno', async () => {
		simulator.switches.successErrno = 'absent';
		const reply = await get(simulator, V2, v2Query());
		expect(reply).not.toHaveProperty('errno');
		expect(reply).not.toHaveProperty('errmsg');
		expect(listOf(reply)).toHaveLength(3);
	});
});

test.each([
	['empty', ''],
	['null', null],
] as const)('the last token is %s', async (lastToken, expected) => {
	simulator.switches.lastToken = lastToken;
	expect((await get(simulator, V2, v2Query())).next_page_token).toBe(expected);
});

test('the last token is absent', async () => {
	simulator.switches.lastToken = 'absent';
	expect(await get(simulator, V2, v2Query())).not.toHaveProperty('next_page_token');
	expect(await get(simulator, V2, v2Query(undefined, 1))).toHaveProperty('next_page_token');
});

test.each(['result', 'data', 'named', 'rows', 'nested'] as const)(
	'an empty list is null in the envelope %s',
	async (envelope) => {
		Object.assign(simulator.switches, { envelope, emptyList: 'null' });
		const reply = await get(simulator, V2, v2Query(NEVER));
		expect(reply.errno).toBe(0);
		expect(reply.text).toContain(':null');
		expect((await get(simulator, V2, v2Query())).text).toContain('"conv_id":1');
		expect((await get(simulator, V1, v1Query(NEVER))).text).toContain('"result":null');
	},
);

describe('the HTTP status of an errno', () => {
	const wrong = { authorization: 'Bearer wrong' };
	const statuses = async () => {
		const { enterpriseId } = simulator.account;
		simulator.addFault({ kind: '10014', times: 1, match: /limit=14/ });
		simulator.addFault({ kind: '10015', times: 1, match: /limit=15/ });
		return [
			(await plain(simulator, V2, { enterprise_id: enterpriseId, ...v2Query() }, wrong)).status,
			(await get(simulator, '/none')).status,
			(await get(simulator, V2, v2Query(undefined, 21))).status,
			(await get(simulator, V2, v2Query(undefined, 14))).status,
			(await get(simulator, V2, v2Query(undefined, 15))).status,
			(await get(simulator, V2, v2Query(undefined, 0))).status,
		];
	};

	test('ok: always 200', async () => {
		expect(await statuses()).toEqual([200, 200, 200, 200, 200, 200]);
	});

	test('http: the fitting one', async () => {
		simulator.switches.errnoStatus = 'http';
		expect(await statuses()).toEqual([401, 404, 400, 429, 500, 400]);
	});
});

test('counts as numbers or as strings', async () => {
	const counts = async () => {
		const [first] = listOf(await get(simulator, V2, v2Query()));
		return [first.conv_agent_msg_count, first.converse_duration];
	};
	expect(await counts()).toEqual([4, 90]);
	simulator.switches.countsAs = 'string';
	expect(await counts()).toEqual(['4', '90']);
	expect(await get(simulator, `${V1}/1`, { conv_id: 1 })).toMatchObject({ result: { conv_agent_msg_count: '4' } });
	expect(simulator.store.conversations[0].conv_agent_msg_count).toBe(4);
});

test('the order of clients', async () => {
	const order = async () => trackIdsOf(listOf<LaiguClient>(await get(simulator, CLIENTS, v2Query())));
	expect(await order()).toEqual(['cc', 'aa', 'bb', 'dd', 'ee']);
	simulator.switches.clientOrder = 'trackId';
	expect(await order()).toEqual(['aa', 'bb', 'cc', 'dd', 'ee']);
	simulator.switches.clientOrder = 'shuffled';
	const shuffled = await order();
	expect([...shuffled].sort()).toEqual(['aa', 'bb', 'cc', 'dd', 'ee']);
	expect(shuffled).not.toEqual(['aa', 'bb', 'cc', 'dd', 'ee']);
	expect(trackIdsOf(listOf<LaiguClient>(await get(simulator, UPDATED, v2Query())))).toEqual([
		'aa',
		'bb',
		'cc',
		'dd',
		'ee',
	]);
});

test('accepted forms of v2 times', async () => {
	const from = parseBeijing(HALF_DAY.from) ?? 0;
	const to = parseBeijing(HALF_DAY.to) ?? 0;
	const written = {
		string: [formatBeijing(from, 0), formatBeijing(to, 0)],
		stringMicroseconds: [formatBeijing(from), formatBeijing(to)],
		epochSeconds: [String(from / 1e6), String(to / 1e6)],
		epochMicroseconds: [String(from), String(to)],
	};
	const names = Object.keys(written) as Array<keyof typeof written>;
	for (const accepted of names) {
		simulator.switches.timeForms = [accepted];
		for (const sent of names) {
			const reply = await get(simulator, V2, v2Query({ from: written[sent][0], to: written[sent][1] }));
			expect(reply).toMatchObject(
				sent === accepted ? { errno: 0 } : { errno: 10016, errmsg: 'The param of from_tm is invalid.' },
			);
		}
	}
});

test('conv_id in the query of the single conversation', async () => {
	expect((await get(simulator, `${V1}/1`)).errmsg).toBe('The param of conv_id is invalid.');
	simulator.switches.convIdInQuery = 'optional';
	expect((await get(simulator, `${V1}/1`)).errno).toBe(0);
	expect((await get(simulator, `${V1}/1`, { conv_id: 2 })).errno).toBe(10016);
});

test('the errno of a wrong enterprise', async () => {
	simulator.switches.wrongEnterprise = '10011';
	expect((await get(simulator, V2, { ...v2Query(), enterprise_id: 5 })).errno).toBe(10011);
});

test('reports that want the enterprise', async () => {
	const { accessToken, enterpriseId } = simulator.account;
	const headers = { authorization: `Bearer ${accessToken}` };
	const window = { from_tm: HALF_DAY.from, to_tm: HALF_DAY.to };
	expect(await plain(simulator, SERVICE, window, headers)).toHaveProperty('rows');
	simulator.switches.reportsNeedEnterprise = true;
	expect((await plain(simulator, SERVICE, window, headers)).errmsg).toBe('The param of enterprise_id is invalid.');
	expect(await plain(simulator, SERVICE, { ...window, enterprise_id: enterpriseId }, headers)).toHaveProperty('rows');
});
