import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, INode, INodePropertyOptions } from 'n8n-workflow';

import { inEnglish, testInEnglish } from '../chinese/english';
import { EVENT_NAMES, makeEvents } from '../simulator';
import type { EventOptions } from '../simulator';
import { AT, closeAll, credential, deliver, host, sender } from './triggerHelpers';
import { runLifecycle, subtitleFor, triggerDescription } from './webhookHost';

afterEach(closeAll);

const events = (options: Partial<EventOptions> = {}) =>
	makeEvents({ names: EVENT_NAMES, count: EVENT_NAMES.length, at: AT, ...options });

describe('which events start the workflow', () => {
	test('Trigger On: others are answered and start nothing', async () => {
		const trigger = await host({ credential, parameters: { events: ['client.created', 'conversation.closed'] } });
		const results = await sender(trigger.url).deliverAll(events().filter(({ name }) => name !== 'cus_became_leads'));
		expect(results.map(({ last }) => last.status)).toEqual(results.map(() => 200));
		expect(trigger.started.map(({ event }) => event)).toEqual(['conversation.closed', 'client.created']);
		expect(trigger.results.filter(({ workflowData }) => workflowData === undefined)).toHaveLength(6);
		expect(JSON.parse(results[1].last.text)).toEqual({
			message: "Received. conversation.scheduled is not selected under 'Trigger On' in n8n.",
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
		const left = answers.filter(({ last }) => inEnglish(last.text).includes("does not pass the 'Filters'"));
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

	testInEnglish('a trigger is no tool, and says where the URL goes', async () => {
		const description = await triggerDescription();
		expect(description).not.toHaveProperty('usableAsTool', true);
		expect(description.credentials).toEqual([
			{ name: 'laiguWebhookApi', required: false, testedBy: 'laiguWebhookApiTest' },
		]);
		for (const text of [JSON.stringify(description.triggerPanel), description.activationMessage]) {
			expect(text).toContain('Production URL');
			expect(text).toContain('设置 / 开发者');
		}
		expect(JSON.stringify(description.triggerPanel)).toContain('Each click accepts one event');
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

	testInEnglish("Laigu's own labels stand beside the events, and the automation's is named so", async () => {
		const { properties } = await triggerDescription();
		const options = (properties.find(({ name }) => name === 'events')?.options ?? []) as INodePropertyOptions[];
		const described = (value: string) => options.find((option) => option.value === value)?.description;
		expect(described('client.created')).toContain('创建顾客');
		expect(described('conversation.closed')).toContain('结束对话');
		expect(options.find(({ value }) => value === 'cus_became_leads')?.name).toBe(
			'Automation Webhook (Visitor Became Lead)',
		);
	});

	testInEnglish('the option Respond promises nothing that Laigu does not document', async () => {
		const { properties } = await triggerDescription();
		const options = properties.find(({ name }) => name === 'options');
		expect(JSON.stringify(options)).toContain('Laigu may then send the event again');
	});
});
