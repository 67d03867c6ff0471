import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout: the folder that holds package.json. */
export const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * The folder for everything that is expensive to bring and outlives a checkout: Node, n8n, demo data.
 *
 * @param {NodeJS.ProcessEnv} [env] - `LAIGU_LAB_CACHE` names another folder
 * @returns {string} an absolute path; the folder may not exist yet
 */
export function cacheRoot(env = process.env) {
	if (env.LAIGU_LAB_CACHE) return resolve(env.LAIGU_LAB_CACHE);
	const base = process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
	return join(base || join(homedir(), '.cache'), 'n8n-nodes-laigu');
}
