import type { IDataObject } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { withCounts } from '../simulator/envelope';
import { CONVERSATION } from './records';
import { run, start, stopAll, succeed } from './world';

let one: Simulator;
let demo: Simulator;

beforeAll(async () => {
	one = await start({ conversations: [CONVERSATION], clients: [] });
	demo = await start({ now: new Date('2026-03-10T15:00:00+08:00'), days: 6 });
});
afterAll(stopAll);

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

	test.each(['4711', 'no number', '../clients'])(
		'says of the unknown ID %s that the conversation must be checked',
		async (id) => {
			const { error } = await run(demo, get(id));
			expect(error?.message).toMatch(/ \[Item 0\]$/);
			expect(error?.description).toContain("'Conversation'");
			expect(demo.requests.at(-1)?.path).toBe(`/v1/conversations/${encodeURIComponent(id)}`);
		},
	);
});
