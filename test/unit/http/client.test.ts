import { checkResponse as check, requestFor } from '../../../nodes/Laigu/http/client';
import { reasonOf } from '../../../nodes/Laigu/http/receive';
import { TOKEN } from '../accounts';

const checkResponse = (response: Parameters<typeof check>[0]) => check(response, TOKEN);

const response = (statusCode: number, body: string | undefined, headers: Record<string, unknown> = {}) => ({
	statusCode,
	body,
	headers,
});

describe('checkResponse', () => {
	test('gives the body of an answer that says that all is well, digits and all', () => {
		const body = '{"errno":0,"result":[{"advertiser_id":12345678901234567890}]}';
		expect(checkResponse(response(200, body))).toEqual({
			body: { errno: 0, result: [{ advertiser_id: '12345678901234567890' }] },
		});
	});

	test.each([200, 400, 401, 429, 500, 502])('an errno counts whatever the HTTP status: %p', (statusCode) => {
		const { fault } = checkResponse(response(statusCode, '{"errno":10014,"errmsg":"slow"}', { 'retry-after': '7' }));
		expect(fault).toMatchObject({ errno: 10014, errmsg: 'slow', isRateLimit: true, retryAfterMs: 7_000 });
	});

	test.each([
		[301, '', 'redirects to another one'],
		[401, '{"message":"no"}', 'did not accept the credential'],
		[404, '<html>', 'not at this address'],
		[429, '', 'asked to slow down'],
		[502, '<html>Bad Gateway</html>', 'could not answer right now'],
		[200, '<html>log in</html>', 'A web page was returned'],
		[200, '{"errno":0,"result":[{"conv', 'contains no data'],
		[200, '', 'contains no data'],
		[200, undefined, 'too large'],
	])('HTTP %p with %j is a fault', (statusCode, body, message) => {
		expect(checkResponse(response(statusCode, body)).fault?.message).toContain(message);
	});
});

test('a token that the answer repeats does not come back, however short it is', () => {
	const errmsg = 'token ab+1 (ab%2B1) is wrong';
	const { fault } = check(response(200, JSON.stringify({ errno: 10016, errmsg })), { ...TOKEN, accessToken: 'ab+1' });
	expect(fault?.errmsg).toBe('token *** (***) is wrong');
	expect(JSON.stringify(fault)).not.toMatch(/ab(\+|%2B)1/);
});

test('the reason of a broken request is its codes and texts, causes included, and nothing else of it', () => {
	const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
	const thrown = Object.assign(new Error('outer', { cause }), {
		config: { headers: { Authorization: 'Bearer secret' } },
	});
	expect(reasonOf(thrown)).toContain('ECONNREFUSED connect');
	expect(reasonOf(thrown)).not.toContain('secret');
	expect(reasonOf('text')).toBe('');

	const circle = new Error('round');
	circle.cause = circle;
	expect(reasonOf(circle)).toContain('round');
});

test('a request follows no redirect, leaves the status to us, and asks for a stream, so that no digit is lost and no size is read', () => {
	expect(requestFor('https://api.laigu.com', '/v2/clients', { limit: 20 })).toMatchObject({
		method: 'GET',
		url: 'https://api.laigu.com/v2/clients',
		qs: { limit: 20 },
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		encoding: 'stream',
		json: false,
	});
});
