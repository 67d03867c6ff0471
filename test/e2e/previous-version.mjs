import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packPackage } from '../lab/package-install.mjs';
import { repositoryRoot } from '../../scripts/lib/paths.mjs';

/** What the earlier version does not know yet: an operation, and an option of another one. */
const LESS = `
const Later = exports.Laigu;
exports.Laigu = class Laigu extends Later {
	constructor() {
		super();
		for (const property of this.description.properties) {
			if (property.name === 'operation') property.options = property.options.filter(({ value }) => value !== 'find');
			if (property.name === 'options') property.options = property.options.filter(({ name }) => name !== 'concurrency');
		}
	}
};
`;

/**
 * Packs an earlier version: the present build without the poll trigger, without an operation and an option of the Laigu node.
 *
 * @param {string} folder - empty; the tarball is made there
 * @param {string} version
 * @returns {Promise<string>} the tarball's path
 */
export async function packPreviousVersion(folder, version) {
	const root = join(folder, 'previous');
	for (const name of ['dist', 'index.js', 'package.json', 'README.md', 'LICENSE'])
		await cp(join(repositoryRoot, name), join(root, name), { recursive: true });
	const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
	manifest.version = version;
	manifest.n8n.nodes = manifest.n8n.nodes.filter((file) => !file.includes('PollTrigger'));
	await writeFile(join(root, 'package.json'), JSON.stringify(manifest));
	await appendFile(join(root, 'dist/nodes/Laigu/Laigu.node.js'), LESS);
	return await packPackage(folder, { root, logFile: join(folder, 'npm.log') });
}
