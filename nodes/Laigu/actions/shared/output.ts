import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { alignerOf } from '../../records/rows';
import { shaperFor } from '../../records/shape';
import type { Output, Shaper } from '../../records/shape';
import type { RecordTable } from '../../records/tables';
import { textList } from '../../shared/text';

/** The output that the user chose. */
export function readOutput(context: IExecuteFunctions, itemIndex: number): Output {
	return context.getNodeParameter('output', itemIndex, 'simplified') as Output;
}

/**
 * How the records of an operation become items, as the user chose under Output.
 *
 * @param table what Laigu returns
 * @param maxCharacters the longest transcript; 0 for all of it
 */
export function readShape(
	context: IExecuteFunctions,
	itemIndex: number,
	table: RecordTable,
	maxCharacters: number,
): Shaper {
	const fields = textList(context.getNodeParameter('fields', itemIndex, []));
	return shaperFor(table, { output: readOutput(context, itemIndex), fields, maxCharacters });
}

/** Items with the input item that each of them comes from. */
export function toItems(objects: IDataObject[], itemIndex: number): INodeExecutionData[] {
	return objects.map((json) => ({ json, pairedItem: { item: itemIndex } }));
}

function* rowsOf(items: INodeExecutionData[]) {
	for (const { json } of items) yield json;
}

/**
 * Gives all rows of a run the same columns.
 *
 * @param items the items of the whole run that hold rows; their `json` is replaced where it lacks a column
 */
export function alignRowItems(items: INodeExecutionData[]): void {
	const align = alignerOf(rowsOf(items));
	for (const item of items) item.json = align(item.json);
}
