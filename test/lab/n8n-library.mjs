import { createRequire } from 'node:module';
import { ensureN8n } from './n8n-install.mjs';

/**
 * A library that n8n itself brings: for spreadsheets, or for mails.
 *
 * @param {import('./lines.mjs').N8nLine} line
 * @param {...string} names - under which the lines of n8n know it
 * @returns {Promise<any>}
 * @throws when this n8n has none of them
 */
export async function n8nLibrary(line, ...names) {
	const { program } = await ensureN8n(line);
	const require = createRequire(createRequire(program).resolve('n8n-nodes-base/package.json'));
	for (const name of names) {
		try {
			return require(name);
		} catch (error) {
			if (error.code !== 'MODULE_NOT_FOUND') throw error;
		}
	}
	throw new Error(`n8n ${line.n8n} has none of ${names.join(', ')}.`);
}
