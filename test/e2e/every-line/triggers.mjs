import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { itemsOf } from '../../lab/workflow.mjs';
import { SECRET } from './world.mjs';

/** n8n refuses a poll time of less than a minute, but takes several of a minute each: together they are every five seconds. */
const everyFiveSeconds = Array.from({ length: 12 }, (_, index) => ({
	mode: 'custom',
	cronExpression: `${index * 5} * * * * *`,
}));

/** Both triggers, active. @param {() => import('./world.mjs').World} world */
export function triggers(world) {
	test('Laigu Trigger: a signed event starts an execution, a repeated, unsigned or foreign one does not', async () => {
		const { lab, laigu, credentials } = world();
		const workflow = await activate('laiguTrigger', { events: ['*'] }, { laiguWebhookApi: credentials.webhook.saved });
		const url = `${lab.n8n.url}/webhook/laiguTrigger/webhook`;
		const deliver = async (event, options) => {
			const sender = laigu.openSender({ url, secret: SECRET, ...options });
			const { last } = await sender.deliver(event);
			await sender.close();
			return last.status;
		};
		const [event] = laigu.makeEvents({ names: ['client.created'], count: 1 });
		const [foreign] = laigu.makeEvents({
			names: ['client.created'],
			count: 1,
			account: { enterpriseToken: 'f'.repeat(32) },
		});
		assert.equal(await deliver(event, { signature: 'wrong' }), 401);
		assert.equal(await deliver(event, { signature: 'missing' }), 401);
		assert.equal(await deliver(foreign), 401);
		assert.equal(await deliver(event), 200);
		assert.equal(await deliver(event), 200);
		const [execution] = await finished(workflow.id, 1);
		const items = itemsOf(execution, 'Next');
		assert.deepEqual([items.length, items[0].event, items[0].eventId], [1, 'client.created', event.id]);
		await sleep(1_000);
		assert.equal((await lab.client.executions(workflow.id)).length, 1);
		await lab.client.deactivate(workflow.id);
	});

	test('Laigu Poll Trigger: active, it gives what has happened since Start From, then what happens, each once', async () => {
		const { lab, simulator, credentials } = world();
		const startFrom = new Date(Date.now() - 24 * 3_600_000).toISOString();
		const workflow = await activate(
			'laiguPollTrigger',
			{
				pollTimes: { item: everyFiveSeconds },
				event: 'conversationEnded',
				options: { startFrom, overlapMinutes: 1 },
			},
			{ laiguApi: credentials.token.saved },
		);
		const idsOf = (executions) =>
			executions.flatMap((execution) => itemsOf(execution, 'Next').map(({ conversationId }) => `${conversationId}`));
		const ended = simulator.store.conversations.filter(
			({ conv_end_tm: end }) => end && Date.parse(`${end.replace(' ', 'T')}+08:00`) >= Date.parse(startFrom),
		);
		assert.ok(ended.length > 0);
		assert.deepEqual(idsOf(await finished(workflow.id, 1)).sort(), ended.map(({ conv_id: id }) => `${id}`).sort());

		const now = new Date(Date.now() + 8 * 3_600_000).toISOString().replace('T', ' ').replace('Z', '000');
		simulator.store.addConversation({ ...ended[0], conv_id: 700_000_001, conv_end_tm: now });
		assert.deepEqual(idsOf((await finished(workflow.id, 2)).slice(0, 1)), ['700000001']);
		await sleep(6_000);
		await lab.client.deactivate(workflow.id);
		assert.equal((await lab.client.executions(workflow.id)).length, 2);
	});

	/** A published workflow: the trigger, and a node behind it. */
	async function activate(type, parameters, credentials) {
		const { client } = world().lab;
		const workflow = await client.createWorkflow({
			name: type,
			nodes: [
				{
					id: '1',
					name: 'Trigger',
					type: `n8n-nodes-laigu.${type}`,
					typeVersion: 1,
					position: [0, 0],
					webhookId: type,
					parameters,
					credentials,
				},
				{ id: '2', name: 'Next', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [220, 0], parameters: {} },
			],
			connections: { Trigger: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
		});
		const { status } = await client.activate(workflow.id);
		assert.match(status, /published|synchronous/);
		return workflow;
	}

	/** Waits for so many executions to have succeeded; the newest first. */
	async function finished(workflowId, count) {
		const { client } = world().lab;
		for (const since = Date.now(); ; await sleep(250)) {
			const all = await client.executions(workflowId);
			const succeeded = all.filter(({ status }) => status === 'success');
			if (succeeded.length >= count) return await Promise.all(succeeded.map(({ id }) => client.finishedExecution(id)));
			if (Date.now() - since > 90_000) throw new Error(`Of ${count} executions there are ${JSON.stringify(all)}.`);
		}
	}
}
