import { inARow, startLab } from '../n8n.mjs';
import { signCredential, tokenCredential } from '../../lab/credential.mjs';
import { itemsOf } from '../../lab/workflow.mjs';

/** The key that webhooks are signed with here. */
export const SECRET = 'only-for-tests, 密钥';

/**
 * What the tests of one line share: its n8n, a simulated Laigu, and both credentials saved in n8n.
 *
 * @typedef {object} World
 * @property {import('../n8n.mjs').Lab} lab
 * @property {any} laigu - `test/simulator`
 * @property {any} simulator
 * @property {Record<'token' | 'appSign' | 'webhook', { type: string, data: object, saved: { id: string, name: string } }>} credentials
 * @property {(name: string, parameters: object, settings?: RunSettings) => Promise<Seen>} run
 * @property {() => Promise<void>} close
 *
 * @typedef {object} RunSettings
 * @property {object[]} [items] - what the Laigu node gets; one empty item otherwise
 * @property {'token' | 'appSign'} [credential]
 * @property {string} [onError]
 *
 * @typedef {object} Seen - what a person sees of a run
 * @property {string} status
 * @property {any[] | undefined} items
 * @property {any[] | undefined} errorItems - of the error output
 * @property {any} error - n8n's, when the run has failed
 */

/**
 * @param {import('../../lab/lines.mjs').N8nLine} line
 * @returns {Promise<World>}
 */
export async function openWorld(line) {
	const { tsImport } = await import('tsx/esm/api');
	const laigu = await tsImport('../../simulator/index.ts', import.meta.url);
	const simulator = await laigu.startSimulator();
	const lab = await startLab({ line }).catch(async (error) => {
		await simulator.close();
		throw error;
	});
	const credentials = await saveCredentials(lab.client, simulator);
	return {
		lab,
		laigu,
		simulator,
		credentials,
		run: async (parameters, settings) => await runLaigu(lab.client, credentials, parameters, settings),
		async close() {
			await lab.stop();
			await simulator.close();
		},
	};
}

async function saveCredentials(client, simulator) {
	const save = async (name, type, data) => {
		const { id } = await client.saveCredential({ name, type, data });
		return { type, data, saved: { id, name } };
	};
	return {
		token: await save('Laigu', 'laiguApi', tokenCredential(simulator)),
		appSign: await save('Laigu, App ID', 'laiguApi', signCredential(simulator)),
		webhook: await save('Laigu Webhook', 'laiguWebhookApi', {
			signingSecret: SECRET,
			enterpriseToken: simulator.account.enterpriseToken,
		}),
	};
}

async function runLaigu(client, credentials, parameters, { items, credential = 'token', onError } = {}) {
	const node = {
		name: 'Laigu',
		type: 'n8n-nodes-laigu.laigu',
		parameters,
		credentials: { laiguApi: credentials[credential].saved },
		...(onError && { onError }),
	};
	const pinData = items && { Start: items.map((json) => ({ json })) };
	const workflow = await client.createWorkflow({ ...inARow('test', [node]), ...(pinData && { pinData }) });
	const execution = await client.run(workflow);
	await client.deleteWorkflow(workflow.id);
	return {
		status: execution.status,
		items: itemsOf(execution, 'Laigu'),
		errorItems: itemsOf(execution, 'Laigu', 1),
		error: execution.data.resultData.error,
	};
}
