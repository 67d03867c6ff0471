import type { IDataObject } from 'n8n-workflow';

/**
 * How the value of a field is read, and what it becomes:
 *
 * - `name`: one line of text without invisible characters; `text`: text as it was written; `phone`, `handle` (WeChat, QQ): cleaned for comparing
 * - `id`, `numericId`: as it came, text or number
 * - `time`: ISO 8601 in Beijing time; `number`: a number; `open`: a form that Laigu does not document, as it came
 * - `tags`: names of tags; `list`: a list of texts; `object`: fields that the account names itself
 */
export type ReadingName =
	'name' | 'text' | 'phone' | 'handle' | 'id' | 'numericId' | 'time' | 'number' | 'open' | 'tags' | 'list' | 'object';

/** One field: all that is known of it. */
export interface Field {
	/** Its name in every output. */
	name: string;
	/** Laigu's names for it; the first that says something counts. `client_info.tel` is one inside of an object. None: it is made by this package. */
	from: string[];
	/** Laigu's name for the ID that stands in where there is no name. */
	orId?: string;
	/** Laigu's name for the object that has names by ID, where the field holds IDs. */
	details?: string;
	reading: ReadingName;
	/**
	 * How a figure of several rows becomes one: added up, averaged over the conversations that got an answer, or whichever of the two the user says
	 * that Laigu's first response times are.
	 */
	merge?: 'sum' | 'average' | 'firstResponse';
	/** What a person calls it, with the word of Laigu's own screens in brackets. */
	label: string;
}

/**
 * A field in one line.
 *
 * @param from Laigu's name for it, or several of which the first that says something counts
 */
export const field = (
	name: string,
	from: string | string[],
	reading: ReadingName,
	label: string,
	more: Pick<Field, 'orId' | 'details' | 'merge'> = {},
): Field => ({ name, from: [from].flat(), reading, label, ...more });

/** One kind of record: its fields in the order of every output, people first, IDs last. */
export interface RecordTable {
	kind: 'customer' | 'conversation' | 'event' | 'report';
	/** The field that identifies a record, kept in every selection. */
	id: string;
	fields: readonly Field[];
	/** Laigu's fields that no shaped output has. */
	leftOut: readonly string[];
	/** Laigu's object whose fields are the customer's, where they are not the record's own; what is left of it becomes the field `customer`. */
	person?: string;
	/** Puts a record's fields under the names of this table, where they come under others. */
	prepare?: (record: IDataObject) => IDataObject;
}

/** Names that belong to items as a whole, whatever their kind of record: no field of Laigu's takes them. */
export const RESERVED_NAMES = ['other', 'event', 'eventId', 'eventAt', 'transcript'];

/** The field of a table. */
export function fieldOf(table: RecordTable, name: string): Field {
	const found = table.fields.find((field) => field.name === name);
	if (!found) throw new TypeError(`No field ${name}`);
	return found;
}
