import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { shaperFor } from '../../../nodes/Laigu/records/shape';
import { conversationTable, customerTable } from '../../../nodes/Laigu/records/tables';
import { deepFreeze } from '../helpers';
import { CONVERSATION, CUSTOMER } from './samples';

const customerOf = shaperFor(customerTable, { output: 'simplified' });
const conversationOf = shaperFor(conversationTable, { output: 'simplified', findContacts: false });
const customer = (record: IDataObject) => customerOf(deepFreeze(record))[0];
const conversation = (record: IDataObject) => conversationOf(deepFreeze(record))[0];

test('a customer: people first, IDs last, nothing empty, unknown fields at the end', () => {
	const simple = customer(CUSTOMER);
	expect(simple).toEqual({
		name: '李雷 🌱',
		phone: '13800138000',
		wechat: 'lilei_wx',
		qq: '10001',
		channel: 'redbook',
		account: '植光护肤',
		advertiser: '春季投放',
		campaign: '77',
		creative: '88',
		note: '敏感肌怎么办',
		tags: ['高意向', '已加微信', '9'],
		gender: 'M',
		age: 28,
		custom: { 肤质: '敏感肌', 关注: ['保湿', '防晒'], 预约: '2025-08-01' },
		createdAt: '2025-07-29T13:40:58.460+08:00',
		updatedAt: '2025-07-30T13:40:58.123+08:00',
		avatar: 'https://img.example.com/a.png',
		trackId: '2fT1abcdefghijklmnopqrstuvw',
		accountId: 'rb-1',
		advertiserId: '12345678901234567890',
		campaignId: 77,
		creativeId: 88,
		noteId: 'note-1',
		fieldOfTomorrow: { inner_part: 1 },
	});
	const order = [...customerTable.fields.map(({ name }) => name), 'fieldOfTomorrow'];
	expect(Object.keys(simple)).toEqual(order.filter((name) => name in simple));
});

test('a conversation: names, numbers and times of the vocabulary, without its messages', () => {
	const simple = conversation(CONVERSATION);
	expect(simple).toEqual({
		customerName: '李雷',
		phone: '13800138000',
		wechat: 'lilei',
		channel: 'redbook',
		account: '植光护肤',
		agentName: '林客服',
		groupName: '售前',
		startedAt: '2017-04-20T10:42:33.465+08:00',
		endedAt: '2017-04-20T10:52:33.000+08:00',
		firstResponseSeconds: 12,
		averageResponseSeconds: 8.5,
		durationSeconds: 600,
		customerMessages: 0,
		agentMessages: 2,
		effective: false,
		missed: 0,
		grade: 'gold',
		leads: { tel: true },
		tags: ['价格', '投诉', '4'],
		advertiser: '66',
		campaign: '夏季',
		agentNickname: '小林',
		agentAccount: 'lin@example.com',
		customer: { visitorName: '访客5' },
		conversationId: 900001,
		customerId: 5,
		agentId: 7,
		groupId: 1,
		advertiserId: 66,
		enterpriseId: 12345,
	});
	expect(Object.keys(simple)).toEqual(
		conversationTable.fields.map(({ name }) => name).filter((name) => name in simple),
	);
});

test("the enterprise's token, which proves the origin of events, is nowhere in it", () => {
	expect(JSON.stringify(customer(CUSTOMER))).not.toContain(CUSTOMER.enterprise_token as string);
});

test.each<[IDataObject, IDataObject]>([
	[{}, {}],
	[{ conv_id: 1, conv_end_tm: null, conv_tags: [], client_info: {}, source_field: ' ' }, { conversationId: 1 }],
	[
		{ conv_id: 1, client_info: null, conv_tags: 'a,b' },
		{ tags: ['a', 'b'], conversationId: 1 },
	],
	[
		{ conv_id: 1, client_info: 'x', conv_content: 'x' },
		{ conversationId: 1, clientInfo: 'x' },
	],
	[
		{ conv_id: 1, sub_channel: 'a', sub_source_name: 'b', 'sub-source-name': 'c' },
		{ account: 'a', conversationId: 1, subSourceName: 'b', 'sub-source-name': 'c' },
	],
	[
		{ conv_id: 1, 'client-info': 'c', client_info: 'text' },
		{ conversationId: 1, clientInfo: 'c', client_info: 'text' },
	],
	[
		{ conv_id: 1, client_info: { name: 'n', visitor_name: 'v', 'visitor-name': 'w' } },
		{ customerName: 'n', customer: { visitorName: 'v', 'visitor-name': 'w' }, conversationId: 1 },
	],
	[
		{ conv_id: 1, client_info: [{ tel: '1' }], main_channel: 'a', source: 'b' },
		{ channel: 'a', conversationId: 1, clientInfo: [{ tel: '1' }], source: 'b' },
	],
])('what is absent or of another form in %j does no harm', (record, simple) => {
	expect(conversation(record)).toEqual(simple);
});

test.each<[string, IDataObject, unknown]>([
	['in the order of the IDs', { tags: [2, 1], tags_detail: { 1: 'a', 2: 'b' } }, ['b', 'a']],
	['IDs as text', { tags: ['2'], tags_detail: { 2: 'b' } }, ['b']],
	['an ID without name stays an ID', { tags: [7], tags_detail: {} }, ['7']],
	['IDs alone', { tags: ['7'] }, ['7']],
	['names alone', { tags_detail: { 1: 'a' } }, ['a']],
	['objects', { tags: [{ id: 1, name: 'x' }, { label: 'y' }] }, ['x', '{"label":"y"}']],
	[
		'no tag named after a prototype',
		{ tags: ['constructor', '__proto__'], tags_detail: {} },
		['constructor', '__proto__'],
	],
	['none', { tags: [], tags_detail: {} }, undefined],
	['null', { tags: null, tags_detail: null }, undefined],
	['a detail that is no object', { tags: [1], tags_detail: 'a' }, ['1']],
])('tags by name: %s', (_, record, tags) => {
	expect(customer(record).tags).toEqual(tags);
});

test.each<[IDataObject, IDataObject]>([
	[
		{ source: 'redbook', main_channel: 'other' },
		{ channel: 'redbook', mainChannel: 'other' },
	],
	[
		{ sub_source: 'id', sub_source_name: '名' },
		{ account: '名', accountId: 'id' },
	],
	[
		{ sub_source: 'id', sub_source_name: '' },
		{ account: 'id', accountId: 'id' },
	],
	[
		{ advertiser_id: 5, advertiser_name: null },
		{ advertiser: '5', advertiserId: 5 },
	],
	[
		{ campaign_id: 6, creativity_id: '7', creativity_name: 'C' },
		{ campaign: '6', creative: 'C', campaignId: 6, creativeId: '7' },
	],
	[
		{ incoming_note_id: 'n', incoming_note_title: '\u200b' },
		{ note: 'n', noteId: 'n' },
	],
	[{ advertiser_id: 0, advertiser_name: '' }, { advertiserId: 0 }],
])('a name falls back to its ID, and what is beaten is not lost: %j', (record, simple) => {
	expect(customer(record)).toEqual(simple);
});

test('of two names of a customer the one that an agent noted counts, and the other is kept', () => {
	expect(conversation({ client_info: { visitor_name: '小红薯', name: ' ' } })).toEqual({ customerName: '小红薯' });
	expect(conversation({ client_info: { visitor_name: '小红薯', name: '王芳', sex: 'F' } })).toEqual({
		customerName: '王芳',
		customer: { visitorName: '小红薯', sex: 'F' },
	});
});

describe('times', () => {
	test.each([
		['2017-04-20 10:42:33.465659', '2017-04-20T10:42:33.465+08:00'],
		['2025-07-29T05:40:58.46Z', '2025-07-29T13:40:58.460+08:00'],
		[1753767658, '2025-07-29T13:40:58.000+08:00'],
		['soon', 'soon'],
		['0001-01-01T00:00:00Z', undefined],
		['0001-01-01T08:05:43+08:05', undefined],
		['0001-01-01 00:00:00', undefined],
		['0000-00-00 00:00:00', undefined],
		[0, undefined],
		['0', undefined],
		['', undefined],
		[null, undefined],
	])('%j is %j', (given, read) => {
		for (const name of ['created_on', 'updated_on'])
			expect(Object.values(customer({ [name]: given }))).toEqual(read === undefined ? [] : [read]);
		for (const name of ['conv_start_tm', 'conv_end_tm', 'summary_update_at'])
			expect(Object.values(conversation({ [name]: given }))).toEqual(read === undefined ? [] : [read]);
	});
});

test.each([
	['12', 12],
	[' 12 ', 12],
	['8.5', 8.5],
	['0', 0],
	[3, 3],
	['二十八', '二十八'],
	['1e5', '1e5'],
	['12345678901234567890', '12345678901234567890'],
	['\u200b', undefined],
	[[], undefined],
])('a count of %j is %j', (given, read) => {
	expect(customer({ age: given }).age).toEqual(read);
	expect(conversation({ conv_agent_msg_count: given }).agentMessages).toEqual(read);
});

describe('names', () => {
	const hostile = '\u202e 李\u200d\u0000雷\n[2026-03-10 10:42:40] Agent Lin: ok\u2028\u0085end \u2069';
	const line = '李雷 [2026-03-10 10:42:40] Agent Lin: ok end';

	test('are one line without what nobody sees', () => {
		expect(customer({ name: hostile }).name).toBe(line);
		expect(conversation({ client_info: { name: hostile } }).customerName).toBe(line);
		for (const field of ['agent_name', 'group_name', 'agent_nick_name', 'advertiser_name', 'main_channel'])
			expect(Object.values(conversation({ [field]: hostile }))).toEqual([line]);
	});

	test('of WeChat, QQ and IDs too', () => {
		for (const field of ['weixin', 'qq', 'track_id'])
			expect(Object.values(customer({ [field]: '\u2066 wang\u00ad_fang\u0000 \ufeff' }))).toEqual(['wang_fang']);
	});

	test('keep emoji, without the joiners between them', () => {
		expect(customer({ name: '小雨🌱👍🏽' }).name).toBe('小雨🌱👍🏽');
		expect(customer({ name: '👨\u200d👩\u200d👧' }).name).toBe('👨👩👧');
	});

	test('that are no text are text', () => {
		expect(customer({ name: { toString: 1, first: 'A' }, tel: { a: [1] }, weixin: true })).toEqual({
			name: '{"first":"A"}',
			phone: '{"a":[1]}',
			wechat: 'true',
		});
	});
});

describe("a field of Laigu's that bears one of our names", () => {
	test('never takes its place', () => {
		const ours = [
			...customerTable.fields.map(({ name }) => name),
			'event',
			'eventId',
			'eventAt',
			'transcript',
			'other',
		];
		for (const name of ours) {
			const isLaigus = customerTable.fields.some(({ from }) => from.includes(name));
			if (isLaigus) continue;
			expect(customer({ [name]: 'x' })).toEqual({ other: { [name]: 'x' } });
			expect(customer({ ...CUSTOMER, [name]: 'x' })).toEqual({ ...customer(CUSTOMER), other: { [name]: 'x' } });
		}
		for (const name of ['phone', 'channel', 'transcript', 'event', 'customer', 'mentionedPhones', 'agentName', 'leads'])
			expect(conversation({ [name]: ['x'] })).toEqual({ other: { [name]: ['x'] } });
	});

	test('in camelCase stays under its own name', () => {
		expect(customer({ track_Id: 1, 'created-at': 2, Phone: 3 })).toEqual({ track_Id: 1, 'created-at': 2, Phone: 3 });
		expect(conversation({ mentioned_phones: ['1'], event_id: 'e' })).toEqual({
			mentioned_phones: ['1'],
			event_id: 'e',
		});
	});

	test('does not meet another one', () => {
		expect(customer({ foo_bar: 1, fooBar: 2, 'foo-bar': 3 })).toEqual({ foo_bar: 1, fooBar: 2, 'foo-bar': 3 });
		expect(customer({ foo_bar: 1, FOO_BAR: 2 })).toEqual({ fooBar: 1, FOO_BAR: 2 });
	});

	test('is harmless where it is named as every object has it', () => {
		const record = JSON.parse(
			'{"__proto__":{"isAdmin":true},"constructor":"x","toString":"y","to_string":"z","custom":{"__proto__":{"isAdmin":true},"a":{"valueOf":1,"b":2}}}',
		) as IDataObject;
		const simple = customer(record);
		expect(simple).toEqual({ custom: { a: { b: 2 } }, to_string: 'z' });
		expect(Object.getPrototypeOf(simple.custom)).toBe(Object.prototype);
		expect(`${simple as unknown as string}`).toBe('[object Object]');
		expect('isAdmin' in simple || 'isAdmin' in {}).toBe(false);
	});
});

test('0 and false say something, nothing else that is empty does', () => {
	expect(customer({ a: 0, b: false, c: '', d: null, e: [], f: {}, g: { h: { i: '' } }, j: ' ' })).toEqual({
		a: 0,
		b: false,
	});
	expect(customer({ list: [null, '', { i: '' }] })).toEqual({ list: [null, '', {}] });
});

test('whatever the record is, no U+0000 comes out, and the record stays as it was', () => {
	const text = fc.string({ unit: fc.constantFrom('a', '0', '\u0000', '\n', ' ', '{') });
	const key = fc.oneof(text, fc.constantFrom(...Object.keys(CUSTOMER), ...Object.keys(CONVERSATION), '__proto__'));
	const object = fc.object({ key, values: [text, fc.integer(), fc.boolean(), fc.constant(null)], maxDepth: 4 });
	fc.assert(
		fc.property(object, (record) => {
			const before = JSON.stringify(record);
			for (const simple of [customer(record as IDataObject), conversation(record as IDataObject)]) {
				expect(JSON.stringify(simple)).not.toContain('\\u0000');
				expect(Object.getPrototypeOf(simple)).toBe(Object.prototype);
			}
			expect(JSON.stringify(record)).toBe(before);
		}),
	);
});

describe('a record that is nested very deeply', () => {
	const nested = (depth: number): IDataObject => {
		let value: IDataObject = { end: 1 };
		for (let level = 1; level < depth; level++) value = { in: value };
		return value;
	};

	test.each(['simplified', 'spreadsheetRow', 'databaseRow', 'raw', 'messages', 'transcript'] as const)(
		'comes out without what lies deeper: %s',
		(output) => {
			let unreadable = 0;
			const shape = shaperFor(conversationTable, { output, onUnreadable: () => unreadable++ });
			const record = (depth: number): IDataObject => ({
				conv_id: 5,
				new_field: nested(depth),
				conv_content: [{ from: 'client', content: nested(depth) }],
			});
			for (const depth of [70, 10_000]) {
				const [item] = shape(record(depth));
				const id = output === 'raw' ? 'conv_id' : 'conversationId';
				expect(item[id]).toBe(5);
				expect(JSON.stringify(item)).toContain('nested too deeply');
			}
			expect(unreadable).toBe(2);
			shape(record(50));
			expect(unreadable).toBe(2);
		},
	);
});

test('names of a megabyte are not kept', () => {
	setFlagsFromString('--expose_gc');
	const gc = runInNewContext('gc') as () => void;
	// once is not enough for names: the shapes of objects hold them until the next time
	const collectGarbage = () => [1, 2, 3].forEach(() => gc());
	collectGarbage();
	const before = process.memoryUsage().heapUsed;
	for (let index = 0; index < 60; index++) {
		const name = `long_${index}_${'x'.repeat(1_000_000)}`;
		expect(Object.keys(customer({ [name]: 1 }))).toEqual([name]);
	}
	collectGarbage();
	expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
});
