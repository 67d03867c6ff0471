import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { beginRun } from '../api/client';
import type { Run } from '../api/client';
import { operations } from './index';
import { alignRowItems, toItems } from './shared/output';

/**
 * What Continue On Fail puts in place of an item that fell: what happened, what to do, and Laigu's own code. For the error output n8n only
 * takes items that hold nothing beside `error`, `message` and `details`; an item with an `error` object of its own would lose all but the
 * message (both measured on n8n-core 2.41.1).
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
	const json: IDataObject = { error: error.message, ...(hasErrorOutput ? { details } : details) };
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
			if (!context.continueOnFail()) throw error;
			items.push(toErrorItem(context, error, itemIndex));
		}
	}
	if (context.getNodeParameter('output', 0, '') === 'row') alignRowItems(results);
	addHints(context, run);
	return items;
}
