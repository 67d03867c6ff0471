import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runLaigu } from '../engine/engine';
import { startSimulator } from '../simulator';
import type { Simulator } from '../simulator';
import { readPage } from './pages';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ now: new Date('2026-03-10T12:00:00+08:00') });
});

afterAll(async () => await simulator.close());

const DAY = { timeRange: 'custom', from: '2026-03-09T00:00:00', to: '2026-03-10T00:00:00' };
const TEN_DAYS = { ...DAY, from: '2026-02-28T00:00:00', returnAll: true };
const CUSTOMERS = { ...TEN_DAYS, resource: 'customer', operation: 'getAll' };
const CONVERSATIONS = { ...TEN_DAYS, resource: 'conversation', operation: 'getAll' };

async function itemsOf(parameters: INodeParameters): Promise<IDataObject[]> {
	const { accessToken, enterpriseId } = simulator.account;
	const credentials = { accessToken, enterpriseId: `${enterpriseId}`, baseUrl: simulator.url };
	const { json, error } = await runLaigu({ parameters, credentials });
	expect([error, json.length > 0]).toEqual([undefined, true]);
	return json;
}

/** What the samples of the documents may be one of. */
async function everyItem(): Promise<IDataObject[]> {
	const selected = { ...CUSTOMERS, output: 'selectedFields' };
	const report = { ...DAY, resource: 'report' };
	const kinds: INodeParameters[] = [
		CUSTOMERS,
		{ ...selected, fields: ['name', 'phone', 'createdAt'] },
		{ ...selected, fields: ['name', 'phone', 'channel', 'account', 'note', 'createdAt'] },
		{ ...CUSTOMERS, output: 'databaseRow' },
		CONVERSATIONS,
		{ ...CUSTOMERS, output: 'count', countBy: 'channel' },
		{ ...CONVERSATIONS, output: 'transcript' },
		{ ...CONVERSATIONS, output: 'messages' },
		{ ...report, operation: 'getAgentOnlineStats' },
		{ ...report, operation: 'getAgentService' },
		{ ...report, operation: 'getAgentService', groupBy: 'group' },
		{ ...report, operation: 'getAgentService', groupBy: 'day' },
	];
	const items: IDataObject[] = [];
	for (const parameters of kinds) items.push(...(await itemsOf(parameters)));
	return items;
}

/** What stands in for a request that Laigu cannot answer. */
async function failedItem(): Promise<IDataObject> {
	simulator.addFault({ kind: '10015' });
	const { accessToken, enterpriseId } = simulator.account;
	const { json } = await runLaigu({
		parameters: { ...CUSTOMERS, options: { maxRetries: 0 } },
		credentials: { accessToken, enterpriseId: `${enterpriseId}`, baseUrl: simulator.url },
		node: { onError: 'continueRegularOutput' },
	});
	simulator.clearFaults();
	return json[0];
}

const samplesOf = (file: string) =>
	readPage(file)
		.blocks.filter(({ language }) => language === 'json')
		.map(({ text }) => JSON.parse(text) as IDataObject);

test('every sample is what a node puts out, word for word', async () => {
	const items = [...(await everyItem()), await failedItem()];
	const samples = ['README.md', 'docs/outputs.md', 'docs/reports.md'].flatMap(samplesOf);
	expect(samples.length).toBeGreaterThan(7);
	const made = new Set(items.map((item) => JSON.stringify(item)));
	expect(samples.filter((sample) => !made.has(JSON.stringify(sample)))).toEqual([]);
});

test('the sample of a row is the beginning of a row', async () => {
	const [table] = readPage('docs/outputs.md').tables.filter(({ head }) => head[0] === 'name');
	const rows = await itemsOf({ ...CUSTOMERS, output: 'spreadsheetRow' });
	const row = rows.find(({ name, phone }) => name === table.rows[0][0] && phone === table.rows[0][1]) ?? {};
	const shown = Object.entries(row).slice(0, table.head.length);
	expect(table.head).toEqual(shown.map(([name]) => name));
	expect(table.rows[0]).toEqual(shown.map(([, value]) => value));
});
