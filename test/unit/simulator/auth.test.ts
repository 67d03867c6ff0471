import type { Simulator } from '../../simulator';
import {
	CLIENTS,
	ONLINE,
	SERVICE,
	UPDATED,
	V1,
	V2,
	WIDE,
	conversation,
	plain,
	start,
	stopAll,
	v1Query,
	v2Query,
} from './helpers';

const lines: string[] = [];
let simulator: Simulator;

beforeAll(async () => {
	simulator = await start({
		conversations: [conversation(1, '2026-03-10 01:00:00.000000')],
		log: (line) => lines.push(line),
	});
});

beforeEach(() => {
	lines.length = 0;
});

afterAll(stopAll);

const HALF_DAY = { from: '2026-03-10 00:00:00', to: '2026-03-10 12:00:00' };
const bearer = () => ({ authorization: `Bearer ${simulator.account.accessToken}` });
const inHeaders = () => ({ 'x-app-id': simulator.account.appId, 'X-Sign': simulator.account.sign });
const inQuery = () => ({ app_id: simulator.account.appId, sign: simulator.account.sign });

const queryOf = (path: string) => ({
	enterprise_id: simulator.account.enterpriseId,
	...(path === V1 ? v1Query(HALF_DAY) : path.startsWith(V1) ? { conv_id: 1 } : v2Query(WIDE)),
});

const V1_PATHS = [V1, `${V1}/1`];
const HEADER_PATHS = [V2, CLIENTS, UPDATED, SERVICE, ONLINE];
const succeeded = (reply: { errno?: number; rows?: unknown }) => reply.errno === 0 || Array.isArray(reply.rows);

describe.each([...V1_PATHS, ...HEADER_PATHS])('%s', (path) => {
	const isV1 = path.startsWith('/v1');

	test('takes the access token', async () => {
		expect(succeeded(await plain(simulator, path, queryOf(path), bearer()))).toBe(true);
	});

	test('takes app_id and sign in their place only', async () => {
		const [there, headers] = isV1 ? [inQuery(), {}] : [{}, inHeaders()];
		expect(succeeded(await plain(simulator, path, { ...queryOf(path), ...there }, headers))).toBe(true);
		const [wrong, elsewhere] = isV1 ? [{}, inHeaders()] : [inQuery(), {}];
		expect((await plain(simulator, path, { ...queryOf(path), ...wrong }, elsewhere)).errno).toBe(10011);
	});

	test('refuses none, wrong ones and halves', async () => {
		const pair = isV1 ? inQuery() : inHeaders();
		const halves = Object.entries(pair).map(([name, value]) => ({ [name]: value }));
		const wrongs = Object.entries(pair).map(([name]) => ({ ...pair, [name]: 'no' }));
		for (const sent of [{}, ...halves, ...wrongs]) {
			const reply = isV1
				? await plain(simulator, path, { ...queryOf(path), ...sent })
				: await plain(simulator, path, queryOf(path), sent);
			expect(reply).toMatchObject({ errno: 10011, errmsg: 'Authentication failed. Please check app_id and sign.' });
		}
		for (const authorization of ['Bearer wrong', 'Bearer ', 'Basic abc', simulator.account.accessToken]) {
			expect((await plain(simulator, path, queryOf(path), { authorization })).errno).toBe(10011);
		}
	});

	test('refuses both kinds at once, and the log says why', async () => {
		const [query, headers] = isV1 ? [inQuery(), bearer()] : [{}, { ...bearer(), ...inHeaders() }];
		expect((await plain(simulator, path, { ...queryOf(path), ...query }, headers)).errno).toBe(10011);
		await new Promise(setImmediate);
		expect(lines.join('\n')).toContain('both kinds of authentication sent');
	});

	test('no secret is in the log', async () => {
		await plain(simulator, path, { ...queryOf(path), ...inQuery() }, { ...bearer(), ...inHeaders() });
		await new Promise(setImmediate);
		expect(lines).toHaveLength(1);
		for (const secret of [simulator.account.accessToken, simulator.account.appId, simulator.account.sign])
			expect(lines[0]).not.toContain(secret);
	});
});

test('reports that know the access token only', async () => {
	simulator.switches.reportsAccept = 'bearer';
	expect((await plain(simulator, SERVICE, queryOf(SERVICE), inHeaders())).errno).toBe(10011);
	expect((await plain(simulator, SERVICE, queryOf(SERVICE), bearer())).rows).toHaveLength(1);
	simulator.switches.reportsAccept = 'both';
});

test('another account', async () => {
	const other = await start({ account: { accessToken: 'mine', enterpriseId: 77 }, conversations: [] });
	expect(other.account).toMatchObject({ accessToken: 'mine', enterpriseId: 77, sign: simulator.account.sign });
	const reply = await plain(other, V2, { ...v2Query(), enterprise_id: 77 }, { authorization: 'Bearer mine' });
	expect(reply.errno).toBe(0);
});
