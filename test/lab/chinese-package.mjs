import { join } from 'node:path';
import { startOwned } from '../../scripts/lib/owned-process.mjs';
import { repositoryRoot } from '../../scripts/lib/paths.mjs';

/**
 * Builds the Chinese package.
 *
 * @param {string} folder - the folder that is to hold it; made when it does not exist
 * @returns {Promise<string>} the package's folder
 * @throws where the dictionary does not match the sources
 */
export async function buildChinesePackage(folder) {
	const root = join(folder, 'n8n-nodes-laigu-zh');
	const { ended } = startOwned(process.execPath, ['scripts/build-zh.mjs', '--to', root], {
		cwd: repositoryRoot,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	if ((await ended) !== 0) throw new Error('The Chinese package could not be built.');
	return root;
}
