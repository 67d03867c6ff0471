import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startOwned } from '../../scripts/lib/owned-process.mjs';
import { anyFreePort } from '../../scripts/lib/ports.mjs';
import { FILES_FOLDER, n8nEnvironment } from './n8n-environment.mjs';
import { untilReady } from './ready.mjs';

/**
 * @typedef {object} RunningN8n
 * @property {string} url - of the editor and the REST API, without a slash at the end
 * @property {string} userFolder - with symbolic links resolved
 * @property {string} filesFolder - where its file nodes may read and write
 * @property {string} logFile
 * @property {number} pid
 * @property {Promise<number | string>} ended - its exit code or signal
 * @property {(graceMs?: number) => Promise<void>} stop - ends it and what it has started, by process id
 */

/**
 * Starts n8n and waits until its editor is there.
 *
 * @param {import('./n8n-install.mjs').N8nInstallation} installation
 * @param {{ userFolder: string, port: number, environment?: NodeJS.ProcessEnv, timeoutMs?: number, command?: string, readyText?: string }} options -
 *   `environment`: on top of `n8nEnvironment`; `command`: `start` (default), `worker` or `webhook`; `readyText`: what its log says when it is ready
 * @returns {Promise<RunningN8n>}
 * @throws {UserError} when it ends or stays silent instead: the end of its log and the log's path
 */
export async function startN8n(
	installation,
	{
		userFolder,
		port,
		environment = {},
		timeoutMs = 300_000,
		command = 'start',
		readyText = 'Editor is now accessible',
	},
) {
	await mkdir(join(userFolder, FILES_FOLDER), { recursive: true });
	// n8n refuses to write through symbolic links
	const folder = await realpath(userFolder);
	const logFile = join(folder, `n8n-${command}.log`);
	const env = n8nEnvironment({
		installation,
		userFolder: folder,
		port,
		brokerPort: await anyFreePort(),
		encryptionKey: await encryptionKeyOf(folder),
		extra: environment,
	});
	// its log goes straight into the file: no pipe that breaks when this process is gone
	const log = await open(logFile, 'w');
	const { child, ended, stop } = startOwned(installation.node, [installation.program, command], {
		cwd: folder,
		env,
		stdio: ['ignore', log.fd, log.fd],
	});
	await log.close();
	// the health check can say 200 too early, so n8n's own word in its log counts
	const look = async () => (await readFile(logFile, 'utf8')).includes(readyText);
	await untilReady(`n8n ${installation.line.n8n}`, { ended, stop, look, logFile, timeoutMs });
	return {
		url: `http://127.0.0.1:${port}`,
		userFolder: folder,
		filesFolder: join(folder, FILES_FOLDER),
		logFile,
		pid: child.pid,
		ended,
		stop,
	};
}

/** The key that n8n encrypts credentials with: made once, kept beside the database that it belongs to. */
async function encryptionKeyOf(folder) {
	const file = join(folder, 'encryption.key');
	try {
		await writeFile(file, randomBytes(24).toString('hex'), { flag: 'wx', mode: 0o600 });
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
	}
	return await readFile(file, 'utf8');
}
