import axiosOfN8n194 from 'axios-1.8';
import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { authenticate } from '../../credentials/LaiguApi.credentials';
import { answering, credentialFor, stopAnswering } from '../engine/answering';
import type { AnsweringServer } from '../engine/answering';
import { Doing } from '../engine/contexts';
import { nodeOf, runLaigu } from '../engine/engine';
import { drawing } from './hostile';

let own: AnsweringServer;
let evil: AnsweringServer;

beforeAll(async () => {
	own = await answering(() => ({ body: '{"errno":0,"result":[]}' }));
	evil = await answering(() => ({ body: '{}' }));
});
beforeEach(() => {
	own.asked.length = 0;
	evil.asked.length = 0;
});
afterAll(stopAnswering);

const DOING = 'test.doing';

/** Does something in a node behind Start that has the Laigu credential, in the place of n8n's HTTP Request node. */
async function doing(what: (context: IExecuteFunctions) => Promise<unknown>, credentials: IDataObject) {
	await runLaigu({
		parameters: {},
		credentials: credentials as never,
		node: { disabled: true },
		around: {
			nodes: [nodeOf('Doing', DOING)],
			connections: { Laigu: { main: [[{ node: 'Doing', type: 'main', index: 0 }]] } },
			types: { [DOING]: new Doing(what) },
		},
	});
}

const CREDENTIALS: Array<[string, (url: string) => IDataObject]> = [
	['token', (url) => credentialFor(url)],
	[
		'sign',
		(url) => ({
			authentication: 'appSign',
			appId: 'an-app-id',
			signSecret: 'a-sign',
			enterpriseId: '10001',
			baseUrl: url,
		}),
	],
];

const hostOf = ({ url }: AnsweringServer) => url.replace('http://', '');

/** The ways in which an address can be written, of which each leads some reader of URLs to the other server. */
const shapesOf = (to: string, from: string): string[] => [
	`http://${to}/a`,
	`http:${to}/a`,
	`http:/${to}/a`,
	`http:///${to}/a`,
	`HTTP:${to}/a`,
	`http:\\\\${to}/a`,
	`http:/\\${to}/a`,
	`\\\\${to}/a`,
	`//${to}/a`,
	`///${to}/a`,
	`/\\${to}/a`,
	`\\/${to}/a`,
	` http://${to}/a`,
	`\thttp://${to}/a`,
	`ht\ntp://${to}/a`,
	`http:/\t/${to}/a`,
	`http://${from}@${to}/a`,
	`http://${from}\\@${to}/a`,
	`http://user:${from}@${to}/a`,
	`http://${from}#@${to}/a`,
	`http://${to}%2f@${from}/a`,
	`http://${from}%40${to}/a`,
	`http://${from}:@${to}/a`,
	`http://127.0.0.1.${to}/a`,
	`http://①②⑦.0.0.1:${to.split(':')[1]}/a`,
	`http://0x7f.1:${to.split(':')[1]}/a`,
	`http://[::ffff:127.0.0.1]:${to.split(':')[1]}/a`,
	`//${from}@${to}/a`,
	`..//${to}/a`,
	`/..//${to}/a`,
	`@${to}/a`,
	`:${to.split(':')[1]}/a`,
	`?@${to}/a`,
	'',
];

/** The requests that a node could make with an address: each of the two helpers, and each of the names under which they take it. */
const requestsFor = (address: string, base: string): Array<Record<string, unknown>> => [
	{ url: address },
	{ uri: address },
	{ url: address, baseURL: base },
	{ uri: address, baseURL: base },
	{ url: '/v2/clients', baseURL: address },
	{ url: `${base}/v2/clients`, uri: address },
	{ url: address, uri: `${base}/v2/clients` },
];

describe.each(CREDENTIALS)('the credential with %s', (_, credentialsOf) => {
	test("reaches no other server, by n8n's helpers, however an address is written", async () => {
		await doing(async (context) => {
			for (const address of shapesOf(hostOf(evil), hostOf(own))) {
				for (const request of requestsFor(address, own.url)) {
					const { httpRequestWithAuthentication, requestWithAuthentication } = context.helpers;
					await httpRequestWithAuthentication
						.call(context, 'laiguApi', { method: 'GET', ...request } as unknown as IHttpRequestOptions)
						.catch(() => undefined);
					await requestWithAuthentication
						.call(context, 'laiguApi', { method: 'GET', ...request })
						.catch(() => undefined);
				}
			}
		}, credentialsOf(own.url));
		expect(evil.asked).toEqual([]);
		// the addresses that lead to the own server were sent
		expect(own.asked.length).toBeGreaterThan(0);
	});

	test('reaches no other server by the axios of n8n 1.94', async () => {
		const credentials = credentialsOf(own.url) as never;
		const send = async ({ url, uri, baseURL, headers, qs }: Record<string, unknown>) =>
			await axiosOfN8n194
				.request({
					url: (url ?? uri) as string,
					baseURL: baseURL as string,
					headers: headers as never,
					params: qs,
					maxRedirects: 0,
					proxy: false,
				})
				.catch(() => undefined);
		const addresses = shapesOf(hostOf(evil), hostOf(own));
		for (const address of addresses) {
			for (const request of requestsFor(address, own.url)) {
				const authenticated = await authenticate(credentials, request as never).catch(() => undefined);
				if (authenticated) await send(authenticated as never);
			}
		}
		expect(evil.asked).toEqual([]);
		// without the check a good part of them would have gone there
		for (const address of addresses) await send({ url: address });
		expect(evil.asked.length).toBeGreaterThan(5);
	});

	test.each([301, 302, 303, 307, 308])('follows no redirect (%i)', async (status) => {
		const led = await answering(() => ({ status, headers: { location: `${evil.url}/v2/clients` } }));
		await doing(async (context) => {
			const request = {
				method: 'GET' as const,
				url: `${led.url}/v2/clients`,
				followRedirect: true,
				followAllRedirects: true,
				maxRedirects: 21,
			};
			const { httpRequestWithAuthentication, requestWithAuthentication } = context.helpers;
			await httpRequestWithAuthentication.call(context, 'laiguApi', request).catch(() => undefined);
			await requestWithAuthentication.call(context, 'laiguApi', request).catch(() => undefined);
		}, credentialsOf(led.url));
		expect(led.asked).toHaveLength(2);
		expect(evil.asked).toEqual([]);
	});
});

test('an address of any signs gets the token only where every reader finds the own origin', async () => {
	const signs = fc.constantFrom(
		...[
			'http:',
			'https:',
			'/',
			'\\',
			'@',
			':',
			'?',
			'#',
			'%2f',
			'\t',
			' ',
			'api.laigu.com',
			'evil.example',
			'.',
			'..',
			'443',
			'80',
			'[',
			']',
			'。',
			'／',
		],
	);
	const credentials = { ...credentialFor('https://api.laigu.com') };
	let accepted = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(signs, { maxLength: 9 }), fc.constantFrom('url', 'uri'), async (parts, name) => {
			const address = parts.join('');
			const request = (await authenticate(credentials, { [name]: address } as never).catch(() => undefined)) as
				IDataObject | undefined;
			if (!request) return;
			accepted++;
			const sent = request[name] as string;
			expect(new URL(sent).origin).toBe('https://api.laigu.com');
			expect(sent).toMatch(/^https:\/\/api\.laigu\.com(:443)?([/?#]|$)/i);
		}),
		drawing(5_000),
	);
	expect(accepted).toBeGreaterThan(0);
});
