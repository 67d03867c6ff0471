import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { UserError } from '../lib/errors.mjs';
import { itemsOf } from '../../test/lab/workflow.mjs';
import { placeCredential, placeWebhookCredential } from './credential.mjs';
import { placeExample, placeWorkflow, runExample } from './examples.mjs';
import { readLeads } from './leads.mjs';
import { readState, secretsOf, writeState } from './state.mjs';
import { placeTable } from './table.mjs';
import { tableWorkflows, webhookUrl } from './table-workflows.mjs';
import { findCsvFaults, findRowFaults } from './verify.mjs';

const EMAIL = 'owner@laigu.example';

const LEADS = { file: 'leads-to-csv.json', node: 'Get leads', csv: 'laigu-leads.csv' };
const TRANSCRIPTS = { file: 'conversations-with-transcripts.json', node: 'Get conversations', limit: 20 };

/**
 * @typedef {object} Demo
 * @property {import('./examples.mjs').PlacedExample} leads
 * @property {import('./examples.mjs').PlacedExample} transcripts
 * @property {import('./examples.mjs').PlacedExample} byWebhook
 * @property {import('./examples.mjs').PlacedExample} byPolling
 * @property {import('./table.mjs').Table} table
 * @property {{ url: string, secret: string }} webhook
 * @property {{ email: string, password: string }} owner - n8n's log-in
 * @property {string[]} notes - what a person should know
 */

/**
 * Puts the demo credentials, the examples and the table with its two published workflows into a running n8n.
 *
 * @param {import('../../test/lab/n8n-client.mjs').N8nClient} client
 * @param {{ userFolder: string, simulator: { url: string, account: any } }} lab
 * @returns {Promise<Demo>}
 * @throws {UserError} when n8n does not know the nodes, or has another log-in; N8nRequestError when it refuses something
 */
export async function setUpDemo(client, { userFolder, simulator }) {
	const { password, signingSecret } = await secretsOf(userFolder);
	const owner = { email: EMAIL, password };
	await logIn(client, owner);
	await requireNodes(client);
	const state = await readState(userFolder);
	const { credential, kept } = await placeCredential(client, state.credentialId, simulator);
	const laiguWebhookApi = await placeWebhookCredential(client, state.webhookCredentialId, signingSecret);
	const place = (file) => placeExample(client, file, { credential, record: state.workflows[file] });
	const leads = await place(LEADS.file);
	const transcripts = await place(TRANSCRIPTS.file);

	const table = await placeTable(client);
	const credentials = { laiguApi: { id: credential.id, name: credential.name }, laiguWebhookApi };
	const shipped = tableWorkflows({ table, credentials });
	const byWebhook = await placeWorkflow(client, shipped.byWebhook, state.workflows.byWebhook);
	const byPolling = await placeWorkflow(client, shipped.byPolling, state.workflows.byPolling);
	const placed = { [LEADS.file]: leads, [TRANSCRIPTS.file]: transcripts, byWebhook, byPolling };
	await writeState(userFolder, {
		...state,
		credentialId: credential.id,
		webhookCredentialId: laiguWebhookApi.id,
		workflows: Object.fromEntries(Object.entries(placed).map(([name, { record }]) => [name, record])),
	});
	for (const example of [byWebhook, byPolling]) if (!example.edited) await publish(client, example.workflow.id);

	const webhook = { url: webhookUrl(client.url), secret: signingSecret };
	const notes = notesOn(Object.values(placed), kept);
	return { leads, transcripts, byWebhook, byPolling, table, webhook, owner, notes };
}

async function logIn(client, owner) {
	try {
		await client.logIn(owner);
	} catch (error) {
		if (error.status !== 401) throw error;
		throw new UserError(
			"This checkout's n8n has another log-in than the one that was made for it. To begin anew (its workflows are lost): npm start -- --reset",
			{ cause: error },
		);
	}
}

async function publish(client, id) {
	const { activeVersionId, versionId } = await client.findWorkflow(id);
	if (!activeVersionId || activeVersionId !== versionId) await client.activate(id);
}

function notesOn(examples, kept) {
	const edited = examples.filter((example) => example.edited).map((example) => `"${example.workflow.name}"`);
	const notes = [];
	if (edited.length > 0)
		notes.push(`You have changed ${edited.join(' and ')}: left as it is. What runs here is the example as shipped.`);
	if (kept)
		notes.push('You have pointed the credential "Laigu demo" at another server: left as it is, and another one made.');
	return notes;
}

/**
 * Runs the leads example in n8n and checks what it gave: against the simulator's own answers, and against the file on disk.
 *
 * @param {import('./lab.mjs').Lab} lab
 * @returns {Promise<{ rows: Array<Record<string, any>>, csvFile: string, faults: string[] }>} `faults`: empty when all is right
 * @throws {UserError} when the workflow itself fails
 */
export async function runLeads({ client, demo, simulator, n8n }) {
	const csvFile = join(n8n.filesFolder, LEADS.csv);
	await rm(csvFile, { force: true });
	const before = await readLeads(simulator, Date.now());
	const rows = itemsOf(await runExample(client, demo.leads), LEADS.node) ?? [];
	const after = await readLeads(simulator, Date.now());
	const csv = await readFile(csvFile, 'utf8').catch(() => undefined);
	const csvFaults =
		csv === undefined
			? [`n8n has not written ${csvFile}.`]
			: findCsvFaults(rows, parse(csv, { bom: true, relax_column_count: true }));
	return { rows, csvFile, faults: [...findRowFaults({ rows, before, after }), ...csvFaults] };
}

/**
 * Runs the transcripts example in n8n and checks that every item has its dialogue.
 *
 * @param {import('./lab.mjs').Lab} lab
 * @returns {Promise<{ count: number, faults: string[] }>} `faults`: empty when all is right
 * @throws {UserError} when the workflow itself fails
 */
export async function runTranscripts({ client, demo }) {
	const items = itemsOf(await runExample(client, demo.transcripts), TRANSCRIPTS.node) ?? [];
	const ids = new Set(items.map((item) => item.conversationId));
	const faults = [];
	if (items.length !== TRANSCRIPTS.limit)
		faults.push(`"${TRANSCRIPTS.file}" gave ${items.length} items, not ${TRANSCRIPTS.limit}.`);
	if (ids.size !== items.length) faults.push(`"${TRANSCRIPTS.file}" gave a conversation more than once.`);
	if (items.some(({ transcript }) => typeof transcript !== 'string' || transcript === ''))
		faults.push(`"${TRANSCRIPTS.file}" gave an item without a dialogue.`);
	return { count: items.length, faults };
}

async function requireNodes(client) {
	const loaded = (await client.nodeTypes()).some((type) => type.name === 'n8n-nodes-laigu.laigu');
	if (!loaded) throw new UserError('n8n runs, but has not loaded the Laigu node. Its log says why.');
}
