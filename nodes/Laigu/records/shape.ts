import type { IDataObject } from 'n8n-workflow';

import { messagesOf, transcriptOf } from './dialogue';
import type { RecordTable } from './field';
import { readerFor } from './read';
import type { Read } from './read';
import { databaseRowFor, spreadsheetRowFor } from './rows';
import { selectorFor, simplifiedFor } from './simplified';
import { cutDeep, isTooDeep, TooDeep } from './values';

/** The outputs of every kind of record. */
export type Output =
	| 'simplified'
	| 'spreadsheetRow'
	| 'databaseRow'
	| 'selectedFields'
	| 'raw'
	| 'messages'
	| 'transcript'
	| 'count';

/** What items are to hold. */
export interface ShapeSettings {
	output: Output;
	/** With `selectedFields`: names of the vocabulary. */
	fields: string[];
	/** With `transcript`: the longest text; 0 for all of it. */
	maxCharacters: number;
	/** With `spreadsheetRow`: whether texts that a spreadsheet would take for formulas are made inert. */
	protectFormulas: boolean;
	/** Whether contacts that the customer wrote are looked for. */
	findContacts: boolean;
	/** Whether contacts are made unreadable. */
	maskContacts: boolean;
	/** Called for a record that is nested so deeply that part of it is left out. */
	onUnreadable?: () => void;
}

/** Turns one record into the JSON of its items: one, or a message each. Never throws, never changes the record. */
export type Shaper = (record: IDataObject) => IDataObject[];

/** Turns a record that was read into the JSON of its item. */
export type Writer = (read: Read) => IDataObject;

/**
 * How a record that was read becomes an item.
 *
 * @param table the kind of record
 * @param settings the output, and what is particular to it
 */
export function writerFor(
	table: RecordTable,
	{ output, fields = [], protectFormulas = true }: Partial<ShapeSettings> & { output: Output },
): Writer {
	switch (output) {
		case 'spreadsheetRow':
			return spreadsheetRowFor(table, protectFormulas);
		case 'databaseRow':
			return databaseRowFor(table);
		case 'selectedFields':
			return selectorFor(table, fields);
		default:
			return simplifiedFor(table);
	}
}

function plainShaperFor(table: RecordTable, settings: Partial<ShapeSettings> & { output: Output }): Shaper {
	switch (settings.output) {
		case 'raw':
			return (record) => {
				if (isTooDeep(record)) throw new TooDeep();
				return [record];
			};
		case 'messages':
			return messagesOf;
		case 'transcript':
			return (record) => [transcriptOf(record, settings.maxCharacters)];
		default: {
			const read = readerFor(table);
			const write = writerFor(table, settings);
			return (record) => [write(read(record))];
		}
	}
}

/**
 * How the records of a kind become items: made once for a run, from the kind's table.
 *
 * A record that is nested more than 64 levels deep comes without what lies deeper; the caller is told by `onUnreadable`.
 *
 * @param table the kind of record
 * @param settings the output, and what is particular to it; what is left out is as the parameters' defaults have it
 */
export function shaperFor(table: RecordTable, settings: Partial<ShapeSettings> & { output: Output }): Shaper {
	const shape = plainShaperFor(table, settings);
	return (record) => {
		try {
			return shape(record);
		} catch (error) {
			if (!(error instanceof TooDeep)) throw error;
			settings.onUnreadable?.();
			return shape(cutDeep(record));
		}
	};
}
