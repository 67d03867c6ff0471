import type { ICredentialDataDecryptedObject, ICredentialsDecrypted, INodeCredentialTestResult } from 'n8n-workflow';

import { readWebhookCredential } from '../webhook/credential';

/**
 * Looks for what would make every event be refused: no secret at all, an enterprise token of another form.
 *
 * @param credentials the decrypted credential
 * @returns what to do, or undefined where the fields look right
 */
export function findWebhookCredentialFlaw(credentials: ICredentialDataDecryptedObject): string | undefined {
	const { signingSecret, enterpriseToken } = readWebhookCredential(credentials);
	if (signingSecret === '') return "'Signing Secret' is empty. Copy the secret that Laigu shows next to the webhook.";
	if (enterpriseToken !== '' && !/^[0-9a-f]{32}$/.test(enterpriseToken)) {
		return "'Enterprise Token' is not 32 characters of 0-9 and a-f. Copy enterprise_token from an event, or leave it empty; it is not the enterprise ID.";
	}
	return undefined;
}

/**
 * The test of the Laigu Webhook API credential. There is nobody to ask: Laigu sends and cannot be called with these fields. So it checks their
 * form, and says that only an event proves the secret.
 */
export function testLaiguWebhookApi(credential: ICredentialsDecrypted): INodeCredentialTestResult {
	const flaw = findWebhookCredentialFlaw(credential.data ?? {});
	if (flaw) return { status: 'Error', message: flaw };
	return {
		status: 'OK',
		message:
			'The fields have the right format. Only an event from Laigu can show whether the secret is correct: send one to the Test URL of the trigger.',
	};
}
