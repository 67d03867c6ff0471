import { tokenCredential } from '../../test/lab/credential.mjs';

const TYPE = 'laiguApi';
const NAME = 'Laigu demo';
const WEBHOOK_NAME = 'Laigu demo webhook';
const LOOPBACK = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/;

/**
 * Puts the simulator's account into n8n as a credential: the one of the last start, unless a person has pointed that at a
 * server of their own since; then another one.
 *
 * @param {Pick<import('../../test/lab/n8n-client.mjs').N8nClient, 'rest' | 'saveCredential' | 'testCredential'>} client - logged in
 * @param {string | undefined} previousId - the credential of the last start
 * @param {{ url: string, account: { accessToken: string, enterpriseId: string | number } }} simulator
 * @returns {Promise<{ credential: { id: string, name: string, type: string }, kept: boolean }>} `kept`: a person's own credential
 *   was left as it is
 * @throws {import('../../test/lab/n8n-client.mjs').N8nRequestError}
 */
export async function placeCredential(client, previousId, simulator) {
	const data = tokenCredential(simulator);
	const previous = previousId && (await findCredential(client, previousId));
	const kept = Boolean(previous) && !LOOPBACK.test(previous.data?.baseUrl ?? '');
	const id = previous && !kept ? previousId : undefined;
	const { id: savedId } = await client.saveCredential({ id, name: NAME, type: TYPE, data });
	const credential = { id: savedId, name: NAME, type: TYPE };
	await requireWorkingCredential(client, credential, data);
	return { credential, kept };
}

/**
 * Puts the secret that the simulator signs its events with into n8n as a credential, unless the one of the last start is there: that is left
 * as a person may have changed it.
 *
 * @param {Pick<import('../../test/lab/n8n-client.mjs').N8nClient, 'rest' | 'saveCredential'>} client - logged in
 * @param {string | undefined} previousId - the credential of the last start
 * @param {string} signingSecret
 * @returns {Promise<{ id: string, name: string }>}
 * @throws {import('../../test/lab/n8n-client.mjs').N8nRequestError}
 */
export async function placeWebhookCredential(client, previousId, signingSecret) {
	const previous = previousId && (await findCredential(client, previousId));
	const data = { signingSecret, enterpriseToken: '' };
	const { id, name } = previous || (await client.saveCredential({ name: WEBHOOK_NAME, type: 'laiguWebhookApi', data }));
	return { id, name };
}

async function findCredential(client, id) {
	try {
		return await client.rest('GET', `/credentials/${id}?includeData=true`);
	} catch (error) {
		if (error.status === 404 || error.status === 403) return undefined;
		throw error;
	}
}

async function requireWorkingCredential(client, credential, data) {
	const { status, message } = await client.testCredential(credential, data);
	if (status !== 'OK') throw new Error(`n8n's test of the demo credential says: ${message}`);
}
