import { get, has, set, sortBy } from 'lodash';
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import type { RecordTable } from './field';
import type { Read } from './read';
import { simplifiedFor } from './simplified';

/**
 * The fields of a kind of record that can be selected, by their labels.
 *
 * @param table the kind of record
 */
export function selectableFields(table: RecordTable): INodePropertyOptions[] {
	const choices = table.fields.map(({ label, name }) => ({ name: label, value: name }));
	return sortBy(choices, ({ name }) => name.toLowerCase());
}

/** Groups of which single fields can be selected, with a dot: `custom.预算`. */
const GROUPS = ['custom', 'customer'];

/** The path of a field: its name, or a group and the name in it. */
function pathOf(name: string): string[] {
	const group = GROUPS.find((each) => name.startsWith(`${each}.`) && name.length > each.length + 1);
	return group === undefined ? [name] : [group, name.slice(group.length + 1)];
}

/**
 * Those of some names that no output has.
 *
 * @param table the kind of record
 * @param names what is to be selected: names of the vocabulary, or single fields of `custom` and `customer` (`custom.预算`)
 */
export function unknownFields(table: RecordTable, names: readonly string[]): string[] {
	const known = new Set(table.fields.map(({ name }) => name));
	return names.filter((name) => !known.has(pathOf(name)[0]));
}

/**
 * Records with only the named fields, in the order given, and the ID.
 *
 * @param names see {@link unknownFields}
 */
export function selectorFor(table: RecordTable, names: readonly string[]): (read: Read) => IDataObject {
	const simplify = simplifiedFor(table);
	const paths = [...new Set([...names, table.id])].map(pathOf);
	return (read) => {
		const simple = simplify(read);
		const kept: IDataObject = {};
		for (const path of paths) if (has(simple, path)) set(kept, path, get(simple, path));
		return kept;
	};
}
