import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from '../../scripts/lib/hash.mjs';
import { runNpm } from '../../scripts/lib/npm.mjs';
import { repositoryRoot } from '../../scripts/lib/paths.mjs';

/** As n8n's own installer calls npm: nothing of the package's scripts runs, and n8n's own n8n-workflow is used. */
const INSTALL_OPTIONS = [
	'--ignore-scripts',
	'--omit=dev',
	'--omit=peer',
	'--omit=optional',
	'--legacy-peer-deps',
	'--install-links',
	'--no-audit',
	'--no-fund',
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
 * Puts a packed package where n8n looks for community packages, unless the very same is there already. n8n has to be
 * started (again) to see it.
 *
 * @param {string} tarball - has to stay: npm reads it again when another package is installed beside it
 * @param {{ userFolder: string, packageName?: string, logFile: string }} options - `userFolder`: as N8N_USER_FOLDER
 * @returns {Promise<boolean>} whether it had to be installed
 * @throws {UserError} when npm fails
 */
export async function installPackage(tarball, { userFolder, packageName = 'n8n-nodes-laigu', logFile }) {
	const folder = join(userFolder, '.n8n', 'nodes');
	const stamp = join(folder, `.${packageName}.sha256`);
	const wanted = hashOf(await readFile(tarball));
	const installed =
		existsSync(join(folder, 'node_modules', packageName, 'package.json')) &&
		(await readFile(stamp, 'utf8').catch(() => ''));
	if (installed === wanted) return false;

	await mkdir(folder, { recursive: true });
	await rm(stamp, { force: true });
	// npm takes a tarball of the same name and version for installed, whatever is in it
	await rm(join(folder, 'node_modules', packageName), { recursive: true, force: true });
	await rm(join(folder, 'package-lock.json'), { force: true });
	await rm(join(folder, 'node_modules', '.package-lock.json'), { force: true });
	if (!existsSync(join(folder, 'package.json'))) {
		await writeFile(join(folder, 'package.json'), '{"name":"installed-nodes","private":true,"dependencies":{}}\n');
	}
	await runNpm(['install', tarball, ...INSTALL_OPTIONS], {
		cwd: folder,
		logFile,
		purpose: 'install the package into n8n',
	});
	await writeFile(stamp, wanted);
	return true;
}
