import type { IDataObject } from 'n8n-workflow';

import { shaperFor } from '../../nodes/Laigu/records/shape';
import type { Output } from '../../nodes/Laigu/records/shape';
import { automationTable, conversationTable, customerTable } from '../../nodes/Laigu/records/tables';
import { DEMO_ACCOUNT, EVENT_NAMES, makeEvents } from '../simulator';
import { AT, closeAll, credential, deliver, host, sender } from './triggerHelpers';

afterEach(closeAll);

const EVENT_FIELDS = ['event', 'eventId', 'eventAt'];

/** What the Laigu node makes of an event's record, and whose. */
function shapedAsByLaigu({ name, body }: { name: string; body: IDataObject }, output: Output): IDataObject {
	const table =
		name === 'cus_became_leads'
			? automationTable
			: name.startsWith('conversation.')
				? conversationTable
				: customerTable;
	return shaperFor(table, { output })((body.conversation ?? body.client ?? body.body) as IDataObject)[0];
}

test.each(['simplified', 'spreadsheetRow', 'databaseRow'] as const)(
	'%s: the fields of the record as the Laigu node gives them, and the event behind them',
	async (output) => {
		const parameters = { output, options: { acceptUnsignedAutomation: true } };
		const trigger = await host({ credential, parameters });
		const sent = makeEvents({ names: EVENT_NAMES, count: EVENT_NAMES.length, at: AT });
		const delivered = await sender(trigger.url).deliverAll(sent);
		expect(delivered.map(({ last }) => last.status)).toEqual(sent.map(() => 200));
		expect(trigger.started.map(({ event }) => event)).toEqual([...EVENT_NAMES]);
		for (const [index, item] of trigger.started.entries()) {
			const { name, id } = sent[index];
			const { event, eventId, eventAt, ...fields } = item;
			expect(Object.keys(item).slice(-3)).toEqual(EVENT_FIELDS);
			expect(fields).toEqual(shapedAsByLaigu(sent[index] as never, output));
			expect({ event, eventId, eventAt }).toEqual({
				event: name,
				eventId: id,
				eventAt: output === 'spreadsheetRow' ? '2026-03-10 15:00:00' : '2026-03-10T15:00:00.000+08:00',
			});
		}
		expect(JSON.stringify(trigger.started)).not.toContain(DEMO_ACCOUNT.enterpriseToken);
	},
);

test('raw is the body', async () => {
	const { items, event } = await deliver({ credential, parameters: { output: 'raw' } });
	expect(items).toEqual([event.body]);
});

test('people first, IDs last, all on the first level', async () => {
	const { items, event } = await deliver({ credential }, {}, { names: ['client.created'] });
	const client = event.body.client as IDataObject;
	expect(items[0]).toMatchObject({ name: client.name, channel: client.source, trackId: client.track_id });
	expect(Object.keys(items[0])[0]).toBe('name');
	expect(items[0]).not.toHaveProperty('data');
});

test('the automation goes through the same vocabulary, and the rest passes at the end', async () => {
	const body = {
		customerId: '5f1c',
		nickname: '小黄鸭',
		name: '王芳',
		phone: '+86 138-0013-8000',
		wechat: 'wang_fang',
		qq: '10001',
		source: 'redbook',
		subSourceName: '小来鼓软件',
		campaignName: '客资收集_计划2',
		tags: ['已留资'],
		budgetRange: '10-20',
	};
	const trigger = await host();
	const sent = { id: 'a1', eventType: 'cus_became_leads', createdAt: 1_640_995_200_000, body };
	expect((await sender(trigger.url).post(JSON.stringify(sent), {})).status).toBe(200);
	expect(trigger.started).toEqual([
		{
			name: '王芳',
			phone: '13800138000',
			wechat: 'wang_fang',
			qq: '10001',
			channel: 'redbook',
			account: '小来鼓软件',
			campaign: '客资收集_计划2',
			tags: ['已留资'],
			customerId: '5f1c',
			nickname: '小黄鸭',
			budgetRange: '10-20',
			event: 'cus_became_leads',
			eventId: 'a1',
			eventAt: '2022-01-01T08:00:00.000+08:00',
		},
	]);
	expect(Object.keys(trigger.started[0]).slice(-6)).toEqual(['customerId', 'nickname', 'budgetRange', ...EVENT_FIELDS]);
});

test('a short record of a deleted customer', async () => {
	const { items, event } = await deliver({ credential }, {}, { names: ['client.deleted'] });
	expect(items).toEqual([
		{
			trackId: (event.body.client as IDataObject).track_id,
			event: 'client.deleted',
			eventId: event.id,
			eventAt: '2026-03-10T15:00:00.000+08:00',
		},
	]);
	const trigger = await host({ parameters: { output: 'databaseRow' } });
	await sender(trigger.url).post('{"id":"1","event":"client.deleted","track_id":"2ldm"}', {});
	expect(trigger.started).toMatchObject([{ trackId: '2ldm', name: null, event: 'client.deleted', eventAt: null }]);
	expect(Object.keys(trigger.started[0])).toEqual([
		...Object.keys(shapedAsByLaigu({ name: 'client.deleted', body: { client: {} } }, 'databaseRow')),
		...EVENT_FIELDS,
	]);
});

test.each(['simplified', 'spreadsheetRow', 'databaseRow'] as const)(
	"%s: no field of Laigu's takes the place of one of ours, and none gets lost",
	async (output) => {
		const client = {
			...{ track_id: 'real', tel: '13800138000', source: 'redbook' },
			...{ event: 'mine 1', eventId: 'mine 2', event_id: 'mine 3', eventAt: 'mine 4', event_at: 'mine 5' },
			...{ phone: 'mine 6', channel: 'mine 7', trackId: 'mine 8', transcript: 'mine 9', lead: { phone: 'mine 10' } },
		};
		const trigger = await host({ parameters: { output } });
		const body = { id: 'sub_1', event: 'client.updated', created_at: 1_753_767_660, client };
		await sender(trigger.url).post(JSON.stringify(body), {});
		const [item] = trigger.started;
		expect(item).toMatchObject({ trackId: 'real', phone: '13800138000', channel: 'redbook' });
		expect(item).toMatchObject({ event: 'client.updated', eventId: 'sub_1' });
		expect(item.eventAt).toMatch(/^2025-07-29/);
		for (let index = 1; index <= 10; index++) expect(JSON.stringify(item)).toContain(`mine ${index}`);
	},
);

test('neither a formula nor U+0000 gets into a row by the event itself', async () => {
	const body = { id: '=HYPERLINK("http://x.example")\u0000', event: '@event\u0000', ticket: { title: 'x' } };
	const items = async (parameters: IDataObject) => {
		const trigger = await host({ parameters: parameters as never });
		await sender(trigger.url).post(JSON.stringify(body), {});
		return trigger.started;
	};
	expect(await items({ output: 'spreadsheetRow' })).toMatchObject([
		{ title: 'x', event: "'@event", eventId: '\'=HYPERLINK("http://x.example")', eventAt: '' },
	]);
	expect(await items({ output: 'spreadsheetRow', options: { protectFormulas: false } })).toMatchObject([
		{ event: '@event', eventId: '=HYPERLINK("http://x.example")' },
	]);
	expect(await items({})).toEqual([{ title: 'x', event: '@event', eventId: '=HYPERLINK("http://x.example")' }]);
	expect(await items({ output: 'raw' })).toEqual([body]);
});

test('includeTranscript: behind the fields of conversations, in every output but raw', async () => {
	const conversation = {
		conv_id: 7,
		client_info: { name: '李四' },
		conv_content: [
			{ from: 'client', content: '你好', timestamp: '2026-03-10 10:00:00' },
			{ from: 'agent', agent_name: 'Lin', content: '您好', timestamp: '2026-03-10 10:00:05' },
		],
	};
	const transcript = '[2026-03-10 10:00:00] Customer 李四: 你好\n[2026-03-10 10:00:05] Agent Lin: 您好';
	const options = { includeTranscript: true };
	const send = async (output: string, record: IDataObject) => {
		const trigger = await host({ parameters: { output, options } });
		const body = { id: '1', event: 'conversation.closed', created_at: 1_753_767_660, conversation: record };
		await sender(trigger.url).post(JSON.stringify(body), {});
		return trigger.started[0];
	};
	for (const output of ['simplified', 'spreadsheetRow', 'databaseRow']) {
		const item = await send(output, conversation);
		expect(item.transcript).toBe(transcript);
		expect(Object.keys(item).slice(-4)).toEqual(['transcript', ...EVENT_FIELDS]);
	}
	expect(await send('raw', conversation)).not.toHaveProperty('transcript');
	expect(await send('simplified', { conv_id: 7 })).not.toHaveProperty('transcript');
	expect(await send('spreadsheetRow', { conv_id: 7 })).toHaveProperty('transcript', '');
	expect(await send('databaseRow', { conv_id: 7 })).toHaveProperty('transcript', null);
	const customer = await deliver({ credential, parameters: { options } });
	expect(customer.items[0]).not.toHaveProperty('transcript');
});

test('maskContacts hides contacts in fields, transcript and findings; findContacts adds what the customer wrote', async () => {
	const conversation = {
		conv_id: 7,
		client_info: { name: '李四', tel: '13800138000', weixin: 'wang_fang_88' },
		conv_content: [{ from: 'client', content: '我的电话 13912345678', timestamp: '2026-03-10 10:00:00' }],
	};
	const body = JSON.stringify({ id: '1', event: 'conversation.closed', created_at: 1_753_767_660, conversation });
	const send = async (output: string, options: IDataObject) => {
		const trigger = await host({ parameters: { output, options: { includeTranscript: true, ...options } as never } });
		await sender(trigger.url).post(body, {});
		return trigger.started[0];
	};
	for (const output of ['simplified', 'spreadsheetRow', 'databaseRow']) {
		const masked = JSON.stringify(await send(output, { maskContacts: true }));
		for (const contact of ['13800138000', 'wang_fang_88', '13912345678']) expect(masked).not.toContain(contact);
		expect(masked).toContain('138');
	}
	expect(await send('simplified', {})).toMatchObject({ phone: '13800138000', mentionedPhones: ['13912345678'] });
	expect(await send('simplified', { findContacts: false })).not.toHaveProperty('mentionedPhones');
	expect(await send('raw', { maskContacts: true })).toEqual(JSON.parse(body));
});

test('maskTranscript hides contacts in the transcript alone', async () => {
	const conversation = {
		conv_id: 7,
		client_info: { name: '李四 13600136000', tel: '13800138000', weixin: 'wang_fang_88', qq: '2885551234' },
		conv_content: [
			{ from: 'client', content: '电话 139 1234', timestamp: '2026-03-10 10:00:00' },
			{ from: 'client', content: '5678，微信 wang_fang_88', timestamp: '2026-03-10 10:00:01' },
			{ from: 'client', content: 'QQ：2885551234', timestamp: '2026-03-10 10:00:02' },
			{ from: 'agent', agent_name: 'Lin', content: '好的 139 1234 5678', timestamp: '2026-03-10 10:00:05' },
		],
	};
	const body = JSON.stringify({ id: '1', event: 'conversation.closed', created_at: 1_753_767_660, conversation });
	const send = async (output: string, options: IDataObject) => {
		const trigger = await host({ parameters: { output, options: { includeTranscript: true, ...options } as never } });
		await sender(trigger.url).post(body, {});
		return trigger.started[0];
	};
	for (const output of ['simplified', 'spreadsheetRow', 'databaseRow']) {
		const { transcript: plain, ...fields } = await send(output, {});
		const { transcript: masked, ...rest } = await send(output, { maskTranscript: true });
		expect(rest).toEqual(fields);
		expect(rest).toMatchObject({ phone: '13800138000', wechat: 'wang_fang_88', qq: '2885551234' });
		expect(plain).toContain('5678，微信 wang_fang_88');
		const words = (masked as string).split('\n').map((line) => line.replace(/^\[.*?\] /, ''));
		expect(words).toEqual([
			'Customer 李四 136****6000: 电话 139 ****',
			'Customer 李四 136****6000: 5678，微信 wa********88',
			'Customer 李四 136****6000: QQ：28******34',
			'Agent Lin: 好的 139 **** 5678',
		]);
		const both = await send(output, { maskContacts: true, maskTranscript: true });
		expect(both).toEqual(await send(output, { maskContacts: true }));
	}
	expect(await send('simplified', { includeTranscript: false, maskTranscript: true })).not.toHaveProperty('transcript');
	expect(await send('raw', { maskTranscript: true })).toEqual(JSON.parse(body));
});
