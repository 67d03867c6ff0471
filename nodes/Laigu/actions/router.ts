import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { beginRun } from '../http/client';
import type { Run } from '../http/client';
import { readConcurrency } from '../parameters/options';
import { itemReader } from '../parameters/reader';
import { alignerOf } from '../records/rows';
import { mapConcurrent } from '../shared/concurrency';
import { chosenOperation } from './index';
import { inputItem } from './operation';
import type { Result } from './operation';
import { errorInFull, isTool, notesForModel } from './shared/tool';

type NodeError = NodeApiError | NodeOperationError;

/** What an input item gave: its result, or why there is none. */
type Performed = { itemIndex: number } & ({ result: Result; error?: undefined } | { error: NodeError });

/**
 * What Continue On Fail puts in place of an item that failed: what happened, what to do, and Laigu's own code. For the error output the
 * latter two lie in `message`: n8n 1.x takes no item there that contains anything but `error` and `message`, and of an item with an `error`
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

/** Performs one input item. What it throws ends the run, unless the run continues without it: then nothing more is asked for items after it. */
async function performOne(context: IExecuteFunctions, run: Run, itemIndex: number): Promise<Performed> {
	try {
		const item = inputItem(context, run, itemIndex);
		return { result: await chosenOperation(item.reader).execute(item), itemIndex };
	} catch (thrown) {
		if (!context.continueOnFail()) run.firstFailedItem = Math.min(run.firstFailedItem, itemIndex);
		const error =
			thrown instanceof NodeApiError
				? thrown
				: new NodeOperationError(context.getNode(), thrown as Error, { itemIndex });
		return { error, itemIndex };
	}
}

/** Laigu asked all requests of the run to slow down, which no operation knows of. */
function paceHints({ throttle }: Run): string[] {
	const waited = throttle.waitedMs();
	if (waited <= 0) return [];
	const seconds = Math.max(1, Math.round(waited / 1000));
	return [
		`Laigu asked to slow down: ${seconds} s were spent waiting. To avoid that, choose a shorter 'Time Range' or run the workflow less often.`,
	];
}

/**
 * Whether n8n's editor tells by itself that a limit was reached: it does where a node gives just as many items as its Limit says, and that is no
 * expression (read in the sources of n8n 2.41.1). No agent sees what the editor tells.
 */
const isToldByEditor = (context: IExecuteFunctions, itemCount: number): boolean =>
	!isTool(context) && context.getNode().parameters.limit === itemCount;

/**
 * Runs the chosen operation for every input item, several at once, on one pace and with one limit for the requests on their way. The results
 * stand in the order of the input. With Continue On Fail an item that falls gives an item that says why, and the others are not touched.
 *
 * @throws NodeApiError or NodeOperationError of the first item that falls, without Continue On Fail
 */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const atOnce = readConcurrency(itemReader(context, 0));
	const run = beginRun(context, atOnce);
	const input = [...context.getInputData().keys()];
	const all: INodeExecutionData[] = [];
	const rows: INodeExecutionData[] = [];
	const hints: string[] = [];
	const moreHints: string[] = [];
	for await (const { result: performed } of mapConcurrent(input, {
		atOnce,
		mayOverlap: (index) => index < run.firstFailedItem,
		read: async (index) => ({ result: await performOne(context, run, index) }),
	})) {
		const { itemIndex, error } = performed;
		if (error) {
			if (!context.continueOnFail()) throw errorInFull(context, error);
			all.push(toErrorItem(context, error, itemIndex));
			continue;
		}
		const { result } = performed;
		const isRow = context.getNodeParameter('output', itemIndex, '') === 'spreadsheetRow';
		for (const json of result.items) {
			const item = { json, pairedItem: { item: itemIndex } };
			all.push(item);
			if (isRow) rows.push(item);
		}
		hints.push(...result.hints);
		if (result.moreHint !== undefined) moreHints.push(result.moreHint);
	}
	alignItems(rows);
	if (!isToldByEditor(context, all.length)) hints.push(...moreHints);
	const told = new Set([...hints, ...paceHints(run)]);
	for (const message of told) context.addExecutionHints({ message, location: 'outputPane' });
	if (isTool(context)) {
		for (const json of notesForModel(told, all.length > 0)) all.push({ json, pairedItem: { item: 0 } });
	}
	return all;
}

function* jsonOf(items: INodeExecutionData[]): Generator<IDataObject> {
	for (const { json } of items) yield json;
}

/** Gives all rows of a run the same columns; their `json` is replaced. */
function alignItems(rows: INodeExecutionData[]): void {
	const align = alignerOf(jsonOf(rows));
	for (const row of rows) row.json = align(row.json);
}
