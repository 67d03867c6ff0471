import type { IDataObject, IExecuteFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';

/**
 * Whether the node runs as the tool of an AI agent. n8n gives the tool a node type of its own; its `isToolExecution()` says no where n8n 2
 * runs a tool like any other node (n8n-core 2.41), and is unknown to n8n 1.
 */
const isTool = (context: IExecuteFunctions): boolean => context.getNode().type.endsWith('Tool');

/**
 * What a language model has to know beside the items, as an item each: n8n shows a node's hints to people only, and gives an agent no word
 * where there are no items.
 *
 * @param hints what people are told
 * @param isFound whether there are any items
 * @returns nothing where no model reads it
 */
export function notesForModel(context: IExecuteFunctions, hints: Iterable<string>, isFound: boolean): IDataObject[] {
	if (!isTool(context)) return [];
	return [...(isFound ? [] : ['Nothing was found.']), ...hints].map((hint) => ({ hint }));
}

/**
 * The error to throw. For a language model what to do stands in the message, as n8n 2 tells it nothing else of an error. The words between
 * are n8n's own.
 */
export function errorInFull<NodeError extends NodeApiError | NodeOperationError>(
	context: IExecuteFunctions,
	error: NodeError,
): NodeError {
	if (isTool(context) && error.description) error.message += `\n\nDetails: ${error.description}`;
	return error;
}
