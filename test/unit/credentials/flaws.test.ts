import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { baseUrlOf, findCredentialFlaw } from '../../../credentials/LaiguApi.credentials';
import { APP_SIGN, TOKEN } from '../accounts';

test('a filled-in credential of either kind has no flaw', () => {
	expect(findCredentialFlaw(TOKEN)).toBeUndefined();
	expect(findCredentialFlaw(APP_SIGN)).toBeUndefined();
	expect(findCredentialFlaw({ ...TOKEN, enterpriseId: 12345 })).toBeUndefined();
	expect(findCredentialFlaw({ ...TOKEN, enterpriseId: ' 12345 ', baseUrl: '' })).toBeUndefined();
});

test.each<[string, ICredentialDataDecryptedObject, string]>([
	['Access Token', { ...TOKEN, accessToken: '' }, 'is empty'],
	['Access Token', { ...TOKEN, accessToken: '   ' }, 'is empty'],
	['Access Token', {}, 'is empty'],
	['App ID', { ...APP_SIGN, appId: '' }, 'is empty'],
	['Sign', { ...APP_SIGN, signSecret: ' ' }, 'is empty'],
	// a token left over from the other kind of authentication does not count
	['App ID', { ...APP_SIGN, appId: '', accessToken: 'token' }, 'is empty'],
	['Enterprise ID', { ...TOKEN, enterpriseId: '' }, 'is not a number'],
	['Enterprise ID', { ...TOKEN, enterpriseId: '0123456789abcdef0123456789abcdef' }, 'is not a number'],
	['Enterprise ID', { ...TOKEN, enterpriseId: '12.5' }, 'is not a number'],
	['Enterprise ID', { ...TOKEN, enterpriseId: '-1' }, 'is not a number'],
	['Base URL', { ...TOKEN, baseUrl: 'api.laigu.com' }, 'is not a web address'],
	['Base URL', { ...TOKEN, baseUrl: 'localhost:5678' }, 'is not a web address'],
	['Base URL', { ...TOKEN, baseUrl: 'ftp://api.laigu.com' }, 'is not a web address'],
	['Base URL', { ...TOKEN, baseUrl: 'http://api.laigu.com' }, 'uses plain http://'],
	['Base URL', { ...TOKEN, baseUrl: 'https://user:word@api.laigu.com' }, 'contains more than an address'],
	['Base URL', { ...TOKEN, baseUrl: 'http://localhost@example.com' }, 'contains more than an address'],
	['Base URL', { ...TOKEN, baseUrl: 'https://api.laigu.com/?a=b' }, 'contains more than an address'],
	['Base URL', { ...TOKEN, baseUrl: 'https://api.laigu.com#x' }, 'contains more than an address'],
])("'%s' of %j", (field, credentials, message) => {
	const flaw = findCredentialFlaw(credentials);
	expect(flaw?.field).toBe(field);
	expect(flaw?.message).toBe(`'${field}' in the Laigu credential ${message}`);
	expect(flaw?.description).toMatch(/\.$/);
});

test.each([
	'http://localhost',
	'http://localhost:3000/',
	'HTTP://LOCALHOST:3000',
	'http://127.0.0.1:3000',
	'http://127.1.2.3',
	'http://127.1',
	'http://[::1]:3000',
])('plain http to this machine is fine: %s', (baseUrl) => {
	expect(findCredentialFlaw({ ...TOKEN, baseUrl })).toBeUndefined();
});

test.each([
	'http://127.0.0.1.example.com',
	'http://localhost.example.com',
	'http://notlocalhost',
	'http://10.0.0.1',
	'http://192.168.1.2:8080',
	'http://[::2]',
	'http://0.0.0.0',
])('plain http to %s needs to be allowed', (baseUrl) => {
	expect(findCredentialFlaw({ ...TOKEN, baseUrl })?.message).toContain('plain http://');
	expect(findCredentialFlaw({ ...TOKEN, baseUrl, allowHttp: false })?.message).toContain('plain http://');
	expect(findCredentialFlaw({ ...TOKEN, baseUrl, allowHttp: 'true' })?.message).toContain('plain http://');
	expect(findCredentialFlaw({ ...TOKEN, baseUrl, allowHttp: true })).toBeUndefined();
});

test('no secret is in the words about a flaw', () => {
	const flaws = [
		findCredentialFlaw({ ...TOKEN, enterpriseId: 'x' }),
		findCredentialFlaw({ ...APP_SIGN, baseUrl: 'nowhere' }),
		findCredentialFlaw({ ...APP_SIGN, baseUrl: 'http://example.com' }),
	];
	for (const flaw of flaws) {
		expect(flaw).toBeDefined();
		const words = JSON.stringify(flaw);
		for (const secret of [TOKEN.accessToken, APP_SIGN.appId, APP_SIGN.signSecret]) {
			expect(words).not.toContain(secret);
		}
	}
});

test.each([
	['https://api.laigu.com', 'https://api.laigu.com'],
	['https://api.laigu.com/', 'https://api.laigu.com'],
	[' https://proxy.example.com/laigu// ', 'https://proxy.example.com/laigu'],
	['', 'https://api.laigu.com'],
	[undefined, 'https://api.laigu.com'],
])('the base URL %j is used as %s', (baseUrl, used) => {
	expect(baseUrlOf({ ...TOKEN, baseUrl } as ICredentialDataDecryptedObject)).toBe(used);
});
