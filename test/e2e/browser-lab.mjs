import { openBrowser } from '../lab/browser.mjs';
import { Editor } from '../lab/editor.mjs';
import { OWNER, startLab } from './n8n.mjs';

/** The demo data of a day long past: the pictures of today and of next year hold the same people. */
const NOW = new Date('2026-03-15T12:00:00+08:00');

/** Where n8n believes to be reached from; nobody asks it there. */
export const PUBLIC_URL = 'https://n8n.example.com/';
/** Of the trigger in `createTriggers`. */
export const WEBHOOK_ID = '5a3f0c52-2b7e-4d3c-9c54-1f0a6f7d8e21';

/**
 * A real n8n with a simulated Laigu, and its editor in a browser, logged in.
 *
 * @param {{ width: number, height: number }} viewport - the browser's, in CSS pixels
 * @param {{ root?: string }} [options] - `root`: the folder of the package; the English one unless given
 * @returns {Promise<{ lab: any, simulator: any, browser: any, editor: Editor, stop: () => Promise<void> }>}
 */
export async function openEditor(viewport, { root } = {}) {
	const { tsImport } = await import('tsx/esm/api');
	const { startSimulator } = await tsImport('../simulator/index.ts', import.meta.url);
	const started = [];
	const stop = async () => {
		for (const end of started.reverse()) await end();
	};
	try {
		const simulator = await startSimulator({ now: NOW });
		started.push(() => simulator.close());
		const lab = await startLab({ root, environment: { N8N_WEBHOOK_URL: PUBLIC_URL, WEBHOOK_URL: PUBLIC_URL } });
		started.push(() => lab.stop());
		const browser = await openBrowser(viewport);
		started.push(() => browser.close());
		const editor = new Editor(browser.page, lab.n8n.url);
		await editor.logIn(OWNER);
		return { lab, simulator, browser, editor, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/**
 * A workflow that holds both triggers, with their credentials.
 *
 * @param {import('../lab/n8n-client.mjs').N8nClient} client - of an n8n that has a Laigu API credential
 * @param {string} [packageName] - whose nodes
 * @returns {Promise<string>} its ID
 */
export async function createTriggers(client, packageName = 'n8n-nodes-laigu') {
	const laiguApi = (await client.rest('GET', '/credentials')).find(({ type }) => type === 'laiguApi');
	const laiguWebhookApi = await client.saveCredential({
		name: 'Laigu Webhook account',
		type: 'laiguWebhookApi',
		data: { signingSecret: 'only-for-tests', enterpriseToken: '' },
	});
	const reference = ({ id, name }) => ({ id, name });
	const trigger = (name, type, y, rest) => ({
		...{ id: name, name, type: `${packageName}.${type}`, typeVersion: 1, position: [0, y], parameters: {} },
		...rest,
	});
	const { id } = await client.createWorkflow({
		name: 'Triggers',
		nodes: [
			trigger('Laigu Trigger', 'laiguTrigger', 0, {
				parameters: { events: ['client.created', 'conversation.closed'] },
				webhookId: WEBHOOK_ID,
				credentials: { laiguWebhookApi: reference(laiguWebhookApi) },
			}),
			trigger('Laigu Poll Trigger', 'laiguPollTrigger', 240, {
				credentials: { laiguApi: reference(laiguApi) },
			}),
		],
		connections: {},
	});
	return id;
}
