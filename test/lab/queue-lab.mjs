import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
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
 * @property {() => Promise<string[]>} unfinished - the executions that it is at, by its log; of a worker
 *
 * @typedef {object} QueueLab
 * @property {N8nClient} client - of the main process, its owner logged in
 * @property {QueueProcess[]} workers
 * @property {QueueProcess[]} webhooks
 * @property {() => Promise<QueueProcess>} addWebhook - one more webhook process
 * @property {pg.Pool} database - n8n's own
 * @property {{ host: string, port: number, user: string, password: string, database: string }} connection - how to reach it
 * @property {(executionId: string) => Promise<QueueProcess | undefined>} workerOf - the worker that is at an execution
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
	const lab = {};

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
			async unfinished() {
				const log = await readFile(one.n8n.logFile, 'utf8');
				const ids = (what) => [...log.matchAll(new RegExp(`Worker ${what} execution (\\d+)`, 'g'))].map(([, id]) => id);
				const finished = new Set(ids('finished'));
				return ids('started').filter((id) => !finished.has(id));
			},
		};
		running.push(one);
		await one.start();
		return one;
	}

	const beginAll = (command, count) =>
		Promise.all(Array.from({ length: count }, (_, index) => begin(`${command}-${index + 1}`, command)));

	lab.addWebhook = async () => {
		const one = await begin(`webhook-${lab.webhooks.length + 1}`, 'webhook');
		lab.webhooks.push(one);
		return one;
	};

	lab.workerOf = async (executionId) => {
		for (const worker of lab.workers) if ((await worker.unfinished()).includes(executionId)) return worker;
		return undefined;
	};

	try {
		[lab.postgres, lab.redis] = await Promise.all([
			startPostgres({ program: programs.postgres, folder }),
			startRedis({ program: programs.redis, folder }),
		]);
		const { port, user, password, database } = lab.postgres;
		lab.connection = { host: '127.0.0.1', port, user, password, database };
		lab.database = new pg.Pool(lab.connection);
		lab.environment = { ...queueEnvironment(lab), ...environment };
		const logFile = join(folder, 'npm.log');
		const tarball = await packPackage(join(folder, 'packed'), { logFile });
		await installPackage(tarball, { userFolder: join(folder, 'package'), logFile });

		// the main process makes the tables
		lab.main = await begin('main', 'start');
		lab.client = new N8nClient(lab.main.n8n.url);
		await lab.client.logIn(OWNER);
		[lab.workers, lab.webhooks] = await Promise.all([beginAll('worker', workers), beginAll('webhook', webhooks)]);
		return lab;
	} catch (error) {
		await lab.stop();
		throw error;
	}
}

/** What makes single processes one n8n. */
function queueEnvironment({ connection, redis }) {
	return {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: `${redis.port}`,
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: connection.host,
		DB_POSTGRESDB_PORT: `${connection.port}`,
		DB_POSTGRESDB_DATABASE: connection.database,
		DB_POSTGRESDB_USER: connection.user,
		DB_POSTGRESDB_PASSWORD: connection.password,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
	};
}
