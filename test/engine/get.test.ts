import type { IDataObject } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { withCounts } from '../simulator/envelope';
import { answering, credentialFor, stopAnswering } from './answering';
import { runLaigu } from './engine';
import { CONVERSATION } from './records';
import { run, start, stopAll, succeed } from './world';

let one: Simulator;
let demo: Simulator;

beforeAll(async () => {
	one = await start({ conversations: [CONVERSATION], clients: [] });
	demo = await start({ now: new Date('2026-03-10T15:00:00+08:00'), days: 6 });
});
afterAll(async () => {
	await stopAll();
	await stopAnswering();
});

/** As it is after a journey as JSON. */
const sent = <T>(value: T) => JSON.parse(JSON.stringify(value)) as T;

describe('conversation get', () => {
	const get = (value: unknown, mode = 'id'): IDataObject => ({
		resource: 'conversation',
		operation: 'get',
		conversationId: { __rl: true, mode, value },
	});

	test.each(['list', 'id'])('by %s gives the conversation with that ID', async (mode) => {
		const { conv_id: id } = demo.store.conversations[7];
		const { json } = await succeed(demo, { ...get(`${id}`, mode), output: 'raw' });
		expect(json).toEqual([sent(withCounts(demo.store.conversations[7], 'number'))]);
		expect(demo.requests.at(-1)).toMatchObject({ path: `/v1/conversations/${id}`, query: { conv_id: `${id}` } });
	});

	test('takes a number from an expression', async () => {
		const { json } = await succeed(one, get('={{ $json.conversationId }}'), {
			input: [{ conversationId: 9000000001 }],
		});
		expect(json[0].conversationId).toBe(9000000001);
	});

	test('says of an unknown ID that the conversation must be checked', async () => {
		const { error } = await run(demo, get('4711'));
		expect(error?.message).toBe('Laigu has no conversation with this ID [Item 0]');
		expect(error?.description).toContain("'Conversation'");
		expect(demo.requests.at(-1)?.path).toBe('/v1/conversations/4711');
	});

	test.each([
		['another number', '6', false],
		['a longer number', '55', false],
		['nothing that can be compared', undefined, true],
		['the number as text', '"5"', true],
		['the number', '5', true],
		['the number with zeros before it', '"005"', true],
	])('an answer that holds %s is compared with what was asked', async (_, id, isRight) => {
		const record = id === undefined ? '{"agent_name":"Lin"}' : `{"conv_id":${id},"agent_name":"Lin"}`;
		const server = await answering(() => ({ body: `{"errno":0,"errmsg":"","result":${record}}` }));
		const { error, json } = await runLaigu({
			parameters: { ...get('5'), output: 'raw' },
			credentials: credentialFor(server.url),
		});
		expect(json).toHaveLength(isRight ? 1 : 0);
		expect(error?.message).toBe(
			isRight ? undefined : 'Laigu returned a different conversation than the one requested [Item 0]',
		);
		if (!isRight) expect(error?.description).toMatch(/^Conversation 5 was requested/);
	});

	test('a record that is nested too deeply comes all the same, and is told of', async () => {
		const deep = `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`;
		const body = `{"errno":0,"errmsg":"","result":{"conv_id":5,"agent_name":"Lin","extra":${deep}}}`;
		const server = await answering(() => ({ body }));
		const { json, hints } = await runLaigu({ parameters: get('5') as never, credentials: credentialFor(server.url) });
		expect(json).toEqual([expect.objectContaining({ conversationId: 5, agentName: 'Lin' })]);
		expect(hints).toEqual(['Records nested so deeply that their innermost values were left out: 1.']);
	});

	test('an ID with more digits than a number can hold is asked for as it stands', async () => {
		const { error } = await run(demo, get('12345678901234567890'));
		expect(error?.message).toBe('Laigu has no conversation with this ID [Item 0]');
		expect(demo.requests.at(-1)?.path).toBe('/v1/conversations/12345678901234567890');
	});
});
