import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { beginRun } from '../http/client';
import type { Run } from '../http/client';
import { mapConcurrent } from '../shared/concurrency';
import { operations } from './index';
import { alignRowItems, toItems } from './shared/output';
import { readConcurrency } from '../parameters/read';
import { errorInFull, notesForModel } from './shared/tool';

type NodeError = NodeApiError | NodeOperationError;

/** What an input item gave: its items, or why there are none. */
type Performed = { items: INodeExecutionData[] } | { error: NodeError; itemIndex: number };

/**
 * What Continue On Fail puts in place of an item that fell: what happened, what to do, and Laigu's own code. For the error output the
 * latter two lie in `message`: n8n 1.x takes no item there that holds anything beside `error` and `message`, and of an item with an `error`
 * object of its own n8n keeps the message alone (measured on n8n-core 1.122 and 2.41).
 */
function toErrorItem(context: IExecuteFunctions, error: NodeError, itemIndex: number): INodeExecutionData {
	const details: IDataObject = {
		...(error.context.data as IDataObject | undefined),
		description: error.description ?? '',
	};
	const hasErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const json: IDataObject = { error: error.message, ...(hasErrorOutput ? { message: details } : details) };
	return { json, pairedItem: { item: itemIndex } };
}

/** Performs one input item. What it throws ends the run, unless the run goes on without it: then nothing more is asked for items after it. */
async function performOne(context: IExecuteFunctions, run: Run, itemIndex: number): Promise<Performed> {
	try {
		const resource = `${context.getNodeParameter('resource', itemIndex)}`;
		const operation = `${context.getNodeParameter('operation', itemIndex)}`;
		return { items: toItems(await operations[resource][operation].execute(context, run, itemIndex), itemIndex) };
	} catch (thrown) {
		if (!context.continueOnFail()) run.firstFailedItem = Math.min(run.firstFailedItem, itemIndex);
		const error =
			thrown instanceof NodeApiError
				? thrown
				: new NodeOperationError(context.getNode(), thrown as Error, { itemIndex });
		return { error, itemIndex };
	}
}

function addHints(context: IExecuteFunctions, run: Run): void {
	const waited = run.throttle.waitedMs();
	if (waited > 0) {
		run.hints.add(
			`Laigu asked to slow down: ${Math.max(1, Math.round(waited / 1000))} s were spent waiting. A shorter 'Time Range' or fewer runs avoid that.`,
		);
	}
	for (const message of run.hints) context.addExecutionHints({ message, location: 'outputPane' });
}

/**
 * Runs the chosen operation for every input item, several at once, on one pace and with one limit for the requests on their way. The results
 * stand in the order of the input. With Continue On Fail an item that falls gives an item that says why, and the others are not touched.
 *
 * @throws NodeApiError or NodeOperationError of the first item that falls, without Continue On Fail
 */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const atOnce = readConcurrency(context);
	const run = beginRun(context, atOnce);
	const all: INodeExecutionData[] = [];
	const results: INodeExecutionData[] = [];
	const input = [...context.getInputData().keys()];
	const read = async (itemIndex: number) => ({ result: await performOne(context, run, itemIndex) });
	for await (const { result } of mapConcurrent(input, {
		atOnce,
		mayOverlap: (index) => index < run.firstFailedItem,
		read,
	})) {
		if ('items' in result) {
			for (const item of result.items) {
				all.push(item);
				results.push(item);
			}
		} else {
			if (!context.continueOnFail()) throw errorInFull(context, result.error);
			all.push(toErrorItem(context, result.error, result.itemIndex));
		}
	}
	if (context.getNodeParameter('output', 0, '') === 'spreadsheetRow') alignRowItems(results);
	addHints(context, run);
	all.push(...toItems(notesForModel(context, run.hints, all.length > 0), 0));
	return all;
}
