import { asSaid } from '../chinese/english';
import { logged } from './logAloud';

import type { IncomingMessage } from 'node:http';
import { inspect } from 'node:util';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { answering, stopAnswering } from './answering';
import type { AnsweringServer, Said } from './answering';
import { searchConversations, testCredential } from './contexts';
import { runLaigu } from './engine';
import { LISTS, start, stopAll, TWO_DAYS } from './world';

/** Unmistakable, one of them in pieces too short to look like a token. */
const SECRETS = {
	token: 'canary.tok+en/Zx9.Qw8',
	appId: 'ca4a41e5ca4a41e5ca4a41e5ca4a41e5',
	sign: 'feedbeefca4a41feedbeefca4a41feed',
};
const PIECES = [...Object.values(SECRETS), ...Object.values(SECRETS).map(encodeURIComponent), 'Zx9.Qw8'];

const OPERATIONS: IDataObject[] = [
	{ ...LISTS.conversations.parameters, ...TWO_DAYS, options: { maxRetries: 0 } },
	{ ...LISTS.v1.parameters, ...TWO_DAYS, options: { apiVersion: 'v1', maxRetries: 0 } },
	{ ...LISTS.created.parameters, ...TWO_DAYS, options: { maxRetries: 0 } },
	{ resource: 'customer', operation: 'find', findBy: 'name', value: 'x', ...TWO_DAYS, options: { maxRetries: 0 } },
	{
		resource: 'conversation',
		operation: 'get',
		conversationId: { __rl: true, mode: 'id', value: '1' },
		options: { maxRetries: 0 },
	},
	{ resource: 'report', operation: 'getAgentService', ...TWO_DAYS, options: { maxRetries: 0 } },
];

const credentialsFor = (baseUrl: string): ICredentialDataDecryptedObject[] => {
	const both = {
		accessToken: SECRETS.token,
		appId: SECRETS.appId,
		signSecret: SECRETS.sign,
		enterpriseId: '10001',
		baseUrl,
	};
	return [
		{ ...both, authentication: 'accessToken' },
		{ ...both, authentication: 'appSign' },
	];
};

beforeEach(() => {
	logged.splice(0);
});
afterEach(async () => {
	await stopAll();
	await stopAnswering();
});

type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

/** Everything that a person or a program could read of a run. */
async function everythingOf(
	parameters: IDataObject,
	credentials: ICredentialDataDecryptedObject,
	onError: OnError = 'stopWorkflow',
): Promise<string> {
	const result = await runLaigu({ parameters: parameters as never, credentials, node: { onError } });
	const { error } = result;
	const parts = [error?.message, error?.stack, error?.description, error?.context, error?.cause];
	return [JSON.stringify(result), JSON.stringify(parts), inspect(result, { depth: 20 }), ...logged].join('\n');
}

function expectNoSecret(text: string) {
	for (const piece of PIECES) expect(text.includes(piece)).toBe(false);
}

const echoOf = ({ headers, url }: IncomingMessage) =>
	`Bearer ${String(headers.authorization).slice(7)}, ${String(headers['x-app-id'])} ${String(headers['x-sign'])} of ${url ?? ''} ${decodeURIComponent(url ?? '')}`;

const FAILURES: Record<string, (request: IncomingMessage) => Said> = {
	'an errno that repeats the request': (request) => ({
		body: JSON.stringify({ errno: 10011, errmsg: echoOf(request) }),
	}),
	'a refused value that repeats the request': (request) => ({
		status: 400,
		body: JSON.stringify({ errno: 10016, errmsg: `The param of sign is invalid: ${echoOf(request)}` }),
	}),
	'an unknown errno': (request) => ({
		status: 500,
		body: JSON.stringify({ errno: 777, errmsg: `${'x'.repeat(280)} ${echoOf(request)}` }),
	}),
	'a web page': (request) => ({ body: `<html>${echoOf(request)}</html>` }),
	'HTTP 401': (request) => ({ status: 401, body: echoOf(request) }),
	'HTTP 502': (request) => ({ status: 502, body: `<html>${echoOf(request)}</html>` }),
	'another shape': (request) => ({ body: JSON.stringify({ said: echoOf(request) }) }),
	'cut-off JSON': (request) => ({ body: `{"result":[{"said":"${echoOf(request)}` }),
	'a redirect': (request) => ({ status: 302, headers: { location: `/moved?${encodeURIComponent(echoOf(request))}` } }),
	'a full page that repeats its token': (request) => ({
		body: JSON.stringify({ errno: 0, errmsg: echoOf(request), result: [], next_page_token: 'again' }),
	}),
};

function expectCleanUrls({ asked }: AnsweringServer) {
	expect(asked.length).toBeGreaterThan(0);
	for (const { url = '' } of asked) {
		expect(url.includes(SECRETS.token) || url.includes(encodeURIComponent(SECRETS.token))).toBe(false);
		if (!url.startsWith('/v1/')) expectNoSecret(url);
	}
}

test.each(Object.keys(FAILURES))('%s shows no secret anywhere', async (name) => {
	const server = await answering(FAILURES[name]);
	for (const credentials of credentialsFor(server.url)) {
		for (const parameters of OPERATIONS) expectNoSecret(await everythingOf(parameters, credentials));
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			for (const parameters of OPERATIONS.slice(1, 3))
				expectNoSecret(await everythingOf(parameters, credentials, onError));
		}
		expectNoSecret((await testCredential(credentials)).message);
		const list = await searchConversations(credentials).catch((error: unknown) => error);
		expectNoSecret(inspect(list, { depth: 20, showHidden: true }) + JSON.stringify(list));
	}
	expectNoSecret(logged.join('\n'));
	expectCleanUrls(server);
	// what was not logged could not show anything
	expect(logged.join('\n')).toContain('Start executing node "Laigu"');
});

test('a connection that fails shows no secret, not even of the URL of v1', async () => {
	const server = await answering(() => ({}));
	await server.close();
	for (const credentials of credentialsFor(server.url)) {
		for (const parameters of OPERATIONS) {
			const everything = await everythingOf(parameters, credentials);
			expectNoSecret(everything);
			expect(everything.includes(asSaid("Nothing answers at Laigu's address"))).toBe(true);
		}
		expectNoSecret((await testCredential(credentials)).message);
	}
	const sim = await start({
		account: { accessToken: SECRETS.token, appId: SECRETS.appId, sign: SECRETS.sign },
		faults: [{ kind: 'reset' }],
	});
	for (const credentials of credentialsFor(sim.url)) expectNoSecret(await everythingOf(OPERATIONS[1], credentials));
});

test('runs that succeed show no secret', async () => {
	const sim = await start({
		account: { accessToken: SECRETS.token, appId: SECRETS.appId, sign: SECRETS.sign },
		days: 2,
	});
	for (const credentials of credentialsFor(sim.url)) {
		for (const parameters of OPERATIONS.filter(({ operation }) => operation !== 'get')) {
			const everything = await everythingOf({ ...parameters, timeRange: 'last7Days', output: 'raw' }, credentials);
			expectNoSecret(everything);
			expect(everything).not.toContain('Laigu did not accept');
		}
		expect((await testCredential(credentials)).status).toBe('OK');
		expectNoSecret(JSON.stringify(await searchConversations(credentials)));
	}
	for (const { url, path } of sim.requests) {
		if (!path.startsWith('/v1/')) expectNoSecret(url);
	}
});
