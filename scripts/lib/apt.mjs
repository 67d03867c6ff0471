import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from './errors.mjs';
import { lastLines } from './log-file.mjs';

const APT = '/usr/bin/apt-get';

/**
 * Installs packages of Debian or Ubuntu.
 *
 * @param {string[]} packages
 * @param {{ logFile: string, report?: (detail: string) => void, apt?: string, isRoot?: boolean }} options - `apt`, `isRoot`: this machine's
 * @returns {Promise<void>}
 * @throws {UserError} when that cannot be done without asking, or apt fails: the command to type, and the end of apt's log
 */
export async function installWithApt(
	packages,
	{ logFile, report = () => {}, apt = APT, isRoot = process.getuid?.() === 0 },
) {
	const byHand = `apt-get install ${packages.join(' ')}`;
	if (!isRoot || !existsSync(apt)) {
		throw new UserError(`Programs of the operating system are missing. On Debian or Ubuntu, type: sudo ${byHand}`);
	}
	await mkdir(dirname(logFile), { recursive: true });
	for (const args of [
		['update'],
		['install', '--yes', '-o', 'DPkg::Lock::Timeout=600', '--no-install-recommends', ...packages],
	]) {
		report(`apt-get ${args.join(' ')}`);
		const log = await open(logFile, 'a');
		const child = spawn(apt, args, {
			stdio: ['ignore', log.fd, log.fd],
			// servers that a package starts on its own would take their usual ports; the tests start their own
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
		});
		const [code] = await once(child, 'exit');
		await log.close();
		if (code === 0) continue;
		throw new UserError(`apt-get ${args[0]} ended with ${code}. Install by hand: ${byHand}`, {
			logFile,
			tail: lastLines(await readFile(logFile, 'utf8'), 10),
		});
	}
}
