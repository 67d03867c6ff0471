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
		{ ...CUSTOMERS, timeRange: '={{ "lastQuarter" }}' },
		'\'Time Range\' cannot be "lastQuarter"',
		/custom, last30Days, last7Days, lastMonth, lastWeek/,
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
		/name, phone, qq, trackId, wechat/,
	],
	[
		'a grouping that there is not',
		{ resource: 'report', operation: 'getAgentService', groupBy: '={{ "hour" }}' },
		'\'Group By\' cannot be "hour"',
		/agent, day, group/,
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
	[
		'hours below 0',
		{ ...CUSTOMERS, options: { windowHours: -1 } },
		"'Max Hours per Request' cannot be -1",
		/0 or more/,
	],
	[
		'an expression that gives no time range',
		{ ...CUSTOMERS, timeRange: '={{ $json.nothing }}' },
		"'Time Range' is empty",
		/last7Days/,
	],
	['a list as limit', { ...CUSTOMERS, limit: '={{ [5] }}' }, "'Limit' cannot be [5]", /whole number/],
	[
		'a word for Return All',
		{ ...CUSTOMERS, returnAll: '={{ "all" }}' },
		'\'Return All\' cannot be "all"',
		/true or false/,
	],
	['an output that there is not', { ...CUSTOMERS, output: 'row' }, '\'Output\' cannot be "row"', /databaseRow, raw/],
	[
		'an output of another resource',
		{ ...CUSTOMERS, output: 'transcript' },
		'\'Output\' cannot be "transcript"',
		/count, databaseRow/,
	],
	[
		'a value to count by that there is not',
		{ ...CUSTOMERS, output: 'count', countBy: '={{ "agent" }}' },
		'\'Count By\' cannot be "agent"',
		/account, advertiser/,
	],
	[
		'a resource that there is not',
		{ ...CUSTOMERS, resource: 'visitor' },
		'\'Resource\' cannot be "visitor"',
		/conversation, customer/,
	],
	[
		'an operation that there is not',
		{ ...CUSTOMERS, operation: 'constructor' },
		'\'Operation\' cannot be "constructor"',
		/find, getAll/,
	],
	['no fields', { ...CUSTOMERS, output: 'selectedFields', fields: [] }, "'Fields' is empty", /\baddress, \w+/],
	[
		'fields from an expression that gives nothing',
		{ ...CUSTOMERS, output: 'selectedFields', fields: '={{ $json.nothing }}' },
		"'Fields' is empty",
		/at least one/,
	],
	[
		'a field that there is not',
		{ ...CUSTOMERS, output: 'selectedFields', fields: '={{ "name, mail" }}' },
		'\'Fields\' cannot be "mail"',
		/phone/,
	],
	[
		'a field of the record of another resource',
		{ ...CUSTOMERS, output: 'selectedFields', fields: ['name', 'conversationId'] },
		'\'Fields\' cannot be "conversationId"',
		/trackId/,
	],
	[
		'a field of the other report',
		{ resource: 'report', operation: 'getAgentService', output: 'selectedFields', fields: ['onlineSeconds'] },
		'\'Fields\' cannot be "onlineSeconds"',
		/missedConversations/,
	],
	[
		'a channel that is no text',
		{ ...CUSTOMERS, filters: { channels: '={{ {name: "redbook"} }}' } },
		'\'Channels\' cannot be {"name":"redbook"}',
		/commas/,
	],
	[
		'a filter that is neither on nor off',
		{ ...CUSTOMERS, filters: { onlyWithContact: '={{ "maybe" }}' } },
		'\'Only With Contact\' cannot be "maybe"',
		/true or false/,
	],
	[
		'protection that is neither on nor off',
		{ ...CUSTOMERS, output: 'spreadsheetRow', options: { protectFormulas: '={{ 2 }}' } },
		"'Protect From Formulas' cannot be 2",
		/true or false/,
	],
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
	...['.', '..', '../clients', '1.5', '-1', '1e3', 'one', '12345678901234567890123', '１２'].map(
		(value): [string, IDataObject, string, RegExp] => [
			`the conversation ID ${value}`,
			{ ...GET, conversationId: { __rl: true, mode: 'id', value } },
			"'Conversation' is not the ID of a conversation",
			/whole number/,
		],
	),
	[
		'a conversation ID that has lost digits',
		{ ...GET, conversationId: { __rl: true, mode: 'id', value: '={{ 12345678901234567890 }}' } },
		"'Conversation' cannot be 12345678901234567000",
		/15 digits/,
	],
	['nothing to look for', { ...FIND, value: ' ' }, "'Value' is empty", /'Find By'/],
	[
		'too many days for a report',
		{
			resource: 'report',
			operation: 'getAgentService',
			groupBy: 'day',
			timeRange: 'custom',
			from: '0001-01-01',
			to: '9999-12-31',
		},
		expect.stringMatching(
			/^The range contains \d{4,5} days, but by day it may contain 1100 at most \[Item 0\]$/,
		) as string,
		/later 'From'/,
	],
	[
		'too many days to count',
		{ ...CUSTOMERS, output: 'count', countBy: 'day', timeRange: 'custom', from: '0001-01-01', to: '9999-12-31' },
		expect.stringMatching(/^The range contains \d{4,5} days/) as string,
		/later 'From'/,
	],
])('%s is told before any request', async (_, parameters, message, description) => {
	const { error, items } = await run(sim, parameters);
	expect(error?.message).toEqual(typeof message === 'string' ? `${message} [Item 0]` : message);
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
