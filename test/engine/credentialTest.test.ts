import { ENVELOPES } from '../simulator';
import type { Simulator, SimulatorOptions } from '../simulator';
import { answering, credentialFor, stopAnswering } from './answering';
import { testCredential } from './contexts';
import { signOf, start, stopAll, tokenOf } from './world';

afterEach(async () => {
	await stopAll();
	await stopAnswering();
});

const empty = async (options: SimulatorOptions = {}): Promise<Simulator> =>
	await start({ conversations: [], clients: [], ...options });

const SAME_AS_EVER = 'Laigu accepted the credential';

describe.each(
	ENVELOPES.flatMap((envelope) => (['ok', 'http'] as const).map((errnoStatus) => ({ envelope, errnoStatus }))),
)('with the list under $envelope and errno by HTTP status "$errnoStatus"', (switches) => {
	test('a healthy credential is accepted, with one request', async () => {
		const sim = await empty({ switches });
		for (const credentials of [tokenOf(sim), signOf(sim)]) {
			expect(await testCredential(credentials)).toEqual({ status: 'OK', message: SAME_AS_EVER });
		}
		expect(sim.requests).toHaveLength(2);
		expect(sim.requests[0].url).not.toContain(sim.account.accessToken);
		expect(sim.requests[1].url).not.toContain(sim.account.sign);
	});

	test('each thing that is wrong has its own sentence', async () => {
		const sim = await empty({ switches });
		const closed = await empty({ switches, apiOpened: false });
		const wrong = {
			token: { ...tokenOf(sim), accessToken: 'wrong' },
			sign: { ...signOf(sim), signSecret: 'wrong' },
			enterprise: { ...tokenOf(sim), enterpriseId: '10002' },
			closed: tokenOf(closed),
			path: { ...tokenOf(sim), baseUrl: `${sim.url}/v2` },
		};
		const said: Record<string, string> = {};
		for (const [name, credentials] of Object.entries(wrong)) {
			const { status, message } = await testCredential(credentials);
			expect([name, status]).toEqual([name, 'Error']);
			said[name] = message;
		}
		expect(said.token).toMatch(/^Laigu did not accept 'Access Token'\. /);
		expect(said.sign).toMatch(/^Laigu did not accept 'App ID' and 'Sign'\. /);
		expect(said.enterprise).toMatch(/^Laigu did not accept 'Enterprise ID'\. /);
		expect(said.closed).toMatch(/^Laigu has not enabled the API for this account yet\. /);
		expect(said.path).toMatch(/'Base URL'/);
		expect(new Set(Object.values(said)).size).toBe(5);
	});
});

test('an account that reads another form of time is let in all the same', async () => {
	const sim = await empty({ switches: { timeForms: ['epochSeconds'] } });
	expect(await testCredential(tokenOf(sim))).toEqual({ status: 'OK', message: SAME_AS_EVER });
});

test.each<[string, { status?: number; body?: string; headers?: Record<string, string> }, RegExp]>([
	[
		'a web page',
		{ body: '<!DOCTYPE html><html></html>', headers: { 'content-type': 'text/html' } },
		/^A web page was returned instead of data\. .*'Base URL'/,
	],
	['another API', { body: '{"status":"ok"}' }, /^Laigu's answer contains no list of conversations\. .*'Base URL'/],
	['an empty answer', { body: '' }, /^Laigu's answer contains no .*'Base URL'/],
	['HTTP 404', { status: 404, body: 'Not Found' }, /^The Laigu API is not at this address\. .*'Base URL'/],
	['HTTP 401', { status: 401, body: '' }, /^Laigu did not accept the credential\. .*'Access Token'/],
	['HTTP 502', { status: 502, body: '<html></html>' }, /^Laigu could not answer right now\. /],
	[
		'a redirect',
		{ status: 302, headers: { location: 'http://127.0.0.1:9/' } },
		/^The address in the credential redirects to another one\. .*'Base URL'/,
	],
	['a rate limit', { body: '{"errno":10014,"errmsg":"later"}' }, /^Laigu asked to slow down\. /],
])('%s is not taken for Laigu', async (_, said, sentence) => {
	const server = await answering(() => said);
	const { status, message } = await testCredential(credentialFor(server.url));
	expect(status).toBe('Error');
	expect(message).toMatch(sentence);
	expect(message).not.toContain('a-token-of-the-tests');
	expect(server.asked).toHaveLength(1);
});

test('a redirect gives the credential to no other host', async () => {
	const other = await answering(() => ({ body: '{"errno":0,"result":[]}' }));
	const server = await answering(() => ({ status: 307, headers: { location: `${other.url}/v2/conversations` } }));
	expect((await testCredential(credentialFor(server.url))).status).toBe('Error');
	expect(other.asked).toEqual([]);
});

test('a host that cannot be reached has a sentence of its own', async () => {
	const server = await answering(() => ({}));
	await server.close();
	const nothing = await testCredential(credentialFor(server.url));
	expect(nothing).toEqual({
		status: 'Error',
		message: expect.stringMatching(/^Nothing answers at Laigu's address\. .*'Base URL'/) as string,
	});
	const unknown = await testCredential(credentialFor('https://laigu.invalid'));
	expect(unknown).toEqual({
		status: 'Error',
		message: expect.stringMatching(/^The (host|name) .*'Base URL'/) as string,
	});
});

test.each([
	[{ baseUrl: 'http://192.0.2.1' }, /^'Base URL' in the Laigu credential uses plain http:\/\/\. .*'Allow Plain HTTP'/],
	[{ baseUrl: 'api.laigu.com' }, /^'Base URL' in the Laigu credential is not a web address\. /],
	[{ accessToken: '' }, /^'Access Token' in the Laigu credential is empty\. /],
	[{ enterpriseId: 'acme' }, /^'Enterprise ID' in the Laigu credential is not a number\. /],
])('%j is refused before any request', async (flaw, sentence) => {
	const sim = await empty();
	const { status, message } = await testCredential({ ...tokenOf(sim), ...flaw });
	expect(status).toBe('Error');
	expect(message).toMatch(sentence);
	expect(sim.requests).toEqual([]);
});
