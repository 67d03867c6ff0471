import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { forgetProcessMemory } from '../../nodes/Laigu/webhook/deduplication';
import { makeEvents, signatureHeaders } from '../simulator';
import { AT, SECRET, closeAll, credential, host, sender } from './triggerHelpers';

beforeEach(forgetProcessMemory);
afterEach(closeAll);

const [event] = makeEvents({ names: ['client.updated'], count: 1, at: AT });
const whenFinished = { credential, parameters: { options: { responseMode: 'lastNode' } } };

/** A workflow that ends when it is told to, each run in turn. */
function controlled() {
	const endings: Array<(status: 200 | 500) => void> = [];
	const begun: Array<() => void> = [];
	return {
		workflowEnds: async () =>
			await new Promise<200 | 500>((resolve) => {
				endings.push(resolve);
				begun.shift()?.();
			}),
		begins: async () => await new Promise<void>((resolve) => void begun.push(resolve)),
		end: (run: number, status: 200 | 500) => endings[run](status),
	};
}

test('Immediately, unless chosen otherwise: the answer is there before the workflow', async () => {
	const trigger = await host({ credential });
	expect((await sender(trigger.url).deliver(event)).last.status).toBe(200);
	expect(trigger.answeredFirst).toEqual([true]);
	expect(trigger.results[0].noWebhookResponse).toBe(true);
});

test('When Last Node Finishes: n8n answers, and what was answered 200 counts as received', async () => {
	const trigger = await host(whenFinished);
	const { deliver } = sender(trigger.url);
	expect((await deliver(event)).last.status).toBe(200);
	expect(trigger.answeredFirst).toEqual([false]);
	expect(trigger.results[0].noWebhookResponse).toBeUndefined();
	expect((await deliver(event)).last).toMatchObject({
		status: 200,
		text: '{"message":"Already received. Nothing is started."}',
	});
	expect(trigger.started).toHaveLength(1);
	// a failed run must never be remembered, so nothing is saved before its end
	expect(trigger.staticData()).toEqual({});
});

test('an event whose workflow failed starts it again when it is delivered again', async () => {
	const statuses = [500, 500, 200] as const;
	let runs = 0;
	const trigger = await host({ ...whenFinished, workflowEnds: async () => await Promise.resolve(statuses[runs++]) });
	const { deliver } = sender(trigger.url);
	const answers = [];
	for (let time = 0; time < 5; time++) answers.push((await deliver(event)).last.status);
	expect(answers).toEqual([500, 500, 200, 200, 200]);
	expect(trigger.started).toHaveLength(3);
});

test('a delivery that comes while the first is at work starts the workflow, too: the first may still fail', async () => {
	const { workflowEnds, begins, end } = controlled();
	const trigger = await host({ ...whenFinished, workflowEnds });
	const { deliver } = sender(trigger.url, { atOnce: 2 });
	const firstBegins = begins();
	const first = deliver(event);
	await firstBegins;
	const secondBegins = begins();
	const second = deliver(event);
	await secondBegins;
	end(0, 500);
	expect((await first).last.status).toBe(500);
	end(1, 200);
	expect((await second).last.status).toBe(200);
	expect((await deliver(event)).last.text).toContain('Already received');
	expect(trigger.started).toHaveLength(2);
});

test('an answer that nobody waited for counts for nothing', async () => {
	const { workflowEnds, begins, end } = controlled();
	const trigger = await host({ ...whenFinished, workflowEnds });
	const body = Buffer.from(JSON.stringify(event.body));
	const begun = begins();
	const impatient = request(trigger.url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...signatureHeaders(body, { secret: SECRET }) },
	});
	impatient.on('error', () => {}).end(body);
	await begun;
	impatient.destroy();
	while (trigger.closed.length === 0) await sleep(20);
	expect(trigger.closed).toEqual([false]);
	end(0, 200);
	const again = begins();
	const second = sender(trigger.url).deliver(event);
	await again;
	end(1, 200);
	expect((await second).last.status).toBe(200);
	expect(trigger.started).toHaveLength(2);
});

test('what is refused or not wanted is answered at once', async () => {
	const trigger = await host({
		...whenFinished,
		parameters: { events: ['client.created'], options: { responseMode: 'lastNode' } },
	});
	expect((await sender(trigger.url, { signature: 'wrong' }).deliver(event)).last.status).toBe(401);
	expect((await sender(trigger.url).deliver(event)).last).toMatchObject({
		status: 200,
		text: expect.stringContaining("not selected under 'Trigger On'") as string,
	});
	expect(trigger.started).toHaveLength(0);
});

test.each([
	['Deduplicate off', { parameters: { options: { responseMode: 'lastNode', deduplicate: false } } }],
	['the Test URL', { ...whenFinished, mode: 'manual' as const }],
])('%s: every delivery starts', async (_, options) => {
	const trigger = await host({ credential, ...options });
	await sender(trigger.url).deliverAll([event, event, event]);
	expect(trigger.started).toHaveLength(3);
});
