import type { IExecuteFunctions } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { answering, stopAnswering } from './answering';
import { Doing } from './contexts';
import { nodeOf, runLaigu } from './engine';
import { signOf, start, stopAll, tokenOf } from './world';

let sim: Simulator;

beforeAll(async () => {
	sim = await start({ conversations: [], clients: [] });
});
beforeEach(() => {
	sim.resetRequests();
});
afterAll(async () => {
	await stopAll();
	await stopAnswering();
});

const DOING = 'test.doing';

/** Does something in a node behind Start, in the place of n8n's HTTP Request node. */
async function doing(what: (context: IExecuteFunctions) => Promise<unknown>, credentials = tokenOf(sim)) {
	const { run } = await runLaigu({
		parameters: {},
		credentials,
		node: { disabled: true },
		around: {
			nodes: [nodeOf('Doing', DOING)],
			connections: { Laigu: { main: [[{ node: 'Doing', type: 'main', index: 0 }]] } },
			types: { [DOING]: new Doing(what) },
		},
	});
	const [task] = run.data.resultData.runData.Doing;
	return { result: task.data?.main[0]?.[0].json.result, error: task.error };
}

const WINDOW = { from_tm: '2026-03-10 00:00:00', to_tm: '2026-03-11 00:00:00' };
const PATHS: Array<[string, Record<string, string | number>]> = [
	['/v2/conversations', { ...WINDOW, limit: 20, page_token: '' }],
	['/v2/clients/updated', { ...WINDOW, limit: 20, page_token: '' }],
	[
		'/v1/conversations',
		{ conv_start_from_tm: '2026-03-10 00:00:00', conv_start_to_tm: '2026-03-10 10:00:00', limit: 20, offset: 0 },
	],
	['/unified-api/datagateway/v1/reports/agent_service', WINDOW],
];

type Query = Record<string, string | number>;
type Request = (context: IExecuteFunctions, url: string, qs: Query) => Promise<unknown>;

const SHAPES: Array<[string, Request]> = [
	[
		// what n8n's HTTP Request node uses: the older helper, with `uri`
		'requestWithAuthentication with uri',
		async (context, uri, qs) =>
			(await context.helpers.requestWithAuthentication.call(context, 'laiguApi', {
				method: 'GET',
				uri,
				qs,
				json: true,
			})) as unknown,
	],
	[
		'httpRequestWithAuthentication with url',
		async (context, url, qs) =>
			(await context.helpers.httpRequestWithAuthentication.call(context, 'laiguApi', {
				method: 'GET',
				url,
				qs,
			})) as unknown,
	],
	[
		'httpRequestWithAuthentication with baseURL',
		async (context, address, qs) => {
			const { origin: baseURL, pathname, search } = new URL(address);
			const request = { method: 'GET' as const, baseURL, url: `${pathname}${search}`, qs };
			return (await context.helpers.httpRequestWithAuthentication.call(context, 'laiguApi', request)) as unknown;
		},
	],
];

describe.each(SHAPES)('%s', (_, request) => {
	test.each(PATHS)('%s is authenticated with token and with sign', async (path, qs) => {
		for (const credentials of [tokenOf(sim), signOf(sim)]) {
			const { result, error } = await doing(
				async (context) => await request(context, `${sim.url}${path}`, qs),
				credentials,
			);
			expect(error).toBeUndefined();
			expect(result).toMatchObject(path.startsWith('/unified') ? { rows: [] } : { errno: 0, result: [] });
		}
		const [withToken, withSign] = sim.requests;
		const { accessToken, appId, sign, enterpriseId } = sim.account;
		expect(withToken.headers.authorization).toBe(`Bearer ${accessToken}`);
		expect(withToken.query.enterprise_id).toBe(`${enterpriseId}`);
		expect(withToken.url).not.toMatch(/app_id|sign=/);
		expect(withSign.headers).not.toHaveProperty('authorization');
		if (path.startsWith('/v1/')) expect(withSign.query).toMatchObject({ app_id: appId, sign });
		else expect(withSign.headers).toMatchObject({ 'x-app-id': appId, 'x-sign': sign });
	});

	test('a single conversation with its ID in path and query', async () => {
		const { error } = await doing(
			async (context) => await request(context, `${sim.url}/v1/conversations/4711`, { conv_id: 4711 }),
		);
		expect(error).toBeUndefined();
		expect(sim.requests[0]).toMatchObject({ errno: 10016, query: { conv_id: '4711', enterprise_id: '10001' } });
	});

	test('an enterprise ID of the request itself stays', async () => {
		await doing(
			async (context) => await request(context, `${sim.url}/v2/clients`, { ...PATHS[0][1], enterprise_id: 42 }),
		);
		await doing(async (context) => await request(context, `${sim.url}/v2/clients?enterprise_id=43`, PATHS[0][1]));
		expect(sim.requests.map(({ query }) => query.enterprise_id)).toEqual(['42', '43']);
	});

	test('another host than that of the credential gets nothing', async () => {
		const other = await answering(() => ({ body: '{}' }));
		const { error } = await doing(async (context) => await request(context, `${other.url}/v2/clients`, {}));
		expect(error).toBeDefined();
		expect(other.asked).toEqual([]);
	});
});
