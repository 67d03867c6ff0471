import type { IDataObject } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { withCounts } from '../simulator/envelope';
import { parseBeijing } from '../simulator/time';
import { answering, credentialFor, stopAnswering } from './answering';
import { runLaigu } from './engine';
import { CONVERSATION, CUSTOMER } from './records';
import { ascending, LISTS, start, stopAll, succeed } from './world';

const DAY = { timeRange: 'custom', from: '2026-03-10T00:00:00+08:00', to: '2026-03-11T00:00:00+08:00' };
const CONVERSATIONS = { resource: 'conversation', operation: 'getAll', ...DAY };
const CUSTOMERS = { resource: 'customer', operation: 'getAll', ...DAY };

let one: Simulator;
let demo: Simulator;

beforeAll(async () => {
	one = await start({ conversations: [CONVERSATION], clients: [CUSTOMER] });
	demo = await start({ now: new Date('2026-03-10T15:00:00+08:00'), days: 6 });
});
afterAll(async () => {
	await stopAll();
	await stopAnswering();
});

/** As it is after a journey as JSON. */
const sent = <T>(value: T) => JSON.parse(JSON.stringify(value)) as T;

describe('raw', () => {
	test('conversations are exactly what the server sent', async () => {
		for (const apiVersion of ['v1', 'v2']) {
			const { json } = await succeed(one, { ...CONVERSATIONS, output: 'raw', options: { apiVersion } });
			expect(json).toEqual([CONVERSATION]);
			expect(Object.keys(json[0])).toEqual(Object.keys(CONVERSATION));
		}
		const range = { timeRange: 'custom', from: '2026-03-04T00:00:00', to: '2026-03-10T15:00:00' };
		const { json } = await succeed(demo, { ...LISTS.conversations.parameters, ...range });
		const [from, to] = [parseBeijing('2026-03-04 00:00:00') ?? 0, parseBeijing('2026-03-10 15:00:00') ?? 0];
		const stored = demo.store.conversations
			.filter(
				({ conv_end_tm: end }) => end !== null && (parseBeijing(end) ?? 0) >= from && (parseBeijing(end) ?? 0) < to,
			)
			.sort((a, b) => ascending(a.conv_id, b.conv_id));
		expect(stored.length).toBeGreaterThan(60);
		expect(json).toEqual(stored.map((each) => sent(withCounts(each, 'number'))));
	});

	test('customers are exactly what the server sent', async () => {
		expect((await succeed(one, { ...CUSTOMERS, output: 'raw' })).json).toEqual([CUSTOMER]);
		const range = { timeRange: 'custom', from: '2026-03-04T00:00:00', to: '2026-03-10T15:00:00' };
		const { json } = await succeed(demo, { ...LISTS.created.parameters, ...range });
		const byId = new Map(demo.store.clients.map((client) => [client.track_id, client]));
		expect(json.length).toBeGreaterThan(40);
		for (const record of json) expect(record).toEqual(sent(byId.get(record.track_id as string)));
	});

	test('numbers too large for JavaScript keep their digits', async () => {
		const big = '{"conv_id":1,"conv_end_tm":"2026-03-10 08:00:00.000000","advertiser_id":1234567890123456789}';
		const server = await answering(() => ({ body: `{"errno":0,"result":[${big}],"next_page_token":""}` }));
		const { json } = await runLaigu({
			parameters: { ...CONVERSATIONS, output: 'raw' },
			credentials: credentialFor(server.url),
		});
		expect(json).toEqual([
			{ conv_id: 1, conv_end_tm: '2026-03-10 08:00:00.000000', advertiser_id: '1234567890123456789' },
		]);
	});
});

test('simplified conversation', async () => {
	const { json } = await succeed(one, CONVERSATIONS);
	expect(json).toEqual([
		{
			conversationId: 9000000001,
			startedAt: '2026-03-10T10:42:33.465+08:00',
			endedAt: '2026-03-10T10:52:00.000+08:00',
			enterpriseId: 10001,
			visitorTags: ['VIP'],
			clientId: 77,
			clientInfo: { visitorName: '小红薯9', name: '王芳', tel: '＋86 138-0013-8000', weixin: 'wang_fang' },
			agentAccount: 'lin@example.com',
			agentName: 'Lin',
			agentId: '501',
			groupId: '3',
			groupName: 'Sales',
			advertiserId: '1234567890123456789',
			campaignName: 'Spring',
			campaignId: '55',
			convFirstRespWaitSeconds: 0,
			convAgentMsgCount: 1,
			convVisitorMsgCount: 1,
			convQualityGrade: 'gold',
			converseDuration: 566,
			effective: 'true',
			missed: 'false',
			mainChannel: 'redbook',
			subChannel: 'brand-a',
			fieldOfTomorrow: 'kept',
			lead: { phone: '13800138000', wechat: 'wang_fang' },
			attribution: { channel: 'redbook', account: 'brand-a', advertiser: '1234567890123456789', campaign: 'Spring' },
		},
	]);
	const { json: fromTexts } = await succeed(
		await start({ conversations: [CONVERSATION], clients: [], switches: { countsAs: 'string' } }),
		CONVERSATIONS,
	);
	expect(fromTexts).toEqual(json);
});

test('simplified customer', async () => {
	expect((await succeed(one, CUSTOMERS)).json).toEqual([
		{
			trackId: CUSTOMER.track_id,
			createdAt: '2026-03-10T10:00:00.460+08:00',
			updatedAt: '2026-03-10T11:00:00.000+08:00',
			name: '王芳',
			age: 31,
			gender: 'F',
			tel: '138 0013 8000',
			qq: '10001',
			comment: 'wants "a quote",\nsoon',
			source: 'redbook',
			subSourceName: 'Brand A',
			tags: ['north', 'hot'],
			incomingNoteId: 'n1',
			incomingNoteTitle: 'Spring looks',
			custom: { 城市: '上海', colours: ['red', 'blue'] },
			lead: { phone: '13800138000', qq: '10001' },
			attribution: { channel: 'redbook', account: 'Brand A', note: 'Spring looks' },
		},
	]);
});

test.each<[string, IDataObject[string]]>([
	['a list', ['name', 'lead']],
	['text with commas', ' name ,lead,, doesNotExist'],
	['an expression that gives a list', '={{ ["lead", "name"] }}'],
	['fields and the ID itself', ['trackId', 'name', 'lead']],
])('selected fields from %s keep the ID', async (_, fields) => {
	const { json } = await succeed(one, { ...CUSTOMERS, output: 'selectedFields', fields });
	expect(json).toEqual([{ trackId: CUSTOMER.track_id, name: '王芳', lead: { phone: '13800138000', qq: '10001' } }]);
});

test('selected fields of a conversation without any choice are its ID', async () => {
	const { json } = await succeed(one, { ...CONVERSATIONS, output: 'selectedFields', fields: [] });
	expect(json).toEqual([{ conversationId: 9000000001 }]);
});

test('rows are flat, with the known columns first even where they are empty', async () => {
	const [conversation] = (await succeed(one, { ...CONVERSATIONS, output: 'row' })).json;
	expect(Object.keys(conversation).slice(0, 7)).toEqual([
		'conversationId',
		'startedAt',
		'endedAt',
		'customerName',
		'phone',
		'wechat',
		'qq',
	]);
	expect(conversation).toMatchObject({
		customerName: '王芳',
		phone: '13800138000',
		qq: '',
		channel: 'redbook',
		visitorTags: 'VIP',
		fieldOfTomorrow: 'kept',
	});
	const [customer] = (await succeed(one, { ...CUSTOMERS, output: 'row' })).json;
	expect(customer).toMatchObject({
		tags: 'north, hot',
		wechat: '',
		note: 'Spring looks',
		custom_城市: '上海',
		custom_colours: 'red, blue',
	});
	for (const row of [conversation, customer]) {
		for (const value of Object.values(row)) expect(['string', 'number', 'boolean']).toContain(typeof value);
	}
});

test('messages', async () => {
	expect((await succeed(one, { ...CONVERSATIONS, output: 'messages' })).json).toEqual([
		{
			conversationId: 9000000001,
			index: 0,
			from: 'client',
			sentAt: '2026-03-10T10:42:33.465+08:00',
			contentType: 'text',
			content: '你好\n多少钱？😀',
		},
		{
			conversationId: 9000000001,
			index: 1,
			from: 'agent',
			agentName: 'Lin',
			sentAt: '2026-03-10T10:43:00.000+08:00',
			contentType: 'image',
			content: 'https://x.example/1.png',
		},
	]);
});

test('transcript', async () => {
	expect((await succeed(one, { ...CONVERSATIONS, output: 'transcript' })).json).toEqual([
		{
			conversationId: 9000000001,
			startedAt: '2026-03-10T10:42:33.465+08:00',
			endedAt: '2026-03-10T10:52:00.000+08:00',
			transcript:
				'[2026-03-10 10:42:33] Customer 王芳: 你好 多少钱？😀\n[2026-03-10 10:43:00] Agent Lin: [image] https://x.example/1.png',
		},
	]);
});

test('a limit counts conversations and not their messages', async () => {
	const range = { timeRange: 'custom', from: '2026-03-04', to: '2026-03-10' };
	const { json } = await succeed(demo, { ...CONVERSATIONS, ...range, output: 'messages', limit: 3 });
	expect(new Set(json.map(({ conversationId }) => conversationId)).size).toBe(3);
	expect(json.length).toBeGreaterThan(3);
});
