import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ensurePrograms } from '../../../scripts/lib/debian.mjs';
import { startPostgres } from '../../lab/postgres.mjs';
import { createFeishu } from '../../lab/fakes/feishu.mjs';
import { createGoogleSheets, createSpreadsheet } from '../../lab/fakes/google-sheets.mjs';
import { createHubspot } from '../../lab/fakes/hubspot.mjs';
import { startMail } from '../../lab/fakes/mail.mjs';
import { createOpenAi } from '../../lab/fakes/openai.mjs';
import { startOutside } from '../../lab/fakes/outside.mjs';
import { createRobot, createWecom } from '../../lab/fakes/wecom.mjs';
import { startLab } from '../n8n.mjs';
import { saveCredentials } from './credentials.mjs';
import { awayFromMidnight, hideContacts } from './expected.mjs';
import { replyOf } from './model.mjs';

/** Everything that has to be known on both sides: in n8n's credentials, and in the services. */
export const ACCOUNTS = {
	webhookSecret: 'only-for-tests, 密钥',
	google: { clientId: 'only-for-tests.apps.googleusercontent.com', clientSecret: 'only-for-tests' },
	feishu: {
		appId: 'cli_only_for_tests',
		appSecret: 'only-for-tests',
		appToken: 'bascnOnlyForTests',
		tableId: 'tblOnlyForTests',
		fields: 'trackId createdAt name phone wechat qq channel account campaign note tags comment'.split(' '),
	},
	hubspot: { token: 'pat-only-for-tests' },
	openAi: { apiKey: 'sk-only-for-tests' },
	mail: { user: 'n8n@example.com', password: 'only-for-tests' },
};

/** A busy machine can keep the database's pulse waiting, and n8n 1.x mixes up transactions that run at once on its one connection. */
const MANY_AT_ONCE = { DB_PING_TIMEOUT_MS: '60000', DB_SQLITE_POOL_SIZE: '3' };

/** The databases of the examples, one for each. */
const DATABASES = ['nightly', 'history'];

/**
 * One n8n with everything that the examples reach for: Laigu, the services under their real names, a mail server and PostgreSQL, all on the loopback
 * address, and the credentials for them in n8n.
 *
 * @param {import('../../lab/lines.mjs').N8nLine} line
 * @returns {Promise<any>} the parts by name; `close` ends all of them
 */
export async function startWorld(line) {
	await awayFromMidnight();
	const { tsImport } = await import('tsx/esm/api');
	const laigu = await tsImport('../../simulator/index.ts', import.meta.url);
	const folder = await mkdtemp(join(tmpdir(), 'laigu-examples-'));
	await chmod(folder, 0o711);
	const closers = [() => rm(folder, { recursive: true, force: true })];
	const keep = (part, close = () => part.close()) => {
		closers.unshift(close);
		return part;
	};
	const world = { laigu, line, close: () => closeAll(closers) };
	try {
		const listeners = new Set();
		world.onRequest = (listener) => void listeners.add(listener);
		const onRequest = (request) => listeners.forEach((listener) => listener(request));
		world.simulator = keep(await laigu.startSimulator({ days: 12, conversationsPerDay: 25, onRequest }));
		world.missed = hideContacts(world.simulator);
		world.sheet = createSpreadsheet({ id: '1onlyForTests-the-sheet-of-new-leads', tab: 'Leads' });
		world.sheetWithDeleted = createSpreadsheet({ id: '1onlyForTests-the-sheet-with-deleted', tab: 'Leads' });
		world.sheetOfMissed = createSpreadsheet({ id: '1onlyForTests-the-sheet-of-missed-leads', tab: 'Missed leads' });
		world.feishu = createFeishu(ACCOUNTS.feishu);
		world.leadRobot = createRobot('robot-of-leads');
		world.alarmRobot = createRobot('robot-of-alarms');
		world.missedRobot = createRobot('robot-of-missed-leads');
		world.hubspot = createHubspot(ACCOUNTS.hubspot);
		world.openAi = createOpenAi({ ...ACCOUNTS.openAi, reply: replyOf });
		const standIns = [
			createGoogleSheets({
				spreadsheets: [world.sheet, world.sheetWithDeleted, world.sheetOfMissed],
				...ACCOUNTS.google,
			}),
			world.feishu,
			createWecom({ robots: [world.leadRobot, world.alarmRobot, world.missedRobot] }),
			world.hubspot,
			world.openAi,
		];
		world.outside = keep(await startOutside({ standIns, folder }));
		world.mail = keep(await startMail(ACCOUNTS.mail));
		const { postgres: program } = await ensurePrograms(['postgres']);
		world.postgres = await startPostgres({ program, folder });
		keep(world.postgres, () => world.postgres.stop());
		for (const name of DATABASES) await queryDatabase(world, 'postgres', `CREATE DATABASE ${name}`);
		world.lab = await startLab({ line, environment: { ...world.outside.environment, ...MANY_AT_ONCE } });
		keep(world.lab, () => world.lab.stop());
		world.credentials = await saveCredentials(world, ACCOUNTS);
		return world;
	} catch (error) {
		await world.close();
		throw error;
	}
}

/**
 * Asks one of the databases.
 *
 * @param {{ postgres: { port: number, user: string, password: string } }} world
 * @param {string} database
 * @param {string} text - SQL
 * @returns {Promise<Array<Record<string, any>>>} rows; dates as text
 */
export async function queryDatabase({ postgres: { port, user, password } }, database, text) {
	const client = new pg.Client({ host: '127.0.0.1', port, user, password, database });
	await client.connect();
	try {
		return (await client.query(text)).rows;
	} finally {
		await client.end();
	}
}

async function closeAll(closers) {
	for (const close of closers) await close();
}
