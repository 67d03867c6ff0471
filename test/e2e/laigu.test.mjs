import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { itemsOf } from '../lab/workflow.mjs';
import { inARow, startLab } from './n8n.mjs';

const TYPE = 'n8n-nodes-laigu.laigu';

let lab;
let startSimulator;
let simulator;
let credential;
let good;

before(async () => {
	const { tsImport } = await import('tsx/esm/api');
	({ startSimulator } = await tsImport('../simulator/index.ts', import.meta.url));
	simulator = await startSimulator();
	const { accessToken, appId, sign, enterpriseId } = simulator.account;
	good = {
		authentication: 'accessToken',
		accessToken,
		appId,
		signSecret: sign,
		enterpriseId: `${enterpriseId}`,
		baseUrl: simulator.url,
		allowHttp: false,
	};
	lab = await startLab();
	const type = 'laiguApi';
	const { id } = await lab.client.saveCredential({ name: 'Laigu', type, data: good });
	credential = { id, name: 'Laigu', type };
});

after(async () => {
	await lab?.stop();
	await simulator?.close();
});

/** Runs one Laigu node behind a manual trigger and gives what a person sees: its items, or n8n's error. */
async function run(parameters, settings = {}) {
	const node = { name: 'Laigu', type: TYPE, parameters, credentials: { laiguApi: credential }, ...settings };
	const workflow = await lab.client.createWorkflow(inARow('test', [node]));
	const execution = await lab.client.run(workflow);
	await lab.client.deleteWorkflow(workflow.id);
	return { status: execution.status, items: itemsOf(execution, 'Laigu'), error: execution.data.resultData.error };
}

test('n8n lists the node, and its credential, with icons that it serves', async () => {
	const node = (await lab.client.nodeTypes()).find(({ name }) => name === TYPE);
	assert.ok(node, 'the node is in the list');
	for (const url of [node.iconUrl.light, node.iconUrl.dark]) {
		const icon = await lab.client.request('GET', `/${url}`);
		assert.match(icon.text, /<svg /, url);
	}
	const names = (await lab.client.credentialTypes()).map(({ name }) => name);
	assert.ok(names.includes('laiguApi') && names.includes('laiguWebhookApi'));
});

test('n8n serves the output schema of every operation before the first run', async () => {
	for (const operation of [
		'conversation/get',
		'conversation/getAll',
		'customer/find',
		'customer/getAll',
		'report/getAgentService',
		'report/getAgentOnlineStats',
	]) {
		const { status, json } = await lab.client.request('GET', `/schemas/${TYPE}/1.0.0/${operation}.json`);
		assert.equal(status, 200, operation);
		assert.ok(Object.keys(json.properties).length > 3, operation);
	}
});

describe("the credential's test", () => {
	const judge = async (change) => await lab.client.testCredential(credential, { ...good, ...change });

	test('is green for both ways of authentication', async () => {
		assert.equal((await judge({})).status, 'OK');
		assert.equal((await judge({ authentication: 'appSign' })).status, 'OK');
	});

	test('says in plain words what is wrong', async () => {
		const wrong = [
			[{ accessToken: 'not the token' }, /did not accept 'Access Token'/],
			[{ authentication: 'appSign', signSecret: 'f'.repeat(32) }, /did not accept 'App ID' and 'Sign'/],
			[{ enterpriseId: '99999' }, /did not accept 'Enterprise ID'/],
			[{ enterpriseId: 'abc' }, /'Enterprise ID' in the Laigu credential is not a number/],
			[{ baseUrl: lab.n8n.url }, /The Laigu API is not at this address/],
			[{ baseUrl: 'http://192.0.2.1' }, /uses plain http/],
			[{ baseUrl: 'http://127.0.0.1:9' }, /Nothing answers at the address/],
		];
		for (const [change, sentence] of wrong) {
			const { status, message } = await judge(change);
			assert.equal(status, 'Error');
			assert.match(message, sentence);
		}
	});

	test('tells an API that is not opened from a wrong address', async () => {
		const closed = await startSimulator({ apiOpened: false });
		const { message } = await judge({ baseUrl: closed.url });
		await closed.close();
		assert.match(message, /has not opened the API for this account yet/);
	});
});

describe('every operation runs', () => {
	for (const parameters of [
		{ resource: 'conversation', operation: 'getAll', limit: 5 },
		{ resource: 'conversation', operation: 'getAll', limit: 5, options: { apiVersion: 'v1', order: 'newestFirst' } },
		{ resource: 'customer', operation: 'getAll', returnAll: true, output: 'row' },
		{ resource: 'customer', operation: 'find', findBy: 'name', value: '小', limit: 1 },
		{ resource: 'report', operation: 'getAgentService' },
		{ resource: 'report', operation: 'getAgentOnlineStats', output: 'row' },
	]) {
		test(`${parameters.resource}: ${parameters.operation}`, async () => {
			const { status, items, error } = await run(parameters);
			assert.equal(status, 'success', error?.message);
			assert.ok(items.length > 0);
		});
	}

	test('conversation: get', async () => {
		const [{ conversationId }] = (await run({ resource: 'conversation', operation: 'getAll', limit: 1 })).items;
		const locator = { __rl: true, mode: 'id', value: `${conversationId}` };
		const { items } = await run({
			resource: 'conversation',
			operation: 'get',
			conversationId: locator,
			output: 'transcript',
		});
		assert.equal(items[0].conversationId, conversationId);
		assert.match(items[0].transcript, /^\[\d{4}-/);
	});
});

test('a person who enters a wrong range reads which field it is and what to do', async () => {
	const { status, error } = await run({
		resource: 'conversation',
		operation: 'getAll',
		timeRange: 'custom',
		from: '2026-02-01',
		to: '2026-01-01',
	});
	assert.equal(status, 'error');
	assert.match(error.message, /'From' is after 'To' \[Item 0\]/);
	assert.match(error.description, /ends after it begins/);
});

test('Continue On Fail gives an item that says why', async () => {
	const locator = { __rl: true, mode: 'id', value: '1' };
	const { status, items } = await run(
		{ resource: 'conversation', operation: 'get', conversationId: locator },
		{ onError: 'continueRegularOutput' },
	);
	assert.equal(status, 'success');
	assert.equal(items.length, 1);
	assert.equal(items[0].errno, 10016);
});

test("n8n's HTTP Request node can use the credential", async () => {
	const request = {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url: `${simulator.url}/unified-api/datagateway/v1/reports/agent_service`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'laiguApi',
			sendQuery: true,
			queryParameters: {
				parameters: [
					{ name: 'from_tm', value: '2026-01-01 00:00:00' },
					{ name: 'to_tm', value: '2026-01-02 00:00:00' },
				],
			},
		},
		credentials: { laiguApi: credential },
	};
	const workflow = await lab.client.createWorkflow(inARow('http', [request]));
	const execution = await lab.client.run(workflow);
	assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
	assert.ok(Array.isArray(itemsOf(execution, 'HTTP Request')[0].rows));
});
