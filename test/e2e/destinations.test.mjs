import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { repositoryRoot } from '../../scripts/lib/paths.mjs';
import { tokenCredential } from '../lab/credential.mjs';
import { createHubspot } from '../lab/fakes/hubspot.mjs';
import { startOutside } from '../lab/fakes/outside.mjs';
import { createDingtalkTable, createTencentSheet, createTypedBitable, createWecomSheet } from '../lab/fakes/tables.mjs';
import { beijingIso, dayOf, phoneOf } from './examples/expected.mjs';
import { startLab } from './n8n.mjs';

/*
 * The recipes of docs/destinations.md, read from the page as a person reads them, and run in a real n8n.
 */

const PAGE = join(repositoryRoot, 'docs/destinations.md');

/** A recipe by its settings, and the body of its rows. */
function recipeOf(page, title) {
	const [, section] = page.split(`\n## ${title}\n`);
	const [text] = section.split('\n## ');
	const rows = [...text.matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)].map(([, name, value]) => [name, value]);
	const [, body] = /```text\n([\s\S]*?)\n```/.exec(text);
	return { ...Object.fromEntries(rows), body: `=${body}` };
}

const unquoted = (text) => text.replace(/^`|`$/g, '');

/** "`name` = `value`" as the node has it: an expression where there is one. */
function pair(text) {
	const [, name, value] = /^`(.+?)` = `(.+)`$/.exec(text);
	return { parameters: [{ name, value: value.includes('{{') ? `=${value}` : value }] };
}

function request(name, address, parameters, credentials) {
	const [method, url] = unquoted(address).split(' ');
	return {
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method,
			url,
			...(credentials && { authentication: 'genericCredentialType', genericAuthType: 'httpCustomAuth' }),
			...parameters,
		},
		...(credentials && { credentials: { httpCustomAuth: credentials } }),
	};
}

/** An If node with a condition of the page. */
const condition = (name, expression) => ({
	name,
	type: 'n8n-nodes-base.if',
	typeVersion: 2.2,
	parameters: {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			conditions: [
				{
					id: 'c',
					leftValue: `=${unquoted(expression)}`,
					rightValue: '',
					operator: { type: 'boolean', operation: 'true', singleValue: true },
				},
			],
			combinator: 'and',
		},
	},
});

/** The workflow of the page for one recipe. */
function workflowOf(title, recipe, { laiguApi, httpCustomAuth }) {
	const token = recipe['Token: URL'] && request('HTTP Request', recipe['Token: URL'], {}, httpCustomAuth);
	const isToken = token && condition('Token?', recipe['Token, if']);
	const query = recipe['Rows: Query'] && { sendQuery: true, queryParameters: pair(recipe['Rows: Query']) };
	const header = recipe['Rows: Header'] && { sendHeaders: true, headerParameters: pair(recipe['Rows: Header']) };
	const rows = request(
		'Add the rows',
		recipe['Rows: URL'],
		{ ...query, ...header, sendBody: true, specifyBody: 'json', jsonBody: recipe.body },
		recipe['Rows: Custom Auth'] && httpCustomAuth,
	);
	const leads = {
		name: 'Leads',
		type: 'n8n-nodes-laigu.laigu',
		typeVersion: 1,
		parameters: {
			resource: 'customer',
			operation: 'getAll',
			timeRange: 'yesterday',
			returnAll: true,
			output: 'simplified',
		},
		credentials: { laiguApi },
	};
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		token,
		isToken,
		leads,
		{
			name: 'Loop',
			type: 'n8n-nodes-base.splitInBatches',
			typeVersion: 3,
			parameters: { batchSize: Number(unquoted(recipe['Batch Size'])) },
		},
		{ ...rows, executeOnce: true },
		condition('Written?', recipe['Written, if']),
		{
			name: 'Stop',
			type: 'n8n-nodes-base.stopAndError',
			typeVersion: 1,
			parameters: { errorMessage: '={{ JSON.stringify($json) }}' },
		},
	].filter(Boolean);
	const to = (...names) => ({ main: names.map((name) => (name ? [{ node: name, type: 'main', index: 0 }] : [])) });
	return {
		name: title,
		nodes: nodes.map((node, at) => ({ id: `node${at}`, position: [at * 220, 0], ...node })),
		connections: {
			Start: to(token ? 'HTTP Request' : 'Leads'),
			...(token && { 'HTTP Request': to('Token?'), 'Token?': to('Leads', 'Stop') }),
			Leads: to('Loop'),
			Loop: to(undefined, 'Add the rows'),
			'Add the rows': to('Written?'),
			'Written?': to('Loop', 'Stop'),
		},
		settings: { executionOrder: 'v1', timezone: 'Asia/Shanghai' },
	};
}

const SECRETS = {
	appId: 'cli_only_for_tests',
	appSecret: 'only-for-tests',
	corpId: 'ww-only-for-tests',
	corpSecret: 'only-for-tests',
	appKey: 'ding-only-for-tests',
	accessToken: 'only-for-tests',
	token: 'pat-only-for-tests',
};

const RECIPES = {
	'Feishu Bitable': {
		create: createTypedBitable,
		auth: { body: { app_id: SECRETS.appId, app_secret: SECRETS.appSecret } },
		wrong: /app secret invalid/,
		busy: /1254290/,
	},
	'WeCom smart sheet': {
		create: createWecomSheet,
		auth: { qs: { corpid: SECRETS.corpId, corpsecret: SECRETS.corpSecret } },
		wrong: /invalid credential/,
		busy: /45009/,
	},
	'DingTalk AI table': {
		create: createDingtalkTable,
		auth: { body: { appKey: SECRETS.appKey, appSecret: SECRETS.appSecret } },
		wrong: /invalid appKey or appSecret/i,
		busy: /too many requests/i,
	},
	'Tencent Docs': {
		create: createTencentSheet,
		auth: { headers: { 'Access-Token': SECRETS.accessToken, 'Client-Id': 'client', 'Open-Id': 'open' } },
		wrong: /Authentication Failed/,
		busy: /400007/,
	},
};

describe('the recipes of "Send it elsewhere"', () => {
	const tables = Object.fromEntries(Object.entries(RECIPES).map(([title, { create }]) => [title, create(SECRETS)]));
	const hubspot = createHubspot(SECRETS);
	const closers = [];
	let lab, page, simulator, laiguApi, expected;
	before(async () => {
		page = await readFile(PAGE, 'utf8');
		const { tsImport } = await import('tsx/esm/api');
		const { startSimulator } = await tsImport('../simulator/index.ts', import.meta.url);
		const folder = await mkdtemp(join(tmpdir(), 'laigu-destinations-'));
		closers.unshift(() => rm(folder, { recursive: true, force: true }));
		simulator = await startSimulator({ days: 3, conversationsPerDay: 25 });
		closers.unshift(() => simulator.close());
		const { day } = dayOf(1);
		const template = simulator.store.clients.find(({ created_on: at, tel }) => tel && beijingIso(at).startsWith(day));
		// more than one batch for each of the services
		for (let at = 0; at < 520; at++)
			simulator.store.upsertClient({
				...template,
				track_id: `more-${at}`,
				name: at % 2 ? `客户${at}` : '',
				tags: at % 3 ? template.tags : [],
			});
		expected = simulator.store.clients.filter(
			({ created_on: at, tel, weixin, qq }) => (tel || weixin || qq) && beijingIso(at).startsWith(day),
		);
		const outside = await startOutside({ standIns: [...Object.values(tables), hubspot], folder });
		closers.unshift(() => outside.close());
		lab = await startLab({ environment: outside.environment });
		closers.unshift(() => lab.stop());
		laiguApi = await lab.client.saveCredential({ name: 'Laigu', type: 'laiguApi', data: tokenCredential(simulator) });
	});
	after(async () => {
		for (const close of closers) await close();
	});

	/** A customer as the page promises: what Laigu does not have is left out. */
	const rowOf = (client) =>
		Object.fromEntries(
			Object.entries({
				trackId: client.track_id,
				name: client.name,
				phone: phoneOf(client.tel),
				channel: client.source,
				tags: client.tags.map((tag) => client.tags_detail[tag]),
				createdAt: Math.floor(Date.parse(client.created_on)),
			}).filter(([, value]) => value !== '' && value.length !== 0),
		);

	/** The recipe's workflow with a credential, ready to be run. */
	async function workflowWith(title, auth) {
		const custom = await lab.client.saveCredential({
			name: title,
			type: 'httpCustomAuth',
			data: { json: JSON.stringify(auth) },
		});
		const reference = ({ id, name }) => ({ id, name });
		const credentials = { laiguApi: reference(laiguApi), httpCustomAuth: reference(custom) };
		return await lab.client.createWorkflow(workflowOf(title, recipeOf(page, title), credentials));
	}

	async function succeeds(workflow) {
		const { status, data } = await lab.client.run(workflow, { timeoutMs: 120_000 });
		assert.equal(status, 'success', JSON.stringify(data.resultData.error));
	}

	async function fails(workflow, said) {
		const { status, data } = await lab.client.run(workflow, { timeoutMs: 120_000 });
		assert.equal(status, 'error');
		assert.match(JSON.stringify(data.resultData.error), said);
	}

	const withWrongSecret = (auth) => JSON.parse(JSON.stringify(auth).replaceAll('only-for-tests', 'wrong'));

	for (const [title, { auth, wrong, busy }] of Object.entries(RECIPES)) {
		test(`${title}: every lead of yesterday, typed; a refusal ends the run with what the service says`, async () => {
			const table = tables[title];
			await fails(await workflowWith(title, withWrongSecret(auth)), wrong);
			assert.deepEqual(table.rows, []);

			const workflow = await workflowWith(title, auth);
			table.busy(1, 1);
			await fails(workflow, busy);
			assert.equal(table.rows.length, Number(unquoted(recipeOf(page, title)['Batch Size'])));
			table.rows.length = 0;

			await succeeds(workflow);
			assert.ok(expected.length > 520);
			const got = new Map(table.rows.map((row) => [row.trackId, row]));
			assert.deepEqual([got.size, table.rows.length], [expected.length, expected.length]);
			for (const client of expected) assert.deepEqual(got.get(client.track_id), rowOf(client));

			await succeeds(workflow);
			assert.equal(table.rows.length, 2 * expected.length);
		});
	}

	test('HubSpot: every lead of yesterday is a contact, by its key, however often it runs', async () => {
		const auth = { headers: { Authorization: `Bearer ${SECRETS.token}` } };
		await fails(await workflowWith('HubSpot', withWrongSecret(auth)), /Authentication credentials not found/);
		const workflow = await workflowWith('HubSpot', auth);
		await fails(workflow, /laigu_track_id is not unique/);
		hubspot.properties.set('laigu_track_id', { type: 'string', hasUniqueValue: true });
		for (let run = 0; run < 2; run++) {
			await succeeds(workflow);
			const contacts = new Map([...hubspot.contacts.values()].map((contact) => [contact.laigu_track_id, contact]));
			assert.deepEqual([contacts.size, hubspot.contacts.size], [expected.length, expected.length]);
			for (const { track_id: key, name, tel, weixin } of expected) {
				const phone = phoneOf(tel).replace(/^(?=1\d{10}$)/, '+86');
				const { firstname, phone: written } = contacts.get(key);
				assert.deepEqual([firstname, written ?? ''], [name || weixin || phoneOf(tel), phone]);
			}
		}
	});
});
