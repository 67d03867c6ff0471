import fc from 'fast-check';

import { checkResponse } from '../../nodes/Laigu/http/client';
import { readPage, readRecord } from '../../nodes/Laigu/http/answer';
import { answering, credentialFor, stopAnswering } from '../engine/answering';
import { runLaigu } from '../engine/engine';
import { drawing, expectOwnError, expectPrototypesUntouched, hostileText, hostileValue } from './hostile';

afterEach(async () => {
	await stopAnswering();
	expectPrototypesUntouched();
});

const SECRET = 'a-token-of-the-tests';
const DAY = { timeRange: 'custom', from: '2026-03-10T00:00:00+08:00', to: '2026-03-11T00:00:00+08:00' };
const OPERATIONS = [
	{ resource: 'conversation', operation: 'getAll', returnAll: true, ...DAY },
	{ resource: 'customer', operation: 'getAll', returnAll: false, limit: 3, output: 'databaseRow', ...DAY },
	{
		resource: 'conversation',
		operation: 'get',
		conversationId: { __rl: true, mode: 'id', value: '5' },
		output: 'transcript',
	},
	{ resource: 'report', operation: 'getAgentService', ...DAY },
];

/** Answers that are nearly right: a list under one of the keys, of whatever. */
const nearly = fc
	.tuple(
		fc.constantFrom('result', 'data', 'conversations', 'clients', 'rows', 'list'),
		fc.oneof(fc.array(hostileValue, { maxLength: 25 }), hostileValue),
		fc.oneof(fc.constantFrom('', 'x', null, {}, [], true, 7), hostileText),
		fc.oneof(fc.constantFrom(0, '0', 10011, 10014, 10016, 'x', null), hostileText),
		fc.oneof(fc.constantFrom('', `${SECRET} is wrong`, 'The param of from_tm is invalid.'), hostileText),
	)
	.map(([key, list, token, errno, errmsg]) => ({ [key]: list, next_page_token: token, errno, errmsg }));

const answers = fc.oneof(
	{ weight: 3, arbitrary: nearly.map((body) => JSON.stringify(body)) },
	hostileValue.map((value) => JSON.stringify(value)),
	hostileText,
	nearly.map((body) => JSON.stringify(body).slice(0, -3)),
);

test('any answer is either read or a fault in our words, with no secret in it', () => {
	const credentials = { ...credentialFor('http://127.0.0.1') };
	fc.assert(
		fc.property(
			answers,
			fc.constantFrom(200, 204, 301, 400, 401, 403, 404, 429, 500, 503),
			hostileText,
			(body, statusCode, header) => {
				const outcome = checkResponse({ statusCode, body, headers: { 'retry-after': header } }, credentials);
				if (outcome.fault) {
					expect(outcome.fault.message).toMatch(/^[A-Z]/);
					expect(JSON.stringify(outcome.fault)).not.toContain(SECRET);
					expect(outcome.fault.errmsg.length).toBeLessThanOrEqual(300);
					return;
				}
				const page = readPage(outcome.body);
				if (page)
					expect(page.records.every((record) => typeof record === 'object' && !Array.isArray(record))).toBe(true);
				readRecord(outcome.body);
			},
		),
		drawing(2_000),
	);
});

test('whatever Laigu answers, a run gives items or ends with one of our messages', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(answers, { minLength: 1, maxLength: 4 }),
			fc.constantFrom(...OPERATIONS),
			async (bodies, parameters) => {
				const server = await answering((_, count) => ({ body: bodies[count % bodies.length] }));
				const { error, items } = await runLaigu({
					parameters: { ...parameters, options: { maxRetries: 0 } },
					credentials: credentialFor(server.url),
				});
				expectOwnError(error);
				expect(JSON.stringify({ items, error: { ...error, message: error?.message } })).not.toContain(SECRET);
				expect(server.asked.length).toBeLessThanOrEqual(200);
				await server.close();
			},
		),
		drawing(40),
	);
});

test.each([100, 1_000, 20_000])(
	'a record nested %i levels deep stops neither the run nor its neighbours',
	async (depth) => {
		const record = (id: number, more: object) => ({ conv_id: id, conv_end_tm: `2026-03-10 0${id}:00:00`, ...more });
		const deep = `${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`;
		const body = JSON.stringify({
			errno: 0,
			result: [record(1, {}), record(2, { agent_attrs: 'DEEP' }), record(3, {})],
			next_page_token: '',
		});
		const server = await answering(() => ({ body: body.replace('"DEEP"', deep) }));
		const { error, items } = await runLaigu({
			parameters: OPERATIONS[0],
			credentials: credentialFor(server.url),
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.conversationId)).toEqual(expect.arrayContaining([1, 3]));
	},
);
