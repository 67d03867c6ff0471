import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether the node runs as the tool of an AI agent. n8n gives the tool a node type of its own; its `isToolExecution()` says no where n8n 2
 * runs a tool like any other node (n8n-core 2.41), and is unknown to n8n 1.
 */
export const isTool = (context: IExecuteFunctions): boolean => context.getNode().type.endsWith('Tool');

/**
 * What a language model has to know beside the items, as an item each: n8n shows a node's hints to people only, and gives an agent no word
 * where there are no items.
 *
 * @param hints what people are told
 * @param isFound whether there are any items
 */
export function notesForModel(hints: Iterable<string>, isFound: boolean): IDataObject[] {
	return [...(isFound ? [] : ['Nothing was found.']), ...hints].map((hint) => ({ hint }));
}
