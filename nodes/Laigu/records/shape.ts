import { get, has, set } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { CONVERSATION_COLUMNS, messagesOf, simplifyConversation, transcriptOf } from './conversation';
import { CUSTOMER_COLUMNS, simplifyCustomer } from './customer';
import { ID_FIELD } from './fields';
import { textList } from './names';
import { toRow } from './row';

/** The outputs of every kind of record. */
export type Output = 'simplified' | 'raw' | 'selectedFields' | 'row' | 'messages' | 'transcript' | 'count';

/** Turns one record into the JSON of its items: one, or a message each. */
export type Shape = (record: IDataObject) => IDataObject[];

const KINDS = {
	conversation: { simplify: simplifyConversation, columns: CONVERSATION_COLUMNS },
	customer: { simplify: simplifyCustomer, columns: CUSTOMER_COLUMNS },
};

/**
 * The named fields of a record; a field inside a group is named with a dot.
 *
 * @param simple a simplified record; it is not changed
 */
export function select(simple: IDataObject, names: string[]): IDataObject {
	const selected: IDataObject = {};
	for (const name of names) {
		const path = Object.hasOwn(simple, name) ? [name] : name;
		if (has(simple, path)) set(selected, path, get(simple, path));
	}
	return selected;
}

/**
 * How the records of a list become items.
 *
 * @param kind what Laigu returns
 * @param output what each item is to hold
 * @param fields with `selectedFields`: the names to keep, as a list or as text with commas
 * @param maxCharacters with `transcript`: the longest text; 0 for all of it
 */
export function shapeOf(kind: 'conversation' | 'customer', output: Output, fields: unknown, maxCharacters = 0): Shape {
	const { simplify, columns } = KINDS[kind];
	switch (output) {
		case 'raw':
			return (record) => [record];
		case 'row':
			return (record) => [toRow(simplify(record), columns)];
		case 'messages':
			return messagesOf;
		case 'transcript':
			return (record) => [transcriptOf(record, maxCharacters)];
		case 'selectedFields': {
			const names = [ID_FIELD[kind], ...textList(fields)];
			return (record) => [select(simplify(record), names)];
		}
		default:
			return (record) => [simplify(record)];
	}
}
