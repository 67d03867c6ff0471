import crypto from 'crypto';
import fc from 'fast-check';

import { conversationTable, customerTable, unknownTable } from '../../../nodes/Laigu/records/tables';
import { MOST, readBody } from '../../../nodes/Laigu/webhook/body';
import { readEnvelope } from '../../../nodes/Laigu/webhook/envelope';
import { EVENTS, EVENT_OPTIONS, recordOf, tableOf } from '../../../nodes/Laigu/webhook/events';
import { toItem } from '../../../nodes/Laigu/webhook/shape';
import { signatureOf } from '../../../nodes/Laigu/webhook/signature';
import { LINEAR, growthOf } from '../growth';
import { decide, everything } from './deliveries';

const OUTPUTS = ['simplified', 'spreadsheetRow', 'databaseRow', 'raw'] as const;

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const envelopeOf = (value: unknown) => {
	const read = readBody(bytes(value));
	return 'body' in read ? readEnvelope(read.body) : undefined;
};

describe('whatever comes in, there is an answer, and no item without an event', () => {
	const anything = fc.oneof(
		fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
		fc.json({ maxDepth: 8 }).map((text) => Buffer.from(text)),
	);
	const key = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 8 }),
		fc.constantFrom(
			'__proto__',
			'constructor',
			'prototype',
			'toString',
			'valueOf',
			'conv_id',
			'tags',
			'tags_detail',
			'conv_content',
			'client_info',
			'visitor_tags',
			'conv_tags',
			'source',
			'tel',
			'name',
			'from',
			'timestamp',
			'content',
			'agent_name',
			'created_on',
			'custom',
			'track_id',
			'lead',
			'attribution',
		),
	);
	const { value: jsonValue } = fc.letrec<{ value: unknown }>((tie) => ({
		value: fc.oneof(
			{ maxDepth: 4, depthIdentifier: 'v' },
			fc.constantFrom<unknown>(null, true, 0, -1.5, '', '2026-01-01 00:00:00', '13800138000', 1e21),
			fc.array(tie('value'), { maxLength: 4, depthIdentifier: 'v' }),
			fc.dictionary(key, tie('value'), { maxKeys: 6, depthIdentifier: 'v', noNullPrototype: true }),
		),
	}));
	const events = fc.record({
		id: fc.string({ minLength: 1, maxLength: 5 }),
		event: fc.constantFrom(...Object.keys(EVENTS), 'cdr.hangup', 'toString', '__proto__'),
		created_at: jsonValue,
		client: jsonValue,
		conversation: jsonValue,
		body: jsonValue,
	});

	test('bytes and JSON of any kind', () => {
		fc.assert(
			fc.property(anything, (raw) => {
				const { status, item } = decide({ headers: {}, raw });
				return (status === 200) === (item !== undefined);
			}),
			{ numRuns: 2_000 },
		);
	});

	test('events with records of any kind', () => {
		fc.assert(
			fc.property(events, fc.constantFrom(...OUTPUTS), fc.boolean(), (event, output, maskContacts) => {
				const { status, item } = decide({ headers: {}, raw: bytes(event) }, { output, maskContacts });
				expect([200, 400]).toContain(status);
				if (item) expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
				if (item && output !== 'raw') expect(JSON.stringify(item)).not.toContain('\\u0000');
				return ({} as { polluted?: unknown }).polluted === undefined;
			}),
			{ numRuns: 2_000 },
		);
	});

	test('a delivery is hashed once for its signature, and parsed once, however much it holds', () => {
		const raw = bytes({
			id: '1',
			event: 'conversation.closed',
			conversation: {
				conv_id: 7,
				conv_content: Array.from({ length: 500 }, () => ({ from: 'client', content: '{"a":1}' })),
			},
		});
		const headers = { 'meiqia-signature': signatureOf(raw, 's') };
		const hashing = jest.spyOn(crypto, 'createHash');
		const parsing = jest.spyOn(JSON, 'parse');
		const credential = { signingSecret: 's', enterpriseToken: '' };
		expect(decide({ headers, raw }, { credential }).status).toBe(200);
		expect(hashing.mock.calls.filter(([algorithm]) => algorithm === 'sha1')).toHaveLength(1);
		expect(parsing).toHaveBeenCalledTimes(1);
		jest.restoreAllMocks();
	});
});

describe('nobody can keep n8n busy with one request', () => {
	const many = (count: number, piece: (index: number) => string) =>
		Array.from({ length: count }, (_, index) => piece(index)).join(',');
	const event = (record: string) => `{"id":"1","event":"client.updated","client":${record}}`;
	const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

	test.each([
		['more bytes', event(`{"comment":"${'x'.repeat(MOST.bytes)}"}`)],
		['small fields', event(`{${many(MOST.names + 1, (index) => `"f${index}":1`)}}`)],
		[
			'small fields of another level',
			event(`{"custom":{"a":[{${many(MOST.names + 1, (index) => `"f${index}":1`)}}]}}`),
		],
		['small fields in many records', event(`[${many(MOST.names + 1, (index) => `{"f${index}":1}`)}]`)],
		['fields beside the record', `{"id":"1","event":"x",${many(MOST.names + 1, (index) => `"f${index}":1`)}}`],
		['values', event(`{"tags":[${many(MOST.values + 1, () => '1')}]}`)],
		['values in many lists', event(`{"tags":[${many(MOST.values / 2 + 1, () => '[1]')}]}`)],
		['a long name', event(`{"${'x'.repeat(MOST.nameLength + 1)}":1}`)],
		['levels', event(nested(MOST.depth))],
	])('refused before shaping: too many %s', (_, body) => {
		const { status, message, item } = decide({ headers: {}, raw: Buffer.from(body) });
		expect({ status, item }).toEqual({ status: 400, item: undefined });
		expect(message).toContain('larger than an event from Laigu can');
	});

	test('a long conversation is none of that', () => {
		const message = (index: number) =>
			`{"from":"client","timestamp":"2026-03-10 10:00:00.${index}","content":"消息 ${index}"}`;
		const raw = Buffer.from(
			`{"id":"1","event":"conversation.closed","conversation":{"conv_content":[${many(40_000, message)}]}}`,
		);
		expect(decide({ headers: {}, raw }).status).toBe(200);
	});

	test.each<[string, (size: number) => string]>([
		[
			'escapes that are cut off',
			(size) => `{"id":"1","event":"x","n":1234567890123456789,"c":"${'\\"'.repeat(size / 2)}\\`,
		],
		[
			'an event with escapes',
			(size) => `{"id":"1","event":"x","n":1234567890123456789,"c":{"d":"${'\\"'.repeat(size / 2)}"}}`,
		],
		['a list in the place of the record', (size) => event(`[${'[1],'.repeat(size / 4)}1]`)],
		['blanks', (size) => event(`{"name":"a${' '.repeat(size)}b","tel":"1${' '.repeat(size)}"}`)],
		['levels', (size) => event(nested(size / 6))],
		['small fields', (size) => event(`{${many(size / 12, (index) => `"f${index}":1`)}}`)],
	])('takes time in proportion to the length of %s', (_, bodyOf) => {
		const growth = growthOf(
			(raw: Buffer) => decide({ headers: {}, raw }),
			(size) => Buffer.from(bodyOf(size)),
			400_000,
		);
		expect(growth).toBeLessThan(LINEAR);
	});
});

describe('envelopes', () => {
	test('times: seconds, and milliseconds in the automation', () => {
		expect(envelopeOf({ id: '1', event: 'client.updated', created_at: 1753767660 })?.createdAt).toBe(1753767660000000);
		expect(envelopeOf({ id: '1', eventType: 'cus_became_leads', createdAt: 1640995200000, body: {} })?.createdAt).toBe(
			1640995200000000,
		);
		expect(envelopeOf({ id: '1', event: 'client.updated', created_at: 'soon' })?.createdAt).toBeUndefined();
	});

	test('what both channels name is an event of the first', () => {
		expect(envelopeOf({ id: '1', event: 'client.updated', eventType: 'cus_became_leads' })).toMatchObject({
			isAutomation: false,
			event: 'client.updated',
		});
		expect(envelopeOf({ id: '1', event: null, eventType: 'cus_became_leads' })).toBeUndefined();
	});
});

describe('records', () => {
	test('where the event documents it, else the only object, else what stands there', () => {
		expect(recordOf('client.updated', { client: { a: 1 }, body: { b: 1 } })).toEqual({ a: 1 });
		expect(recordOf('client.updated', { id: '1', data: { b: 1 } })).toEqual({ b: 1 });
		expect(recordOf('client.deleted', { id: '1', event: 'client.deleted', track_id: 'x' })).toEqual({ track_id: 'x' });
		expect(recordOf('client.updated', { client: null })).toEqual({});
		expect(recordOf('client.updated', { client: 'x' })).toBeUndefined();
		expect(recordOf('new_ticket.created', { ticket: { a: 1 }, agent: { b: 1 } })).toEqual({
			ticket: { a: 1 },
			agent: { b: 1 },
		});
	});

	test('events that nobody has heard of are told by their beginning', () => {
		expect(['conversation.rated', 'client.merged', 'cus.gone', 'call_robot.hangup', 'toString'].map(tableOf)).toEqual([
			conversationTable,
			customerTable,
			customerTable,
			unknownTable,
			unknownTable,
		]);
	});

	test.each([
		[{ phone: '+86 138-0013-8000' }, { phone: '13800138000' }],
		[
			{ Mobile: '13800138000', weixin: 'wx', QQ: 10001 },
			{ phone: '13800138000', wechat: 'wx', qq: '10001' },
		],
		[{ phoneNumber: '', wechatId: 'wx' }, { wechat: 'wx' }],
		[{ nickname: 'x' }, {}],
	])('a lead of the automation: %j', (body, contact) => {
		const envelope = envelopeOf({ id: '1', eventType: 'cus_became_leads', body });
		const { phone, wechat, qq } = toItem(envelope!, everything);
		expect({ phone, wechat, qq }).toEqual({ phone: undefined, wechat: undefined, qq: undefined, ...contact });
	});

	test('names and ids of events are short texts', () => {
		const event = { id: '1', event: 'client.updated', client: {} };
		for (const odd of ['', 'x'.repeat(201), 7, null, ['x'], { a: 1 }]) {
			expect(envelopeOf({ ...event, id: odd })).toBeUndefined();
			expect(envelopeOf({ ...event, event: odd })).toBeUndefined();
		}
	});

	test('the choices: all, then the nine events by name', () => {
		expect(EVENT_OPTIONS.map(({ value }) => value)).toEqual(expect.arrayContaining(['*', ...Object.keys(EVENTS)]));
		expect(EVENT_OPTIONS).toHaveLength(10);
		expect(EVENT_OPTIONS[0].value).toBe('*');
	});
});
