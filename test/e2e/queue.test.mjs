import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { tokenCredential } from '../lab/credential.mjs';
import { startQueueLab } from '../lab/queue-lab.mjs';
import { itemsOf } from '../lab/workflow.mjs';
import { inARow } from './n8n.mjs';
import { laiguTrigger, postgresNode, returnAll } from './queue-workflows.mjs';

const SECRET = 'only-for-tests, 密钥';
const EVENTS = 2_000;
const AT_ONCE = 50;
const RECORDS = 10_000;

/** What docs/reliability.md recommends, and what a test on a busy machine needs. */
const SETTINGS = {
	N8N_EXECUTIONS_QUEUE_KEEP_LAST_COMPLETED: '1000',
	N8N_EXECUTIONS_QUEUE_KEEP_LAST_FAILED: '1000',
	// how soon a dead worker is noticed; a minute and half a minute unless set
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
	N8N_EXPRESSION_ENGINE: 'legacy',
	DB_POSTGRESDB_POOL_SIZE: '10',
	// a busy machine can keep the database's pulse waiting; n8n would answer 503 to everything
	DB_PING_TIMEOUT_MS: '60000',
};

let laigu;
let lab;
let simulator;
const senders = [];
const credentials = {};

before(async () => {
	const { tsImport } = await import('tsx/esm/api');
	laigu = await tsImport('../simulator/index.ts', import.meta.url);
	const demo = { now: Date.now() * 1_000, account: laigu.DEMO_ACCOUNT, days: 40, conversationsPerDay: 300 };
	const ended = laigu.generateDemo(demo).conversations.filter(({ conv_end_tm: end }) => end);
	simulator = await laigu.startSimulator({ conversations: ended.slice(0, RECORDS) });
	lab = await startQueueLab({ environment: SETTINGS });
	await lab.database.query(`
		CREATE SCHEMA crm;
		CREATE TABLE crm.events (id text PRIMARY KEY, event text, enterprise_token text, created_at bigint, client jsonb, conversation jsonb, body jsonb);
		CREATE TABLE crm.conversations ("conversationId" bigint PRIMARY KEY, "startedAt" timestamptz, "endedAt" timestamptz);
	`);
	const data = {
		laiguApi: tokenCredential(simulator),
		laiguWebhookApi: { signingSecret: SECRET, enterpriseToken: simulator.account.enterpriseToken },
		postgres: { ...lab.connection, ssl: 'disable' },
	};
	for (const [type, fields] of Object.entries(data)) {
		const { id, name } = await lab.client.saveCredential({ name: type, type, data: fields });
		credentials[type] = { id, name };
	}
});

after(async () => {
	for (const sender of senders) await sender.close();
	await lab?.stop();
	await simulator?.close();
});

/** A published workflow: each event becomes a row. `urlOf` gives its URL at a webhook process. */
async function publishEvents(webhookId, responseMode) {
	const nodes = [laiguTrigger(webhookId, { responseMode }, credentials), postgresNode('events', 'id', credentials)];
	const { id } = await lab.client.createWorkflow(inARow(webhookId, nodes, { withStart: false }));
	assert.equal((await lab.client.activate(id)).status, 'published');
	return { id, urlOf: ({ n8n }) => `${n8n.url}/webhook/${webhookId}/webhook` };
}

function send(url, options = {}) {
	const sender = laigu.openSender({ url, secret: SECRET, atOnce: AT_ONCE, ...options });
	senders.push(sender);
	return sender;
}

const eventsOf = (count, seed) =>
	laigu.makeEvents({ names: laigu.EVENT_NAMES.filter((name) => name !== 'cus_became_leads'), count, seed });

async function until(what, look) {
	for (const since = Date.now(); ; await sleep(100)) {
		const found = await look();
		if (found) return found;
		assert.ok(Date.now() - since < 240_000, `waited for ${what} in vain`);
	}
}

/** How the executions of a workflow ended, once all have: `{ success: 2000, error: 12 }`. */
const endedExecutions = (workflowId) =>
	until('every execution to end', async () => {
		const { rows } = await lab.database.query(
			'SELECT status, count(*)::int FROM execution_entity WHERE "workflowId" = $1 GROUP BY status',
			[workflowId],
		);
		const counts = Object.fromEntries(rows.map(({ status, count }) => [status, count]));
		return counts.new || counts.running ? undefined : counts;
	});

const keysIn = async (table, key) =>
	(await lab.database.query(`SELECT "${key}"::text AS key FROM crm.${table}`)).rows.map((row) => row.key);

/** The same keys, each once. */
const assertExactly = (actual, expected) => assert.deepEqual([...actual].sort(), [...new Set(expected)].sort());

let events;
let sent;

test(
	`${EVENTS} events and a Return All of ${RECORDS} records while a worker is killed: what was answered 200 is a row, each once`,
	{ timeout: 600_000 },
	async (t) => {
		events = await publishEvents('when-finished', 'lastNode');
		sent = eventsOf(EVENTS, 1);
		const { deliverAll } = send(events.urlOf(lab.webhooks[0]), { retryAfterMs: 5_000 });
		const sending = deliverAll(sent);
		await until('the first rows', async () => (await keysIn('events', 'id')).length > EVENTS / 10);

		const workflow = await lab.client.createWorkflow(inARow('Return All', returnAll(credentials)));
		const cutOff = await lab.client.start(workflow);
		const worker = await until('a worker to take Return All', () => lab.workerOf(cutOff));
		await until('Return All to be in the middle', () => simulator.requests.length >= RECORDS / 200);
		await until('events on the same worker', async () => (await worker.unfinished()).length > 3);
		await worker.kill();
		await sleep(2_000);
		await worker.start();
		// as its schedule would begin it again
		const whole = await lab.client.run(workflow, { timeoutMs: 240_000 });
		const first = await sending;

		// n8n has begun none of the killed worker's executions again
		assert.equal((await lab.client.finishedExecution(cutOff, { timeoutMs: 240_000 })).status, 'error');
		const counts = await endedExecutions(events.id);
		assert.ok(counts.error > 0, 'no event was hit');

		const answered = new Set(first.filter(({ last }) => last.status === 200).map(({ event }) => event.id));
		const rows = await keysIn('events', 'id');
		assert.deepEqual(
			[...answered].filter((id) => !rows.includes(id)),
			[],
		);
		const unanswered = sent.filter(({ id }) => !answered.has(id));
		for (const { last } of await deliverAll(unanswered)) assert.equal(last.status, 200);
		assertExactly(
			await keysIn('events', 'id'),
			sent.map(({ id }) => id),
		);

		assert.equal(whole.status, 'success', JSON.stringify(whole.data.resultData.error));
		const records = simulator.store.conversations.map(({ conv_id: id }) => `${id}`);
		assert.equal(records.length, RECORDS);
		const given = itemsOf(whole, 'Laigu').map(({ conversationId }) => `${conversationId}`);
		assert.equal(given.length, RECORDS);
		assertExactly(given, records);
		assertExactly(await keysIn('conversations', 'conversationId'), records);
		const again = first.filter(({ attempts }) => attempts.length > 1).length;
		t.diagnostic(
			JSON.stringify({ executions: counts, deliveredAgain: again, stillUnanswered: unanswered.length, rows: EVENTS }),
		);
	},
);

test('what was answered 200 is received: 300 repeated deliveries start nothing', async () => {
	const before = await endedExecutions(events.id);
	const again = await send(events.urlOf(lab.webhooks[0])).deliverAll(sent.slice(-300));
	for (const { last } of again)
		assert.equal(`${last.status} ${last.text}`, '200 {"message":"Already received. Nothing is started."}');
	assert.deepEqual(await endedExecutions(events.id), before);
});

test('two webhook processes, each event to both at the same moment: one row each', async (t) => {
	const processes = [lab.webhooks[0], await lab.addWebhook()];
	for (const [seed, responseMode] of [
		[2, 'onReceived'],
		[3, 'lastNode'],
	]) {
		const { id, urlOf } = await publishEvents(`two-${responseMode}`, responseMode);
		const equal = eventsOf(100, seed);
		const doors = processes.map((one) => send(urlOf(one), { atOnce: 10 }));
		const results = await Promise.all(doors.map(({ deliverAll }) => deliverAll(equal)));
		for (const { last } of results.flat()) assert.equal(last.status, 200);
		const { success, ...others } = await endedExecutions(id);
		assert.deepEqual(others, {});
		const ids = new Set(equal.map((event) => event.id));
		const rows = (await keysIn('events', 'id')).filter((key) => ids.has(key));
		assertExactly(rows, [...ids]);
		t.diagnostic(`${responseMode}: ${success} executions for ${ids.size} events`);
	}
});
