import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePrograms } from '../../../scripts/lib/debian.mjs';
import { tokenCredential } from '../../lab/credential.mjs';
import { createChinaModels } from '../../lab/fakes/china-models.mjs';
import { buildChinesePackage } from '../../lab/chinese-package.mjs';
import { createFeishu } from '../../lab/fakes/feishu.mjs';
import { startOutside } from '../../lab/fakes/outside.mjs';
import { createDingtalkRobots, createFeishuRobots, createWecomRobots } from '../../lab/fakes/robots.mjs';
import { startMariadb } from '../../lab/mariadb.mjs';
import { startPostgres } from '../../lab/postgres.mjs';
import { awayFromMidnight } from '../examples/expected.mjs';
import { ACCOUNTS as ENGLISH } from '../examples/world.mjs';
import { startLab } from '../n8n.mjs';
import { replyOf } from './model.mjs';

/** Everything that has to be known on both sides: in n8n, and in the services. */
export const ACCOUNTS = {
	// the helpers of the English examples sign with it
	webhookSecret: ENGLISH.webhookSecret,
	feishu: {
		appId: 'cli_only_for_tests',
		appSecret: 'only-for-tests',
		appToken: 'bascnOnlyForTests',
		tableId: 'tblOnlyForTests',
		fields: '线索编号 创建时间 姓名 电话 微信 QQ 渠道 账号 投放计划 笔记 标签 备注'.split(' '),
	},
	wecom: { keys: ['robot-of-leads', 'robot-of-alarms', 'robot-of-reports', 'robot-of-open-leads'] },
	dingtalk: {
		robots: [
			{ accessToken: 'signed', secret: 'SEConlyForTests' },
			{ accessToken: 'by-keyword', keyword: '新线索' },
		],
	},
	feishuRobots: {
		robots: [
			{ hook: 'signed', secret: 'only-for-tests' },
			{ hook: 'by-keyword', keyword: '新线索' },
		],
	},
	model: { apiKey: 'sk-only-for-tests' },
};

/** A busy machine can keep the database's pulse waiting, and n8n 1.x mixes up transactions that run at once on its one connection. */
const MANY_AT_ONCE = { DB_PING_TIMEOUT_MS: '60000', DB_SQLITE_POOL_SIZE: '3' };

/**
 * One n8n with everything that the Chinese examples reach for: Laigu, the services under their real names, PostgreSQL and MariaDB, all on the loopback
 * address, and the credentials for them in n8n.
 *
 * @param {import('../../lab/lines.mjs').N8nLine} line
 * @returns {Promise<any>} the parts by name; `close` ends all of them
 */
export async function startWorld(line) {
	await awayFromMidnight();
	const { tsImport } = await import('tsx/esm/api');
	const laigu = await tsImport('../../simulator/index.ts', import.meta.url);
	const folder = await mkdtemp(join(tmpdir(), 'laigu-examples-zh-'));
	await chmod(folder, 0o711);
	const closers = [() => rm(folder, { recursive: true, force: true })];
	const keep = (part, close = () => part.close()) => {
		closers.unshift(close);
		return part;
	};
	const close = async () => {
		for (const one of closers) await one();
	};
	const world = { laigu, line, close };
	try {
		world.simulator = keep(await laigu.startSimulator({ days: 5, conversationsPerDay: 25 }));
		world.feishu = createFeishu(ACCOUNTS.feishu);
		world.feishuRobots = createFeishuRobots(ACCOUNTS.feishuRobots);
		world.wecom = createWecomRobots(ACCOUNTS.wecom);
		world.dingtalk = createDingtalkRobots(ACCOUNTS.dingtalk);
		world.models = createChinaModels({ ...ACCOUNTS.model, reply: replyOf });
		const standIns = [atFeishu(world), world.wecom, world.dingtalk, world.models];
		world.outside = keep(await startOutside({ standIns, folder }));
		const { postgres: program } = await ensurePrograms(['postgres']);
		world.postgres = await startPostgres({ program, folder });
		keep(world.postgres, () => world.postgres.stop());
		world.mariadb = await startMariadb({ folder, database: 'history' });
		keep(world.mariadb, () => world.mariadb.stop());
		world.lab = await startLab({
			line,
			root: await buildChinesePackage(folder),
			environment: { ...world.outside.environment, ...MANY_AT_ONCE },
		});
		keep(world.lab, () => world.lab.stop());
		world.credentials = await saveCredentials(world);
		return world;
	} catch (error) {
		await close();
		throw error;
	}
}

/** Tables and robots are under one name. */
const atFeishu = ({ feishu, feishuRobots }) => ({
	hosts: feishu.hosts,
	answer: (asked) => (asked.path.startsWith('/open-apis/bot/') ? feishuRobots : feishu).answer(asked),
});

/** The credentials that a person would make in n8n. @returns {Promise<Record<string, { id: string, name: string }>>} by type, or by name where a type is there twice */
async function saveCredentials({ lab: { client }, simulator, laigu, postgres, mariadb }) {
	const { feishu, wecom, dingtalk, model } = ACCOUNTS;
	const database = ({ user, password, port, database: name }) => ({
		...{ host: '127.0.0.1', user, password, port, database: name },
	});
	const openAi = (url) => ({ type: 'openAiApi', apiKey: model.apiKey, url });
	const all = {
		laiguApi: tokenCredential(simulator),
		laiguWebhookApi: {
			signingSecret: ACCOUNTS.webhookSecret,
			enterpriseToken: laigu.DEMO_ACCOUNT.enterpriseToken,
		},
		httpCustomAuth: { json: JSON.stringify({ body: { app_id: feishu.appId, app_secret: feishu.appSecret } }) },
		...Object.fromEntries(wecom.keys.map((key) => [key, { type: 'httpQueryAuth', name: 'key', value: key }])),
		wrongRobot: { type: 'httpQueryAuth', name: 'key', value: 'nobody has this one' },
		...Object.fromEntries(
			dingtalk.robots.map(({ accessToken: value }) => [
				`dingtalk ${value}`,
				{ type: 'httpQueryAuth', name: 'access_token', value },
			]),
		),
		deepSeek: openAi('https://api.deepseek.com/v1'),
		qwen: openAi('https://dashscope.aliyuncs.com/compatible-mode/v1'),
		postgres: { ...database(postgres), ssl: 'disable' },
		mySql: { ...database(mariadb), connectTimeout: 10_000, ssl: false },
	};
	const saved = {};
	for (const [name, { type = name, ...data }] of Object.entries(all)) {
		const { id } = await client.saveCredential({ name: `Test: ${name}`, type, data });
		saved[name] = { id, name: `Test: ${name}` };
	}
	return saved;
}
