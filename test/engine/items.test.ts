import type { IDataObject } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { HOUR } from '../simulator/time';
import { clientsAt, conversationsAt, FROM, run, start, stopAll, succeed, tokenOf } from './world';

let sim: Simulator;

/** Two records on each of three days. */
const TIMES = [1, 2, 25, 26, 49, 50].map((hours) => FROM + hours * HOUR);

beforeAll(async () => {
	const clients = clientsAt(TIMES).map((client, index) =>
		index === 0 ? { ...client, custom: { city: '上海' } } : client,
	);
	sim = await start({ conversations: conversationsAt(TIMES), clients });
});
beforeEach(() => {
	sim.resetRequests();
	sim.clearFaults();
});
afterAll(stopAll);

const BY_DAY = { timeRange: 'custom', from: '={{ $json.day }}', to: "={{ $json.day.toDateTime().plus(1, 'day') }}" };
const CUSTOMERS = { resource: 'customer', operation: 'getAll', returnAll: true, ...BY_DAY };
const DAYS: IDataObject[] = [{ day: '2026-03-12' }, { day: '2026-03-10' }, { day: '2026-03-11' }];
const BAD: IDataObject[] = [{ day: '2026-03-12' }, { day: 'someday' }, { day: '2026-03-10' }];
const names = (json: IDataObject[]) => json.map(({ name }) => name);

test('several items come in order, each result with the item it belongs to', async () => {
	const { items, json } = await succeed(sim, CUSTOMERS, { input: DAYS });
	expect(names(json)).toEqual(['Guest 4', 'Guest 5', 'Guest 0', 'Guest 1', 'Guest 2', 'Guest 3']);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 0, 1, 1, 2, 2].map((item) => ({ item })));
	expect(sim.requests.map(({ query }) => query.to_tm)).toEqual([
		'2026-03-13 00:00:00',
		'2026-03-11 00:00:00',
		'2026-03-12 00:00:00',
	]);
});

test.each<[string, IDataObject]>([
	[
		'get',
		{
			resource: 'conversation',
			operation: 'get',
			conversationId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		},
	],
	['messages', { resource: 'conversation', operation: 'getAll', output: 'messages', ...BY_DAY }],
	['report', { resource: 'report', operation: 'getAgentService', ...BY_DAY }],
	['find', { resource: 'customer', operation: 'find', findBy: 'name', value: 'Guest', limit: 9, ...BY_DAY }],
])('every item of %s is paired', async (_, parameters) => {
	sim.store.conversations[0].conv_content = [
		{
			from: 'client',
			timestamp: '2026-03-10 01:00:00.000000',
			content: 'hi',
			content_type: 'text',
			type: 'message',
			agent_name: '',
		},
	];
	sim.store.touch();
	const ids = sim.store.conversations.map(({ conv_id: id }) => id);
	const input = DAYS.map((day, index) => ({ ...day, id: ids[index] }));
	const { items } = await succeed(sim, parameters, { input });
	expect(items.length).toBeGreaterThan(0);
	const counted = new Set<number>();
	for (const { pairedItem } of items) counted.add((pairedItem as { item: number }).item);
	expect([...counted].every((item) => item >= 0 && item < 3)).toBe(true);
	expect(counted.size).toBe(parameters.output === 'messages' ? 1 : 3);
});

test('no items in, nothing out and nothing asked', async () => {
	const { items, error } = await run(sim, CUSTOMERS, { input: [] });
	expect([items, error]).toEqual([[], undefined]);
	expect(sim.requests).toEqual([]);
});

describe('Continue On Fail', () => {
	test('puts an item that says why in the place of the one that fell, and the others are unharmed', async () => {
		const { items, json, error } = await run(sim, CUSTOMERS, {
			input: BAD,
			node: { onError: 'continueRegularOutput' },
		});
		expect(error).toBeUndefined();
		expect(names(json)).toEqual(['Guest 4', 'Guest 5', undefined, 'Guest 0', 'Guest 1']);
		expect(items[2]).toEqual({
			json: {
				error: "'From' is not a date and time [Item 1]",
				description: expect.stringContaining('someday') as string,
			},
			pairedItem: { item: 1 },
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 0, 1, 2, 2].map((item) => ({ item })));
	});

	test('keeps errno and errmsg of an answer', async () => {
		sim.addFault({ kind: '10015', match: /from_tm=2026-03-09/ });
		const { json } = await run(
			sim,
			{ ...CUSTOMERS, options: { maxRetries: 0 } },
			{ input: DAYS, node: { onError: 'continueRegularOutput' } },
		);
		expect(json).toHaveLength(5);
		expect(json[2]).toEqual({
			error: 'Laigu could not answer right now [Item 1]',
			errno: 10015,
			errmsg: 'Server-side internal logic error. Please try again later.',
			description: expect.stringContaining('errno 10015') as string,
		});
	});

	test('sends it to the error output where the node has one', async () => {
		sim.addFault({ kind: '10015', match: /from_tm=2026-03-09/ });
		const { json, errorItems, error } = await run(
			sim,
			{ ...CUSTOMERS, options: { maxRetries: 0 } },
			{ input: DAYS, node: { onError: 'continueErrorOutput' } },
		);
		expect(error).toBeUndefined();
		expect(names(json)).toEqual(['Guest 4', 'Guest 5', 'Guest 2', 'Guest 3']);
		expect(errorItems).toHaveLength(1);
		const [{ json: fallen, pairedItem }] = errorItems;
		expect(fallen).toEqual({
			// the error output brings the item that came in along
			day: '2026-03-10',
			error: 'Laigu could not answer right now [Item 1]',
			message: {
				errno: 10015,
				errmsg: 'Server-side internal logic error. Please try again later.',
				description: expect.stringContaining('Try again in a few minutes') as string,
			},
		});
		expect(pairedItem).toEqual({ item: 1 });
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'tells a credential with a flaw for every item: %s',
		async (onError) => {
			const { json, errorItems, error } = await run(sim, CUSTOMERS, {
				input: DAYS,
				node: { onError },
				credentials: { ...tokenOf(sim), accessToken: '' },
			});
			expect(error).toBeUndefined();
			const fallen = onError === 'continueErrorOutput' ? errorItems.map((item) => item.json) : json;
			expect(fallen).toHaveLength(3);
			for (const one of fallen)
				expect(JSON.stringify(one)).toContain("'Access Token' in the Laigu credential is empty");
		},
	);
});

test('items that come in stay as they are', async () => {
	const input = BAD.map((day) => ({ ...day, nested: { list: [1, 2] } }));
	const before = structuredClone(input);
	for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
		await run(sim, CUSTOMERS, { input, node: { onError } });
		expect(input).toEqual(before);
	}
});

describe('rows', () => {
	test('have the same columns over all items of a run, and error items are left alone', async () => {
		const { json } = await run(
			sim,
			{ ...CUSTOMERS, output: 'spreadsheetRow' },
			{
				input: [{ day: '2026-03-12' }, { day: 'someday' }, { day: '2026-03-10' }],
				node: { onError: 'continueRegularOutput' },
			},
		);
		const rows = json.filter(({ error }) => error === undefined);
		expect(rows).toHaveLength(4);
		const columns = Object.keys(rows[0]);
		expect(columns).toContain('custom_city');
		for (const row of rows) {
			expect(Object.keys(row)).toEqual(columns);
			for (const value of Object.values(row)) expect(['string', 'number', 'boolean']).toContain(typeof value);
		}
		expect(rows.map(({ custom_city: city }) => city)).toEqual(['', '', '上海', '']);
		expect(Object.keys(json[2]).sort()).toEqual(['description', 'error']);
	});
});
