import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { signatureFor, type LaiguClient, type LaiguConversation, type Simulator } from '../../simulator';
import { useVirtualTime } from '../../virtualTime';
import { CLIENTS, UPDATED, V1, V2, WIDE, conversation, get, listOf, start, stopAll, v2Query } from './helpers';
import { ask, closeReceivers, post, receiver } from './pageHelpers';

const NOW = new Date('2026-03-10T15:00:00+08:00');
const SECRET = 'a secret, 密钥';
const BROWSER_FILES = join(__dirname, '../../simulator/page/browser');

afterEach(async () => {
	await stopAll();
	await closeReceivers();
});

/** A simulator whose page sends to a receiver. */
async function connected(status = 200) {
	const { url, received } = await receiver(status);
	const simulator = await start({ now: NOW, page: { webhook: { url, secret: SECRET } } });
	return { simulator, received, url };
}

async function allClients(simulator: Simulator, path = CLIENTS): Promise<LaiguClient[]> {
	const window = { from: '2026-03-10 15:00:00', to: WIDE.to };
	return listOf<LaiguClient>(await get(simulator, path, v2Query(window)));
}

describe('the page', () => {
	test('stands at the address, and loads nothing from elsewhere', async () => {
		const simulator = await start({ conversations: [] });
		const { status, headers, text } = await ask(simulator, '/');
		expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
		expect(headers['content-security-policy']).toContain("default-src 'none'");
		expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
		const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path);
		expect(files).toEqual(expect.arrayContaining(['/simulator/page.css', '/simulator/page.mjs']));
		for (const path of files) {
			expect(path).toMatch(/^\/simulator\//);
			expect((await ask(simulator, path)).status).toBe(200);
		}
		for (const name of await readdir(BROWSER_FILES)) {
			const source = await readFile(join(BROWSER_FILES, name), 'utf8');
			expect(source.match(/https?:\/\/(?!127\.0\.0\.1)\w[\w.]*/g)).toBeNull();
			for (const [, imported] of source.matchAll(/from '\.\/([^']+)'/g))
				expect((await ask(simulator, `/simulator/${imported}`)).status).toBe(200);
		}
	});

	test('is no request to the API: neither counted nor limited nor spoiled', async () => {
		const simulator = await start({ conversations: [], faults: [{ kind: '500' }], rateLimit: { perSecond: 0.1 } });
		for (const path of ['/', '/', '/simulator/page.css']) expect((await ask(simulator, path)).status).toBe(200);
		expect((await ask(simulator, '/', { method: 'HEAD' })).text).toBe('');
		expect(simulator.requests).toEqual([]);
	});

	test.each([
		['POST', '/', {}],
		['GET', '/', { authorization: 'Bearer x' }],
		['GET', '/', { 'x-app-id': 'x' }],
		['GET', '/?app_id=x&sign=y', {}],
		['GET', '/index.html', {}],
		['GET', '/simulator', {}],
	])('%s %s with %j is still the API’s to answer', async (method, path, headers) => {
		const simulator = await start({ conversations: [] });
		expect((await ask(simulator, path, { method, headers })).json).toEqual({
			errno: 10012,
			errmsg: 'URL is error. Please check url.',
		});
	});
});

describe('the buttons', () => {
	test.each([
		['sendLead', 'client.created', 'client'],
		['editLead', 'client.updated', 'client'],
		['deleteLead', 'client.deleted', 'client'],
		['beginConversation', 'conversation.created', 'conversation'],
		['endConversation', 'conversation.closed', 'conversation'],
	])('%s sends %s, signed', async (action, event, key) => {
		const { simulator, received } = await connected();
		const { status, json } = await post(simulator, `actions/${action}`);
		expect(status).toBe(200);
		expect(json).toMatchObject({ action, event, answer: { status: 200, text: '{"message":"Workflow was started"}' } });
		expect(received).toHaveLength(1);
		const [{ body, headers, raw }] = received;
		expect(Object.keys(body)).toEqual(['id', 'event', 'enterprise_token', 'created_at', key]);
		expect(body).toMatchObject({ event, created_at: NOW.getTime() / 1000 });
		expect(headers).toMatchObject({
			'content-type': 'application/json; charset=utf-8',
			'user-agent': 'Go-http-client/1.1',
			'meiqia-signature': signatureFor(raw, SECRET),
		});
	});

	test('becomeLead sends the automation’s event, unsigned', async () => {
		const { simulator, received } = await connected();
		const { json } = await post(simulator, 'actions/becomeLead');
		expect(json).toMatchObject({ event: 'cus_became_leads' });
		const [{ body, headers }] = received;
		expect(Object.keys(body)).toEqual(['id', 'eventType', 'createdAt', 'body']);
		expect(body).toMatchObject({ eventType: 'cus_became_leads', createdAt: NOW.getTime() });
		expect(Object.keys(headers).filter((name) => /sign/.test(name))).toEqual([]);
		const [lead] = await allClients(simulator);
		expect(body.body).toMatchObject({ customerId: lead.track_id, phone: lead.tel });
	});

	test('a lead is in the API at once, as it was sent; then as edited; then gone', async () => {
		const { simulator, received } = await connected();
		const { record } = (await post(simulator, 'actions/sendLead')).json as { record: { id: string } };
		expect(await allClients(simulator)).toEqual([received[0].body.client]);
		expect(received[0].body.client).toMatchObject({ track_id: record.id, tel: expect.stringMatching(/./) as string });

		await post(simulator, 'actions/editLead');
		const [edited] = await allClients(simulator, UPDATED);
		expect(edited).toEqual(received[1].body.client);
		expect(edited).toMatchObject({
			track_id: record.id,
			created_on: (received[0].body.client as LaiguClient).created_on,
		});
		expect(edited).not.toEqual(received[0].body.client);

		await post(simulator, 'actions/deleteLead');
		expect(await allClients(simulator)).toEqual([]);
		expect(received[2].body.client).toEqual({
			track_id: record.id,
			enterprise_token: simulator.account.enterpriseToken,
		});
	});

	test('leads of one instant are different people, and the last is the last', async () => {
		const { simulator, received } = await connected();
		for (let i = 0; i < 5; i++) await post(simulator, 'actions/sendLead');
		await post(simulator, 'actions/editLead');
		const ids = received.map(({ body }) => (body.client as LaiguClient).track_id);
		expect(new Set(ids).size).toBe(5);
		expect(ids[5]).toBe(ids[4]);
		expect(new Set(received.map(({ body }) => body.id)).size).toBe(6);
		expect(await allClients(simulator)).toHaveLength(5);
	});

	test('a conversation from its first line to its end', async () => {
		const { simulator, received } = await connected();
		const { record } = (await post(simulator, 'actions/beginConversation')).json as { record: { id: string } };
		expect(received[0].body.conversation).toMatchObject({ conv_id: Number(record.id), conv_end_tm: null });
		const own = await post(simulator, 'actions/customerWrites', { text: '  我要报价 <b>"现在"</b>  ' });
		expect(own.json).toMatchObject({ record, text: '我要报价 <b>"现在"</b>' });
		expect(own.json).not.toHaveProperty('event');
		const madeUp = await post(simulator, 'actions/customerWrites');
		expect(madeUp.json.text).not.toBe('');
		expect(received).toHaveLength(1);

		await post(simulator, 'actions/endConversation');
		const ended = received[1].body.conversation as LaiguConversation;
		expect(ended).toMatchObject({ conv_id: Number(record.id), effective: 'true', missed: 'false' });
		expect(ended.conv_content?.map(({ content }) => content)).toEqual(
			expect.arrayContaining(['我要报价 <b>"现在"</b>', madeUp.json.text]),
		);
		const times = (ended.conv_content ?? []).map(({ timestamp }) => timestamp);
		expect(times).toEqual([...times].sort());
		expect(ended.conv_visitor_msg_count).toBe(ended.conv_content?.filter(({ from }) => from === 'client').length);
		const window = { from: '2026-03-10 15:00:00', to: WIDE.to };
		expect(listOf(await get(simulator, V2, v2Query(window)))).toEqual([ended]);
		expect((await get(simulator, `${V1}/${record.id}`, { conv_id: record.id })).result).toEqual(ended);
	});

	test('End the conversation takes the newest open one', async () => {
		const open = [
			conversation(7, null, { conv_start_tm: '2026-03-10 14:00:00.000000' }),
			conversation(9, null, { conv_start_tm: '2026-03-10 13:00:00.000000' }),
			conversation(8, '2026-03-10 14:30:00.000000', { conv_start_tm: '2026-03-10 14:10:00.000000' }),
		];
		const simulator = await start({ now: NOW, conversations: open });
		const ended = async () => ((await post(simulator, 'actions/endConversation')).json.record as { id: string }).id;
		expect([await ended(), await ended()]).toEqual(['7', '9']);
		expect(simulator.store.conversation(7)).toMatchObject({ conv_end_tm: '2026-03-10 15:00:00.000000' });
		expect(simulator.store.conversation(8)).toBe(open[2]);
	});

	test('without an open one, End the conversation makes one with all that was said', async () => {
		const simulator = await start({ now: NOW, conversations: [] });
		const { record } = (await post(simulator, 'actions/endConversation')).json as { record: { id: string } };
		const made = simulator.store.conversation(Number(record.id));
		expect(made?.conv_end_tm).toBe('2026-03-10 15:00:00.000000');
		expect(made?.conv_content?.length).toBeGreaterThan(4);
		expect(made?.client_info?.tel).toBeTruthy();
		expect(Number(made?.converse_duration)).toBeGreaterThan(0);
		const again = (await post(simulator, 'actions/endConversation')).json.record as { id: string };
		expect(again.id).not.toBe(record.id);
	});

	test('without a lead, Edit and Delete say so', async () => {
		const { url, received } = await receiver();
		const simulator = await start({ now: NOW, conversations: [], page: { webhook: { url } } });
		for (const action of ['editLead', 'deleteLead'])
			expect(await post(simulator, `actions/${action}`)).toMatchObject({ status: 409, json: { reason: 'noLead' } });
		expect(received).toEqual([]);
	});

	test('live demo data leaves alone what was done by hand', async () => {
		let now = new Date('2026-03-10T20:00:00+08:00');
		const simulator = await start({ now: () => now, live: true, days: 3, conversationsPerDay: 200 });
		const ended = (await post(simulator, 'actions/endConversation')).json.record as { id: string };
		const edited = (await post(simulator, 'actions/editLead')).json.record as { id: string };
		const kept = [simulator.store.conversation(Number(ended.id)), simulator.store.client(edited.id)];
		const sent = (await post(simulator, 'actions/sendLead')).json.record as { id: string };
		const before = simulator.store.clients.length;
		now = new Date('2026-03-11T20:00:00+08:00');
		const deleted = simulator.store.clients.find(({ tel }) => tel) as LaiguClient;
		simulator.store.deleteClient(deleted.track_id);
		await get(simulator, V2, v2Query());
		expect(simulator.store.clients.length).toBeGreaterThan(before);
		expect([simulator.store.conversation(Number(ended.id)), simulator.store.client(edited.id)]).toEqual(kept);
		expect(simulator.store.client(sent.id)).toBeDefined();
		expect(simulator.store.client(deleted.track_id)).toBeUndefined();
	});
});

describe('the webhook', () => {
	test('what is in the fields goes along with a button, and stays', async () => {
		const { url, received } = await receiver();
		const simulator = await start({ now: NOW, conversations: [] });
		expect((await post(simulator, 'actions/sendLead')).json).not.toHaveProperty('answer');
		await post(simulator, 'actions/sendLead', { webhook: { url: ` ${url} `, secret: SECRET } });
		await post(simulator, 'actions/sendLead');
		expect(received.map(({ raw, headers }) => headers['meiqia-signature'] === signatureFor(raw, SECRET))).toEqual([
			true,
			true,
		]);
		await post(simulator, 'webhook', { webhook: { secret: '' } });
		await post(simulator, 'actions/sendLead');
		expect(received[2].headers).not.toHaveProperty('meiqia-signature');
		await post(simulator, 'webhook', { webhook: { url: '' } });
		expect((await post(simulator, 'actions/sendLead')).json).not.toHaveProperty('answer');
		expect(received).toHaveLength(3);
	});

	test('an answer of any status is told, and so is none', async () => {
		const { simulator, url } = await connected(404);
		expect((await post(simulator, 'actions/sendLead')).json).toMatchObject({ answer: { status: 404 } });
		await closeReceivers();
		const { json } = await post(simulator, 'actions/sendLead');
		expect(json).toMatchObject({ event: 'client.created', answer: { status: 0 } });
		expect((json.answer as { text: string }).text).toContain(new URL(url).port);
	});

	describe('one that never answers', () => {
		useVirtualTime();

		test('is told after twenty seconds', async () => {
			const { url } = await receiver('never');
			const simulator = await start({ now: NOW, conversations: [], page: { webhook: { url } } });
			const before = Date.now();
			const { answer } = (await post(simulator, 'actions/sendLead')).json;
			expect(answer).toMatchObject({ status: 0, text: 'no whole answer within 20 s' });
			expect(Date.now() - before).toBeGreaterThanOrEqual(20_000);
			expect(simulator.store.clients).toHaveLength(1);
		});
	});

	test.each([
		'http://example.com/webhook',
		'https://127.0.0.1.example.com/',
		'http://192.168.1.2:5678/webhook',
		'http://localhost.example.com/',
		'http://0.0.0.0/',
		'http://user@example.com:80/127.0.0.1',
		'http://[::2]/',
	])('%s is refused, nothing is done, and a sentence says why', async (url) => {
		const simulator = await start({ now: NOW, conversations: [] });
		const { status, json } = await post(simulator, 'actions/sendLead', { webhook: { url } });
		expect([status, json.reason]).toEqual([422, 'webhookElsewhere']);
		expect(json.message).toContain('--webhooks-anywhere');
		expect(simulator.store.clients).toEqual([]);
		await expect(start({ page: { webhook: { url } } })).rejects.toThrow('--webhooks-anywhere');
	});

	test.each(['127.0.0.1:1', 'ftp://127.0.0.1/', 'file:///etc/passwd', 'webhook'])(
		'%s is no URL of a webhook',
		async (url) => {
			const simulator = await start({ conversations: [] });
			const { status, json } = await post(simulator, 'webhook', { webhook: { url } });
			expect([status, json.reason]).toEqual([422, 'webhookUrl']);
		},
	);

	test.each(['http://127.0.0.1:1/x', 'http://localhost:1/x', 'http://[::1]:1/x', 'http://127.8.9.1:1/'])(
		'%s is this machine',
		async (url) => {
			const simulator = await start({ conversations: [] });
			expect(await post(simulator, 'webhook', { webhook: { url } })).toMatchObject({ status: 200, json: { url } });
		},
	);

	test('the flag lets them go anywhere', async () => {
		const simulator = await start({ conversations: [], page: { webhooksAnywhere: true } });
		const url = 'https://n8n.example.com/webhook/x';
		expect((await post(simulator, 'webhook', { webhook: { url } })).json).toMatchObject({ url });
	});
});

describe('only the page itself may do something', () => {
	const refusals: Array<[string, { method?: string; headers?: Record<string, string> }, number]> = [
		['a foreign origin', { headers: { origin: 'http://evil.example' } }, 403],
		['another server on this machine', { headers: { origin: 'http://127.0.0.1:1' } }, 403],
		['the same origin over https', { headers: { origin: 'https://127.0.0.1' } }, 403],
		['an opaque origin', { headers: { origin: 'null' } }, 403],
		['no origin', { headers: { origin: '' } }, 403],
		['a foreign Host (DNS rebinding)', { headers: { host: 'evil.example', origin: 'http://evil.example' } }, 403],
		[
			'a Host that looks like ours',
			{ headers: { host: '127.0.0.1.evil.example', origin: 'http://127.0.0.1.evil.example' } },
			403,
		],
		['another site, says the browser', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
		['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415],
		['plain text', { headers: { 'content-type': 'text/plain' } }, 415],
		['GET', { method: 'GET' }, 405],
		['PUT', { method: 'PUT' }, 405],
		['OPTIONS', { method: 'OPTIONS' }, 405],
	];

	test.each(refusals)('%s is refused', async (_, { method = 'POST', headers = {} }, status) => {
		const simulator = await start({ now: NOW, conversations: [] });
		const own = { origin: simulator.url, 'content-type': 'application/json' };
		for (const path of ['actions/sendLead', 'actions/endConversation', 'troubles/closed', 'webhook']) {
			const sent = Object.fromEntries(Object.entries({ ...own, ...headers }).filter(([, value]) => value !== ''));
			const body = /^(GET|OPTIONS)$/.test(method) ? undefined : '{"on":true,"webhook":{"url":"http://127.0.0.1:1"}}';
			const reply = await ask(simulator, `/simulator/${path}`, { method, headers: sent, body });
			expect(reply.status).toBe(status);
			expect(reply.headers).not.toHaveProperty('access-control-allow-origin');
		}
		expect([simulator.store.clients, simulator.store.conversations]).toEqual([[], []]);
		expect(simulator.page.snapshot()).toMatchObject({ webhook: { url: '' }, troubles: { closed: false } });
	});

	test('localhost and ::1 are this machine, too', async () => {
		const simulator = await start({ now: NOW, conversations: [] });
		for (const host of [`localhost:${simulator.port}`, `[::1]:${simulator.port}`, 'LOCALHOST:80'])
			expect((await post(simulator, 'actions/sendLead', {}, { host, origin: `http://${host}` })).status).toBe(200);
	});

	test.each(['/', '/simulator/events', '/simulator/page.mjs'])(
		'%s is read under a loopback Host only',
		async (path) => {
			const simulator = await start({ conversations: [] });
			for (const host of ['evil.example', 'evil.example:8787', '10.0.0.1'])
				expect((await ask(simulator, path, { headers: { host } })).status).toBe(403);
			expect((await ask(simulator, path, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
		},
	);

	test.each([
		['actions/nothing', '{}', 404],
		['actions/constructor', '{}', 404],
		['troubles/toString', '{}', 404],
		['actions', '{}', 404],
		['nothing', '{}', 404],
		['../page/page.ts', '{}', 404],
		['actions/sendLead', '{', 400],
		['actions/sendLead', '[]', 400],
		['actions/sendLead', 'null', 400],
		['actions/sendLead', `{"text":"${'x'.repeat(70_000)}"}`, 413],
	])('%s, case %#', async (path, body, status) => {
		const simulator = await start({ conversations: [] });
		const headers = { origin: simulator.url, 'content-type': 'application/json' };
		expect((await ask(simulator, `/simulator/${path}`, { method: 'POST', headers, body })).status).toBe(status);
		expect(simulator.store.clients).toEqual([]);
	});
});
