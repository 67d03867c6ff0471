import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

/**
 * Whether the node runs as the tool of an AI agent. n8n gives the tool a node type of its own; its `isToolExecution()` says no where n8n 2
 * runs a tool like any other node (n8n-core 2.41), and is unknown to n8n 1.
 */
export const isTool = (context: IExecuteFunctions): boolean => context.getNode().type.endsWith('Tool');

/** Outputs that are short, the shortest first. */
const SHORT_OUTPUTS = ['count', 'selectedFields', 'transcript'];

/**
 * What a person who gives an operation to an agent should know: what of the operation keeps its answers short.
 *
 * @param fields all fields of the operation
 */
export function toolNotice(fields: INodeProperties[]): INodeProperties {
	const output = fields.find(({ name }) => name === 'output');
	const choices = (output?.options ?? []) as INodePropertyOptions[];
	const outputs = SHORT_OUTPUTS.flatMap((value) => choices.filter((choice) => choice.value === value)).map(
		({ name }) => `'${name}'`,
	);
	const named = [outputs.slice(0, -1).join(', '), outputs.at(-1)].filter((part) => part).join(' or ');
	const limit = fields.some(({ name }) => name === 'limit') ? ", and a low 'Limit'" : '';
	return {
		displayName: `The agent reads everything that this tool returns. Keep it short: ${named} as 'Output'${limit}.`,
		name: 'toolNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { '@tool': [true] } },
	};
}

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
