import type { IDataObject } from 'n8n-workflow';

import { conversationTable, customerTable } from '../../nodes/Laigu/records/tables';
import type { Simulator } from '../simulator';
import { withCounts } from '../simulator/envelope';
import { parseBeijing } from '../simulator/time';
import { answering, credentialFor, stopAnswering } from './answering';
import { runLaigu } from './engine';
import { CONVERSATION, CUSTOMER } from './records';
import { ascending, LISTS, run, start, stopAll, succeed } from './world';

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
			.sort((a, b) => ascending(a.conv_end_tm ?? '', b.conv_end_tm ?? ''));
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

test('simplified conversation: people first, IDs last', async () => {
	const { json } = await succeed(one, CONVERSATIONS);
	const expected = {
		customerName: '王芳',
		phone: '13800138000',
		wechat: 'wang_fang',
		channel: 'redbook',
		account: 'brand-a',
		agentName: 'Lin',
		groupName: 'Sales',
		startedAt: '2026-03-10T10:42:33.465+08:00',
		endedAt: '2026-03-10T10:52:00.000+08:00',
		firstResponseSeconds: 0,
		durationSeconds: 566,
		customerMessages: 1,
		agentMessages: 1,
		effective: 'true',
		missed: 'false',
		grade: 'gold',
		customerTags: ['VIP'],
		advertiser: '1234567890123456789',
		campaign: 'Spring',
		agentAccount: 'lin@example.com',
		customer: { visitorName: '小红薯9' },
		conversationId: 9000000001,
		customerId: 77,
		agentId: '501',
		groupId: '3',
		advertiserId: '1234567890123456789',
		campaignId: '55',
		enterpriseId: 10001,
		fieldOfTomorrow: 'kept',
	};
	expect(json).toEqual([expected]);
	expect(Object.keys(json[0])).toEqual(Object.keys(expected));
	const { json: fromTexts } = await succeed(
		await start({ conversations: [CONVERSATION], clients: [], switches: { countsAs: 'string' } }),
		CONVERSATIONS,
	);
	expect(fromTexts).toEqual(json);
});

test('simplified customer: people first, IDs last', async () => {
	const { json } = await succeed(one, CUSTOMERS);
	const expected = {
		name: '王芳',
		phone: '13800138000',
		qq: '10001',
		channel: 'redbook',
		account: 'Brand A',
		note: 'Spring looks',
		tags: ['north', 'hot'],
		gender: 'F',
		age: 31,
		comment: 'wants "a quote",\nsoon',
		custom: { 城市: '上海', colours: ['red', 'blue'] },
		createdAt: '2026-03-10T10:00:00.460+08:00',
		updatedAt: '2026-03-10T11:00:00.000+08:00',
		trackId: CUSTOMER.track_id,
		noteId: 'n1',
	};
	expect(json).toEqual([expected]);
	expect(Object.keys(json[0])).toEqual(Object.keys(expected));
});

test.each<[string, IDataObject[string]]>([
	['a list', ['name', 'phone']],
	['text with commas', ' name ,phone,, '],
	['an expression that gives a list', '={{ ["phone", "name"] }}'],
	['fields and the ID itself', ['trackId', 'name', 'phone']],
])('selected fields from %s keep the ID', async (_, fields) => {
	const { json } = await succeed(one, { ...CUSTOMERS, output: 'selectedFields', fields });
	expect(json).toEqual([{ name: '王芳', phone: '13800138000', trackId: CUSTOMER.track_id }]);
});

test('a field inside an object can be selected by its path, and only inside of those that have such', async () => {
	const select = (fields: string) => ({ ...CUSTOMERS, output: 'selectedFields', fields });
	const sim = await start({ conversations: [], clients: [{ ...CUSTOMER, custom: { 预算: '20万', 面积: '89' } }] });
	expect((await succeed(sim, select('={{ "custom.预算, name, custom.不存在" }}'))).json).toEqual([
		{ custom: { 预算: '20万' }, name: '王芳', trackId: CUSTOMER.track_id },
	]);
	for (const field of ['custom.', 'customer.预算', 'name.预算']) {
		const { error } = await run(sim, select(`={{ "${field}" }}`));
		expect(error?.message).toBe(`'Fields' cannot be "${field}" [Item 0]`);
	}
});

test('spreadsheet rows are flat, with the known columns first even where they are empty', async () => {
	const [conversation] = (await succeed(one, { ...CONVERSATIONS, output: 'spreadsheetRow' })).json;
	expect(Object.keys(conversation).slice(0, 7)).toEqual([
		'customerName',
		'phone',
		'wechat',
		'qq',
		'mentionedPhones',
		'mentionedWechats',
		'mentionedQqs',
	]);
	expect(conversation).toMatchObject({
		customerName: '王芳',
		phone: '13800138000',
		qq: '',
		channel: 'redbook',
		startedAt: '2026-03-10 10:42:33',
		customerTags: 'VIP',
		advertiserId: '1234567890123456789',
		fieldOfTomorrow: 'kept',
	});
	const [customer] = (await succeed(one, { ...CUSTOMERS, output: 'spreadsheetRow' })).json;
	expect(customer).toMatchObject({
		tags: 'north, hot',
		wechat: '',
		note: 'Spring looks',
		createdAt: '2026-03-10 10:00:00',
	});
	expect(Object.entries(customer).slice(-2)).toEqual([
		['custom_城市', '上海'],
		['custom_colours', 'red, blue'],
	]);
	for (const row of [conversation, customer]) {
		for (const value of Object.values(row)) expect(['string', 'number', 'boolean']).toContain(typeof value);
	}
});

test('database rows have fixed columns, null for what is absent, ISO times and JSON for the rest', async () => {
	const [conversation] = (await succeed(one, { ...CONVERSATIONS, output: 'databaseRow' })).json;
	expect(Object.keys(conversation)).toEqual([...conversationTable.fields.map(({ name }) => name), 'other']);
	expect(conversation).toMatchObject({
		phone: '13800138000',
		qq: null,
		startedAt: '2026-03-10T10:42:33.465+08:00',
		firstResponseSeconds: 0,
		customerTags: 'VIP',
		other: '{"fieldOfTomorrow":"kept"}',
	});
	const [customer] = (await succeed(one, { ...CUSTOMERS, output: 'databaseRow' })).json;
	expect(Object.keys(customer)).toEqual([...customerTable.fields.map(({ name }) => name), 'other']);
	expect(customer).toMatchObject({
		age: 31,
		wechat: null,
		tags: 'north, hot',
		custom: '{"城市":"上海","colours":["red","blue"]}',
		other: null,
	});
	for (const value of [...Object.values(conversation), ...Object.values(customer)])
		expect(value === null || ['string', 'number', 'boolean'].includes(typeof value)).toBe(true);
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
			customerName: '王芳',
			phone: '13800138000',
			wechat: 'wang_fang',
			channel: 'redbook',
			agentName: 'Lin',
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
