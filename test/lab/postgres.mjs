import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { startOwnedProgram } from '../../scripts/lib/owned-program.mjs';
import { anyFreePort } from '../../scripts/lib/ports.mjs';
import { untilReady } from './ready.mjs';

const run = promisify(execFile);

/** What a test needs no guarantee for costs most of the time: nothing here has to outlive the machine. */
const HASTY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * Starts a PostgreSQL of its own on the loopback address, with an empty database. As root, which it refuses to run as, it runs as the user that
 * its package has made.
 *
 * @param {{ program: string, folder: string }} where - `program`: its file `postgres`, with `initdb` beside it; `folder`: existing, for its data and log;
 *   others get the right to pass through it
 * @returns {Promise<{ port: number, user: string, password: string, database: string, stop: () => Promise<void> }>}
 *   `stop` cuts the connections that are still open
 * @throws {UserError} when it ends instead, with the end of its log; what initdb threw
 */
export async function startPostgres({ program, folder }) {
	const home = join(folder, 'postgres');
	const account = { user: 'postgres', password: 'only-for-tests', database: 'postgres' };
	const user = process.getuid?.() === 0 ? await idOf('postgres') : undefined;
	await mkdir(home, { mode: 0o700 });
	if (user) {
		await chmod(folder, 0o711);
		await chown(home, user.uid, user.gid);
	}
	const data = join(home, 'data');
	const options = ['--username', account.user, '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'];
	await run(join(dirname(program), 'initdb'), ['--pgdata', data, ...options], { cwd: home, ...user });

	const port = await anyFreePort();
	const logFile = join(folder, 'postgres.log');
	const log = await open(logFile, 'w');
	const settings = [
		'listen_addresses=127.0.0.1',
		`port=${port}`,
		'unix_socket_directories=',
		'max_connections=200',
		...HASTY,
	];
	const { ended, stop } = startOwnedProgram(program, ['-D', data, ...settings.flatMap((one) => ['-c', one])], {
		cwd: home,
		stdio: ['ignore', log.fd, log.fd],
		user,
		// "fast": clients are told to go, not waited for
		stopSignal: 'SIGINT',
	});
	await log.close();
	const look = () => accepts({ host: '127.0.0.1', port, ...account });
	await untilReady('PostgreSQL', { ended, stop, logFile, look });
	return { port, ...account, stop };
}

/** Node knows no users by name. */
async function idOf(name) {
	const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)));
	return { uid, gid };
}

async function accepts(settings) {
	const client = new pg.Client(settings);
	client.on('error', () => {});
	try {
		await client.connect();
		await client.query('SELECT 1');
		return true;
	} catch {
		return false;
	} finally {
		await client.end().catch(() => {});
	}
}
