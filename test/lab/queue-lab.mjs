import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ensurePrograms } from '../../scripts/lib/debian.mjs';
import { anyFreePort } from '../../scripts/lib/ports.mjs';
import { lines } from './lines.mjs';
import { N8nClient } from './n8n-client.mjs';
import { ensureN8n } from './n8n-install.mjs';
import { startN8n } from './n8n-process.mjs';
import { installPackage, packPackage } from './package-install.mjs';
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';

const OWNER = { email: 'owner@laigu.example', password: 'Only-for-tests-1' };

/** What each kind of process says in its log when it is ready. */
const READY = {
	start: 'Editor is now accessible',
	worker: 'n8n worker is now ready',
	webhook: 'Webhook listener waiting for requests',
};

/**
 * @typedef {object} QueueProcess
 * @property {import('./n8n-process.mjs').RunningN8n} n8n - of the latest start
 * @property {() => Promise<void>} kill - SIGKILL, to what it has started as well
 * @property {() => Promise<void>} start - starts it again
 *
 * @typedef {object} QueueLab
 * @property {N8nClient} client - of the main process, its owner logged in
 * @property {QueueProcess[]} workers
 * @property {QueueProcess[]} webhooks
 * @property {() => Promise<QueueProcess>} addWebhook - one more webhook process
 * @property {pg.Pool} database - n8n's own
 * @property {{ host: string, port: number, user: string, password: string, database: string }} postgres - how to reach it
 * @property {() => Promise<void>} stop - ends everything and removes the folder
 */

/**
 * n8n in queue mode: PostgreSQL, Redis, one main process, webhook processes and workers, each with the packed package in a user folder of its own.
 *
 * @param {{ line?: import('./lines.mjs').N8nLine, workers?: number, webhooks?: number, environment?: NodeJS.ProcessEnv }} [options] -
 *   `environment`: for every n8n process
 * @returns {Promise<QueueLab>}
 * @throws {UserError} when a program is missing or does not come up
 */
export async function startQueueLab({ line = lines.current, workers = 2, webhooks = 1, environment = {} } = {}) {
	const programs = await ensurePrograms(['postgres', 'redis'], { report: console.log });
	const installation = await ensureN8n(line, { report: (detail) => console.log(`n8n ${line.n8n}: ${detail}`) });
	const folder = await mkdtemp(join(tmpdir(), 'laigu-queue-'));
	const running = [];
	const lab = { workers: [], webhooks: [] };

	lab.stop = async () => {
		await lab.database?.end();
		await Promise.all(running.filter(({ n8n }) => n8n).map(({ n8n }) => n8n.stop()));
		for (const server of [lab.redis, lab.postgres]) await server?.stop();
		await rm(folder, { recursive: true, force: true });
	};

	/** Starts one n8n process with a user folder of its own: two in one folder would share logs and the journal of crashes. */
	async function begin(name, command) {
		const userFolder = join(folder, name);
		await cp(join(folder, 'package'), userFolder, { recursive: true });
		const settings = {
			userFolder,
			port: await anyFreePort(),
			command,
			readyText: READY[command],
			environment: lab.environment,
		};
		const one = {
			async start() {
				one.n8n = await startN8n(installation, settings);
			},
			async kill() {
				process.kill(-one.n8n.pid, 'SIGKILL');
				await one.n8n.ended;
			},
		};
		running.push(one);
		await one.start();
		return one;
	}

	lab.addWebhook = async () => {
		const one = await begin(`webhook-${lab.webhooks.length + 1}`, 'webhook');
		lab.webhooks.push(one);
		return one;
	};

	try {
		[lab.postgres, lab.redis] = await Promise.all([
			startPostgres({ program: programs.postgres, folder }),
			startRedis({ program: programs.redis, folder }),
		]);
		lab.database = new pg.Pool(connectionOf(lab.postgres));
		lab.environment = { ...queueEnvironment(lab), ...environment };
		const logFile = join(folder, 'npm.log');
		const tarball = await packPackage(join(folder, 'packed'), { logFile });
		await installPackage(tarball, { userFolder: join(folder, 'package'), logFile });

		// the main process makes the tables
		lab.main = await begin('main', 'start');
		lab.client = new N8nClient(lab.main.n8n.url);
		await lab.client.logIn(OWNER);
		const names = Array.from({ length: workers }, (_, index) => `worker-${index + 1}`);
		const [all] = await Promise.all([
			Promise.all(names.map((name) => begin(name, 'worker'))),
			...Array.from({ length: webhooks }, () => lab.addWebhook()),
		]);
		lab.workers.push(...all);
		return lab;
	} catch (error) {
		await lab.stop();
		throw error;
	}
}

const connectionOf = ({ port, user, password, database }) => ({ host: '127.0.0.1', port, user, password, database });

/** What makes single processes one n8n. */
function queueEnvironment({ postgres, redis }) {
	return {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: `${redis.port}`,
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: `${postgres.port}`,
		DB_POSTGRESDB_DATABASE: postgres.database,
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_PASSWORD: postgres.password,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
	};
}
