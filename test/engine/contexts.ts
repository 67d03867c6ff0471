import { CredentialTestContext, LoadOptionsContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	IExecuteFunctions,
} from 'n8n-workflow';

import { createAdditionalData, createWorkflow, LAIGU, loadPackage, nodeOf } from './engine';

async function laiguType(): Promise<INodeType> {
	return (await loadPackage()).nodeTypes.laigu.type as INodeType;
}

/** Opens the list of the Conversation field, as the editor does. */
export async function searchConversations(
	credentials: ICredentialDataDecryptedObject,
	filter?: string,
): Promise<INodeListSearchResult> {
	const node = nodeOf('Laigu', LAIGU);
	const workflow = await createWorkflow([node], {});
	const additionalData = await createAdditionalData(credentials, workflow);
	const context = new LoadOptionsContext(workflow, node, additionalData, 'conversationId');
	const search = (await laiguType()).methods?.listSearch?.searchConversations;
	if (!search) throw new Error('the node has no list search');
	return await search.call(context, filter);
}

/** Presses the credential's test button. */
export async function testCredential(data: ICredentialDataDecryptedObject): Promise<INodeCredentialTestResult> {
	const test = (await laiguType()).methods?.credentialTest?.laiguApiTest;
	if (!test) throw new Error('the node has no credential test');
	const context = new CredentialTestContext() as ICredentialTestFunctions;
	return await test.call(context, { id: '1', name: 'Laigu', type: 'laiguApi', data });
}

/** A node that does what a test tells it to, with the helpers that n8n gives to any node. */
export class Doing implements INodeType {
	constructor(private readonly what: (context: IExecuteFunctions) => Promise<unknown>) {}

	description = {
		displayName: 'Doing',
		name: 'doing',
		group: ['transform' as const],
		version: 1,
		description: '',
		defaults: { name: 'Doing' },
		inputs: ['main' as const],
		outputs: ['main' as const],
		credentials: [{ name: 'laiguApi' }],
		properties: [],
	};

	execute = ((doing: Doing) =>
		async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return [[{ json: { result: await doing.what(this) } as IDataObject }]];
		})(this);
}
