import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hashTree } from './hash.mjs';
import { acquireLock } from './lock.mjs';
import { runNpm } from './npm.mjs';
import { cacheRoot, repositoryRoot, stampFolder } from './paths.mjs';

const SOURCES = [
	'nodes',
	'credentials',
	'index.js',
	'gulpfile.js',
	'tsconfig.json',
	'tsconfig.build.json',
	'package.json',
	'package-lock.json',
	'scripts/build.mjs',
];
const OUTPUT = ['dist'];

/**
 * Whether `dist` is what the present sources build, by content.
 *
 * @param {string} [root] - the checkout
 * @returns {Promise<boolean>}
 */
export async function isBuilt(root = repositoryRoot) {
	const stamp = await readFile(stampFile(root), 'utf8').catch(() => '');
	return stamp !== '' && stamp === (await fingerprint(root));
}

/**
 * Builds the package when its sources or its `dist` have changed since the last build from here.
 *
 * @param {{ root?: string, report?: (detail: string) => void }} [options]
 * @returns {Promise<boolean>} whether it had to be built
 * @throws {UserError} when the build fails: the end of its output
 */
export async function ensureBuilt({ root = repositoryRoot, report = () => {} } = {}) {
	if (await isBuilt(root)) return false;
	const release = await acquireLock(join(stampFolder(root), 'build.lock'), {
		onWait: ({ pid }) => report(`waiting for process ${pid} that is building already`),
	});
	try {
		if (await isBuilt(root)) return false;
		report('npm run build');
		const logFile = join(cacheRoot(), 'logs', 'build.log');
		await runNpm(['run', 'build'], { cwd: root, logFile, purpose: 'build the package' });
		await mkdir(dirname(stampFile(root)), { recursive: true });
		await writeFile(stampFile(root), await fingerprint(root));
	} finally {
		await release();
	}
	return true;
}

const stampFile = (root) => join(stampFolder(root), 'build.sha256');

async function fingerprint(root) {
	const [sources, output] = await Promise.all([hashTree(root, SOURCES), hashTree(root, OUTPUT)]);
	return `${sources} ${output}`;
}
