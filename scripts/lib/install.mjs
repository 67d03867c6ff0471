import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFolder, requireFreeSpace, watchFolderSize } from './disk.mjs';
import { UserError } from './errors.mjs';
import { hashOf } from './hash.mjs';
import { acquireLock } from './lock.mjs';
import { runNpm } from './npm.mjs';
import { cacheRoot, repositoryRoot } from './paths.mjs';
import { formatBytes } from './units.mjs';

const DEPENDENCIES_BYTES = 1.2 * 1024 ** 3;

/**
 * Why the dependencies have to be installed, if they have. npm writes `node_modules/.package-lock.json` at the very end of
 * an installation, so it tells an interrupted one and one of an older lock from a whole one.
 *
 * @param {string} [root] - the checkout
 * @returns {Promise<string | undefined>} a few words for people, or undefined when everything is there
 * @throws {UserError} when the checkout has no package-lock.json
 */
export async function findInstallGap(root = repositoryRoot) {
	const wanted = await readPackages(join(root, 'package-lock.json'));
	if (!wanted) throw new UserError(`There is no readable package-lock.json in ${root}. Is the checkout complete?`);
	if (!existsSync(join(root, 'node_modules'))) return 'first run';
	const present = await readPackages(join(root, 'node_modules/.package-lock.json'));
	if (!present) return 'an earlier installation did not finish';
	for (const [path, { version, optional, link }] of Object.entries(wanted)) {
		if (path === '' || optional || link) continue;
		if (present[path]?.version !== version) return 'package-lock.json has changed';
		if (!existsSync(join(root, path))) return 'a package is missing';
	}
	return undefined;
}

/**
 * Installs the dependencies as package-lock.json says when they are missing, incomplete or of another lock.
 *
 * @param {{ root?: string, report?: (detail: string) => void }} [options]
 * @returns {Promise<boolean>} whether something had to be installed
 * @throws {UserError} when space or npm fails, or when npm has installed something else than is locked
 */
export async function ensureInstalled({ root = repositoryRoot, report = () => {} } = {}) {
	if (!(await findInstallGap(root))) return false;
	const lockFile = join(cacheRoot(), 'locks', `install-${hashOf(root).slice(0, 12)}.lock`);
	const release = await acquireLock(lockFile, {
		onWait: ({ pid }) => report(`waiting for process ${pid} that is installing already`),
	});
	try {
		if (!(await findInstallGap(root))) return false;
		await requireFreeSpace(root, DEPENDENCIES_BYTES, "the package's development dependencies");
		await installAnew(root, report);
	} finally {
		await release();
	}
	return true;
}

/**
 * What `npm ci` does, but with `npm install`: a lock knows the optional packages only of those platforms whose packages its
 * registry had, and `npm ci` refuses it on the others. That everything else is what is locked is checked afterwards.
 */
async function installAnew(root, report) {
	const logFile = join(cacheRoot(), 'logs', 'install.log');
	const folder = join(root, 'node_modules');
	await removeFolder(folder);
	report('npm install');
	const stopWatching = watchFolderSize(folder, (bytes) => {
		if (bytes > 0) report(`npm install, ${formatBytes(bytes)} on disk`);
	});
	try {
		await runNpm(['install', '--no-save', '--no-audit', '--no-fund'], {
			cwd: root,
			logFile,
			purpose: 'install the dependencies',
		});
	} finally {
		stopWatching();
	}
	const gap = await findInstallGap(root);
	if (gap) throw new UserError(`npm has not installed what package-lock.json says (${gap}).`, { logFile });
}

async function readPackages(file) {
	try {
		return JSON.parse(await readFile(file, 'utf8')).packages;
	} catch {
		return undefined;
	}
}
