import type { IDataObject } from 'n8n-workflow';

import type { RecordTable } from './field';
import type { Read } from './read';

/**
 * Records with clear names: what is absent stays absent, fields that the table does not know come at the end in camelCase, and in `other` those that bear
 * one of our names.
 */
export function simplifiedFor(table: RecordTable): (read: Read) => IDataObject {
	const names = table.fields.map(({ name }) => name);
	return ({ values, rest, other }) => {
		const simple: IDataObject = {};
		for (let at = 0; at < names.length; at++) if (values[at] !== undefined) simple[names[at]] = values[at];
		for (const name in rest) simple[name] = rest[name];
		if (other) simple.other = other;
		return simple;
	};
}
