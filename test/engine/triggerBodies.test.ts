import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';

import type { IDataObject } from 'n8n-workflow';

import { signatureFor } from '../simulator';
import { SECRET, closeAll, credential, host, sender } from './triggerHelpers';

afterEach(closeAll);

const EVENT = {
	id: 'sub_1_1753767660_1',
	event: 'client.updated',
	created_at: 1753767660,
	client: { track_id: '2ldm', tel: '13800138000' },
};

/** Signs a body and posts it. */
async function post(
	body: Buffer | string,
	headers: Record<string, string> = {},
	parameters: IDataObject = {},
	withCredential = credential,
) {
	const trigger = await host({ credential: withCredential, parameters: parameters as never });
	const signed = { 'content-type': 'application/json', 'meiqia-signature': signatureFor(body, SECRET), ...headers };
	const { status, text } = await sender(trigger.url).post(body, signed);
	return { status, message: (JSON.parse(text) as IDataObject).message, items: trigger.started };
}

const json = (value: unknown) => JSON.stringify(value);
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('a signed body that is no event is answered 400 and starts nothing', () => {
	test.each([
		['empty', ''],
		['a list', json([EVENT])],
		['null', 'null'],
		['a number', '1'],
		['a text', '"client.updated"'],
		['an empty object', '{}'],
		['no id', json({ ...EVENT, id: undefined })],
		['an empty id', json({ ...EVENT, id: '' })],
		['an id that is a number', json({ ...EVENT, id: 7 })],
		['no event', json({ ...EVENT, event: undefined })],
		['an event that is a list', json({ ...EVENT, event: ['client.updated'] })],
		['a record that is a text', json({ ...EVENT, client: 'x' })],
		['a record that is a list', json({ ...EVENT, client: [EVENT.client] })],
		['another service', json({ type: 'message', data: { id: 1 } })],
		['an automation event with a dot', json({ id: 'x', eventType: 'client.updated', body: {} })],
		['a nesting of 100,000 levels', nested(100_000)],
		[
			'an event whose record is nested 1,000 levels deep',
			json({ ...EVENT, client: JSON.parse(nested(1_000)) as object }),
		],
	])('%s', async (_, body) => {
		for (const enterpriseToken of ['', 'f'.repeat(32)]) {
			const answer = await post(body, {}, {}, { ...credential, enterpriseToken });
			expect(answer).toMatchObject({ status: 400, items: [] });
		}
	});

	test.each([
		[
			'invalid UTF-8',
			Buffer.concat([
				Buffer.from('{"id":"1","event":"client.updated","client":{"name":"'),
				Buffer.from([0xc3, 0x28]),
				Buffer.from('"}}'),
			]),
		],
		['UTF-16', Buffer.from(`\ufeff${json(EVENT)}`, 'utf16le')],
		['a NUL byte', Buffer.from(`${json(EVENT)}\0`)],
	])('%s', async (_, body) => {
		expect(await post(body, { 'content-type': 'application/octet-stream' })).toMatchObject({ status: 400, items: [] });
	});

	test('half an event, in any content type', async () => {
		const half = json(EVENT).slice(0, -10);
		for (const type of ['text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded', 'what is this'])
			expect(await post(half, { 'content-type': type })).toMatchObject({ status: 400, items: [] });
		// n8n itself reads application/json before it asks a node, and answers 422
		expect(await post(half)).toMatchObject({ status: 422, items: [] });
	});
});

test('a real event is taken whatever its content type says', async () => {
	for (const type of [
		'application/json;charset=UTF-8',
		'text/plain',
		'application/x-www-form-urlencoded',
		'application/octet-stream',
	])
		expect(await post(json(EVENT), { 'content-type': type })).toMatchObject({
			status: 200,
			items: [{ event: 'client.updated' }],
		});
	expect(await post(`\ufeff${json(EVENT)}`, { 'content-type': 'text/plain' })).toMatchObject({
		status: 200,
		items: [{ event: 'client.updated' }],
	});
});

test('of two keys of one name the last one counts, for the check and for the item', async () => {
	const twice = json(EVENT).replace('"event":"client.updated"', '"event":"client.created","event":"client.updated"');
	expect(await post(twice, {}, { events: ['client.created'] })).toMatchObject({ status: 200, items: [] });
	expect(await post(twice, {}, { events: ['client.updated'] })).toMatchObject({
		status: 200,
		items: [{ event: 'client.updated' }],
	});
});

test('no prototype is touched, and nothing hostile is handed on', async () => {
	const hostile = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1,"valueOf":"x"}';
	const body = `{"id":"1","event":"conversation.closed","__proto__":{"polluted":1},"conversation":{"conv_id":1,"__proto__":{"polluted":1},"client_info":${hostile},"conv_tags":[${hostile}],"visitor_tags":[${hostile}],"conv_content":[${hostile},{"from":${hostile},"content":${hostile}}]}}`;
	for (const output of ['simplified', 'spreadsheetRow', 'databaseRow', 'raw']) {
		const { status, items } = await post(body, {}, { output, options: { includeTranscript: true } });
		expect(status).toBe(200);
		expect(JSON.stringify(items)).not.toMatch(/polluted|toString|valueOf/);
		expect(Object.getPrototypeOf(items[0])).toBe(Object.prototype);
	}
	expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('5 MB, plain and as gzip', async () => {
	const content = Array.from({ length: 40_000 }, (_, index) => ({
		from: 'client',
		content: `消息 ${index} ${'x'.repeat(100)}`,
	}));
	const body = json({ id: '1', event: 'conversation.closed', conversation: { conv_id: 7, conv_content: content } });
	expect(body.length).toBeGreaterThan(5_000_000);
	const trigger = await host({ credential });
	const signature = { 'content-type': 'application/json', 'meiqia-signature': signatureFor(body, SECRET) };
	const { post: send } = sender(trigger.url);
	expect((await send(body, signature)).status).toBe(200);
	expect((await send(gzipSync(body), { ...signature, 'content-encoding': 'gzip' })).status).toBe(200);
	expect(trigger.started).toEqual([{ conversationId: 7, event: 'conversation.closed', eventId: '1' }]);
});

test('whole numbers too large for JavaScript keep their digits', async () => {
	const body = json(EVENT).replace('"track_id"', '"advertiser_id":1782345678901234567,"track_id"');
	const { items } = await post(body);
	expect(items[0]).toMatchObject({ advertiserId: '1782345678901234567' });
});

test('5 MB made to trouble a parser', async () => {
	// a parser that goes back at each of them would take hours
	for (const text of ['\\n'.repeat(2_500_000), '1'.repeat(5_000_000), '[1,'.repeat(1_600_000)]) {
		const body = `{"id":"1","event":"conversation.closed","conversation":{"conv_id":1782345678901234567,"summary_content":"${text}"}}`;
		expect((await post(body)).status).toBe(200);
		expect((await post(body.slice(0, -3), { 'content-type': 'text/plain' })).status).toBe(400);
	}
	expect((await post('[1,'.repeat(1_600_000), { 'content-type': 'text/plain' })).status).toBe(400);
});

test('a sender that hangs up in the middle starts nothing, and the next one is served', async () => {
	const trigger = await host({ credential });
	const { port, pathname } = new URL(trigger.url);
	await new Promise<void>((resolve) => {
		const socket = connect(Number(port), '127.0.0.1', () => {
			socket.write(
				`POST ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{"id":"1","event":"client.updated"`,
			);
			setTimeout(() => socket.destroy(), 50);
		});
		socket.on('close', () => resolve());
	});
	expect(trigger.started).toEqual([]);
	const body = json(EVENT);
	expect((await sender(trigger.url).post(body, { 'laigu-sign': signatureFor(body, SECRET) })).status).toBe(200);
	expect(trigger.started).toHaveLength(1);
});
