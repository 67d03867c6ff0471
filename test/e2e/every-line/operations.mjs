import assert from 'node:assert/strict';
import { test } from 'node:test';

const byId = (value) => ({ __rl: true, mode: 'id', value: `${value}` });

/** Every operation of the Laigu node, each way of authentication, and what a person sees when one fails. @param {() => import('./world.mjs').World} world */
export function operations(world) {
	for (const [parameters, settings] of [
		[{ resource: 'conversation', operation: 'getAll', limit: 5 }],
		[
			{ resource: 'conversation', operation: 'getAll', limit: 5, options: { apiVersion: 'v1', order: 'newestFirst' } },
			{ credential: 'appSign' },
		],
		[{ resource: 'conversation', operation: 'getAll', limit: 2, output: 'messages' }],
		[{ resource: 'customer', operation: 'getAll', returnAll: true, output: 'databaseRow' }, { credential: 'appSign' }],
		[{ resource: 'customer', operation: 'find', findBy: 'name', value: '小', limit: 1 }],
		[{ resource: 'report', operation: 'getAgentService' }],
		[{ resource: 'report', operation: 'getAgentOnlineStats', output: 'databaseRow' }, { credential: 'appSign' }],
	]) {
		const { resource, operation, ...rest } = parameters;
		test(`${resource}: ${operation} ${JSON.stringify({ ...rest, ...settings })}`, async () => {
			const { status, items, error } = await world().run(parameters, settings);
			assert.equal(status, 'success', error?.message);
			assert.ok(items.length > 0);
		});
	}

	test('customer: getAll gives every customer of the range, each once', async () => {
		const { simulator, laigu, run } = world();
		const to = new Date();
		const from = new Date(to - 20 * 24 * 3_600_000);
		const { items } = await run({
			resource: 'customer',
			operation: 'getAll',
			timeRange: 'custom',
			from: from.toISOString(),
			to: to.toISOString(),
			returnAll: true,
			output: 'raw',
		});
		const isInside = (time) => Date.parse(time) >= from && Date.parse(time) < to;
		const expected = simulator.store.clients.filter(
			(client) => laigu.hasContact(client) && isInside(client.created_on),
		);
		const got = new Set(items.map(({ track_id: id }) => id));
		assert.ok(expected.length > 100);
		assert.ok(expected.every(({ track_id: id }) => got.has(id)));
		assert.deepEqual([items.length, got.size], [expected.length, expected.length]);
	});

	test('conversation: get', async () => {
		const { run } = world();
		const [{ conversationId }] = (await run({ resource: 'conversation', operation: 'getAll', limit: 1 })).items;
		const { items } = await run({
			resource: 'conversation',
			operation: 'get',
			conversationId: byId(conversationId),
			output: 'transcript',
		});
		assert.equal(items[0].conversationId, conversationId);
		assert.match(items[0].transcript, /^\[\d{4}-/);
	});

	test('a person who enters a wrong range reads which field and item it is, and what to do', async () => {
		const { status, error } = await world().run(
			{
				resource: 'conversation',
				operation: 'getAll',
				timeRange: 'custom',
				from: '={{ $json.from }}',
				to: '2026-02-01',
			},
			{ items: [{ from: '2026-01-01' }, { from: '2026-03-01' }] },
		);
		assert.equal(status, 'error');
		assert.equal(error.message, "'From' is after 'To' [Item 1]");
		assert.match(error.description, /ends after it begins/);
		assert.equal(error.context.itemIndex, 1);
		assert.equal(error.node.name, 'Laigu');
	});

	test('a person who asks for a conversation that is not there reads so', async () => {
		const { status, error } = await world().run({
			resource: 'conversation',
			operation: 'get',
			conversationId: byId(1),
		});
		assert.equal(status, 'error');
		assert.equal(error.message, 'Laigu has no conversation with this ID [Item 0]');
		assert.match(error.description, /^Check 'Conversation'/);
		assert.deepEqual([error.httpCode, error.context.data.errno], ['404', 10016]);
	});

	/** One item whose conversation is there, and one whose conversation is not. */
	const oneOfTwo = async (onError) => {
		const { simulator, run } = world();
		const { conv_id: id } = simulator.store.conversations.find(({ conv_end_tm: end }) => end);
		const parameters = { resource: 'conversation', operation: 'get', conversationId: byId('={{ $json.id }}') };
		return { id, ...(await run(parameters, { items: [{ id }, { id: 1 }], onError })) };
	};

	test('On Error: Continue gives an item that says why, in its place', async () => {
		const { id, status, items } = await oneOfTwo('continueRegularOutput');
		assert.equal(status, 'success');
		assert.equal(items.length, 2);
		assert.equal(items[0].conversationId, id);
		assert.equal(items[1].errno, 10016);
	});

	test('On Error: Continue (using error output) sends it the other way', async () => {
		const { id, status, items, errorItems } = await oneOfTwo('continueErrorOutput');
		assert.equal(status, 'success');
		assert.deepEqual(
			items.map(({ conversationId }) => conversationId),
			[id],
		);
		assert.equal(errorItems.length, 1);
		assert.match(JSON.stringify(errorItems[0]), /10016/);
	});
}
