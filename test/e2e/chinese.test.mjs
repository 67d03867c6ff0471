import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { repositoryRoot } from '../../scripts/lib/paths.mjs';
import { resultsFolder } from '../../scripts/lib/results.mjs';
import { buildChinesePackage } from '../lab/chinese-package.mjs';
import { around, downTo } from '../lab/clips.mjs';
import { tokenCredential } from '../lab/credential.mjs';
import { lines } from '../lab/lines.mjs';
import { installPackage, packPackage } from '../lab/package-install.mjs';
import { Pictures } from '../lab/pictures.mjs';
import { itemsOf } from '../lab/workflow.mjs';
import { createTriggers, openEditor, PUBLIC_URL, WEBHOOK_ID } from './browser-lab.mjs';
import { inARow, startLab } from './n8n.mjs';

/*
 * The package n8n-nodes-laigu-zh in a real n8n: its code is that of the English one, word for word (test/package/chinese.test.ts), so that it is enough
 * to see that it loads, works and speaks Chinese.
 */

const GET_MANY = { resource: 'customer', operation: 'getAll', limit: 3 };
const BACKWARDS = { timeRange: 'custom', from: '2026-03-10T00:00:00', to: '2026-03-09T00:00:00' };

let folder, root, laigu, simulator;

before(async () => {
	const { tsImport } = await import('tsx/esm/api');
	laigu = await tsImport('../simulator/index.ts', import.meta.url);
	folder = await mkdtemp(join(tmpdir(), 'laigu-chinese-'));
	root = await buildChinesePackage(folder);
	simulator = await laigu.startSimulator();
});

after(async () => {
	await simulator?.close();
	await rm(folder, { recursive: true, force: true });
});

const saveCredential = async (client) => {
	const { id, name } = await client.saveCredential({
		name: '来鼓',
		type: 'laiguApi',
		data: tokenCredential(simulator),
	});
	return { id, name };
};

async function run(client, type, parameters, laiguApi) {
	const node = { name: 'Laigu', type, parameters, credentials: { laiguApi } };
	const execution = await client.run(await client.createWorkflow(inARow(type, [node])));
	return { items: itemsOf(execution, 'Laigu'), error: execution.data.resultData.error };
}

for (const line of Object.values(lines)) {
	describe(`the Chinese package in n8n ${line.n8n}`, () => {
		let lab, laiguApi;
		before(async () => {
			lab = await startLab({ line, root });
			laiguApi = await saveCredential(lab.client);
		});
		after(() => lab?.stop());

		test('has the three nodes with their names', async () => {
			const types = await lab.client.nodeTypes();
			const named = types.filter(({ name }) => name.startsWith('n8n-nodes-laigu-zh.'));
			assert.deepEqual(
				Object.fromEntries(named.map(({ name, displayName }) => [name.split('.')[1], displayName])),
				Object.fromEntries([
					...Object.entries({
						laigu: '来鼓',
						laiguTrigger: '来鼓触发器 Trigger',
						laiguPollTrigger: '来鼓轮询触发器',
					}),
					...named
						.filter(({ name }) => name.endsWith('Tool'))
						.map(({ name, displayName }) => [name.split('.')[1], displayName]),
				]),
			);
		});

		test('tests the credential, and says in Chinese what is wrong', async () => {
			const credential = { ...laiguApi, type: 'laiguApi' };
			const right = await lab.client.testCredential(credential, tokenCredential(simulator));
			assert.deepEqual([right.status, right.message], ['OK', '来鼓接受了这个凭证']);
			const wrong = await lab.client.testCredential(credential, { ...tokenCredential(simulator), accessToken: 'no' });
			assert.equal(wrong.status, 'Error');
			assert.match(wrong.message, /^来鼓不接受“访问令牌”。/);
		});

		test('gives customers under the same names, and refuses in Chinese', async () => {
			const { items, error } = await run(lab.client, 'n8n-nodes-laigu-zh.laigu', GET_MANY, laiguApi);
			assert.equal(error, undefined);
			assert.equal(items.length, 3);
			for (const item of items) assert.ok(item.trackId && item.createdAt);
			const refused = await run(lab.client, 'n8n-nodes-laigu-zh.laigu', { ...GET_MANY, ...BACKWARDS }, laiguApi);
			assert.equal(refused.error.message, '“开始时间”晚于“结束时间” [Item 0]');
			assert.match(refused.error.description, /^请输入结束晚于开始的范围。/);
		});

		if (line === lines.current) {
			test('beside the English package both work with one credential, whose type is there twice', async () => {
				const { n8n } = lab;
				const userFolder = n8n.userFolder;
				await n8n.stop();
				const logFile = join(folder, 'npm.log');
				const english = await packPackage(join(folder, 'english'), { root: repositoryRoot, logFile });
				await installPackage(english, { userFolder, logFile });
				await lab.start();
				for (const type of ['n8n-nodes-laigu.laigu', 'n8n-nodes-laigu-zh.laigu']) {
					const { items, error } = await run(lab.client, type, GET_MANY, laiguApi);
					assert.equal(error, undefined);
					assert.equal(items.length, 3);
				}
				const twice = (await lab.client.credentialTypes()).filter(({ name }) => name === 'laiguApi');
				assert.deepEqual(twice.map(({ displayName }) => displayName).toSorted(), ['Laigu API', '来鼓 API'].toSorted());
			});
		}
	});
}

describe('the Chinese package in the editor', () => {
	const START = 'When clicking ‘Execute workflow’';
	const pictures = new Pictures({
		committed: join(repositoryRoot, 'docs/images/zh-CN'),
		taken: join(resultsFolder, 'pictures-zh'),
		test: 'test/e2e/chinese.test.mjs',
	});
	let opened, editor, page;
	before(async () => {
		await pictures.begin();
		opened = await openEditor({ width: 1440, height: 860 }, { root });
		({ editor } = opened);
		({ page } = opened.browser);
	});
	after(() => opened?.stop());

	async function reads(locator, ...texts) {
		for (const text of texts) await locator.getByText(text).filter({ visible: true }).first().waitFor();
	}

	test('is found by its Chinese name, with its actions', async () => {
		await editor.openNewWorkflow();
		const [manual] = await editor.searchNodes('manual');
		await editor.choose(manual);
		await editor.node(START).waitFor();
		const found = await editor.searchNodes('来鼓', { behind: START });
		assert.ok(found.includes('来鼓'), found.join(', '));
		await pictures.take(page, 'node-search', await around([editor.creator]));
		await editor.choose('来鼓');
		await reads(editor.creator, '获取多个顾客', '查找顾客', '获取客服接待数据');
		await pictures.take(page, 'actions', await around([editor.creator]));
		await editor.creator.getByText(/Triggers \(\d+\)/).click();
		await reads(editor.creator, 'On new 来鼓触发器 event');
		await editor.choose('获取多个顾客');
		await editor.parameters.waitFor();
		await reads(editor.parameters, '资源', '操作', '按哪个时间', '时间范围', '返回全部', '数量上限', '输出');
	});

	test('has its credential in Chinese, and says what is wrong with it', async () => {
		const { simulator: past } = opened;
		const form = async () => await downTo(await around([editor.credential]), editor.field('enterpriseId'), 24);
		await editor.parameters.getByText('Connect to 来鼓').click();
		await editor.fill('accessToken', 'not-the-token');
		await editor.fill('enterpriseId', `${past.account.enterpriseId}`);
		await editor.fill('baseUrl', past.url);
		await reads(editor.credential, '认证方式', '访问令牌', '企业 ID', '接口地址');
		await editor.saveCredential();
		await editor.credential.getByText('More details').click();
		await reads(editor.credential, /来鼓不接受“访问令牌”/);
		await pictures.take(page, 'credential-refused', await form());
		await editor.fill('accessToken', past.account.accessToken);
		await editor.saveCredential();
		await editor.credential.waitFor({ state: 'hidden' });
		await editor.parameters.locator('[data-test-id="credential-edit-button"]').click();
		await reads(editor.credential, 'Connection tested successfully');
		await pictures.take(page, 'credential-ok', await form());
		await editor.closeCredential();
	});

	test('gives rows, and says in Chinese what is wrong', async () => {
		await editor.select('timeRange', '自定义');
		await editor.fill('from', '2026-03-09 00:00:00');
		await editor.fill('to', '2026-03-10 00:00:00');
		await editor.select('output', '表格行');
		await editor.movePanel(-400);
		await editor.executeStep();
		await editor.viewOutputAs('table');
		await reads(editor.output.locator('thead'), 'name', 'phone', 'createdAt', 'trackId');
		await pictures.take(page, 'get-many', await around([editor.parametersPanel, editor.output]));
		await editor.fill('to', '2026-03-08 00:00:00');
		await editor.executeStep();
		await reads(editor.output, '“开始时间”晚于“结束时间” [Item 0]', /请输入结束晚于开始的范围/);
		await pictures.take(page, 'mistake', await around([editor.parametersPanel, editor.output]));
		await editor.movePanel(400);
		await editor.closePanel();
	});

	test('adds the poll trigger, which n8n lists by its own name', async () => {
		await editor.openNewWorkflow();
		const [found] = await editor.searchNodes('来鼓轮询触发器');
		assert.equal(found, '来鼓轮询触发器');
		await editor.choose(found);
		await reads(editor.creator, '来鼓中有顾客创建、更新或对话结束时启动工作流，不需要 Webhook');
		await editor.creator.getByText('Add to workflow').click();
		await editor.parameters.waitFor();
		await reads(editor.parameters, '触发事件', '输出');
		await editor.closePanel();
	});

	test('tells in Chinese how the triggers are set up', async () => {
		await editor.openWorkflow(await createTriggers(opened.lab.client, 'n8n-nodes-laigu-zh'));
		await editor.openPanel('Laigu Trigger');
		await reads(editor.parameters, '触发事件', '顾客创建', '对话关闭');
		await reads(editor.panel, '监听来鼓事件', /请发布工作流，使正式地址（Production URL）生效/);
		await pictures.take(page, 'trigger-node', await downTo(await around([editor.panel]), editor.addOption, 24));
		await editor.panel.getByText('Webhook URLs').click();
		await editor.panel.getByText('Production URL', { exact: true }).last().click();
		await reads(editor.panel, `${PUBLIC_URL}webhook/${WEBHOOK_ID}/webhook`);
		const trigger = async () => await downTo(await around([editor.parametersPanel]), editor.addOption, 24);
		await pictures.take(page, 'trigger-urls', await trigger());
		await editor.parameters.locator('[data-test-id="credential-edit-button"]').click();
		await reads(editor.credential, '签名密钥', '企业令牌', 'Connection tested successfully');
		const form = await downTo(await around([editor.credential]), editor.field('enterpriseToken'), 24);
		await pictures.take(page, 'trigger-credential', form);
		await editor.closeCredential();
		await editor.closePanel();
		await editor.openPanel('Laigu Poll Trigger');
		await reads(editor.parameters, '触发事件', '输出');
		await pictures.take(page, 'poll-trigger', await trigger());
		await editor.closePanel();
	});

	test('the pictures of the guide are up to date', async () => {
		const names =
			'actions credential-ok credential-refused get-many mistake node-search poll-trigger trigger-credential trigger-node trigger-urls';
		assert.deepEqual(pictures.names, names.split(' '));
		if (process.env.LAIGU_UPDATE_PICTURES) await pictures.renew();
		const faults = await pictures.faults();
		assert.deepEqual(faults, [], faults.join('\n'));
	});
});
