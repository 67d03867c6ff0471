import type { IDataObject } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { run, start, stopAll, tokenOf, TWO_DAYS } from './world';

let sim: Simulator;

beforeAll(async () => {
	sim = await start({ conversations: [], clients: [] });
});
beforeEach(() => {
	sim.resetRequests();
});
afterAll(stopAll);

const CONVERSATIONS = { resource: 'conversation', operation: 'getAll', returnAll: true };
const CUSTOMERS = { resource: 'customer', operation: 'getAll', limit: 5, ...TWO_DAYS };
const GET = { resource: 'conversation', operation: 'get' };
const FIND = { resource: 'customer', operation: 'find', findBy: 'phone', ...TWO_DAYS };
const custom = (from: unknown, to: unknown): IDataObject =>
	({ ...CONVERSATIONS, timeRange: 'custom', from, to }) as IDataObject;

test.each<[string, IDataObject, string, RegExp]>([
	['From after To', custom('2026-03-11', '2026-03-10'), "'From' is after 'To'", /ends after it begins/],
	['an empty range', custom('2026-03-11', '2026-03-11'), "'From' and 'To' are the same moment", /midnight of the next/],
	[
		'From that is no date',
		custom('last tuesday', '2026-03-11'),
		"'From' is not a date and time",
		/2026-01-31T08:00:00.*last tuesday/,
	],
	['To that is no date', custom('2026-03-11', '2026-02-30'), "'To' is not a date and time", /2026-02-30/],
	['a short number as date', custom('12', '2026-03-11'), "'From' is not a date and time", /12/],
	// n8n itself refuses a required field that is left empty; an expression may still give nothing
	['an empty From', custom('={{ "" }}', '2026-03-11'), "'From' is empty", /\$now/],
	['an empty To from an expression', custom('2026-03-11', '={{ $json.nothing }}'), "'To' is empty", /\$now/],
	[
		'a time range that there is not',
		{ ...CUSTOMERS, timeRange: '={{ "lastWeek" }}' },
		'\'Time Range\' cannot be "lastWeek"',
		/last7Days, today/,
	],
	[
		'a time field that there is not',
		{ ...CUSTOMERS, timeField: '={{ "seen" }}' },
		'\'Time Field\' cannot be "seen"',
		/created, updated/,
	],
	[
		'a field to find by that there is not',
		{ ...FIND, findBy: '={{ "mail" }}', value: '1' },
		'\'Find By\' cannot be "mail"',
		/phone, wechat/,
	],
	[
		'a grouping that there is not',
		{ resource: 'report', operation: 'getAgentService', options: { groupBy: '={{ "hour" }}' } },
		'\'Group By\' cannot be "hour"',
		/agent, group, day/,
	],
	['limit 0', { ...CUSTOMERS, limit: 0 }, "'Limit' cannot be 0", /1 or more/],
	['a limit below 0', { ...CUSTOMERS, limit: -5 }, "'Limit' cannot be -5", /1 or more/],
	['half a limit', { ...CUSTOMERS, limit: 1.5 }, "'Limit' cannot be 1.5", /whole number/],
	['a limit that is no number', { ...CUSTOMERS, limit: '={{ "many" }}' }, '\'Limit\' cannot be "many"', /whole number/],
	['a limit of 0 for find', { ...FIND, value: '1', limit: 0 }, "'Limit' cannot be 0", /1 or more/],
	[
		'too much concurrency',
		{ ...CUSTOMERS, options: { concurrency: 11 } },
		"'Concurrency' cannot be 11",
		/from 1 to 10/,
	],
	['retries below 0', { ...CUSTOMERS, options: { maxRetries: -1 } }, "'Max Retries' cannot be -1", /from 0 to/],
	['window hours below 0', { ...CUSTOMERS, options: { windowHours: -1 } }, "'Window Hours' cannot be -1", /0 or more/],
	[
		'no conversation ID',
		{ ...GET, conversationId: { __rl: true, mode: 'id', value: '={{ $json.nothing }}' } },
		"'Conversation' is empty",
		/Choose one/,
	],
	[
		'a blank conversation ID',
		{ ...GET, conversationId: { __rl: true, mode: 'id', value: '={{ "  " }}' } },
		"'Conversation' is empty",
		/ID/,
	],
	[
		'nothing chosen in the list',
		{ ...GET, conversationId: { __rl: true, mode: 'list', value: '={{ null }}' } },
		"'Conversation' is empty",
		/ID/,
	],
	['nothing to look for', { ...FIND, value: ' ' }, "'Value' is empty", /'Find By'/],
])('%s is told before any request', async (_, parameters, message, description) => {
	const { error, items } = await run(sim, parameters);
	expect(error?.message).toBe(`${message} [Item 0]`);
	expect(error?.description).toMatch(description);
	expect(error?.name).toBe('NodeOperationError');
	expect(items).toEqual([]);
	expect(sim.requests).toEqual([]);
});

test.each<[string, IDataObject, string, RegExp]>([
	[
		'a word as enterprise ID',
		{ enterpriseId: 'acme' },
		"'Enterprise ID' in the Laigu credential is not a number",
		/whole number.*enterprise token/,
	],
	[
		'an enterprise token as ID',
		{ enterpriseId: '0de300de300de300de300de300de3000' },
		"'Enterprise ID' in the Laigu credential is not a number",
		/enterprise token/,
	],
	['no enterprise ID', { enterpriseId: '' }, "'Enterprise ID' in the Laigu credential is not a number", /Settings/],
	['no token', { accessToken: '' }, "'Access Token' in the Laigu credential is empty", /Settings/],
	[
		'no sign',
		{ authentication: 'appSign', appId: 'x', signSecret: '' },
		"'Sign' in the Laigu credential is empty",
		/Settings/,
	],
	[
		'no app ID',
		{ authentication: 'appSign', appId: ' ', signSecret: 'x' },
		"'App ID' in the Laigu credential is empty",
		/Settings/,
	],
	[
		'plain http to another host',
		{ baseUrl: 'http://192.0.2.1' },
		"'Base URL' in the Laigu credential uses plain http://",
		/'Allow Plain HTTP'/,
	],
	[
		'a host that only looks like this machine',
		{ baseUrl: 'http://127.0.0.1.example.com' },
		"'Base URL' in the Laigu credential uses plain http://",
		/https/,
	],
	[
		'a base URL without scheme',
		{ baseUrl: 'api.laigu.com' },
		"'Base URL' in the Laigu credential is not a web address",
		/https:\/\/api\.laigu\.com/,
	],
	[
		'another scheme',
		{ baseUrl: 'ftp://api.laigu.com' },
		"'Base URL' in the Laigu credential is not a web address",
		/https/,
	],
])('%s is told before any request', async (_, flaw, message, description) => {
	const credentials = { ...tokenOf(sim), ...flaw } as ReturnType<typeof tokenOf>;
	for (const parameters of [CUSTOMERS, { ...GET, conversationId: { __rl: true, mode: 'id', value: '1' } }]) {
		const { error } = await run(sim, parameters, { credentials });
		expect(error?.message).toBe(`${message} [Item 0]`);
		expect(error?.description).toMatch(description);
	}
	expect(sim.requests).toEqual([]);
});

test('the item is told whose value is wrong, and the items before it are asked for', async () => {
	const { error } = await run(
		sim,
		{ ...CUSTOMERS, from: '={{ $json.from }}' },
		{ input: [{ from: '2026-03-01' }, { from: '2026-03-31' }, { from: '2026-03-02' }] },
	);
	expect(error?.message).toBe("'From' is after 'To' [Item 1]");
	expect(sim.requests).toHaveLength(1);
});
