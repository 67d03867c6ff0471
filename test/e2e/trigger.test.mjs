import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenOnLoopback } from '../lab/loopback.mjs';
import { itemsOf } from '../lab/workflow.mjs';
import { startLab } from './n8n.mjs';

const SECRET = 'only-for-tests, 密钥';
const TYPE = 'n8n-nodes-laigu.laiguTrigger';
const BURST = 500;
const AT_ONCE = 50;

let lab;
let laigu;
let credential;
const senders = [];

before(async () => {
	const { tsImport } = await import('tsx/esm/api');
	laigu = await tsImport('../simulator/index.ts', import.meta.url);
	// a busy machine can keep the database's pulse waiting; n8n would answer 503 to everything
	lab = await startLab({ environment: { DB_PING_TIMEOUT_MS: '60000' } });
	const type = 'laiguWebhookApi';
	const data = { signingSecret: SECRET, enterpriseToken: laigu.DEMO_ACCOUNT.enterpriseToken };
	const { id } = await lab.client.saveCredential({ name: 'Laigu Webhook', type, data });
	credential = { id, name: 'Laigu Webhook', type };
});

after(async () => {
	for (const sender of senders) await sender.close();
	await lab?.stop();
});

function send(url, options = {}) {
	const sender = laigu.openSender({ url, secret: SECRET, atOnce: AT_ONCE, ...options });
	senders.push(sender);
	return sender;
}

/** A published workflow: the trigger, and a node behind it. */
async function publish(webhookId, parameters = {}, next = { type: 'n8n-nodes-base.noOp', parameters: {} }) {
	const nodes = [
		{
			id: '1',
			name: 'Laigu Trigger',
			type: TYPE,
			typeVersion: 1,
			position: [0, 0],
			webhookId,
			parameters: { events: ['*'], ...parameters },
			credentials: { laiguWebhookApi: { id: credential.id, name: credential.name } },
		},
		{ id: '2', name: 'Next', typeVersion: 1, position: [220, 0], ...next },
	];
	const connections = { 'Laigu Trigger': { main: [[{ node: 'Next', type: 'main', index: 0 }]] } };
	const workflow = await lab.client.createWorkflow({ name: webhookId, nodes, connections });
	const { status } = await lab.client.activate(workflow.id);
	assert.match(status, /published|synchronous/);
	return { workflow, url: `${lab.n8n.url}/webhook/${webhookId}/webhook` };
}

/** How many executions a workflow has had, by their status; n8n counts them itself. */
async function countExecutions(workflowId) {
	const countOf = async (status) => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, ...(status && { status: [status] }) }));
		return (await lab.client.rest('GET', `/executions?filter=${filter}&limit=1`)).count;
	};
	const [all, success] = [await countOf(), await countOf('success')];
	return { all, success };
}

/** Waits until every execution has ended and no other one begins. */
async function settledExecutions(workflowId, expected) {
	let counts;
	for (const since = Date.now(); Date.now() - since < 180_000; await sleep(300)) {
		counts = await countExecutions(workflowId);
		if (counts.success >= expected && counts.all === counts.success) break;
	}
	await sleep(500);
	return await countExecutions(workflowId);
}

/** How often each answer came: `{ '200 Received. …': 500 }`. */
function answersOf(results) {
	const counts = {};
	for (const { last } of results) {
		const answer = `${last.status} ${JSON.parse(last.text || '{}').message}`;
		counts[answer] = (counts[answer] ?? 0) + 1;
	}
	return counts;
}

const STARTED = '200 Received. The workflow starts.';
const REPEATED = '200 Already received. Nothing is started.';

const eventsOf = (count, options = {}) =>
	laigu.makeEvents({ names: laigu.EVENT_NAMES.filter((name) => name !== 'cus_became_leads'), count, ...options });

describe('over the production URL', () => {
	let trigger;
	const sent = [];

	before(async () => {
		trigger = await publish('e2e-burst');
		sent.push(...eventsOf(BURST));
	});

	test(`${BURST} events at ${AT_ONCE} at a time give exactly ${BURST} executions, ${BURST} repeated deliveries none`, async (context) => {
		const sender = send(trigger.url);
		const first = await sender.deliverAll(sent);
		assert.deepEqual(answersOf(first), { [STARTED]: BURST });
		assert.deepEqual(await settledExecutions(trigger.workflow.id, BURST), { all: BURST, success: BURST });

		const again = await sender.deliverAll(sent);
		assert.deepEqual(answersOf(again), { [REPEATED]: BURST });
		assert.deepEqual(await settledExecutions(trigger.workflow.id, BURST), { all: BURST, success: BURST });
		const times = (results) => results.map(({ last }) => last.ms).sort((a, b) => a - b);
		for (const [what, ms] of [
			['new', times(first)],
			['repeated', times(again)],
		])
			context.diagnostic(
				`answers to ${what} events: half within ${ms[BURST / 2].toFixed(0)} ms, the slowest ${ms.at(-1).toFixed(0)} ms`,
			);
	});

	test('every item is the event that was sent', async () => {
		const [{ id }] = await lab.client.executions(trigger.workflow.id);
		const [item] = itemsOf(await lab.client.execution(id), 'Next');
		const event = sent.find((one) => one.id === item.eventId);
		assert.equal(item.event, event.name);
		assert.equal(
			item.trackId ?? item.conversationId,
			Object.values(event.body).at(-1).track_id ?? event.body.conversation.conv_id,
		);
	});

	test('what proves nothing is refused and starts nothing', async () => {
		const [event] = eventsOf(1, { seed: 2 });
		for (const signature of ['missing', 'empty', 'wrong', 'stale', 'reencoded', 'hmac', 'disagreeing'])
			assert.equal((await send(trigger.url, { signature }).deliver(event)).last.status, 401, signature);
		const form = await send(trigger.url, { contentType: 'multipart/form-data; boundary=x' }).deliver(event);
		assert.notEqual(form.last.status, 200);
		const [foreign] = eventsOf(1, { account: { enterpriseToken: 'f'.repeat(32) }, seed: 2 });
		assert.equal((await send(trigger.url).deliver(foreign)).last.status, 401);
		const [lead] = laigu.makeEvents({ names: ['cus_became_leads'], count: 1 });
		assert.equal((await send(trigger.url, { signature: 'missing' }).deliver(lead)).last.status, 401);
		assert.deepEqual(await settledExecutions(trigger.workflow.id, BURST), { all: BURST, success: BURST });
	});

	test('what is no event is answered and starts nothing', async () => {
		const post = async (body, type = 'application/json') =>
			(
				await send(trigger.url).post(body, {
					'content-type': type,
					'meiqia-signature': laigu.signatureFor(body, SECRET),
				})
			).status;
		for (const body of ['[]', '{}', 'null', '""', '', '[{"id":"1","event":"client.updated"}]'])
			assert.equal(await post(body), 400, body);
		for (const type of ['text/plain', 'application/octet-stream', 'x'])
			assert.equal(await post('{"id":"1"', type), 400, type);
		assert.equal(await post('{"id":"1"'), 422);
		assert.equal(await post(Buffer.from([0x7b, 0xff, 0x7d]), 'text/plain'), 400);
		assert.deepEqual(await settledExecutions(trigger.workflow.id, BURST), { all: BURST, success: BURST });
	});

	test('5 MB, plain and as gzip', async () => {
		const [event] = laigu.makeEvents({ names: ['conversation.closed'], count: 1, seed: 3 });
		event.body.conversation.summary_content = '备注 '.repeat(700_000);
		assert.equal((await send(trigger.url, { gzip: true }).deliver(event)).last.status, 200);
		assert.equal(
			(await send(trigger.url).deliver(event)).last.text,
			'{"message":"Already received. Nothing is started."}',
		);
		assert.deepEqual(await settledExecutions(trigger.workflow.id, BURST + 1), { all: BURST + 1, success: BURST + 1 });
	});

	test('a restart of n8n forgets no delivery of the last minute', async () => {
		await lab.n8n.stop();
		await lab.start();
		const last = sent.slice(-100);
		const again = await send(trigger.url).deliverAll(last);
		assert.deepEqual(answersOf(again), { [REPEATED]: last.length });
		assert.deepEqual(await settledExecutions(trigger.workflow.id, BURST + 1), { all: BURST + 1, success: BURST + 1 });
	});

	test('once taken out of service it answers 404', async () => {
		await lab.client.deactivate(trigger.workflow.id);
		const [event] = eventsOf(1, { seed: 4 });
		const statuses = [];
		for (let tries = 0; tries < 20 && statuses.at(-1) !== 404; tries++) {
			statuses.push((await send(trigger.url).deliver(event)).last.status);
			await sleep(250);
		}
		assert.equal(statuses.at(-1), 404);
	});
});

test('Trigger On and Filters: others are answered and start nothing', async () => {
	const { workflow, url } = await publish('e2e-filters', {
		events: ['client.created'],
		filters: { channels: 'douyin' },
	});
	const sent = eventsOf(80);
	const wanted = sent.filter(({ name, body }) => name === 'client.created' && body.client.source === 'douyin');
	const answers = await send(url).deliverAll(sent);
	assert.ok(wanted.length > 0 && wanted.length < 10);
	assert.deepEqual(
		answers.map(({ last }) => last.status),
		sent.map(() => 200),
	);
	assert.deepEqual(await settledExecutions(workflow.id, wanted.length), { all: wanted.length, success: wanted.length });
});

test('Respond, When Last Node Finishes: 500 while the workflow fails, 200 once it succeeds, and received from then on', async () => {
	const statuses = [500, 500, 200];
	const server = await listenOnLoopback(
		createServer((_, response) => void response.writeHead(statuses.shift() ?? 200).end('{}')),
	);
	const ask = {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { url: `${server.url}/`, options: {} },
	};
	const { workflow, url } = await publish('e2e-respond', { options: { responseMode: 'lastNode' } }, ask);
	const [event] = eventsOf(1, { seed: 7 });
	const answers = [];
	for (let time = 0; time < 5; time++) answers.push((await send(url).deliver(event)).last);
	await server.close();
	assert.deepEqual(
		answers.map(({ status }) => status),
		[500, 500, 200, 200, 200],
	);
	assert.equal(answers[2].text, '');
	assert.equal(answers[3].text, '{"message":"Already received. Nothing is started."}');
	assert.deepEqual(await countExecutions(workflow.id), { all: 3, success: 1 });
});

test('the Test URL works once for each click, for the same event too', async () => {
	const { workflow } = await publish('e2e-test-url');
	const [event] = eventsOf(1, { seed: 5 });
	const url = `${lab.n8n.url}/webhook-test/e2e-test-url/webhook`;
	for (let click = 1; click <= 2; click++) {
		const started = await lab.client.rest('POST', `/workflows/${workflow.id}/run`, {
			workflowData: workflow,
			startNodes: [],
			triggerToStartFrom: { name: 'Laigu Trigger' },
		});
		assert.equal(started.waitingForWebhook, true);
		assert.equal((await send(url, { signature: 'wrong' }).deliver(event)).last.status, 401);
		assert.equal((await send(url).deliver(event)).last.status, 200);
		// n8n takes the test webhook away after the answer
		await sleep(1_000);
		assert.equal((await send(url).deliver(event)).last.status, 404);
		assert.equal((await settledExecutions(workflow.id, click)).success, click);
	}
});
