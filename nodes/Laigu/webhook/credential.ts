import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { pastedText } from '../shared/pasted';

/** What an event has to prove; '' for nothing. */
export interface Proof {
	signingSecret: string;
	enterpriseToken: string;
}

/**
 * The fields of a Laigu Webhook API credential without the invisible characters and the blanks around them that were copied along.
 *
 * @param credentials the decrypted credential
 */
export function readProof(credentials: ICredentialDataDecryptedObject): Proof {
	return {
		signingSecret: pastedText(credentials.signingSecret),
		enterpriseToken: pastedText(credentials.enterpriseToken),
	};
}
