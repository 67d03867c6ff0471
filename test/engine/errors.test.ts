import type { IDataObject } from 'n8n-workflow';

import { answering, credentialFor, stopAnswering } from './answering';
import type { Said } from './answering';
import { ON_OLD_LINE, runLaigu } from './engine';
import { clientsAt, conversationsAt, instants, LISTS, run, start, stopAll, TWO_DAYS } from './world';
import type { ListCase } from './world';

afterEach(async () => {
	await stopAll();
	await stopAnswering();
});

const ONCE = { options: { maxRetries: 0 } };
const OPERATIONS: Record<string, IDataObject> = {
	conversations: { ...LISTS.conversations.parameters, ...TWO_DAYS, ...ONCE },
	'v1 conversations': { ...LISTS.v1.parameters, ...TWO_DAYS, options: { apiVersion: 'v1', maxRetries: 0 } },
	customers: { ...LISTS.created.parameters, ...TWO_DAYS, ...ONCE },
	find: { resource: 'customer', operation: 'find', findBy: 'phone', value: '1', ...TWO_DAYS, ...ONCE },
	conversation: {
		resource: 'conversation',
		operation: 'get',
		conversationId: { __rl: true, mode: 'id', value: '1' },
		...ONCE,
	},
	report: { resource: 'report', operation: 'getAgentService', ...TWO_DAYS, ...ONCE },
};

async function failed(said: Said, parameters: IDataObject = OPERATIONS.conversations) {
	const server = await answering(() => said);
	const { error, items } = await runLaigu({
		parameters: parameters as never,
		credentials: credentialFor(server.url),
	});
	expect(items).toEqual([]);
	if (!error) throw new Error('the run did not fail');
	return { error, requests: server.asked.length };
}

/** n8n 1.x has no failure causes. */
const causeOf = (error: { failure?: IDataObject }) => (ON_OLD_LINE ? undefined : error.failure?.cause);
const expectedCause = (cause: string | undefined) => (ON_OLD_LINE ? undefined : cause);

const ERRNOS = [
	[10011, 401, 'Laigu did not accept the credential', "'Access Token'", 'credential-invalid'],
	[10012, 404, 'Laigu does not recognize this address', "'Base URL'", 'configuration-invalid'],
	[10013, 400, 'Laigu allows fewer records per page than were requested', 'report this', undefined],
	[10014, 429, 'Laigu asked to slow down', "'Time Range'", 'rate-limited'],
	[10015, 500, 'Laigu could not answer right now', 'Try again in a few minutes', 'temporarily-unavailable'],
	[10016, 400, 'Laigu did not accept a value', "'Enterprise ID'", undefined],
] as const;

const textOf = (errno: number) =>
	errno === 10016 ? 'The param of enterprise_id is invalid.' : `What Laigu says about ${errno}.`;

describe.each(ERRNOS)('errno %i', (errno, fitting, message, hint, cause) => {
	test.each([200, fitting, 503])('with HTTP %i is an error that says what to do', async (status) => {
		const body = JSON.stringify({ errno, errmsg: textOf(errno) });
		const { error, requests } = await failed({ status, body });
		expect(error.message).toBe(`${message} [Item 0]`);
		expect(error.description).toContain(hint);
		// what Laigu says of a refused credential may repeat it
		const errmsg = errno === 10011 ? '' : textOf(errno);
		expect(error.description).toContain(errmsg);
		if (errmsg === '') expect(error.description).not.toContain(textOf(errno));
		expect(error.description).toContain(`errno ${errno}`);
		expect(error.httpCode).toBe(`${status === 200 ? fitting : status}`);
		expect(error.context?.data).toEqual({ errno, errmsg });
		expect(error.context?.itemIndex).toBe(0);
		expect(causeOf(error)).toBe(expectedCause(cause));
		expect(requests).toBe(1);
	});
});

test.each(Object.keys(OPERATIONS))('an errno in HTTP 200 is never taken for a success: %s', async (name) => {
	const body = JSON.stringify({ errno: 10015, errmsg: 'Server-side internal logic error.', result: null });
	const { error } = await failed({ body }, OPERATIONS[name]);
	expect(error.message).toBe('Laigu could not answer right now [Item 0]');
	expect(error.context?.data).toMatchObject({ errno: 10015 });
});

test.each([
	['from_tm', "'From'"],
	['to_tm', "'To'"],
	['conv_id', "'Conversation'"],
	['limit', "'Limit'"],
])("a refused %s is called by the node's own field", async (parameter, field) => {
	const body = JSON.stringify({ errno: 10016, errmsg: `The param of ${parameter} is invalid.` });
	const { error } = await failed({ body }, OPERATIONS.report);
	expect(error.description).toContain(field);
});

test('an errno that is not in the document, and one that comes as text, are errors that keep it', async () => {
	const { error } = await failed({ body: '{"errno":"10099","errmsg":"something new"}' });
	expect(error.message).toBe('Laigu refused the request [Item 0]');
	expect(error.description).toContain('something new (errno 10099)');
	expect(error.context?.data).toEqual({ errno: 10099, errmsg: 'something new' });
});

const PAGE = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>';
const HTML = { 'content-type': 'text/html' };

test.each<[number, string, string, string | undefined]>([
	[401, 'Laigu did not accept the credential', "'Access Token'", 'credential-invalid'],
	[403, 'Laigu refused access', "'Access Token'", undefined],
	[404, 'The Laigu API is not at this address', "'Base URL'", 'configuration-invalid'],
	[418, 'Laigu refused the request', 'HTTP 418', undefined],
	[429, 'Laigu asked to slow down', "'Time Range'", 'rate-limited'],
	[500, 'Laigu could not answer right now', 'Try again', 'temporarily-unavailable'],
	[502, 'Laigu could not answer right now', 'HTTP 502', 'temporarily-unavailable'],
	[503, 'Laigu could not answer right now', 'Try again', 'temporarily-unavailable'],
])('HTTP %i with a web page', async (status, message, hint, cause) => {
	const { error } = await failed({ status, body: PAGE, headers: HTML });
	expect(error.message).toBe(`${message} [Item 0]`);
	expect(error.description).toContain(hint);
	expect(error.httpCode).toBe(`${status}`);
	expect(causeOf(error)).toBe(expectedCause(cause));
});

describe.each(Object.keys(OPERATIONS))('an answer of HTTP 200 that is none: %s', (name) => {
	test.each<[string, Said, RegExp, RegExp]>([
		['a web page', { body: PAGE, headers: HTML }, /^A web page was returned instead of data/, /'Base URL'/],
		['an empty body', { body: '' }, /^Laigu's answer contains no /, /'Base URL'/],
		[
			'cut-off JSON',
			{ body: '{"errno":0,"errmsg":"","result":[{"conv_id":12' },
			/^Laigu's answer contains no /,
			/cut off/,
		],
		[
			'another shape',
			{ body: '{"status":"ok","total":3,"items":{"first":1}}' },
			/no (list|conversation)/,
			/'Base URL'|'Conversation'/,
		],
		['plain text', { body: 'OK' }, /^Laigu's answer contains no /, /'Base URL'/],
	])('%s', async (_, said, message, description) => {
		const { error } = await failed(said, OPERATIONS[name]);
		expect(error.message).toMatch(message);
		expect(error.message).toMatch(/ \[Item 0\]$/);
		expect(error.description).toMatch(description);
	});
});

test('a redirect is not followed, so that the other host gets nothing', async () => {
	const other = await answering(() => ({ body: '{"errno":0,"result":[],"next_page_token":""}' }));
	for (const status of [301, 302, 307, 308]) {
		const { error } = await failed({ status, headers: { location: `${other.url}/v2/conversations` } });
		expect(error.message).toBe('The address in the credential redirects to another one [Item 0]');
		expect(error.description).toContain("'Base URL'");
	}
	expect(other.asked).toEqual([]);
});

test('a connection that breaks', async () => {
	const sim = await start({ conversations: [], clients: [], faults: [{ kind: 'reset' }] });
	const { error } = await run(sim, OPERATIONS.conversations);
	expect(error?.message).toBe('The connection to Laigu was interrupted [Item 0]');
	expect(error?.description).toContain("'Base URL'");
	expect(sim.requests).toHaveLength(1);
});

test('a port at which nothing listens', async () => {
	const server = await answering(() => ({}));
	await server.close();
	const { error } = await runLaigu({ parameters: OPERATIONS.report as never, credentials: credentialFor(server.url) });
	expect(error?.message).toBe("Nothing answers at Laigu's address [Item 0]");
	expect(error?.description).toContain("'Base URL'");
});

test('a host that does not exist', async () => {
	const credentials = credentialFor('https://laigu.invalid');
	const { error } = await runLaigu({ parameters: OPERATIONS.report as never, credentials });
	// where no name server can be asked, the name cannot be looked up
	expect(error?.message).toMatch(
		/^The (host in 'Base URL' of the Laigu credential does not exist|name of the Laigu host could not be looked up) \[Item 0\]$/,
	);
});

const TIMES = instants();

describe.each([LISTS.conversations, LISTS.created, LISTS.updated] as ListCase[])('all $name', (list) => {
	test('end with a message when a page token repeats', async () => {
		const sim = await start({
			conversations: conversationsAt(TIMES),
			clients: clientsAt(TIMES),
			switches: { repeatToken: true },
		});
		const { error, items } = await run(sim, { ...list.parameters, ...TWO_DAYS });
		expect(error?.message).toBe("Laigu's list of pages does not end [Item 0]");
		expect(error?.description).toMatch(/the same page token twice.*'Time Range'/);
		expect(items).toEqual([]);
		expect(sim.requests.length).toBeLessThanOrEqual(3);
	});

	test('end with a message when a page in the middle fails for good', async () => {
		const faults = [{ kind: 'wrongShape' as const, after: 3 }];
		const sim = await start({ conversations: conversationsAt(TIMES), clients: clientsAt(TIMES), faults });
		const { error, items } = await run(sim, { ...list.parameters, ...TWO_DAYS });
		expect(error?.message).toMatch(/^Laigu's answer contains no list of (conversations|customers) \[Item 0\]$/);
		expect(items).toEqual([]);
		expect(sim.requests).toHaveLength(4);
	});
});

test('API v1 ends with a message when every offset gives the same page', async () => {
	const result = Array.from({ length: 20 }, (_, id) => ({
		conv_id: id + 1,
		conv_end_tm: '2026-03-10 08:00:00.000000',
	}));
	const { error, requests } = await failed(
		{ body: JSON.stringify({ errno: 0, result }) },
		{ ...OPERATIONS['v1 conversations'], options: { apiVersion: 'v1', concurrency: 1 } },
	);
	expect(error.message).toBe("Laigu's list of pages does not end [Item 0]");
	expect(requests).toBe(2);
});

test('a full page that says nothing of a next one is an error, never a short result', async () => {
	const result = Array.from({ length: 20 }, (_, id) => ({
		conv_id: id + 1,
		conv_end_tm: '2026-03-10 08:00:00.000000',
	}));
	const { error, requests } = await failed({ body: JSON.stringify({ errno: 0, result }) });
	expect(error.message).toBe("Laigu's answer contains no next_page_token with a full page [Item 0]");
	expect(requests).toBeLessThan(30);
});

test('the item in which it happened is told', async () => {
	const sim = await start({
		conversations: [],
		clients: [],
		faults: [{ kind: 'wrongShape', match: /from_tm=2026-03-10/ }],
	});
	const { error } = await run(
		sim,
		{ ...OPERATIONS.report, from: '={{ $json.from }}' },
		{ input: [{ from: '2026-03-09' }, { from: '2026-03-10' }] },
	);
	expect(error?.message).toMatch(/\[Item 1\]$/);
	expect(error?.context?.itemIndex).toBe(1);
});
