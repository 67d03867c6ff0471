import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { tokenCredential } from '../lab/credential.mjs';
import { startSimulator } from '../simulator';
import type { Simulator } from '../simulator';
import { runLaigu } from './engine';

/** `LAIGU_UPDATE_SCHEMAS=1 npm test` writes the schemas anew from real output. */
const isUpdating = process.env.LAIGU_UPDATE_SCHEMAS === '1';

const FOLDER = path.resolve(__dirname, '../../nodes/Laigu/__schema__/v1.0.0');

const OPERATIONS: Record<string, IDataObject> = {
	'conversation/find': { timeRange: 'last30Days', findBy: 'phone', value: '', limit: 5 },
	'conversation/get': {},
	'conversation/getAll': { timeRange: 'last30Days', returnAll: true },
	'customer/getAll': { timeRange: 'last30Days', returnAll: true },
	'customer/find': { timeRange: 'last30Days', findBy: 'phone', value: '', limit: 5 },
	'report/getAgentOnlineStats': { timeRange: 'last30Days' },
	'report/getAgentService': { timeRange: 'last30Days' },
};

interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** Fields named by the account's owner, so that no schema can list them. */
const OPEN_FIELDS = ['custom'];

function merge(one: Schema | undefined, other: Schema): Schema {
	if (!one) return other;
	const properties = { ...one.properties };
	for (const [name, schema] of Object.entries(other.properties ?? {}))
		properties[name] = merge(properties[name], schema);
	return {
		type: one.type === other.type ? one.type : 'string',
		...(one.properties && { properties }),
		...((one.items ?? other.items) && { items: one.items ?? other.items }),
	};
}

function schemaOf(value: unknown): Schema {
	if (Array.isArray(value)) return { type: 'array', ...(value.length > 0 && { items: schemaOf(value[0]) }) };
	if (typeof value !== 'object' || value === null) return { type: typeof value };
	const properties: Record<string, Schema> = {};
	for (const [name, inner] of Object.entries(value)) {
		properties[name] = OPEN_FIELDS.includes(name) ? { type: 'object', properties: {} } : schemaOf(inner);
	}
	return { type: 'object', properties };
}

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ now: new Date('2026-10-31T04:00:00Z') });
});

afterAll(async () => await simulator.close());

async function outputOf(operation: string): Promise<IDataObject[]> {
	const [resource, name] = operation.split('/');
	const parameters = { ...OPERATIONS[operation], resource, operation: name };
	const custom = { timeRange: 'custom', from: '2026-10-01T00:00:00+08:00', to: '2026-10-31T12:00:00+08:00' };
	const credentials = tokenCredential(simulator);
	if (operation === 'conversation/get') {
		const all: IDataObject[] = [];
		for (const { conv_id: id } of simulator.store.conversations.slice(-60)) {
			const result = await runLaigu({ parameters: { ...parameters, conversationId: `${id}` }, credentials });
			all.push(...result.json);
		}
		return all;
	}
	if (name === 'find') {
		const all: IDataObject[] = [];
		for (const value of ['小', '用', 'a', '糖', '客']) {
			const result = await runLaigu({
				parameters: { ...parameters, ...custom, findBy: 'name', value, limit: 50 },
				credentials,
			});
			all.push(...result.json);
		}
		return all;
	}
	const result = await runLaigu({ parameters: { ...parameters, ...custom }, credentials });
	return result.json;
}

describe.each(Object.keys(OPERATIONS))('the output schema of %s', (operation) => {
	const file = path.join(FOLDER, `${operation}.json`);

	test('says what the node puts out', async () => {
		const items = await outputOf(operation);
		expect(items.length).toBeGreaterThan(2);
		const real = items.map(schemaOf).reduce<Schema | undefined>(merge, undefined);
		if (isUpdating) {
			mkdirSync(path.dirname(file), { recursive: true });
			writeFileSync(file, `${JSON.stringify({ ...real, version: 1 }, null, 2)}\n`);
		}
		const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema;
		expect(schema).toMatchObject(real ?? {});
		expect(Object.keys(schema.properties ?? {}).sort()).toEqual(Object.keys(real?.properties ?? {}).sort());
	});
});
