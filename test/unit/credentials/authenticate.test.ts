import type { IHttpRequestOptions } from 'n8n-workflow';

import { authenticate, LaiguApi, redactSecrets } from '../../../credentials/LaiguApi.credentials';
import { LaiguWebhookApi } from '../../../credentials/LaiguWebhookApi.credentials';
import { deepFreeze, errorOf } from '../helpers';
import { APP_SIGN, TOKEN } from '../accounts';

const HOST = 'https://api.laigu.com';
const V1 = '/v1/conversations';
const V2 = ['/v2/conversations', '/v2/clients', '/v2/clients/updated'];
const REPORT = '/unified-api/datagateway/v1/reports/agent_service';

const to = (url: string, other: Partial<IHttpRequestOptions> = {}): IHttpRequestOptions =>
	deepFreeze({ method: 'GET', url, ...other });

test.each([V1, `${V1}/5`, ...V2, REPORT])('an access token goes as Bearer header, and alone: %s', async (path) => {
	const request = await authenticate({ ...APP_SIGN, ...TOKEN }, to(HOST + path));
	expect(request.headers).toEqual({ Authorization: `Bearer ${TOKEN.accessToken}` });
	expect(request.qs).toEqual({ enterprise_id: '12345' });
	expect(request.url).toBe(HOST + path);
});

test.each([V1, `${V1}/`, `${V1}/5`])('app_id and sign go into the query of v1: %s', async (path) => {
	const request = await authenticate({ ...TOKEN, ...APP_SIGN }, to(HOST + path));
	expect(request.qs).toEqual({ enterprise_id: '12345', app_id: APP_SIGN.appId, sign: APP_SIGN.signSecret });
	expect(request.headers).toEqual({});
});

test.each([...V2, REPORT, '/v2/v1/conversationsX', '/v1/other'])(
	'and into the headers of all else: %s',
	async (path) => {
		const request = await authenticate({ ...TOKEN, ...APP_SIGN }, to(HOST + path));
		expect(request.headers).toEqual({ 'X-App-ID': APP_SIGN.appId, 'X-Sign': APP_SIGN.signSecret });
		expect(request.qs).toEqual({ enterprise_id: '12345' });
		expect(`${request.url}${JSON.stringify(request.qs)}`).not.toContain(APP_SIGN.signSecret);
		expect(`${request.url}${JSON.stringify(request.qs)}`).not.toContain(APP_SIGN.appId);
	},
);

test('spaces around what was pasted are taken off', async () => {
	const token = await authenticate({ ...TOKEN, accessToken: ' t\n', enterpriseId: ' 7 ' }, to(HOST + V1));
	expect(token).toMatchObject({ headers: { Authorization: 'Bearer t' }, qs: { enterprise_id: '7' } });
});

test.each([TOKEN, APP_SIGN])('the given request is left as it is, and what it holds is kept', async (credentials) => {
	const given = to(HOST + V2[0], { headers: { Accept: 'x' }, qs: { limit: 1 }, timeout: 5, json: false });
	const request = await authenticate(credentials, given);
	expect(given).toEqual({
		method: 'GET',
		url: HOST + V2[0],
		headers: { Accept: 'x' },
		qs: { limit: 1 },
		timeout: 5,
		json: false,
	});
	expect(request).toMatchObject({ headers: { Accept: 'x' }, qs: { limit: 1 }, timeout: 5, json: false });
});

test('an enterprise ID that the request names already is not overwritten', async () => {
	expect((await authenticate(TOKEN, to(HOST + V1, { qs: { enterprise_id: 9 } }))).qs).toEqual({ enterprise_id: 9 });
	expect((await authenticate(TOKEN, to(`${HOST}${V1}?enterprise_id=9`))).qs).toEqual({});
});

test.each(['https://proxy.example.com/laigu', 'https://proxy.example.com/laigu///'])(
	'a base URL with a path before it works: %s',
	async (baseUrl) => {
		const url = (path: string) => `https://proxy.example.com/laigu${path}`;
		const first = await authenticate({ ...APP_SIGN, baseUrl }, to(url(`${V1}/5`)));
		expect(first.qs).toHaveProperty('sign');
		const second = await authenticate({ ...APP_SIGN, baseUrl }, to(url(V2[0])));
		expect(second.headers).toHaveProperty('X-Sign');
		expect(second.qs).not.toHaveProperty('sign');
	},
);

describe('for the HTTP Request node', () => {
	test('a request that has uri in place of url is served, too', async () => {
		const legacy = (path: string) => deepFreeze({ uri: HOST + path, method: 'GET' }) as unknown as IHttpRequestOptions;
		expect((await authenticate(APP_SIGN, legacy(V1))).qs).toHaveProperty('sign');
		expect((await authenticate(APP_SIGN, legacy(V2[0]))).headers).toHaveProperty('X-Sign');
		expect((await authenticate(TOKEN, legacy(V1))).headers).toHaveProperty('Authorization');
		const foreign = deepFreeze({ uri: 'https://example.com/v1/conversations' }) as unknown as IHttpRequestOptions;
		expect(await errorOf(authenticate(TOKEN, foreign))).toBeDefined();
	});

	test('so is a base URL with a relative one', async () => {
		const request = await authenticate(APP_SIGN, to(V1, { baseURL: HOST }));
		expect(request).toMatchObject({ url: V1, baseURL: HOST, qs: { sign: APP_SIGN.signSecret } });
		expect((await authenticate(APP_SIGN, to('v2/clients', { baseURL: `${HOST}/` }))).headers).toHaveProperty('X-Sign');
	});
});

test.each([
	['https://example.com/v2/conversations', {}],
	['https://api.laigu.com.example.com/v2/conversations', {}],
	['https://api.laigu.com@example.com/v2/conversations', {}],
	['http://api.laigu.com/v2/conversations', {}],
	['https://api.laigu.com:8443/v2/conversations', {}],
	['//example.com/v2/conversations', {}],
	['https:\\\\example.com/v2/conversations', {}],
	['/v2/conversations', { baseURL: 'https://example.com' }],
	['//example.com/v2/conversations', { baseURL: 'https://api.laigu.com' }],
])('another host gets no credential: %s %j', async (url, other) => {
	const error = await errorOf(authenticate(TOKEN, to(url, other)));
	expect(error?.message).toContain('The Laigu credential is for api.laigu.com');
	expect(error?.message).not.toContain(TOKEN.accessToken);
});

test('a credential with a flaw says so before anything is sent', async () => {
	const error = await errorOf(authenticate({ ...TOKEN, accessToken: '' }, to(HOST + V1)));
	expect(error?.message).toMatch(/^'Access Token' in the Laigu credential is empty\. Copy it from Laigu/);
});

test('every secret of the account is taken out of a text, as it is and as a URL writes it', () => {
	const credentials = { ...TOKEN, ...APP_SIGN, accessToken: ' a/b ' };
	const said = `a/b a%2Fb ${APP_SIGN.appId} sign=${APP_SIGN.signSecret}&x=12345`;
	expect(redactSecrets(credentials, said)).toBe('*** *** *** sign=***&x=12345');
	expect(redactSecrets({ enterpriseId: '1', signSecret: '' }, 'as it was: 1')).toBe('as it was: 1');
});

test.each([
	[new LaiguApi(), ['accessToken', 'signSecret']],
	[new LaiguWebhookApi(), ['signingSecret', 'enterpriseToken']],
])('secrets are masked', ({ properties }, secrets) => {
	const masked = properties.filter(({ typeOptions }) => typeOptions?.password === true).map(({ name }) => name);
	expect(masked).toEqual(secrets);
});
