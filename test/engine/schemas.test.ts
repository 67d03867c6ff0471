import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { schemaOf } from '../fieldTables';
import type { Schema } from '../fieldTables';
import { conversationTable, customerTable, wholeReportTable } from '../../nodes/Laigu/records/tables';
import type { RecordTable } from '../../nodes/Laigu/records/tables';
import { tokenCredential } from '../lab/credential.mjs';
import { startSimulator } from '../simulator';
import type { Simulator } from '../simulator';
import { runLaigu } from './engine';

/** `LAIGU_UPDATE_SCHEMAS=1 npm test` writes the schemas again from the tables. */
const isUpdating = process.env.LAIGU_UPDATE_SCHEMAS === '1';

const FOLDER = path.resolve(__dirname, '../../nodes/Laigu/__schema__/v1.0.0');
const RANGE = { timeRange: 'custom', from: '2026-10-01T00:00:00+08:00', to: '2026-10-31T12:00:00+08:00' };
const FIND = { ...RANGE, findBy: 'name', value: '小', limit: 50 };

const OPERATIONS: Record<string, [table: RecordTable, parameters: IDataObject]> = {
	'conversation/find': [conversationTable, FIND],
	'conversation/get': [conversationTable, {}],
	'conversation/getAll': [conversationTable, { ...RANGE, returnAll: true }],
	'customer/find': [customerTable, FIND],
	'customer/getAll': [customerTable, { ...RANGE, returnAll: true }],
	'report/getAgentOnlineStats': [wholeReportTable('getAgentOnlineStats'), RANGE],
	'report/getAgentService': [wholeReportTable('getAgentService'), RANGE],
};

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ now: new Date('2026-10-31T04:00:00Z') });
});

afterAll(async () => await simulator.close());

async function outputOf(operation: string): Promise<IDataObject[]> {
	const [resource, name] = operation.split('/');
	const credentials = tokenCredential(simulator);
	const parameters = { resource, operation: name, ...OPERATIONS[operation][1] };
	if (operation !== 'conversation/get') return (await runLaigu({ parameters, credentials })).json;
	const all: IDataObject[] = [];
	for (const { conv_id: id } of simulator.store.conversations.slice(-20))
		all.push(...(await runLaigu({ parameters: { ...parameters, conversationId: `${id}` }, credentials })).json);
	return all;
}

/** What fits a schema's type: an ID that the schema calls a number may be too large for one. */
function fits(value: unknown, { type }: Schema): boolean {
	if (type === 'array') return Array.isArray(value);
	return typeof value === type;
}

describe.each(Object.keys(OPERATIONS))('the output schema of %s', (operation) => {
	const file = path.join(FOLDER, `${operation}.json`);
	const expected = { ...schemaOf(OPERATIONS[operation][0]), version: 1 };

	test('is that of its table', () => {
		if (isUpdating) {
			mkdirSync(path.dirname(file), { recursive: true });
			writeFileSync(file, `${JSON.stringify(expected, null, 2)}\n`);
		}
		expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(expected);
	});

	test('fits what the node puts out', async () => {
		const items = await outputOf(operation);
		expect(items.length).toBeGreaterThan(2);
		const misfits = items.flatMap((item) =>
			Object.entries(item).filter(([name, value]) => {
				const schema = expected.properties?.[name];
				return schema === undefined || !fits(value, schema);
			}),
		);
		expect(misfits).toEqual([]);
	});
});
