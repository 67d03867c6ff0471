import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setUpDemo } from '../../scripts/start/demo.mjs';
import { rowsOf } from '../../scripts/start/table.mjs';
import { openBrowser } from '../lab/browser.mjs';
import { Editor } from '../lab/editor.mjs';
import { startLab } from './n8n.mjs';

/** What `npm start` sets up, driven from the simulator's page: buttons there, rows in a real n8n's table. */
let lab, simulator, demo, browser, page;

before(async () => {
	const { tsImport } = await import('tsx/esm/api');
	const { startSimulator } = await tsImport('../simulator/index.ts', import.meta.url);
	simulator = await startSimulator({ live: true });
	lab = await startLab({ owner: false });
	demo = await setUpDemo(lab.client, { userFolder: lab.n8n.userFolder, simulator });
	simulator.page.setWebhook(demo.webhook);
	simulator.page.setDestination({ name: demo.table.name, url: demo.table.url });
	browser = await openBrowser({ width: 1200, height: 900 });
	page = browser.page;
	await page.goto(simulator.url);
	await by('leads').locator('tbody tr').first().waitFor();
});

after(async () => {
	await browser?.close();
	await lab?.stop();
	await simulator?.close();
});

const by = (id) => page.locator(`[data-test-id="${id}"]`);
const latest = () => by('results').locator('li').first();

/** Looks until something is there, for a minute and a half at most: a poll comes once a minute. */
async function until(look) {
	for (let left = 180; left > 0; left--) {
		const found = await look();
		if (found) return found;
		await sleep(500);
	}
	throw new Error('waited in vain');
}

const rows = async (trackId) => await rowsOf(lab.client, demo.table, trackId);

/** How the executions of a workflow ended, the newest first. */
async function outcomes({ workflow }) {
	return (await lab.client.executions(workflow.id)).map(({ status }) => status);
}

test('a lead sent by the button stands in the table, edited when it is edited, and once when the poll has come', async () => {
	assert.equal(await by('webhook-url').inputValue(), demo.webhook.url);
	const polled = (await outcomes(demo.byPolling)).length;
	await by('send-lead').click();
	await latest()
		.getByText(/client\.created: the webhook answered 200/)
		.waitFor();
	const [{ id: trackId, name }] = simulator.page.snapshot().leads;
	const [row] = await until(async () => {
		const found = await rows(trackId);
		return found.length > 0 && found;
	});
	const { sub_source_name: account } = simulator.store.client(trackId);
	assert.deepEqual([row.name, row.account, row.trackId], [name, account, trackId]);
	assert.match(row.phone, /^\d{11}$/);
	assert.match(row.leadCreatedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+08:00$/);

	await by('edit-lead').click();
	await latest()
		.getByText(/client\.updated: the webhook answered 200/)
		.waitFor();
	const { comment } = simulator.store.client(trackId);
	await until(async () => (await rows(trackId)).some((one) => one.comment === comment));
	const [outcome] = await until(async () => {
		const ended = (await outcomes(demo.byPolling)).filter((status) => status !== 'new' && status !== 'running');
		return ended.length > polled && ended;
	});
	assert.equal(outcome, 'success');
	assert.equal((await rows(trackId)).length, 1);
});

test('the page leads to the table in the editor, where the lead can be read', async () => {
	const [{ name }] = simulator.page.snapshot().leads;
	const link = by('destination').getByRole('link');
	assert.equal(await link.getAttribute('href'), demo.table.url);
	await new Editor(page, lab.n8n.url).logIn(demo.owner);
	await page.goto(demo.table.url);
	await page.getByText(name).first().waitFor();
	await page.goto(simulator.url);
});

test('a conversation ended by the button reaches a table, too', async () => {
	const { path } = demo.table;
	const columns = ['conversationId', 'customerName'].map((name) => ({ name, type: 'string' }));
	const tables = path.slice(0, path.lastIndexOf('/'));
	const { id } = await lab.client.rest('POST', tables, { name: 'Conversations', columns });
	const conversations = { path: `${tables}/${id}` };
	const { webhookId, ...trigger } = demo.byWebhook.workflow.nodes[0];
	const into = demo.byWebhook.workflow.nodes[1];
	const workflow = await lab.client.createWorkflow({
		...demo.byWebhook.workflow,
		id: undefined,
		name: 'Conversations into a table',
		nodes: [
			{
				...trigger,
				webhookId: `${webhookId}-conversations`,
				parameters: { ...trigger.parameters, events: ['conversation.closed'] },
			},
			{
				...into,
				parameters: {
					...into.parameters,
					operation: 'insert',
					dataTableId: { __rl: true, mode: 'id', value: id },
					columns: {
						...into.parameters.columns,
						value: Object.fromEntries(columns.map(({ name }) => [name, `={{ String($json.${name}) }}`])),
						schema: [],
					},
				},
			},
		],
	});
	await lab.client.activate(workflow.id);
	await by('webhook-url').fill(demo.webhook.url.replace(webhookId, `${webhookId}-conversations`));
	await by('end-conversation').click();
	await latest()
		.getByText(/conversation\.closed: the webhook answered 200/)
		.waitFor();
	const ended = simulator.store.conversations.filter(({ conv_end_tm: end }) => end !== null);
	const newest = ended.sort((one, other) => (one.conv_end_tm < other.conv_end_tm ? 1 : -1))[0];
	const found = await until(async () => {
		const { data } = await lab.client.rest('GET', `${conversations.path}/rows`);
		return data.length > 0 && data;
	});
	assert.deepEqual(
		found.map(({ conversationId }) => conversationId),
		[String(newest.conv_id)],
	);
});
