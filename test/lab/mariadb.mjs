import { mkdir, open, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ensurePrograms } from '../../scripts/lib/debian.mjs';
import { startOwnedProgram } from '../../scripts/lib/owned-program.mjs';
import { anyFreePort } from '../../scripts/lib/ports.mjs';
import { untilReady } from './ready.mjs';

/** Debian has no MySQL; MariaDB speaks its protocol and its SQL as far as the examples go. */
const PROGRAMS = {
	mariadb: { files: ['/usr/sbin/mariadbd'], packages: ['mariadb-server-core'] },
};

/**
 * Starts a MariaDB of its own on the loopback address, with an empty database.
 *
 * @param {{ folder: string, database: string }} where - `folder`: existing, for its data and log
 * @returns {Promise<{ port: number, user: string, password: string, database: string, stop: () => Promise<void> }>}
 * @throws {UserError} when it cannot be installed, or ends instead, with the end of its log
 */
export async function startMariadb({ folder, database }) {
	const { mariadb } = await ensurePrograms(Object.keys(PROGRAMS), { programs: PROGRAMS });
	const home = join(folder, 'mariadb');
	const data = join(home, 'data');
	await mkdir(data, { recursive: true });
	const first = join(home, 'first.sql');
	await writeFile(first, `CREATE DATABASE ${database} CHARACTER SET utf8mb4;\n`);
	const port = await anyFreePort();
	const logFile = join(folder, 'mariadb.log');
	const log = await open(logFile, 'w');
	const settings = [
		...(process.getuid?.() === 0 ? ['--user=root'] : []),
		`--datadir=${data}`,
		`--port=${port}`,
		'--bind-address=127.0.0.1',
		'--skip-name-resolve',
		// without tables of its own it knows no accounts, and lets everybody in
		'--skip-grant-tables',
		`--socket=${join(home, 'socket')}`,
		`--pid-file=${join(home, 'pid')}`,
		`--init-file=${first}`,
	];
	const { ended, stop } = startOwnedProgram(mariadb, ['--no-defaults', ...settings], {
		cwd: home,
		stdio: ['ignore', log.fd, log.fd],
	});
	await log.close();
	await untilReady('MariaDB', { ended, stop, logFile, look: () => listens(port) });
	return { port, user: 'n8n', password: 'only-for-tests', database, stop };
}

const listens = (port) =>
	new Promise((resolve) => {
		const socket = connect({ host: '127.0.0.1', port }, () => socket.end(() => resolve(true)));
		socket.on('error', () => resolve(false));
	});
