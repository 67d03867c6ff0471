import { testLaiguWebhookApi } from '../../../nodes/Laigu/methods/webhookCredentialTest';
import { readWebhookCredential } from '../../../nodes/Laigu/webhook/credential';

const TOKEN = 'b6bd473a003a99216d3f63cc329869b3';

const run = (data: Record<string, string>) =>
	testLaiguWebhookApi({ id: '1', name: 'x', type: 'laiguWebhookApi', data });

test('right fields, and that only an event proves them', () => {
	for (const enterpriseToken of ['', TOKEN]) {
		const { status, message } = run({ signingSecret: 'secret', enterpriseToken });
		expect(status).toBe('OK');
		expect(message).toContain('Only an event from Laigu can show');
	}
});

test.each([
	[{}, "'Signing Secret' is empty"],
	[{ signingSecret: ' \u200b' }, "'Signing Secret' is empty"],
	[{ signingSecret: 'secret', enterpriseToken: '12345' }, "'Enterprise Token' is not 32 characters"],
	[{ signingSecret: 'geheim', enterpriseToken: `${TOKEN} ${TOKEN}` }, "'Enterprise Token' is not 32 characters"],
])('%j', (data, text) => {
	const { status, message } = run(data);
	expect(status).toBe('Error');
	expect(message).toContain(text);
	expect(message).not.toMatch(/error|problem|failure|mistake/i);
	expect(message).not.toContain('geheim');
});

test.each([
	['a blank before and a line break behind', ' ', '\r\n'],
	['wide and narrow blanks', '\u3000', '\u00a0\u2009'],
	['a zero-width space and a byte order mark', '\ufeff', '\u200b'],
	['marks of direction, as iPhones paste them', '\u202d', '\u202c'],
	['a soft hyphen, a word joiner and a variation selector', '\u00ad', '\u2060\ufe0f'],
	['a tab and NUL', '\t', '\u0000'],
])('copied along: %s', (_, before, behind) => {
	const fields = { signingSecret: `${before}a secret, 密钥${behind}`, enterpriseToken: `${before}${TOKEN}${behind}` };
	expect(readWebhookCredential(fields)).toEqual({ signingSecret: 'a secret, 密钥', enterpriseToken: TOKEN });
	expect(run(fields).status).toBe('OK');
	const [head, tail] = ['sec', 'ret'];
	expect(readWebhookCredential({ signingSecret: `${head}\u200b${tail}` }).signingSecret).toBe('secret');
});
