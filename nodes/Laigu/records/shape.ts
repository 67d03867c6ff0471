import type { IDataObject } from 'n8n-workflow';

import { messagesOf, transcriptOf } from './dialogue';
import type { RecordTable } from './field';
import { recordMaskerFor } from './mask';
import { mentionedContacts } from './mentions';
import { readerFor } from './read';
import type { Read, Reader } from './read';
import { databaseRowFor, spreadsheetRowFor } from './rows';
import { selectorFor } from './selection';
import { simplifiedFor } from './simplified';
import { cutDeep, isTooDeep, TooDeep } from './values';

/** The outputs of every kind of record. */
export type Output =
	'simplified' | 'spreadsheetRow' | 'databaseRow' | 'selectedFields' | 'raw' | 'messages' | 'transcript' | 'count';

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
export function writerFor(table: RecordTable, settings: Partial<ShapeSettings> & { output: Output }): Writer {
	const write = plainWriterFor(table, settings);
	if (!settings.maskContacts) return write;
	const mask = recordMaskerFor(table);
	return (read) => write(mask(read));
}

function plainWriterFor(
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

const MENTIONED = ['mentionedPhones', 'mentionedWechats', 'mentionedQqs'];

/** A reader that finds what the customer mentioned, where that is asked for and returned. */
function contactReaderFor(
	table: RecordTable,
	{ output, fields = [], findContacts = true }: Partial<ShapeSettings> & { output: Output },
): Reader {
	const read = readerFor(table);
	const [phonesAt, wechatsAt, qqsAt] = MENTIONED.map((name) => table.fields.findIndex((field) => field.name === name));
	const isPutOut = output !== 'selectedFields' || fields.some((name) => MENTIONED.includes(name));
	if (!findContacts || !isPutOut || phonesAt < 0) return read;
	const listOf = (values: string[]) => (values.length === 0 ? undefined : values);
	return (record) => {
		const result = read(record);
		const found = mentionedContacts(record);
		if (found) {
			result.values[phonesAt] = listOf(found.phones);
			result.values[wechatsAt] = listOf(found.wechats);
			result.values[qqsAt] = listOf(found.qqs);
		}
		return result;
	};
}

function plainShaperFor(table: RecordTable, settings: Partial<ShapeSettings> & { output: Output }): Shaper {
	switch (settings.output) {
		case 'raw':
			return (record) => {
				if (isTooDeep(record)) throw new TooDeep();
				return [record];
			};
		case 'messages':
			return (record) => messagesOf(record, settings.maskContacts);
		case 'transcript':
			return (record) => [transcriptOf(record, settings.maxCharacters, settings.maskContacts)];
		default: {
			const read = contactReaderFor(table, settings);
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
		} catch {
			settings.onUnreadable?.();
			return shape(cutDeep(record));
		}
	};
}
