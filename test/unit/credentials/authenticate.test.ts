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
	['Bearer t', 'Bearer t'],
	['bearer  Bearer t', 'Bearer t'],
	['Authorization: Bearer t', 'Bearer t'],
	['\u202Dt\u202C', 'Bearer t'],
	['\uFEFF\u200Bt \r\n', 'Bearer t'],
	['aa\n bb', 'Bearer aabb'],
	['Bearer\u00a0t', 'Bearer t'],
	['\u00adt\u2060\ufe0f', 'Bearer t'],
])('the token is sent as it was meant: %j', async (accessToken, header) => {
	const request = await authenticate({ ...TOKEN, accessToken }, to(HOST + V1));
	expect(request.headers).toEqual({ Authorization: header });
});

test('so are all other fields', async () => {
	const paste = (text: string) => `\u202D Bearer ${text}\u200B\n`;
	const given = {
		appId: paste('a'),
		signSecret: paste('s'),
		enterpriseId: paste('１2 3'),
		baseUrl: `\u202D${HOST}//\u202C `,
	};
	const request = await authenticate({ ...APP_SIGN, ...given }, to(HOST + V1));
	expect(request.qs).toEqual({ app_id: 'a', sign: 's', enterprise_id: '123' });
});

test('headers that carry an account already give way, however their names are written', async () => {
	const headers = { authorization: 'Bearer other', 'X-APP-ID': 'other', 'x-Sign': 'other', Accept: 'x' };
	expect((await authenticate(TOKEN, to(HOST + V1, { headers }))).headers).toEqual({
		Accept: 'x',
		Authorization: `Bearer ${TOKEN.accessToken}`,
	});
});

test('no redirect is followed with the account, by whichever helper it is sent', async () => {
	const legacy = { followRedirect: true, followAllRedirects: true, maxRedirects: 9 } as Partial<IHttpRequestOptions>;
	for (const credentials of [TOKEN, APP_SIGN]) {
		expect(await authenticate(credentials, to(HOST + V1, { disableFollowRedirect: false, ...legacy }))).toMatchObject({
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
		});
	}
});

test('a path alone goes to the base URL of the credential', async () => {
	for (const baseUrl of ['https://proxy.example.com/laigu', 'https://proxy.example.com/laigu/']) {
		const request = await authenticate({ ...APP_SIGN, baseUrl }, to('/v1/conversations?limit=1'));
		expect(request.url).toBe('https://proxy.example.com/laigu/v1/conversations?limit=1');
		expect(request.qs).toHaveProperty('sign');
	}
});

test.each([
	...[
		'http:evil.example:80/a',
		'https:evil.example/a',
		'https:/evil.example/a',
		'https:///evil.example/a',
		'HTTPS:evil.example',
	],
	...['https:\\\\evil.example/a', 'https:/\\evil.example', '\\\\evil.example/a', '/\\evil.example', '\\/evil.example'],
	...['//evil.example/a', '///evil.example', ' //evil.example', '\t//evil.example', 'ht\ntps://evil.example/'],
	...[
		'https://api.laigu.com\\@evil.example/',
		'https://api.laigu.com@evil.example/',
		'https://user:pw@api.laigu.com/v2',
	],
	...[
		'https://api.laigu.com\t.evil.example/',
		'https://api.laigu.com%2eevil.example/',
		'https://api.laigu.com%00.evil.example',
	],
	...[
		'https://аpi.laigu.com/',
		'https://api.laigu.com.',
		'https://api.laigu.com:444/',
		'ftp://api.laigu.com/',
		'data:text/plain,a',
	],
	...[
		'javascript:1',
		'v2:evil/a',
		'https://[::1',
		'https://',
		'https:',
		'',
		'blob:https://api.laigu.com/a',
		'file:///etc/passwd',
	],
])('nothing is added to %j, whoever reads it', async (address) => {
	for (const shape of [
		{ url: address },
		{ uri: address },
		{ url: `${HOST}/v2`, uri: address },
		{ url: address, uri: HOST },
	]) {
		const error = await errorOf(authenticate(TOKEN, { method: 'GET', ...shape } as IHttpRequestOptions));
		expect(error?.message).toMatch(/^The Laigu credential is for api\.laigu\.com only, /);
	}
	if (address === '') return;
	const asBase = await errorOf(authenticate(TOKEN, to('/v2/clients', { baseURL: address })));
	expect(asBase?.message).toMatch(/^The Laigu credential is for api\.laigu\.com only, /);
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

test.each([
	...[
		'a%2eb%2b%2F',
		'A.B+/',
		'a%252Eb%252b%252f',
		'a&#46;b&#x2b;&#47;',
		'a.b&plus;&sol;',
		'a\\u002eb\\u002b\\/',
		'a . b + /',
	],
	...['a\\x2eb\\x2b\\x2f', '%61.b%2B/', 'a%26%2346%3Bb%2B%2F', 'a&amp;#46;b+/'],
	...['a\\u{2e}b\\u{2b}/', 'a%u002eb%u002b/'],
])('a text that repeats the token a.b+/ as %s is not shown', (spelling) => {
	for (const accessToken of ['a.b+/', ' Bearer a.b+/']) {
		expect(redactSecrets({ ...TOKEN, accessToken }, `the token ${spelling} is wrong`)).toBe('***');
	}
	expect(redactSecrets(TOKEN, 'The param of from_tm is invalid: 100%25')).toBe(
		'The param of from_tm is invalid: 100%25',
	);
});

test.each([
	'aB3.xY 9/Zq=_-k2',
	[...'aB3.xY+9/Zq=_-k2'].join('\u200b'),
	[...'aB3.xY+9/Zq=_-k2'].join('-'),
	'"aB3.xY", "9/Zq", "k2"',
	'ａＢ３．ｘＹ＋９／Ｚｑ＝＿－ｋ２',
])('nor is one that repeats the letters and digits of a long token, whatever is between: %s', (spelling) => {
	const credentials = { ...TOKEN, accessToken: 'aB3.xY+9/Zq=_-k2' };
	expect(redactSecrets(credentials, `the token ${spelling} is wrong`)).toBe('***');
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
