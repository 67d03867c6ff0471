import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What a start has put into its n8n, remembered for the next one.
 *
 * @typedef {object} DemoState
 * @property {string} [credentialId]
 * @property {Record<string, { id: string, shipped: string, saved: string }>} workflows - by example file; `shipped` and `saved` are
 *   fingerprints of what we put in and of what n8n had afterwards
 */

/** @param {string} userFolder @returns {Promise<DemoState>} empty when there is none yet */
export async function readState(userFolder) {
	try {
		return JSON.parse(await readFile(stateFile(userFolder), 'utf8'));
	} catch {
		return { workflows: {} };
	}
}

/** @param {string} userFolder @param {DemoState} state @returns {Promise<void>} */
export async function writeState(userFolder, state) {
	const file = stateFile(userFolder);
	await writeFile(`${file}.new`, `${JSON.stringify(state, null, '\t')}\n`);
	await rename(`${file}.new`, file);
}

const stateFile = (userFolder) => join(userFolder, 'demo.json');
