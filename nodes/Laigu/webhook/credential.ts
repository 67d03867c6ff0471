import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { pastedText } from '../shared/pasted';

/** What proves where an event comes from; '' for nothing. */
export interface WebhookCredential {
	signingSecret: string;
	enterpriseToken: string;
}

/**
 * The fields of a Laigu Webhook API credential without the invisible characters and the blanks around them that were copied along.
 *
 * @param credentials the decrypted credential
 */
export function readWebhookCredential(credentials: ICredentialDataDecryptedObject): WebhookCredential {
	return {
		signingSecret: pastedText(credentials.signingSecret),
		enterpriseToken: pastedText(credentials.enterpriseToken),
	};
}
