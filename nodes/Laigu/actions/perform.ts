import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { beginRun } from '../api/client';
import type { Run } from '../api/client';
import { operations } from './index';
import { alignRowItems, toItems } from './shared/output';
import { errorInFull, notesForModel } from './shared/tool';

/**
 * What Continue On Fail puts in place of an item that fell: what happened, what to do, and Laigu's own code. For the error output the
 * latter two lie in `message`: n8n 1.x takes no item there that holds anything beside `error` and `message`, and of an item with an `error`
 * object of its own n8n keeps the message alone (measured on n8n-core 1.122 and 2.41).
 */
function toErrorItem(
	context: IExecuteFunctions,
	error: NodeApiError | NodeOperationError,
	itemIndex: number,
): INodeExecutionData {
	const details: IDataObject = {
		...(error.context.data as IDataObject | undefined),
		description: error.description ?? '',
	};
	const hasErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const json: IDataObject = { error: error.message, ...(hasErrorOutput ? { message: details } : details) };
	return { json, pairedItem: { item: itemIndex } };
}

async function performOne(context: IExecuteFunctions, run: Run, itemIndex: number): Promise<INodeExecutionData[]> {
	const resource = `${context.getNodeParameter('resource', itemIndex)}`;
	const operation = `${context.getNodeParameter('operation', itemIndex)}`;
	return toItems(await operations[resource][operation].execute(context, run, itemIndex), itemIndex);
}

function addHints(context: IExecuteFunctions, run: Run): void {
	const paused = run.pace.pausedMs();
	if (paused > 0) {
		run.hints.add(
			`Laigu asked to slow down: ${Math.ceil(paused / 1000)} s were spent waiting. A shorter 'Time Range' or fewer runs avoid that.`,
		);
	}
	for (const message of run.hints) context.addExecutionHints({ message, location: 'outputPane' });
}

/**
 * Runs the chosen operation for every input item, in order, on one pace. With Continue On Fail an item that falls gives an item that says
 * why, and the others are not touched.
 *
 * @throws NodeApiError or NodeOperationError of the first item that falls, without Continue On Fail
 */
export async function perform(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const run = beginRun(context);
	const items: INodeExecutionData[] = [];
	const results: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		try {
			for (const item of await performOne(context, run, itemIndex)) {
				items.push(item);
				results.push(item);
			}
		} catch (thrown) {
			const error =
				thrown instanceof NodeApiError
					? thrown
					: new NodeOperationError(context.getNode(), thrown as Error, { itemIndex });
			if (!context.continueOnFail()) throw errorInFull(context, error);
			items.push(toErrorItem(context, error, itemIndex));
		}
	}
	if (context.getNodeParameter('output', 0, '') === 'row') alignRowItems(results);
	addHints(context, run);
	items.push(...toItems(notesForModel(context, run.hints, items.length > 0), 0));
	return items;
}
