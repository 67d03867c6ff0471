import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A fingerprint of text or bytes.
 *
 * @param {string | Uint8Array} content
 * @returns {string} SHA-256, lower-case hex
 */
export const hashOf = (content) => createHash('sha256').update(content).digest('hex');

/**
 * A fingerprint of files and whole folders by their names and contents; times do not count.
 *
 * @param {string} root
 * @param {string[]} paths - files and folders relative to `root`; those that do not exist count as absent
 * @param {(path: string) => boolean} [counts] - which files count, by their path relative to `root`
 * @returns {Promise<string>} SHA-256, lower-case hex
 */
export async function hashTree(root, paths, counts = () => true) {
	const hash = createHash('sha256');
	for (const path of [...paths].sort()) {
		for (const file of await filesUnder(root, path)) {
			if (!counts(file)) continue;
			hash.update(`${file}\0${hashOf(await readFile(join(root, file)))}\0`);
		}
	}
	return hash.digest('hex');
}

async function filesUnder(root, path) {
	try {
		const entries = await readdir(join(root, path), { withFileTypes: true });
		const nested = await Promise.all(
			entries.sort((a, b) => (a.name < b.name ? -1 : 1)).map((entry) => filesUnder(root, `${path}/${entry.name}`)),
		);
		return nested.flat();
	} catch (error) {
		if (error.code === 'ENOTDIR') return [path];
		if (error.code === 'ENOENT') return [];
		throw error;
	}
}
