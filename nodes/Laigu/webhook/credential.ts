import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** What proves where an event comes from; '' for nothing. */
export interface WebhookCredential {
	signingSecret: string;
	enterpriseToken: string;
}

/** Control and format characters, fillers, variation selectors: nobody sees them, and they come along when a text is copied. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

const clean = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? `${value}`.replace(INVISIBLE, '').trim() : '';

/**
 * The fields of a Laigu Webhook API credential without the invisible characters and the blanks around them that were copied along.
 *
 * @param credentials the decrypted credential
 */
export function readWebhookCredential(credentials: ICredentialDataDecryptedObject): WebhookCredential {
	return { signingSecret: clean(credentials.signingSecret), enterpriseToken: clean(credentials.enterpriseToken) };
}
