import type { ICredentialTestFunctions } from 'n8n-workflow';

import { laiguWebhookApiTest } from '../../../nodes/Laigu/methods/webhookCredentialTest';

const run = async (data: Record<string, string>) =>
	await laiguWebhookApiTest.call({} as ICredentialTestFunctions, { id: '1', name: 'x', type: 'laiguWebhookApi', data });

test('right fields, and that only an event proves them', async () => {
	for (const enterpriseToken of ['', 'b6bd473a003a99216d3f63cc329869b3']) {
		const { status, message } = await run({ signingSecret: 'secret', enterpriseToken });
		expect(status).toBe('OK');
		expect(message).toContain('only an event from Laigu can prove');
	}
});

test.each([
	[{}, "'Signing Secret' is empty"],
	[{ signingSecret: 'geheim ' }, "'Signing Secret' begins or ends with a blank"],
	[{ signingSecret: 'secret', enterpriseToken: '12345' }, "'Enterprise Token' is not 32 characters"],
])('%j', async (data, text) => {
	const { status, message } = await run(data);
	expect(status).toBe('Error');
	expect(message).toContain(text);
	expect(message).not.toMatch(/error|problem|failure|mistake/i);
	expect(message).not.toContain('geheim');
});
