import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from './errors.mjs';
import { acquireLock } from './lock.mjs';
import { lastLines } from './log-file.mjs';
import { cacheRoot } from './paths.mjs';

/** Programs that come from the operating system: where they may lie, and the packages of Debian that bring them. */
const PROGRAMS = {
	chromium: { files: ['/usr/bin/chromium', '/usr/bin/chromium-browser'], packages: ['chromium'] },
	cjkFont: { files: ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'], packages: ['fonts-noto-cjk'] },
	emojiFont: {
		files: ['/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf'],
		packages: ['fonts-noto-color-emoji'],
	},
	postgres: {
		files: [18, 17, 16, 15, 14].map((major) => `/usr/lib/postgresql/${major}/bin/postgres`),
		packages: ['postgresql'],
	},
	redis: { files: ['/usr/bin/redis-server'], packages: ['redis-server'] },
};

/**
 * Finds programs of the operating system, and installs those that are missing where that can be done without asking: on Debian, as root.
 * Two runs at once: the second waits.
 *
 * @param {Array<keyof typeof PROGRAMS>} names
 * @param {{ report?: (detail: string) => void }} [options]
 * @returns {Promise<Record<string, string>>} the file of each, by its name
 * @throws {UserError} when one is missing and cannot be installed: the command to type, or the end of apt's log
 */
export async function ensurePrograms(names, { report = () => {} } = {}) {
	if (names.some((name) => !find(name))) {
		const release = await acquireLock(join(cacheRoot(), 'locks', 'apt.lock'), {
			onWait: ({ pid }) => report(`waiting for process ${pid} that is installing already`),
		});
		try {
			const missing = names.filter((name) => !find(name)).flatMap((name) => PROGRAMS[name].packages);
			if (missing.length > 0) await install(missing, report);
		} finally {
			await release();
		}
	}
	return Object.fromEntries(names.map((name) => [name, find(name) ?? missingAfterInstall(name)]));
}

const find = (name) => PROGRAMS[name].files.find((file) => existsSync(file));

function missingAfterInstall(name) {
	const { files, packages } = PROGRAMS[name];
	throw new UserError(`${packages.join(' ')} is installed, but none of its files is there: ${files.join(', ')}.`);
}

async function install(packages, report) {
	const byHand = `apt-get install ${packages.join(' ')}`;
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
		throw new UserError(`Programs of the operating system are missing. On Debian or Ubuntu, type: sudo ${byHand}`);
	}
	const logFile = join(cacheRoot(), 'logs', 'apt.log');
	await mkdir(dirname(logFile), { recursive: true });
	for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]]) {
		report(`apt-get ${args.join(' ')}`);
		const log = await open(logFile, 'a');
		const child = spawn('/usr/bin/apt-get', args, {
			stdio: ['ignore', log.fd, log.fd],
			// servers that a package starts on its own would take their usual ports; the tests start their own
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
		});
		const [code] = await once(child, 'exit');
		await log.close();
		if (code !== 0) {
			throw new UserError(`apt-get ${args[0]} ended with ${code}. Install by hand: ${byHand}`, {
				logFile,
				tail: lastLines(await readFile(logFile, 'utf8'), 10),
			});
		}
	}
}
