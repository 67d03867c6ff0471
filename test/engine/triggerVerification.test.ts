import { DEMO_ACCOUNT, HEADER_NAMES, signatureFor } from '../simulator';
import { SECRET, closeAll, credential, deliver, host, sender } from './triggerHelpers';

afterEach(closeAll);

test.each(HEADER_NAMES.flatMap((name) => [name, name.toUpperCase(), name.toLowerCase()]))('%s', async (header) => {
	expect(await deliver({ credential }, { header })).toMatchObject({ status: 200, items: [expect.anything()] });
});

test.each(['missing', 'empty', 'wrong', 'stale', 'reencoded', 'hmac', 'disagreeing'] as const)(
	'%s signature: 401',
	async (signature) => {
		const { status, items, message } = await deliver({ credential }, { signature });
		expect({ status, items }).toEqual({ status: 401, items: [] });
		expect(message).toContain('signature');
		expect(message).not.toMatch(/error|problem|failure|mistake/i);
	},
);

test('another name for the header: 401', async () => {
	expect(await deliver({ credential }, { header: 'X-Signature' })).toMatchObject({ status: 401, items: [] });
});

test('two headers that agree: 200; one header twice: 401', async () => {
	const trigger = await host({ credential });
	const body = '{"id":"sub_x_1","event":"client.updated"}';
	const right = '1e71ec052d369cd4090e4a4d0b4fbe170313ed91';
	const testing = await host({ credential: { signingSecret: 'testsecret' } });
	const { post } = sender(testing.url);
	expect((await post(body, { 'laigu-sign': right, 'meiqia-sign': right })).status).toBe(200);
	expect((await post(body, { 'laigu-sign': [right, right] })).status).toBe(401);
	const other = '{"id":"sub_x_2","event":"client.updated"}';
	const upper = signatureFor(other, 'testsecret').toUpperCase();
	expect((await post(other, { 'laigu-sign': upper })).status).toBe(200);
	expect((await post(other, { 'laigu-sign': `${upper}0` })).status).toBe(401);
	expect(testing.started).toHaveLength(2);
	expect((await sender(trigger.url).post(body, { 'laigu-sign': right })).status).toBe(401);
});

test('gzip is verified as it was before', async () => {
	expect(await deliver({ credential }, { gzip: true })).toMatchObject({ status: 200, items: [expect.anything()] });
});

test('no raw body (a form): 401 with a secret, 400 without', async () => {
	const contentType = 'multipart/form-data; boundary=x';
	expect(await deliver({ credential }, { contentType })).toMatchObject({ status: 401, items: [] });
	expect(await deliver({}, { contentType })).toMatchObject({ status: 400, items: [] });
});

test('without what n8n does to requests: 401 with a secret', async () => {
	expect(await deliver({ credential, withoutRawBody: true })).toMatchObject({ status: 401, items: [] });
});

test('without a credential everyone is believed', async () => {
	expect(await deliver({}, { signature: 'wrong' })).toMatchObject({ status: 200, items: [expect.anything()] });
});

test('an empty credential believes nobody', async () => {
	const { status, message } = await deliver({ credential: { signingSecret: '', enterpriseToken: '' } });
	expect(status).toBe(401);
	expect(message).toContain("'Signing Secret'");
});

test('enterprise token', async () => {
	const own = { signingSecret: SECRET, enterpriseToken: DEMO_ACCOUNT.enterpriseToken };
	expect((await deliver({ credential: own })).status).toBe(200);
	const { status, message } = await deliver({ credential: own }, {}, { account: { enterpriseToken: 'f'.repeat(32) } });
	expect(status).toBe(401);
	expect(message).not.toContain(DEMO_ACCOUNT.enterpriseToken);
	const only = { ...own, signingSecret: '' };
	expect((await deliver({ credential: only }, { secret: undefined })).status).toBe(200);
	expect((await deliver({ credential: only }, {}, { account: { enterpriseToken: 'f'.repeat(32) } })).status).toBe(401);
	expect((await deliver({ credential: only }, {}, { names: ['cus_became_leads'] })).status).toBe(401);
});

test.each([
	['beside a secret', credential],
	['beside an enterprise token alone', { signingSecret: '', enterpriseToken: 'f'.repeat(32) }],
	['beside both', { signingSecret: SECRET, enterpriseToken: 'f'.repeat(32) }],
])('an unsigned event of the automation %s: the answer names the option', async (_, chosen) => {
	const sent = [{ signature: 'missing' as const }, { names: ['cus_became_leads' as const] }] as const;
	const refused = await deliver({ credential: chosen }, ...sent);
	expect(refused).toMatchObject({ status: 401, items: [] });
	expect(refused.message).toContain("'Accept Unsigned Automation Webhook'");
	const parameters = { options: { acceptUnsignedAutomation: true } };
	expect(await deliver({ credential: chosen, parameters }, ...sent)).toMatchObject({ status: 200, items: [{}] });
	const other = await deliver({ credential: chosen }, sent[0]);
	expect(other.message).not.toContain('Accept Unsigned');
	expect(other.status).toBe(401);
});

test('an unsigned event of the automation that is too large: 400, beside a credential and without', async () => {
	const parameters = { options: { acceptUnsignedAutomation: true } };
	const fields = Array.from({ length: 500_000 }, (_, index) => `"field${index}":"${index}"`).join(',');
	const large = `{"id":"x","eventType":"cus_became_leads","createdAt":1,"body":{${fields}}}`;
	for (const chosen of [{ credential }, {}]) {
		const trigger = await host({ ...chosen, parameters });
		const { status, text } = await sender(trigger.url).post(large, {});
		expect({ status, started: trigger.started }).toEqual({ status: 400, started: [] });
		expect(text).toContain('larger than an event from Laigu can');
	}
});

test('a credential with invisible characters and blanks that were copied along', async () => {
	const copied = {
		signingSecret: `\u202d ${SECRET}\u200b\n`,
		enterpriseToken: `\ufeff${DEMO_ACCOUNT.enterpriseToken}\u202c `,
	};
	expect(await deliver({ credential: copied })).toMatchObject({ status: 200, items: [{}] });
});

test('the automation beside a secret: only when the user says so, and nothing else slips through', async () => {
	const unsigned = { signature: 'missing' as const };
	const lead = { names: ['cus_became_leads' as const] };
	expect(await deliver({ credential }, unsigned, lead)).toMatchObject({ status: 401, items: [] });
	const parameters = { options: { acceptUnsignedAutomation: true } };
	expect(await deliver({ credential, parameters }, unsigned, lead)).toMatchObject({
		status: 200,
		items: [expect.anything()],
	});
	expect(await deliver({ credential, parameters }, { signature: 'wrong' }, lead)).toMatchObject({
		status: 401,
		items: [],
	});
	expect(await deliver({ credential, parameters }, unsigned)).toMatchObject({ status: 401, items: [] });
	const trigger = await host({ credential, parameters });
	const disguised = { id: 'x', eventType: 'client.deleted', createdAt: 1, body: { track_id: '2' } };
	expect((await sender(trigger.url).post(JSON.stringify(disguised), {})).status).toBe(401);
	expect((await sender(trigger.url).post(JSON.stringify({ ...disguised, event: 'client.deleted' }), {})).status).toBe(
		401,
	);
	expect(trigger.started).toEqual([]);
});

test('maximum age', async () => {
	const parameters = { options: { maxAgeSeconds: 300 } };
	const made = (secondsAgo: number) => ({ at: new Date(Date.now() - secondsAgo * 1000) });
	expect((await deliver({ credential, parameters }, {}, made(200))).status).toBe(200);
	expect(await deliver({ credential, parameters }, {}, made(400))).toMatchObject({ status: 401, items: [] });
	expect((await deliver({ credential, parameters }, {}, made(-200))).status).toBe(200);
	const late = await deliver({ credential, parameters }, {}, made(-400));
	expect(late).toMatchObject({ status: 401, items: [] });
	expect(late.message).toContain("'Max Age'");
	expect(await deliver({ credential, parameters }, {}, { at: new Date(9_999_999_999_000) })).toMatchObject({
		status: 401,
		items: [],
	});
	expect((await deliver({ credential, parameters: { options: { maxAgeSeconds: 0 } } }, {}, made(40_000))).status).toBe(
		200,
	);
	const trigger = await host({ parameters });
	expect((await sender(trigger.url).post('{"id":"1","event":"client.updated","client":{}}', {})).status).toBe(401);
});
