import assert from 'node:assert/strict';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from '../../scripts/lib/paths.mjs';
import { tokenCredential } from '../lab/credential.mjs';
import { lines } from '../lab/lines.mjs';
import { packPackage } from '../lab/package-install.mjs';
import { startRegistry } from '../lab/registry.mjs';
import { itemsOf } from '../lab/workflow.mjs';
import { inARow, startLab } from './n8n.mjs';
import { packPreviousVersion } from './previous-version.mjs';

const PACKAGE = 'n8n-nodes-laigu';
const PREVIOUS = '0.0.9';
const SECRET = 'only-for-tests';

let folder;
let version;
let tarballs;
let registry;
let laigu;
let simulator;

before(async () => {
	folder = await mkdtemp(join(tmpdir(), 'laigu-versions-'));
	({ version } = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8')));
	tarballs = {
		previous: await packPreviousVersion(folder, PREVIOUS),
		present: await packPackage(folder, { logFile: join(folder, 'npm.log') }),
	};
	registry = await startRegistry({ [PACKAGE]: [PREVIOUS, version] });
	const { tsImport } = await import('tsx/esm/api');
	laigu = await tsImport('../simulator/index.ts', import.meta.url);
	simulator = await laigu.startSimulator();
});

after(async () => {
	await simulator?.close();
	await registry?.close();
	if (folder) await rm(folder, { recursive: true, force: true });
});

for (const line of [lines.current, lines.legacy]) {
	describe(`in n8n ${line.n8n}`, () => {
		let lab;
		let saved;
		let events;
		let rows;

		// the tests of a line are the life of one installation, from the first version to its removal and return
		test(`version ${PREVIOUS} is installed; a workflow runs, and another one waits for events`, async () => {
			lab = await startLab({ line, tarball: tarballs.previous });
			// n8n asks for newer versions with npm in this folder, and so with the registry that npm finds here
			await writeFile(join(lab.n8n.userFolder, '.n8n/nodes/.npmrc'), `registry=${registry.url}\n`);
			await lab.record();
			saved = await saveWork(lab, simulator);
			rows = await runSaved(lab, saved.customers);
			assert.ok(rows.length > 10);
			const { operations, options } = await offeredBy(lab);
			assert.ok(!operations.includes('find') && !options.includes('concurrency'));
			events = eventsTo(lab, saved.events);
			await events.deliverOne();
		});

		test('Settings > Community nodes lists it with its nodes, and that there is a newer version', async () => {
			const [listed] = await lab.client.rest('GET', '/community-packages');
			assert.equal(listed.packageName, PACKAGE);
			assert.equal(listed.installedVersion, PREVIOUS);
			assert.equal(listed.updateAvailable, version);
			assert.ok(registry.requests.includes(`/${PACKAGE}`));
			assert.equal(listed.authorName, 'n8n-nodes-laigu contributors');
			assert.deepEqual(namesOf(listed), ['Laigu', 'Laigu Trigger']);
			assert.ok(!listed.failedLoading);
		});

		test('the present version is installed over it; everything that was saved goes on', async () => {
			await lab.install(tarballs.present);
			const [listed, ...others] = await lab.client.rest('GET', '/community-packages');
			assert.deepEqual(others, []);
			assert.equal(listed.installedVersion, version);
			assert.equal(listed.updateAvailable, undefined);
			assert.deepEqual(namesOf(listed), ['Laigu', 'Laigu Poll Trigger', 'Laigu Trigger']);
			const { operations, options } = await offeredBy(lab);
			assert.ok(operations.includes('find') && options.includes('concurrency'));

			assert.deepEqual(await runSaved(lab, saved.customers), rows);
			await events.deliverOne();
		});

		test('nodes and credentials have icons, light and dark', async () => {
			const types = [...(await lab.client.nodeTypes()), ...(await lab.client.credentialTypes())].filter(
				({ name }) => name.startsWith(`${PACKAGE}.`) || name.startsWith('laigu'),
			);
			assert.deepEqual(types.map(({ name }) => name.replace(`${PACKAGE}.`, '')).sort(), [
				'laigu',
				'laiguApi',
				'laiguPollTrigger',
				'laiguTool',
				'laiguTrigger',
				'laiguWebhookApi',
			]);
			for (const { name, iconUrl } of types) {
				assert.notEqual(iconUrl.light, iconUrl.dark, name);
				for (const url of Object.values(iconUrl)) {
					const response = await fetch(`${lab.n8n.url}/${url}`);
					assert.equal(response.status, 200, url);
					assert.match(response.headers.get('content-type'), /^image\/svg\+xml/);
					assert.match(await response.text(), /^<svg /);
				}
			}
		});

		test('it is removed by n8n itself, which goes on without it', async () => {
			await lab.client.rest('DELETE', `/community-packages?name=${PACKAGE}`);
			assert.equal(await laiguType(lab), undefined);
			assert.deepEqual(await lab.client.rest('GET', '/community-packages'), []);
			const nodes = join(lab.n8n.userFolder, '.n8n/nodes');
			await assert.rejects(access(join(nodes, 'node_modules', PACKAGE)));
			await livesWithout(lab, saved);

			await lab.n8n.stop();
			await lab.start();
			await livesWithout(lab, saved);
		});

		test('installed again, it takes up its work', async () => {
			await lab.install(tarballs.present);
			assert.deepEqual(await runSaved(lab, saved.customers), rows);
			await events.deliverOne();
		});

		after(async () => {
			await events?.close();
			await lab?.stop();
		});
	});
}

const namesOf = ({ installedNodes }) => installedNodes.map(({ name }) => name).sort();

const laiguType = async (lab) => (await lab.client.nodeTypes()).find(({ name }) => name === `${PACKAGE}.laigu`);

/** Which operations and options the Laigu node has. */
async function offeredBy(lab) {
	const { properties } = await laiguType(lab);
	const choicesOf = (property) => properties.filter(({ name }) => name === property).flatMap(({ options }) => options);
	return {
		operations: choicesOf('operation').map(({ value }) => value),
		options: choicesOf('options').map(({ name }) => name),
	};
}

/** A person's work: both credentials, a workflow that is run by hand, one that is active, and one without Laigu. */
async function saveWork({ client }, simulator) {
	const save = async (name, type, data) => ({
		[type]: { id: (await client.saveCredential({ name, type, data })).id, name },
	});
	const api = await save('Laigu', 'laiguApi', tokenCredential(simulator));
	const webhook = await save('Laigu Webhook', 'laiguWebhookApi', { signingSecret: SECRET, enterpriseToken: '' });
	const customers = await client.createWorkflow(
		inARow('customers', [
			{
				name: 'Laigu',
				type: `${PACKAGE}.laigu`,
				parameters: { resource: 'customer', operation: 'getAll', returnAll: true, output: 'databaseRow' },
				credentials: api,
			},
		]),
	);
	const events = await client.createWorkflow({
		name: 'events',
		nodes: [
			{
				id: '1',
				name: 'Laigu Trigger',
				type: `${PACKAGE}.laiguTrigger`,
				typeVersion: 1,
				position: [0, 0],
				webhookId: 'installed',
				parameters: { events: ['client.created'] },
				credentials: webhook,
			},
			{ id: '2', name: 'Next', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [220, 0], parameters: {} },
		],
		connections: { 'Laigu Trigger': { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
	});
	const other = await client.createWorkflow(inARow('other', [{ name: 'Next', type: 'n8n-nodes-base.noOp' }]));
	await client.activate(events.id);
	return { customers: customers.id, events: events.id, other: other.id };
}

/** Runs a workflow as it lies in n8n's database. */
async function runSaved({ client }, id) {
	const execution = await client.run(await client.findWorkflow(id));
	assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
	return itemsOf(execution, 'Laigu');
}

/** Sends events to an active trigger; each has to end in one execution more. */
function eventsTo(lab, workflowId) {
	const sender = laigu.openSender({ url: `${lab.n8n.url}/webhook/installed/webhook`, secret: SECRET });
	let sent = 0;
	return {
		close: () => sender.close(),
		async deliverOne() {
			const [event] = laigu.makeEvents({ names: ['client.created'], count: 1, seed: ++sent });
			// an active workflow is published a moment after n8n has started
			const until = Date.now() + 60_000;
			while ((await sender.deliver(event)).last.status === 404 && Date.now() < until) await sleep(250);
			let finished = [];
			while (finished.length < sent && Date.now() < until) {
				finished = (await lab.client.executions(workflowId)).filter(({ status }) => status === 'success');
				await sleep(250);
			}
			assert.equal(finished.length, sent);
			const [item] = itemsOf(await lab.client.execution(finished[0].id), 'Next');
			assert.equal(item.eventId, event.id);
		},
	};
}

/** What holds in an n8n whose workflows use a package that is not there. */
async function livesWithout({ client }, { customers, other }) {
	assert.equal((await client.run(await client.findWorkflow(other))).status, 'success');
	const orphan = await client.findWorkflow(customers);
	assert.equal(orphan.nodes[1].type, `${PACKAGE}.laigu`);
	assert.equal((await client.rest('GET', '/credentials')).length, 2);
	const refusal = await client.run(orphan).then(
		({ status, data }) => ({ status, message: data.resultData.error.message }),
		({ status, body }) => ({ status, message: body }),
	);
	assert.notEqual(refusal.status, 'success');
	assert.match(refusal.message, /Unrecognized node type: n8n-nodes-laigu\.laigu/);
}
