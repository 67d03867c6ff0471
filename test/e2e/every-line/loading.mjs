import assert from 'node:assert/strict';
import { test } from 'node:test';

const OPERATIONS = [
	'conversation/find',
	'conversation/get',
	'conversation/getAll',
	'customer/find',
	'customer/getAll',
	'report/getAgentService',
	'report/getAgentOnlineStats',
];

/**
 * What n8n shows of the package before anything runs.
 *
 * @param {() => import('./world.mjs').World} world
 * @param {{ servesSchemas: boolean }} line - whether this n8n shows a node's output before its first run
 */
export function loading(world, { servesSchemas }) {
	test('n8n lists the nodes and credentials, and takes no trigger for a tool', async () => {
		const { client } = world().lab;
		const nodes = (await client.nodeTypes()).map(({ name }) => name).filter((name) => name.includes('laigu'));
		assert.deepEqual(
			nodes.filter((name) => !name.endsWith('Tool')).sort(),
			['laigu', 'laiguPollTrigger', 'laiguTrigger'].map((name) => `n8n-nodes-laigu.${name}`),
		);
		assert.deepEqual(
			nodes.filter((name) => name.endsWith('TriggerTool')),
			[],
		);
		const credentials = (await client.credentialTypes()).map(({ name }) => name);
		assert.ok(credentials.includes('laiguApi') && credentials.includes('laiguWebhookApi'));
	});

	test("the trigger's panel tells of the Production URL", async () => {
		const { triggerPanel, activationMessage } = (await world().lab.client.nodeTypes()).find(
			({ name }) => name === 'n8n-nodes-laigu.laiguTrigger',
		);
		assert.match(triggerPanel.executionsHelp.inactive, /Production URL/);
		assert.match(activationMessage, /Production URL/);
	});

	if (servesSchemas) {
		test('n8n serves the output schema of every operation before the first run', async () => {
			for (const operation of OPERATIONS) {
				const path = `/schemas/n8n-nodes-laigu.laigu/1.0.0/${operation}.json`;
				const { status, json } = await world().lab.client.request('GET', path);
				assert.equal(status, 200, operation);
				assert.ok(Object.keys(json.properties).length > 3, operation);
			}
		});
	}
}
