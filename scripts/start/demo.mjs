import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { UserError } from '../lib/errors.mjs';
import { itemsOf } from '../../test/lab/workflow.mjs';
import { placeCredential } from './credential.mjs';
import { placeExample, runExample } from './examples.mjs';
import { readLeads } from './leads.mjs';
import { readState, writeState } from './state.mjs';
import { findCsvFaults, findRowFaults } from './verify.mjs';

/** The log-in of the demo n8n: it listens on this machine only and holds made-up data. */
export const OWNER = { email: 'owner@laigu.example', password: 'Laigu-demo-1' };

const LEADS = { file: 'leads-to-csv.json', node: 'Get leads', csv: 'laigu-leads.csv' };
const TRANSCRIPTS = { file: 'conversations-with-transcripts.json', node: 'Get conversations', limit: 20 };

/**
 * @typedef {object} Demo
 * @property {import('./examples.mjs').PlacedExample} leads
 * @property {import('./examples.mjs').PlacedExample} transcripts
 * @property {string[]} notes - what a person should know
 */

/**
 * Puts the demo credential and the two examples into a running n8n.
 *
 * @param {import('../../test/lab/n8n-client.mjs').N8nClient} client
 * @param {{ userFolder: string, simulator: { url: string, account: any } }} lab
 * @returns {Promise<Demo>}
 * @throws {UserError} when n8n does not know the nodes; N8nRequestError when it refuses something
 */
export async function setUpDemo(client, { userFolder, simulator }) {
	await client.logIn(OWNER);
	await requireNodes(client);
	const state = await readState(userFolder);
	const { credential, kept } = await placeCredential(client, state.credentialId, simulator);
	const place = (file) => placeExample(client, file, { credential, record: state.workflows[file] });
	const leads = await place(LEADS.file);
	const transcripts = await place(TRANSCRIPTS.file);
	const workflows = { [LEADS.file]: leads.record, [TRANSCRIPTS.file]: transcripts.record };
	await writeState(userFolder, { credentialId: credential.id, workflows });

	const edited = [leads, transcripts]
		.filter((example) => example.edited)
		.map((example) => `"${example.workflow.name}"`);
	const notes = [];
	if (edited.length > 0)
		notes.push(`You have changed ${edited.join(' and ')}: left as it is. What runs here is the example as shipped.`);
	if (kept)
		notes.push('You have pointed the credential "Laigu demo" at another server: left as it is, and another one made.');
	return { leads, transcripts, notes };
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
