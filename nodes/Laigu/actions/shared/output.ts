import { get, has, set } from 'lodash';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { CONVERSATION_COLUMNS, messagesOf, simplifyConversation, transcriptOf } from '../../records/conversation';
import { CUSTOMER_COLUMNS, simplifyCustomer } from '../../records/customer';
import { ID_FIELD } from '../../records/fields';
import { textList } from '../../records/names';
import { alignRows, toRow } from '../../records/row';

/** The outputs of every kind of record. */
export type Output = 'simplified' | 'raw' | 'selectedFields' | 'row' | 'messages' | 'transcript';

/** Turns one record into the JSON of its items: one, or a message each. */
export type Shape = (record: IDataObject) => IDataObject[];

const KINDS = {
	conversation: { simplify: simplifyConversation, columns: CONVERSATION_COLUMNS },
	customer: { simplify: simplifyCustomer, columns: CUSTOMER_COLUMNS },
};

function select(simple: IDataObject, names: string[]): IDataObject {
	const selected: IDataObject = {};
	for (const name of names) {
		const path = Object.hasOwn(simple, name) ? [name] : name;
		if (has(simple, path)) set(selected, path, get(simple, path));
	}
	return selected;
}

/** The output that the user chose. */
export function readOutput(context: IExecuteFunctions, itemIndex: number): Output {
	return context.getNodeParameter('output', itemIndex, 'simplified') as Output;
}

/**
 * How the records of an operation become items, as the user chose under Output.
 *
 * @param kind what Laigu returns
 */
export function readShape(context: IExecuteFunctions, itemIndex: number, kind: 'conversation' | 'customer'): Shape {
	const { simplify, columns } = KINDS[kind];
	switch (readOutput(context, itemIndex)) {
		case 'raw':
			return (record) => [record];
		case 'row':
			return (record) => [toRow(simplify(record), columns)];
		case 'messages':
			return messagesOf;
		case 'transcript':
			return (record) => [transcriptOf(record)];
		case 'selectedFields': {
			const names = [ID_FIELD[kind], ...textList(context.getNodeParameter('fields', itemIndex, []))];
			return (record) => [select(simplify(record), names)];
		}
		default:
			return (record) => [simplify(record)];
	}
}

/** Items with the input item that each of them comes from. */
export function toItems(objects: IDataObject[], itemIndex: number): INodeExecutionData[] {
	return objects.map((json) => ({ json, pairedItem: { item: itemIndex } }));
}

/**
 * Gives all rows of a run the same columns.
 *
 * @param items the items of the whole run that hold rows; their `json` is replaced where it lacks a column
 */
export function alignRowItems(items: INodeExecutionData[]): void {
	alignRows(items.map((item) => item.json)).forEach((row, index) => {
		items[index].json = row;
	});
}
