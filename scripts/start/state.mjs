import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What a start has put into its n8n, remembered for the next one.
 *
 * @typedef {object} DemoState
 * @property {Secrets} [secrets]
 * @property {string} [credentialId] - of the Laigu API credential
 * @property {string} [webhookCredentialId]
 * @property {Record<string, { id: string, shipped: string, saved: string }>} workflows - by example file; `shipped` and `saved` are
 *   fingerprints of what we put in and of what n8n had afterwards
 */

/**
 * What nobody but this checkout knows, so that no web page and no other user of the machine can guess it.
 *
 * @typedef {object} Secrets
 * @property {string} password - of n8n's owner
 * @property {string} signingSecret - of the webhook
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
	await writeFile(`${file}.new`, `${JSON.stringify(state, null, '\t')}\n`, { mode: 0o600 });
	await rename(`${file}.new`, file);
}

/**
 * The checkout's secrets, made at its first start.
 *
 * @param {string} userFolder
 * @returns {Promise<Secrets>}
 */
export async function secretsOf(userFolder) {
	const state = await readState(userFolder);
	if (state.secrets) return state.secrets;
	const text = () => randomBytes(12).toString('base64url');
	// n8n wants a capital letter and a digit in a password
	const secrets = { password: `Laigu-${text()}-1`, signingSecret: text() };
	await writeState(userFolder, { ...state, secrets });
	return secrets;
}

const stateFile = (userFolder) => join(userFolder, 'demo.json');
