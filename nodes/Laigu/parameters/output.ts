import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { selectableFields, unknownFields } from '../records/selection';
import type { Output, ShapeSettings } from '../records/shape';
import type { RecordTable } from '../records/tables';
import { readChoice, readChoices } from './reader';
import type { ChoiceProperty, ParameterReader } from './reader';

/** Every output, alphabetically, as the editor shows it. */
const OUTPUTS: Record<Output, Omit<INodePropertyOptions, 'value'>> = {
	count: {
		name: 'Count',
		description: 'The number of records in the whole range, by channel or another value',
	},
	databaseRow: {
		name: 'Database Row',
		description: 'Flat, the same columns for every record, with null where there is no value: for a database table',
	},
	messages: { name: 'Messages', description: 'One item for each message of each conversation' },
	raw: { name: 'Raw', description: 'The records as Laigu sent them; numbers of more than 15 digits as text' },
	selectedFields: { name: 'Selected Fields', description: 'Only the fields you choose, plus the ID' },
	simplified: { name: 'Simplified', description: 'Clear names, times and numbers, without empty values' },
	spreadsheetRow: {
		name: 'Spreadsheet Row',
		description: 'Flat, the same columns for all items of a run, with times that a spreadsheet can read',
	},
	transcript: {
		name: 'Transcript',
		description: 'Each conversation as text with its customer and agent, for a person or an AI to read',
	},
};

/** The outputs of every kind of record; what else an operation offers, it says. */
const OF_EVERY_KIND: Output[] = ['databaseRow', 'raw', 'selectedFields', 'simplified', 'spreadsheetRow'];

/** The choice of output, with those that are given. */
export function outputChoice(outputs: Output[]): ChoiceProperty<Output> {
	return {
		displayName: 'Output',
		name: 'output',
		type: 'options',
		noDataExpression: true,
		options: (Object.keys(OUTPUTS) as Output[])
			.filter((output) => outputs.includes(output))
			.map((value) => ({ ...OUTPUTS[value], value })),
		default: 'simplified',
		description: 'What each item holds',
	};
}

/** What the user wants each item to hold. */
export type ChosenOutput = Pick<ShapeSettings, 'output' | 'fields'>;

/** Output and Fields, with their reading. */
export interface OutputParameter {
	properties: INodeProperties[];
	/** @throws NodeOperationError for an output or a field that does not exist, and for Selected Fields without any */
	read: (reader: ParameterReader) => ChosenOutput;
}

/**
 * The choice of output for a kind of record, and of the fields to select.
 *
 * @param table what the operation returns
 * @param more outputs that not every kind of record has
 */
export function outputOf(table: RecordTable, ...more: Output[]): OutputParameter {
	const output = outputChoice([...OF_EVERY_KIND, ...more]);
	const selection: INodeProperties = {
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		options: selectableFields(table),
		default: [],
		displayOptions: { show: { output: ['selectedFields'] } },
		description: 'Fields of the simplified output to keep, in addition to the ID',
	};
	return {
		properties: [output, selection],
		read(reader) {
			const chosen = readChoice(reader, output);
			if (chosen !== 'selectedFields') return { output: chosen, fields: [] };
			const isField = (name: string) => unknownFields(table, [name]).length === 0;
			return { output: chosen, fields: readChoices(reader, selection, isField) };
		},
	};
}
