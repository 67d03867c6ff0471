import { inEnglish } from '../chinese/english';
import { forgetProcessMemory } from '../../nodes/Laigu/webhook/deduplication';
import { EVENT_NAMES, makeEvents } from '../simulator';
import { AT, closeAll, credential, host, sender } from './triggerHelpers';

beforeEach(forgetProcessMemory);
afterEach(closeAll);

const some = (count: number) =>
	makeEvents({ names: EVENT_NAMES.filter((name) => name !== 'cus_became_leads'), count, at: AT });

test('500 deliveries at 50 at a time start 500, the same 500 again none; every one is answered 200', async () => {
	const trigger = await host({ credential, saveDelayMs: 5 });
	const { deliverAll } = sender(trigger.url, { atOnce: 50 });
	const sent = some(500);
	const first = await deliverAll(sent);
	expect(trigger.started).toHaveLength(500);
	expect(new Set(trigger.started.map(({ eventId }) => eventId)).size).toBe(500);
	const again = await deliverAll(sent);
	expect(trigger.started).toHaveLength(500);
	expect([...first, ...again].filter(({ last }) => last.status !== 200)).toEqual([]);
	expect(JSON.parse(again[7].last.text)).toEqual({ message: 'Already received. Nothing is started.' });
});

test('of 50 equal deliveries at once the first one wins', async () => {
	const trigger = await host({ credential, saveDelayMs: 20 });
	const [event] = some(1);
	const answers = await sender(trigger.url, { atOnce: 50 }).deliverAll(Array.from({ length: 50 }, () => event));
	expect(answers.every(({ last }) => last.status === 200)).toBe(true);
	expect(trigger.started).toHaveLength(1);
});

test('another state of the same customer under the same id is another event; a true repetition is none', async () => {
	const trigger = await host({ credential });
	const { deliverAll } = sender(trigger.url);
	const [event] = makeEvents({ names: ['client.updated'], count: 1, at: AT, ids: 'seconds' });
	const withPhone = (tel: string) => ({
		...event,
		body: { ...event.body, client: { ...(event.body.client as object), tel } },
	});
	const [first, second] = [withPhone('13800138001'), withPhone('13800138002')];
	const answers = await deliverAll([first, second, first, second, second]);
	expect(answers.map(({ last }) => last.status)).toEqual([200, 200, 200, 200, 200]);
	expect(answers.slice(2).every(({ last }) => inEnglish(last.text).includes('Already received'))).toBe(true);
	expect(trigger.started).toHaveLength(2);
});

test('static data of any shape stops nothing', async () => {
	for (const kept of ['x', 7, null, [], { seenDeliveries: {} }, { seenDeliveries: 'x'.repeat(100_000) }]) {
		const trigger = await host({ credential, staticData: { 'node:Laigu Trigger': kept } });
		const answers = await sender(trigger.url).deliverAll([...some(2), ...some(2)]);
		expect(answers.map(({ last }) => last.status)).toEqual([200, 200, 200, 200]);
		expect(trigger.started).toHaveLength(2);
	}
});

test('a restart forgets nothing that static data could keep', async () => {
	const sent = some(30);
	const before = await host({ credential, workflowId: 'same' });
	await sender(before.url).deliverAll(sent);
	forgetProcessMemory();
	const after = await host({ credential, workflowId: 'same', staticData: before.staticData() });
	await sender(after.url).deliverAll([
		...sent,
		...makeEvents({ names: ['client.created'], count: 1, at: new Date(AT.getTime() + 1000) }),
	]);
	expect(after.started).toHaveLength(1);
});

test('static data stays small', async () => {
	const trigger = await host({
		credential,
		staticData: {
			'node:Laigu Trigger': {
				seenDeliveries: Array.from({ length: 3_000 }, (_, i) => `x${i}`.padEnd(12, '_')).join(' '),
			},
		},
	});
	await sender(trigger.url).deliverAll(some(1));
	expect(JSON.stringify(trigger.staticData()).length).toBeLessThan(14_000);
});

test('the same id with another event, or about somebody else, is another delivery (the older ids have a second only)', async () => {
	const trigger = await host();
	const { post } = sender(trigger.url);
	for (const [event, track_id] of [
		['client.created', 'a'],
		['client.updated', 'a'],
		['client.updated', 'b'],
		['client.updated', 'a'],
	])
		expect((await post(JSON.stringify({ id: 'sub_1_1753767660', event, client: { track_id } }), {})).status).toBe(200);
	expect(trigger.started.map(({ event, trackId }) => [event, trackId])).toEqual([
		['client.created', 'a'],
		['client.updated', 'a'],
		['client.updated', 'b'],
	]);
});

test('out of order: every event starts, in the order of arrival', async () => {
	const trigger = await host({ credential });
	const sent = some(20).reverse();
	await sender(trigger.url).deliverAll(sent);
	expect(trigger.started.map(({ eventId }) => eventId)).toEqual(sent.map(({ id }) => id));
});

test('a refused delivery is not remembered: the right one after it starts', async () => {
	const trigger = await host({ credential });
	const [event] = some(1);
	expect((await sender(trigger.url, { signature: 'wrong' }).deliver(event)).last.status).toBe(401);
	expect((await sender(trigger.url).deliver(event)).last.status).toBe(200);
	expect(trigger.started).toHaveLength(1);
});

test.each([
	['Deduplicate off', { parameters: { options: { deduplicate: false } } }],
	['the Test URL', { mode: 'manual' as const }],
])('%s: every delivery starts', async (_, options) => {
	const trigger = await host({ credential, ...options });
	const [event] = some(1);
	await sender(trigger.url).deliverAll([event, event, event]);
	expect(trigger.started).toHaveLength(3);
	expect(trigger.staticData()).toEqual({});
});

test('two workflows do not know of each other', async () => {
	const triggers = [await host({ credential, workflowId: 'a' }), await host({ credential, workflowId: 'b' })];
	for (const { url } of triggers) await sender(url).deliverAll(some(3));
	expect(triggers.map(({ started }) => started.length)).toEqual([3, 3]);
});
