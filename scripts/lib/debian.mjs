import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installWithApt } from './apt.mjs';
import { UserError } from './errors.mjs';
import { acquireLock } from './lock.mjs';
import { cacheRoot } from './paths.mjs';

/** Programs that come from the operating system: where they may lie, and the packages of Debian that bring them. */
const PROGRAMS = {
	chromium: { files: ['/usr/bin/chromium', '/usr/bin/chromium-browser'], packages: ['chromium'] },
	cjkFont: { files: ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'], packages: ['fonts-noto-cjk'] },
	emojiFont: {
		files: ['/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf'],
		packages: ['fonts-noto-color-emoji'],
	},
	libreOffice: { files: ['/usr/bin/soffice', '/usr/bin/libreoffice'], packages: ['libreoffice-calc'] },
	postgres: {
		files: [18, 17, 16, 15, 14].map((major) => `/usr/lib/postgresql/${major}/bin/postgres`),
		packages: ['postgresql'],
	},
	redis: { files: ['/usr/bin/redis-server'], packages: ['redis-server'] },
	valgrind: { files: ['/usr/bin/valgrind'], packages: ['valgrind'] },
};

/**
 * Finds programs of the operating system, and installs those that are missing where that can be done without asking: on Debian, as root.
 * Two runs at once: the second waits.
 *
 * @param {string[]} names - keys of `programs`
 * @param {{ report?: (detail: string) => void, programs?: Record<string, { files: string[], packages: string[] }>, install?: typeof installWithApt }} [options] -
 *   `programs`: where each may lie, the best first, and the packages that bring it; `install`: how these are installed
 * @returns {Promise<Record<string, string>>} the file of each, by its name
 * @throws {UserError} when one is missing and cannot be installed: the command to type, or the end of apt's log
 */
export async function ensurePrograms(names, { report = () => {}, programs = PROGRAMS, install = installWithApt } = {}) {
	const find = (name) => programs[name].files.find((file) => existsSync(file));
	const missing = () => names.filter((name) => !find(name));
	if (missing().length > 0) {
		const release = await acquireLock(join(cacheRoot(), 'locks', 'apt.lock'), {
			onWait: ({ pid }) => report(`waiting for process ${pid} that is installing already`),
		});
		try {
			const packages = missing().flatMap((name) => programs[name].packages);
			if (packages.length > 0) await install(packages, { report, logFile: join(cacheRoot(), 'logs', 'apt.log') });
		} finally {
			await release();
		}
	}
	for (const name of missing()) {
		const { files, packages } = programs[name];
		throw new UserError(`${packages.join(' ')} is installed, but none of its files is there: ${files.join(', ')}.`);
	}
	return Object.fromEntries(names.map((name) => [name, find(name)]));
}
