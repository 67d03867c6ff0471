import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	ILoadOptionsFunctions,
	INodeCredentialTestResult,
	INodeListSearchResult,
} from 'n8n-workflow';

/** The test of the Laigu API credential. */
export async function laiguApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { testLaiguApi } = await import('./credentialTest');
	return await testLaiguApi(this, credential);
}

/** The test of the Laigu Webhook API credential. */
export async function laiguWebhookApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { testLaiguWebhookApi } = await import('./webhookCredentialTest');
	return testLaiguWebhookApi(credential);
}

/**
 * The list of a "Conversation" field.
 *
 * @param filter what the person typed
 */
export async function searchConversations(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const { listConversations } = await import('./listSearch');
	return await listConversations(this, filter);
}
