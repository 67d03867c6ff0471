import type { IDataObject } from 'n8n-workflow';

import { transcriptText } from '../../nodes/Laigu/records/dialogue';
import { shaperFor } from '../../nodes/Laigu/records/shape';
import { conversationTable, customerTable } from '../../nodes/Laigu/records/tables';
import { DEMO_ACCOUNT, EVENT_NAMES, HEADER_NAMES, makeEvents, signatureFor } from '../simulator';
import type { EventOptions } from '../simulator';
import { AT, SECRET, closeAll, credential, deliver, host, sender } from './triggerHelpers';
import { runLifecycle, triggerDescription } from './webhookHost';

afterEach(closeAll);

const simplifyConversation = shaperFor(conversationTable, { output: 'simplified' });
const simplifyCustomer = shaperFor(customerTable, { output: 'simplified' });

const events = (options: Partial<EventOptions> = {}) =>
	makeEvents({ names: EVENT_NAMES, count: EVENT_NAMES.length, at: AT, ...options });

describe('events', () => {
	test('all of them, simplified by the code of the Laigu node', async () => {
		const trigger = await host({ credential, parameters: { options: { acceptUnsignedAutomation: true } } });
		const sent = events();
		const delivered = await sender(trigger.url).deliverAll(sent);
		expect(delivered.map(({ last }) => last.status)).toEqual(sent.map(() => 200));
		expect(trigger.started.map(({ event }) => event)).toEqual([...EVENT_NAMES]);
		for (const [index, item] of trigger.started.entries()) {
			const { name, id, body } = sent[index];
			expect(Object.keys(item)).toEqual(['event', 'eventId', 'createdAt', 'data']);
			expect(item).toMatchObject({ event: name, eventId: id, createdAt: '2026-03-10T15:00:00.000+08:00' });
			if (name.startsWith('conversation.'))
				expect(item.data).toEqual(simplifyConversation(body.conversation as IDataObject)[0]);
			else if (name !== 'cus_became_leads')
				expect(item.data).toEqual(simplifyCustomer((body.client ?? body.body) as IDataObject)[0]);
		}
		expect(JSON.stringify(trigger.started)).not.toContain(DEMO_ACCOUNT.enterpriseToken);
	});

	test('the automation passes its fields through, with contact and origin', async () => {
		const { items, event } = await deliver({}, { secret: undefined }, { names: ['cus_became_leads'] });
		const { phone, campaignName, ...body } = event.body.body as IDataObject;
		const data = items[0].data as IDataObject;
		expect(data).toMatchObject({ customerId: body.customerId, nickname: body.nickname, tags: body.tags });
		if (phone) expect(data).toHaveProperty('phone');
		expect(data).toMatchObject({
			channel: body.source,
			account: body.subSourceName,
			...(campaignName ? { campaign: campaignName } : {}),
		});
	});

	test('raw is the body', async () => {
		const { items, event } = await deliver({ credential, parameters: { output: 'raw' } });
		expect(items).toEqual([event.body]);
	});

	test('includeTranscript', async () => {
		const options = { credential, parameters: { options: { includeTranscript: true } } };
		const { items, event } = await deliver(options, {}, { names: ['conversation.closed'] });
		const { transcript } = items[0].data as IDataObject;
		expect(transcript).toBe(transcriptText(event.body.conversation as IDataObject));
		expect((transcript as string).split('\n').length).toBeGreaterThan(2);
		const customer = await deliver(options);
		expect(customer.items[0].data).not.toHaveProperty('transcript');
	});

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
			{ event: 'cdr.hangup', eventId: 'sub_1', createdAt: '2025-07-29T13:41:00.000+08:00', data: { callId: 7 } },
		]);
		const some = await host({ parameters: { events: ['client.created'] } });
		expect((await sender(some.url).post(body, {})).status).toBe(200);
		expect(some.started).toEqual([]);
	});

	test('filters', async () => {
		const sent = makeEvents({ names: ['cus.upsert', 'client.updated', 'conversation.created'], count: 60, at: AT });
		const run = async (filters: IDataObject) => {
			const trigger = await host({ parameters: { filters: filters as never } });
			const answers = await sender(trigger.url).deliverAll(sent);
			expect(new Set(answers.map(({ last }) => last.status))).toEqual(new Set([200]));
			return trigger.started.map(({ data }) => data as IDataObject);
		};
		const douyin = await run({ sources: ' Douyin ,wechat' });
		expect(douyin.length).toBeGreaterThan(0);
		expect(new Set(douyin.map(({ channel }) => channel))).toEqual(new Set(['douyin']));
		const reachable = await run({ onlyWithContact: true });
		expect(reachable.length).toBeGreaterThan(20);
		expect(reachable.length).toBeLessThan(60);
		expect(reachable.every(({ phone, wechat, qq }) => [phone, wechat, qq].some(Boolean))).toBe(true);
		expect(await run({})).toHaveLength(60);
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
		expect(description.properties.find(({ type }) => type === 'notice')?.displayName).toContain(
			'anyone who knows the URL can send',
		);
	});
});
