import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, INodeTypeDescription } from 'n8n-workflow';

import { testInEnglish } from '../chinese/english';
import type { Simulator } from '../simulator';
import { HOUR } from '../simulator/time';
import { toolType, withTool } from './agent';
import { nodeOf } from './engine';
import { clientsAt, conversationsAt, FROM, start, stopAll } from './world';

let sim: Simulator;

beforeAll(async () => {
	const times = Array.from({ length: 30 }, (_, index) => FROM + (index + 1) * HOUR);
	sim = await start({ conversations: conversationsAt(times), clients: clientsAt(times) });
});
beforeEach(() => {
	sim.resetRequests();
});
afterAll(stopAll);

const FROM_AI = {
	resource: 'customer',
	operation: 'getAll',
	timeRange: 'custom',
	from: "={{ $fromAI('from', 'beginning of the range', 'string') }}",
	to: "={{ $fromAI('to', 'end of the range', 'string') }}",
	limit: "={{ $fromAI('limit', 'how many', 'string') }}",
};

test('the node becomes a tool that an agent can choose and fill in', async () => {
	const tool = await withTool(
		sim,
		FROM_AI,
		async ({ name, description, schema }) =>
			await Promise.resolve({ name, description, fields: Object.keys(schema.shape) }),
	);
	expect(tool).toEqual({
		name: 'Laigu_tool',
		description: expect.stringMatching(/customers/i) as string,
		fields: ['from', 'to', 'limit'],
	});
});

test.each(['5', ' 5 ', 5])('an agent calls it with the limit %j', async (limit) => {
	const answer = await withTool(
		sim,
		FROM_AI,
		async (tool) => await tool.invoke({ from: '2026-03-10', to: '2026-03-11 00:00:00', limit: `${limit}` }),
	);
	const customers = JSON.parse(answer as string) as IDataObject[];
	expect(customers).toHaveLength(6);
	expect(customers[5]).toEqual({ hint: expect.stringMatching(/^The limit of 5 customers was reached/) as string });
	expect(customers[0]).toMatchObject({ trackId: expect.any(String) as string, phone: expect.any(String) as string });
	// the newest five of 24 on two pages, which Laigu sorts by ID
	expect(sim.requests).toHaveLength(2);
});

test('an agent that fills in something impossible learns what to do', async () => {
	const call = withTool(
		sim,
		FROM_AI,
		async (tool) => await tool.invoke({ from: 'yesterday-ish', to: '2026-03-11', limit: '5' }),
	);
	await expect(call).rejects.toMatchObject({
		message: expect.stringMatching(
			/^'From' is not a date and time .*\n\nDetails: Enter a date and time such as 2026-01-31T08:00:00/,
		) as string,
	});
	expect(sim.requests).toEqual([]);
});

test('an agent gets a transcript by the ID that it was told', async () => {
	const { conv_id: id } = sim.store.conversations[3];
	const parameters = {
		resource: 'conversation',
		operation: 'get',
		output: 'transcript',
		conversationId: { __rl: true, mode: 'id', value: "={{ $fromAI('id', 'the conversation', 'number') }}" },
	};
	const answer = await withTool(sim, parameters, async (tool) => await tool.invoke({ id }));
	expect(JSON.parse(answer as string)).toMatchObject([{ conversationId: id, transcript: '' }]);
});

testInEnglish('every operation has a description for agents', async () => {
	const type = await toolType();
	for (const [resource, operation] of [
		['conversation', 'get'],
		['conversation', 'getAll'],
		['customer', 'getAll'],
		['customer', 'find'],
		['report', 'getAgentService'],
		['report', 'getAgentOnlineStats'],
	]) {
		const node = nodeOf('Tool', 'test.laiguTool', { parameters: { resource, operation, descriptionType: 'auto' } });
		const description = NodeHelpers.getToolDescriptionForNode(node, type);
		expect(description).toMatch(/ in Laigu$/);
		expect(description.toLowerCase()).toContain(resource === 'report' ? 'agent' : resource);
	}
});

/** The notices that are shown for an operation, in the node itself or as a tool. */
function noticesOf(description: INodeTypeDescription, resource: string, operation: string): string[] {
	const values = { resource, operation };
	return description.properties
		.filter(({ type }) => type === 'notice')
		.filter((notice) => NodeHelpers.displayParameter(values, notice, { typeVersion: 1 }, description))
		.map(({ displayName }) => displayName);
}

testInEnglish.each([
	['conversation', 'find', "'Selected Fields' or 'Transcript' as 'Output', and a low 'Limit'"],
	['conversation', 'get', "'Selected Fields' or 'Transcript' as 'Output'"],
	['conversation', 'getAll', "'Count', 'Selected Fields' or 'Transcript' as 'Output', and a low 'Limit'"],
	['customer', 'find', "'Selected Fields' as 'Output', and a low 'Limit'"],
	['customer', 'getAll', "'Count' or 'Selected Fields' as 'Output', and a low 'Limit'"],
	['report', 'getAgentService', "'Selected Fields' as 'Output'"],
	['report', 'getAgentOnlineStats', "'Selected Fields' as 'Output'"],
])('as a tool alone %s %s asks to keep its answers short, by what it has', async (resource, operation, advice) => {
	const tool = (await toolType()).description;
	expect(noticesOf(tool, resource, operation)).toEqual([
		`The agent reads everything that this tool returns. Keep it short: ${advice}.`,
	]);
	expect(noticesOf({ ...tool, name: 'laigu' }, resource, operation)).toEqual([]);
});
