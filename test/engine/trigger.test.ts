import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, INode, INodePropertyOptions } from 'n8n-workflow';

import { shaperFor } from '../../nodes/Laigu/records/shape';
import type { Output } from '../../nodes/Laigu/records/shape';
import { automationTable, conversationTable, customerTable } from '../../nodes/Laigu/records/tables';
import { DEMO_ACCOUNT, EVENT_NAMES, HEADER_NAMES, makeEvents, signatureFor } from '../simulator';
import type { EventOptions } from '../simulator';
import { AT, SECRET, closeAll, credential, deliver, host, sender } from './triggerHelpers';
import { runLifecycle, subtitleFor, triggerDescription } from './webhookHost';

afterEach(closeAll);

const events = (options: Partial<EventOptions> = {}) =>
	makeEvents({ names: EVENT_NAMES, count: EVENT_NAMES.length, at: AT, ...options });

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

describe('items', () => {
	test.each(['simplified', 'spreadsheetRow', 'databaseRow'] as const)(
		'%s: the fields of the record as the Laigu node gives them, and the event behind them',
		async (output) => {
			const parameters = { output, options: { acceptUnsignedAutomation: true } };
			const trigger = await host({ credential, parameters });
			const sent = events();
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
		expect(Object.keys(trigger.started[0]).slice(-6)).toEqual([
			'customerId',
			'nickname',
			'budgetRange',
			...EVENT_FIELDS,
		]);
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
});

describe('which events start the workflow', () => {
	test('Trigger On: others are answered and start nothing', async () => {
		const trigger = await host({ credential, parameters: { events: ['client.created', 'conversation.closed'] } });
		const results = await sender(trigger.url).deliverAll(events().filter(({ name }) => name !== 'cus_became_leads'));
		expect(results.map(({ last }) => last.status)).toEqual(results.map(() => 200));
		expect(trigger.started.map(({ event }) => event)).toEqual(['conversation.closed', 'client.created']);
		expect(trigger.results.filter(({ workflowData }) => workflowData === undefined)).toHaveLength(6);
		expect(JSON.parse(results[1].last.text)).toEqual({
			message: "Received. conversation.scheduled is not chosen under 'Trigger On' in n8n.",
		});
	});

	test('an event of tomorrow passes with * only', async () => {
		const body = JSON.stringify({
			id: 'sub_1',
			event: 'cdr.hangup',
			created_at: 1753767660,
			call: { call_id: 7, empty: '' },
		});
		const all = await host();
		expect((await sender(all.url).post(body, {})).status).toBe(200);
		expect(all.started).toEqual([
			{ callId: 7, event: 'cdr.hangup', eventId: 'sub_1', eventAt: '2025-07-29T13:41:00.000+08:00' },
		]);
		const some = await host({ parameters: { events: ['client.created'] } });
		expect((await sender(some.url).post(body, {})).status).toBe(200);
		expect(some.started).toEqual([]);
	});

	test('none is chosen for the user; without a choice, or with one that there is not, n8n says so', async () => {
		const { properties } = await triggerDescription();
		const property = properties.find(({ name }) => name === 'events');
		expect(property).toMatchObject({ displayName: 'Trigger On', required: true, default: [] });
		expect(NodeHelpers.getParameterIssues(property!, { events: [] }, '', {} as INode, null).parameters).toHaveProperty(
			'events',
		);
		for (const chosen of [[], ['client.creatd'], { client: true }]) {
			const { status, message, items } = await deliver({ credential, parameters: { events: chosen as never } });
			expect({ status, items }).toEqual({ status: 500, items: [] });
			expect(message).toContain("'Trigger On'");
		}
	});

	test('no setting is read for a delivery that is refused', async () => {
		const parameters = { events: ['no such event'] };
		expect((await deliver({ credential, parameters }, { signature: 'wrong' })).status).toBe(401);
	});
});

describe('filters', () => {
	const sent = makeEvents({ names: ['cus.upsert', 'client.updated', 'conversation.closed'], count: 60, at: AT });
	const run = async (filters: IDataObject) => {
		const trigger = await host({ parameters: { filters: filters as never } });
		const answers = await sender(trigger.url).deliverAll(sent);
		expect(new Set(answers.map(({ last }) => last.status))).toEqual(new Set([200]));
		const left = answers.filter(({ last }) => last.text.includes("does not pass the 'Filters'"));
		expect(left).toHaveLength(sent.length - trigger.started.length);
		return trigger.started;
	};

	test('channels, as text or as a list, in any case', async () => {
		const douyin = await run({ channels: ' Douyin ,wechat' });
		expect(douyin.length).toBeGreaterThan(0);
		expect(new Set(douyin.map(({ channel }) => channel))).toEqual(new Set(['douyin']));
		expect(await run({ channels: ['DOUYIN', 'wechat'] })).toHaveLength(douyin.length);
		expect(await run({ channels: [] })).toHaveLength(60);
	});

	test('only with contact', async () => {
		const reachable = await run({ onlyWithContact: true });
		expect(reachable.length).toBeGreaterThan(20);
		expect(reachable.length).toBeLessThan(60);
		expect(reachable.every(({ phone, wechat, qq }) => phone ?? wechat ?? qq)).toBeTruthy();
	});

	test('agents, groups, tags and missed: an event that does not say passes none', async () => {
		const all = await run({});
		const closed = all.filter(({ event }) => event === 'conversation.closed');
		const { agentName } = closed.find((item) => item.agentName !== undefined) ?? {};
		expect((await run({ agents: agentName })).map(({ eventId }) => eventId)).toEqual(
			closed.filter((item) => item.agentName === agentName).map(({ eventId }) => eventId),
		);
		const [tag] = all.flatMap(({ tags }) => (tags ?? []) as string[]);
		const tagged = await run({ tags: tag });
		expect(tagged.length).toBeGreaterThan(0);
		expect(tagged.length).toBeLessThan(60);
		expect(await run({ groups: 'no such group' })).toEqual([]);
		expect(new Set((await run({ onlyMissed: true })).map(({ event }) => event)).size).toBeLessThanOrEqual(1);
	});

	test("by Laigu's own fields alone: names of ours inside a record neither pass nor stop an event", async () => {
		const trigger = await host({ parameters: { filters: { channels: 'redbook', onlyWithContact: true } } });
		const { post } = sender(trigger.url);
		const send = async (id: string, client: IDataObject) =>
			(await post(JSON.stringify({ id, event: 'client.updated', client }), {})).status;
		const ours = {
			attribution: { channel: 'redbook' },
			lead: { phone: '1' },
			channel: 'redbook',
			phone: '13800138000',
		};
		expect(await send('1', ours)).toBe(200);
		expect(trigger.started).toEqual([]);
		for (const odd of [{ lead: null }, { lead: 7, attribution: 'x' }, { channel: { a: 1 }, phone: [] }])
			await send(JSON.stringify(odd), { ...odd, source: 'RedBook', tel: '13800138000' });
		expect(trigger.started.map(({ channel, phone }) => ({ channel, phone }))).toEqual(
			Array.from({ length: 3 }, () => ({ channel: 'RedBook', phone: '13800138000' })),
		);
	});
});

describe('verification', () => {
	test.each(HEADER_NAMES.flatMap((name) => [name, name.toUpperCase(), name.toLowerCase()]))('%s', async (header) => {
		expect(await deliver({ credential }, { header })).toMatchObject({ status: 200, items: [expect.anything()] });
	});

	test.each(['missing', 'empty', 'wrong', 'stale', 'reencoded', 'hmac', 'disagreeing'] as const)(
		'%s signature: 401',
		async (signature) => {
			const { status, items, message } = await deliver({ credential }, { signature });
			expect({ status, items }).toEqual({ status: 401, items: [] });
			expect(message).toContain('signature');
			expect(message).not.toMatch(/error|problem|failure|mistake/i);
		},
	);

	test('another name for the header: 401', async () => {
		expect(await deliver({ credential }, { header: 'X-Signature' })).toMatchObject({ status: 401, items: [] });
	});

	test('two headers that agree: 200; one header twice: 401', async () => {
		const trigger = await host({ credential });
		const body = '{"id":"sub_x_1","event":"client.updated"}';
		const right = '1e71ec052d369cd4090e4a4d0b4fbe170313ed91';
		const testing = await host({ credential: { signingSecret: 'testsecret' } });
		const { post } = sender(testing.url);
		expect((await post(body, { 'laigu-sign': right, 'meiqia-sign': right })).status).toBe(200);
		expect((await post(body, { 'laigu-sign': [right, right] })).status).toBe(401);
		const other = '{"id":"sub_x_2","event":"client.updated"}';
		const upper = signatureFor(other, 'testsecret').toUpperCase();
		expect((await post(other, { 'laigu-sign': upper })).status).toBe(200);
		expect((await post(other, { 'laigu-sign': `${upper}0` })).status).toBe(401);
		expect(testing.started).toHaveLength(2);
		expect((await sender(trigger.url).post(body, { 'laigu-sign': right })).status).toBe(401);
	});

	test('gzip is verified as it was before', async () => {
		expect(await deliver({ credential }, { gzip: true })).toMatchObject({ status: 200, items: [expect.anything()] });
	});

	test('no raw body (a form): 401 with a secret, 400 without', async () => {
		const contentType = 'multipart/form-data; boundary=x';
		expect(await deliver({ credential }, { contentType })).toMatchObject({ status: 401, items: [] });
		expect(await deliver({}, { contentType })).toMatchObject({ status: 400, items: [] });
	});

	test('without what n8n does to requests: 401 with a secret', async () => {
		expect(await deliver({ credential, withoutRawBody: true })).toMatchObject({ status: 401, items: [] });
	});

	test('without a credential everyone is believed', async () => {
		expect(await deliver({}, { signature: 'wrong' })).toMatchObject({ status: 200, items: [expect.anything()] });
	});

	test('an empty credential believes nobody', async () => {
		const { status, message } = await deliver({ credential: { signingSecret: '', enterpriseToken: '' } });
		expect(status).toBe(401);
		expect(message).toContain("'Signing Secret'");
	});

	test('enterprise token', async () => {
		const own = { signingSecret: SECRET, enterpriseToken: DEMO_ACCOUNT.enterpriseToken };
		expect((await deliver({ credential: own })).status).toBe(200);
		const { status, message } = await deliver(
			{ credential: own },
			{},
			{ account: { enterpriseToken: 'f'.repeat(32) } },
		);
		expect(status).toBe(401);
		expect(message).not.toContain(DEMO_ACCOUNT.enterpriseToken);
		const only = { ...own, signingSecret: '' };
		expect((await deliver({ credential: only }, { secret: undefined })).status).toBe(200);
		expect((await deliver({ credential: only }, {}, { account: { enterpriseToken: 'f'.repeat(32) } })).status).toBe(
			401,
		);
		expect((await deliver({ credential: only }, {}, { names: ['cus_became_leads'] })).status).toBe(401);
	});

	test.each([
		['beside a secret', credential],
		['beside an enterprise token alone', { signingSecret: '', enterpriseToken: 'f'.repeat(32) }],
		['beside both', { signingSecret: SECRET, enterpriseToken: 'f'.repeat(32) }],
	])('an unsigned event of the automation %s: the answer names the option', async (_, chosen) => {
		const sent = [{ signature: 'missing' as const }, { names: ['cus_became_leads' as const] }] as const;
		const refused = await deliver({ credential: chosen }, ...sent);
		expect(refused).toMatchObject({ status: 401, items: [] });
		expect(refused.message).toContain("'Accept Unsigned Automation Webhook'");
		const parameters = { options: { acceptUnsignedAutomation: true } };
		expect(await deliver({ credential: chosen, parameters }, ...sent)).toMatchObject({ status: 200, items: [{}] });
		const other = await deliver({ credential: chosen }, sent[0]);
		expect(other.message).not.toContain('Accept Unsigned');
		expect(other.status).toBe(401);
	});

	test('an unsigned event of the automation that is too large: 400, beside a credential and without', async () => {
		const parameters = { options: { acceptUnsignedAutomation: true } };
		const fields = Array.from({ length: 500_000 }, (_, index) => `"field${index}":"${index}"`).join(',');
		const large = `{"id":"x","eventType":"cus_became_leads","createdAt":1,"body":{${fields}}}`;
		for (const chosen of [{ credential }, {}]) {
			const trigger = await host({ ...chosen, parameters });
			const { status, text } = await sender(trigger.url).post(large, {});
			expect({ status, started: trigger.started }).toEqual({ status: 400, started: [] });
			expect(text).toContain("more than an event of Laigu's can");
		}
	});

	test('a credential with invisible characters and blanks that were copied along', async () => {
		const copied = {
			signingSecret: `\u202d ${SECRET}\u200b\n`,
			enterpriseToken: `\ufeff${DEMO_ACCOUNT.enterpriseToken}\u202c `,
		};
		expect(await deliver({ credential: copied })).toMatchObject({ status: 200, items: [{}] });
	});

	test('the automation beside a secret: only when the user says so, and nothing else slips through', async () => {
		const unsigned = { signature: 'missing' as const };
		const lead = { names: ['cus_became_leads' as const] };
		expect(await deliver({ credential }, unsigned, lead)).toMatchObject({ status: 401, items: [] });
		const parameters = { options: { acceptUnsignedAutomation: true } };
		expect(await deliver({ credential, parameters }, unsigned, lead)).toMatchObject({
			status: 200,
			items: [expect.anything()],
		});
		expect(await deliver({ credential, parameters }, { signature: 'wrong' }, lead)).toMatchObject({
			status: 401,
			items: [],
		});
		expect(await deliver({ credential, parameters }, unsigned)).toMatchObject({ status: 401, items: [] });
		const trigger = await host({ credential, parameters });
		const disguised = { id: 'x', eventType: 'client.deleted', createdAt: 1, body: { track_id: '2' } };
		expect((await sender(trigger.url).post(JSON.stringify(disguised), {})).status).toBe(401);
		expect((await sender(trigger.url).post(JSON.stringify({ ...disguised, event: 'client.deleted' }), {})).status).toBe(
			401,
		);
		expect(trigger.started).toEqual([]);
	});

	test('maximum age', async () => {
		const parameters = { options: { maxAgeSeconds: 300 } };
		const made = (secondsAgo: number) => ({ at: new Date(Date.now() - secondsAgo * 1000) });
		expect((await deliver({ credential, parameters }, {}, made(200))).status).toBe(200);
		expect(await deliver({ credential, parameters }, {}, made(400))).toMatchObject({ status: 401, items: [] });
		expect((await deliver({ credential, parameters }, {}, made(-200))).status).toBe(200);
		const late = await deliver({ credential, parameters }, {}, made(-400));
		expect(late).toMatchObject({ status: 401, items: [] });
		expect(late.message).toContain("'Max Age'");
		expect(await deliver({ credential, parameters }, {}, { at: new Date(9_999_999_999_000) })).toMatchObject({
			status: 401,
			items: [],
		});
		expect(
			(await deliver({ credential, parameters: { options: { maxAgeSeconds: 0 } } }, {}, made(40_000))).status,
		).toBe(200);
		const trigger = await host({ parameters });
		expect((await sender(trigger.url).post('{"id":"1","event":"client.updated","client":{}}', {})).status).toBe(401);
	});
});

test('the answer is out before the workflow starts', async () => {
	const trigger = await host({ credential });
	await sender(trigger.url).deliverAll(events({ count: 20 }));
	expect(trigger.answeredFirst).toEqual(trigger.answeredFirst.map(() => true));
	expect(trigger.results.every(({ noWebhookResponse }) => noWebhookResponse)).toBe(true);
});

describe('lifecycle and description', () => {
	test('nothing is claimed to exist in Laigu, nothing to be created is left undone', async () => {
		expect(await runLifecycle('checkExists')).toBe(false);
		expect(await runLifecycle('create')).toBe(true);
		expect(await runLifecycle('delete')).toBe(true);
	});

	test('a trigger is no tool, and says where the URL goes', async () => {
		const description = await triggerDescription();
		expect(description).not.toHaveProperty('usableAsTool', true);
		expect(description.credentials).toEqual([
			{ name: 'laiguWebhookApi', required: false, testedBy: 'laiguWebhookApiTest' },
		]);
		for (const text of [JSON.stringify(description.triggerPanel), description.activationMessage]) {
			expect(text).toContain('Production URL');
			expect(text).toContain('设置 / 开发者');
		}
		expect(JSON.stringify(description.triggerPanel)).toContain('once for each click');
		for (const text of [JSON.stringify(description.triggerPanel), description.eventTriggerDescription]) {
			expect(text).toContain("'Signing Secret'");
			expect(text).toContain('http://localhost');
		}
		const notice = description.properties.find(({ type }) => type === 'notice')?.displayName;
		expect(notice).toContain('anyone who knows the URL can send');
		// it stays there once a credential is chosen
		expect(notice).not.toMatch(/^choose/i);
	});

	test('the node on the canvas says in words what it is for', async () => {
		expect(await subtitleFor(['client.created'])).toBe('Customer Created');
		expect(await subtitleFor(['conversation.closed', 'cus_became_leads'])).toBe(
			'Conversation Closed, Automation Webhook (Visitor Became Lead)',
		);
		expect(await subtitleFor(['*'])).toBe('Every event');
		expect(await subtitleFor([])).toBe('');
		expect(await subtitleFor('client.deleted')).toBe('Customer Deleted');
		expect(await subtitleFor(['cdr.hangup'])).toBe('cdr.hangup');
	});

	test("Laigu's own labels stand beside the events, and the automation's is named so", async () => {
		const { properties } = await triggerDescription();
		const options = (properties.find(({ name }) => name === 'events')?.options ?? []) as INodePropertyOptions[];
		const described = (value: string) => options.find((option) => option.value === value)?.description;
		expect(described('client.created')).toContain('创建顾客');
		expect(described('conversation.closed')).toContain('结束对话');
		expect(options.find(({ value }) => value === 'cus_became_leads')?.name).toBe(
			'Automation Webhook (Visitor Became Lead)',
		);
	});

	test('the option Respond promises nothing that Laigu does not document', async () => {
		const { properties } = await triggerDescription();
		const options = properties.find(({ name }) => name === 'options');
		expect(JSON.stringify(options)).toContain('Laigu may then send the event again');
	});
});
