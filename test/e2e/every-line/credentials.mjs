import assert from 'node:assert/strict';
import { test } from 'node:test';
import { itemsOf } from '../../lab/workflow.mjs';
import { inARow } from '../n8n.mjs';

/** The tests of both credentials, good and bad, as the editor runs them. @param {() => import('./world.mjs').World} world */
export function credentials(world) {
	const judge = async (name, change) => {
		const { lab, credentials: all } = world();
		const { type, data, saved } = all[name];
		return await lab.client.testCredential({ ...saved, type }, { ...data, ...change });
	};

	test("Laigu API's test is green for both ways of authentication", async () => {
		assert.equal((await judge('token')).status, 'OK');
		assert.equal((await judge('appSign')).status, 'OK');
	});

	test("Laigu API's test says in plain words what is wrong", async () => {
		const wrong = [
			['token', { accessToken: 'not the token' }, /did not accept 'Access Token'/],
			['appSign', { signSecret: 'f'.repeat(32) }, /did not accept 'App ID' and 'Sign'/],
			['token', { enterpriseId: '99999' }, /did not accept 'Enterprise ID'/],
			['token', { enterpriseId: 'abc' }, /'Enterprise ID' in the Laigu credential is not a number/],
			['token', { baseUrl: world().lab.n8n.url }, /The Laigu API is not at this address/],
			['token', { baseUrl: 'http://192.0.2.1' }, /uses plain http/],
			['token', { baseUrl: 'http://127.0.0.1:9' }, /Nothing answers at Laigu's address/],
		];
		for (const [name, change, sentence] of wrong) {
			const { status, message } = await judge(name, change);
			assert.equal(status, 'Error');
			assert.match(message, sentence);
		}
	});

	test("Laigu API's test tells an API that is not opened from a wrong address", async () => {
		const closed = await world().laigu.startSimulator({ apiOpened: false });
		const { message } = await judge('token', { baseUrl: closed.url });
		await closed.close();
		assert.match(message, /has not enabled the API for this account yet/);
	});

	test("Laigu Webhook API's test says what it can prove", async () => {
		assert.equal((await judge('webhook')).status, 'OK');
		const empty = await judge('webhook', { signingSecret: '' });
		assert.equal(empty.status, 'Error');
		assert.match(empty.message, /'Signing Secret' is empty/);
	});

	test("n8n's HTTP Request node can use Laigu API", async () => {
		const { lab, simulator, credentials: all } = world();
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
			credentials: { laiguApi: all.token.saved },
		};
		const workflow = await lab.client.createWorkflow(inARow('http', [request]));
		const execution = await lab.client.run(workflow);
		assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
		assert.ok(Array.isArray(itemsOf(execution, 'HTTP Request')[0].rows));
	});
}
