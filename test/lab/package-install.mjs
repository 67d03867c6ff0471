import { hash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runNpm } from '../../scripts/lib/npm.mjs';
import { repositoryRoot } from '../../scripts/lib/paths.mjs';

/** What n8n calls npm with, inside the package's folder (packages/cli, community-packages.service.ts, the same from 1.94 to 2.41). */
const INSTALL_OPTIONS = [
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
];

/**
 * Packs the built package as npm would publish it.
 *
 * @param {string} folder - where the tarball goes; made when it does not exist
 * @param {{ root?: string, logFile: string }} options - `root`: the package's folder
 * @returns {Promise<string>} the tarball's path
 * @throws {UserError} when npm fails
 */
export async function packPackage(folder, { root = repositoryRoot, logFile }) {
	await mkdir(folder, { recursive: true });
	// npm pack names the tarball by the version only, so an older one of the same name must not stay
	const work = await mkdtemp(join(folder, 'pack-'));
	try {
		await runNpm(['pack', '--ignore-scripts', '--pack-destination', work], {
			cwd: root,
			logFile,
			purpose: 'pack the package',
		});
		const [name] = await readdir(work);
		await rename(join(work, name), join(folder, name));
		return join(folder, name);
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

/**
 * Puts a packed package where n8n looks for community packages, step by step as n8n's own installation does it once it has the
 * tarball, unless the very same is there already. n8n has to be started (again) to see it.
 *
 * @param {string} tarball
 * @param {{ userFolder: string, packageName?: string, logFile: string }} options - `userFolder`: as N8N_USER_FOLDER
 * @returns {Promise<boolean>} whether it had to be installed
 * @throws {UserError} when npm fails
 */
export async function installPackage(tarball, { userFolder, packageName = 'n8n-nodes-laigu', logFile }) {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const folder = join(nodes, 'node_modules', packageName);
	const stamp = join(nodes, `.${packageName}.sha256`);
	const wanted = hash('sha256', await readFile(tarball));
	const installed = existsSync(join(folder, 'package.json')) && (await readFile(stamp, 'utf8').catch(() => ''));
	if (installed === wanted) return false;

	await rm(stamp, { force: true });
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await promisify(execFile)('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	// without the peer, so that the package finds n8n's own n8n-workflow and not a second one
	const manifest = await readJson(join(folder, 'package.json'));
	for (const left of ['devDependencies', 'peerDependencies', 'optionalDependencies']) delete manifest[left];
	await writeJson(join(folder, 'package.json'), manifest);
	await runNpm(['install', ...INSTALL_OPTIONS], { cwd: folder, logFile, purpose: 'install the package into n8n' });
	await changeLedger(nodes, (dependencies) => (dependencies[packageName] = manifest.version));
	await writeFile(stamp, wanted);
	return true;
}

/** n8n's list of installed packages, with exact versions. */
async function changeLedger(nodes, change) {
	const file = join(nodes, 'package.json');
	const ledger = existsSync(file) ? await readJson(file) : { name: 'installed-nodes', private: true, dependencies: {} };
	change(ledger.dependencies);
	await writeJson(file, ledger);
}

const readJson = async (file) => JSON.parse(await readFile(file, 'utf8'));
const writeJson = async (file, content) => await writeFile(file, JSON.stringify(content, null, 2));
