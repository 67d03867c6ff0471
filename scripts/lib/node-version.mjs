import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from './errors.mjs';
import { repositoryRoot } from './paths.mjs';

/**
 * Whether a version is at least another, number by number.
 *
 * @param {string} version - e.g. `20.20.2` or `v20.20.2`
 * @param {string} minimum - e.g. `20.15`
 * @returns {boolean}
 */
export function isAtLeast(version, minimum) {
	const have = numbers(version);
	for (const [index, wanted] of numbers(minimum).entries()) {
		if ((have[index] ?? 0) !== wanted) return (have[index] ?? 0) > wanted;
	}
	return true;
}

/**
 * Refuses a Node that is older than package.json's `engines.node`.
 *
 * @param {string} [version] - the running Node's
 * @throws {UserError} naming both versions
 */
export async function requireNode(version = process.versions.node) {
	const { engines } = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8'));
	const minimum = /\d+(\.\d+)*/.exec(engines.node)[0];
	if (isAtLeast(version, minimum)) return;
	throw new UserError(
		`Node.js ${minimum} or newer is needed, and this is ${version}. Install a current version and start again.`,
	);
}

const numbers = (version) => version.replace(/^v/, '').split('.').map(Number);
