import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { repositoryRoot } from '../../scripts/lib/paths.mjs';
import { resultsFolder } from '../../scripts/lib/results.mjs';
import { around, aroundWorkflow, downTo } from '../lab/clips.mjs';
import { exampleFiles, readExample } from '../lab/examples.mjs';
import { Pictures } from '../lab/pictures.mjs';
import { PUBLIC_URL, WEBHOOK_ID, createTriggers, openEditor } from './browser-lab.mjs';

const VIEWPORT = { width: 1440, height: 860 };
const FROM = '2026-03-09 00:00:00';
const TO = '2026-03-10 00:00:00';
const GET_MANY = 'Get many customers';
const START = 'When clicking ‘Execute workflow’';
const TO_CSV = 'Convert to CSV';

let opened;
let lab, simulator, browser, page, editor;
let workflowId;
const examples = await exampleFiles();
const pictures = new Pictures({
	committed: join(repositoryRoot, 'docs/images'),
	taken: join(resultsFolder, 'pictures'),
	test: 'test/e2e/browser.test.mjs',
});

before(async () => {
	await pictures.begin();
	opened = await openEditor(VIEWPORT);
	({ lab, simulator, browser, editor } = opened);
	page = browser.page;
});

after(() => opened?.stop());

/** The texts, wherever they stand in it, can be read. */
async function reads(locator, ...texts) {
	for (const text of texts) await locator.getByText(text).filter({ visible: true }).first().waitFor();
}

const picture = (name, clip) => pictures.take(page, name, clip);

/** The middle of a panel and its output, without the input. */
const parametersAndOutput = async () => await around([editor.parametersPanel, editor.output]);

describe('the node search', () => {
	before(async () => {
		await editor.openNewWorkflow();
		const [manual] = await editor.searchNodes('manual');
		await editor.choose(manual);
		await editor.node(START).waitFor();
	});

	for (const word of ['laigu', '来鼓']) {
		test(`finds all three nodes by ${word}, each with its icon`, async () => {
			// n8n shows a node and the trigger of the same name as one
			assert.deepEqual(await editor.searchNodes(word), ['Laigu', 'Laigu Poll']);
			const items = editor.creator.locator('[data-test-id="item-iterator-item"]');
			for (const item of await items.all()) assert.deepEqual(await editor.iconsIn(item), ['laigu.svg']);
			if (word === '来鼓') {
				await picture('node-search', await downTo(await around([editor.creator]), items.last()));
			}
			await editor.choose('Laigu');
			await reads(editor.creator, GET_MANY, 'Find customer', 'Get many conversations', /Actions \(\d+\)/);
			await editor.creator.getByText(/Triggers \(\d+\)/).click();
			await reads(editor.creator, /On conversation closed/i);
			await page.keyboard.press('Escape');
			await editor.creator.waitFor({ state: 'hidden' });
		});
	}
});

test('an action of the search puts the node into the workflow and opens its panel', async () => {
	await editor.searchNodes('laigu', { behind: START });
	await editor.choose('Laigu');
	await editor.choose(GET_MANY);
	await editor.parameters.waitFor();
	for (const label of ['Resource', 'Operation', 'Time Field', 'Time Range', 'Return All', 'Limit', 'Output'])
		await reads(editor.parameters, label);
	[, workflowId] = /\/workflow\/([^/?]+)/.exec(page.url());
});

describe("the credential's form", () => {
	const upToEnterpriseId = async () =>
		await downTo(await around([editor.credential]), editor.field('enterpriseId'), 24);

	test('says in our words what is wrong with a token', async () => {
		await editor.parameters.getByText('Connect to Laigu').click();
		await editor.fill('accessToken', 'not-the-token');
		await editor.fill('enterpriseId', `${simulator.account.enterpriseId}`);
		await editor.fill('baseUrl', simulator.url);
		await editor.saveCredential();
		await reads(editor.credential, 'Couldn’t connect with these settings');
		await editor.credential.getByText('More details').click();
		await reads(editor.credential, /Laigu did not accept 'Access Token'/);
		await picture('credential-refused', await upToEnterpriseId());
	});

	test('turns green with the right one', async () => {
		await editor.fill('accessToken', simulator.account.accessToken);
		await editor.saveCredential();
		// with the test passed, n8n closes the form
		await editor.credential.waitFor({ state: 'hidden' });
		await editor.parameters.locator('[data-test-id="credential-edit-button"]').click();
		await reads(editor.credential, 'Connection tested successfully');
		await picture('credential-ok', await upToEnterpriseId());
		await editor.closeCredential();
	});
});

describe('Get Many, built by clicking', () => {
	test('has From and To for a range of its own', async () => {
		await editor.select('timeRange', 'Custom');
		await editor.fill('from', FROM);
		await editor.fill('to', TO);
		await editor.toggle('returnAll');
		await editor.field('limit').waitFor({ state: 'hidden' });
		await editor.closePanel();
	});

	test('tells the next node its fields before the first run', async () => {
		await editor.searchNodes('convert to file', { behind: GET_MANY });
		await editor.choose('Convert to File');
		await editor.choose(TO_CSV);
		await reads(editor.input, 'Preview', 'Usually outputs the following fields.');
		await reads(editor.input, 'name', 'phone', 'wechat', 'channel', 'createdAt', 'trackId');
		await picture('get-many-schema', await around([editor.input]));
		await editor.closePanel();
	});

	test('gives its items as a table', async () => {
		await editor.openPanel(GET_MANY);
		await editor.select('output', 'Spreadsheet Row');
		await editor.movePanel(-400);
		await editor.executeStep();
		await reads(editor.output, /^\d+ items$/);
		await editor.viewOutputAs('table');
		await reads(editor.output.locator('thead'), 'name', 'phone', 'createdAt', 'trackId');
		await reads(editor.output.locator('tbody'), /^2026-03-09 \d\d:\d\d:\d\d$/);
		await picture('get-many', await parametersAndOutput());
	});

	test('gives its items as JSON and as a schema', async () => {
		await editor.select('output', 'Simplified');
		await editor.executeStep();
		await editor.viewOutputAs('schema');
		await reads(editor.output, 'name', '小满妈妈', 'campaign', 'redbook');
		await editor.viewOutputAs('json');
		await reads(editor.output, /"?trackId"?/, /"2026-03-09T\d\d:\d\d:\d\d\.\d+\+08:00"/);
		await picture('get-many-json', await parametersAndOutput());
	});

	test('says what to do when To lies before From', async () => {
		await editor.fill('to', '2026-03-08 00:00:00');
		await editor.executeStep();
		await reads(editor.output, "'From' is after 'To' [Item 0]", /Enter a range that ends after it begins\./);
		await picture('mistake', await parametersAndOutput());
		await editor.fill('to', TO);
		await editor.executeStep();
		await reads(editor.output, /^\d+ items$/);
		// n8n remembers the place
		await editor.movePanel(400);
		await editor.closePanel();
	});

	test('stands on the canvas with its icon, and its items flow to the next node', async () => {
		await editor.fit();
		assert.deepEqual(await editor.iconsIn(editor.node(GET_MANY)), ['laigu.svg']);
		await reads(page.locator('[data-test-id="canvas"]'), GET_MANY, TO_CSV);
		await picture('canvas', await aroundWorkflow(page));
	});
});

describe('the triggers', () => {
	before(async () => {
		await editor.openWorkflow(await createTriggers(lab.client));
	});

	test('the Laigu Trigger says how it is set up', async () => {
		await editor.openPanel('Laigu Trigger');
		await reads(editor.parameters, 'Trigger On', 'Customer Created', 'Conversation Closed');
		await reads(editor.parameters, /Without a credential, anyone who knows the URL can send events/);
		await reads(editor.panel, 'Listen for Laigu events', /publish the workflow, so that the Production URL answers/);
		await picture('trigger-node', await downTo(await around([editor.panel]), editor.addOption, 24));
	});

	test('the Laigu Trigger shows the URL to enter in Laigu', async () => {
		await editor.panel.getByText('Webhook URLs').click();
		await editor.panel.getByText('Production URL', { exact: true }).last().click();
		await reads(editor.panel, `${PUBLIC_URL}webhook/${WEBHOOK_ID}/webhook`, 'POST');
		await picture('trigger-urls', await downTo(await around([editor.parametersPanel]), editor.addOption, 24));
	});

	test("the webhook's credential needs only the secret", async () => {
		await editor.parameters.locator('[data-test-id="credential-edit-button"]').click();
		await reads(editor.credential, 'Signing Secret', 'Enterprise Token', 'Connection tested successfully');
		const all = await around([editor.credential]);
		await picture('trigger-credential', await downTo(all, editor.field('enterpriseToken'), 24));
		await editor.closeCredential();
		await editor.closePanel();
	});

	test('the Laigu Poll Trigger asks how often and for what', async () => {
		await editor.openPanel('Laigu Poll Trigger');
		await reads(editor.parameters, 'Poll Times', 'Trigger On', 'Output');
		await picture('poll-trigger', await downTo(await around([editor.parametersPanel]), editor.addOption, 24));
		await editor.closePanel();
	});
});

describe('an example imported into the editor', () => {
	for (const file of examples) {
		test(`${file} is whole`, async () => {
			const { name, nodes, connections, settings } = await readExample(file);
			const { id } = await lab.client.createWorkflow({ name, nodes, connections, settings });
			await editor.openWorkflow(id);
			await reads(page.locator('body'), name);
			for (const node of nodes.filter(({ type }) => !type.endsWith('.stickyNote')))
				await editor.node(node.name).waitFor();
			assert.equal(await page.getByText('Install this node to use it').count(), 0);
			const clip = await aroundWorkflow(page);
			await picture(`examples/${file.replace(/\.json$/, '')}`, clip);
			if (file === 'new-lead-by-webhook-to-csv.json') await picture('trigger-example', clip);
		});
	}
});

test('Settings > Community nodes lists the package with its nodes', async () => {
	await lab.record();
	await page.goto(`${lab.n8n.url}/settings/community-nodes`);
	const card = page.locator('[data-test-id="community-package-card"]');
	await reads(card, 'n8n-nodes-laigu', 'Laigu Poll Trigger');
	await picture('settings-package', await around([card]));
});

test('the dark theme has the dark icon', async () => {
	await editor.setTheme('Dark theme');
	await editor.openWorkflow(workflowId);
	assert.deepEqual(await editor.iconsIn(editor.node(GET_MANY)), ['laigu.dark.svg']);
	await picture('dark', await aroundWorkflow(page));
});

test("no script of the editor's broke on the way", () => {
	assert.deepEqual(browser.crashes, []);
});

test('the pictures of the documents are up to date', async () => {
	const own =
		'canvas credential-ok credential-refused dark get-many get-many-json get-many-schema mistake node-search poll-trigger settings-package trigger-credential trigger-example trigger-node trigger-urls';
	const ofExamples = examples.map((file) => `examples/${file.replace(/\.json$/, '')}`);
	assert.deepEqual(pictures.names, [...own.split(' '), ...ofExamples].sort(), 'every picture was taken');
	if (process.env.LAIGU_UPDATE_PICTURES) await pictures.renew();
	const faults = await pictures.faults();
	assert.deepEqual(faults, [], faults.join('\n'));
});
