import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { tsImport } from 'tsx/esm/api';
import { agentWorkflow, saveAgentCredentials } from '../lab/agent-workflow.mjs';
import { startChatModel } from '../lab/chat-model.mjs';
import { itemsOf } from '../lab/workflow.mjs';
import { startLab } from './n8n.mjs';

const { TASKS } = await tsImport('../agent/tasks.ts', import.meta.url);
const { TOOLS } = await tsImport('../agent/tools.ts', import.meta.url);
const { factsOf } = await tsImport('../agent/facts.ts', import.meta.url);
const { startSimulator } = await tsImport('../simulator/index.ts', import.meta.url);

/** What an answer of a tool may cost an agent at most. */
const MOST_BYTES = 8_000;
/** What the offer of all tools may cost, which a model reads with every question. */
const MOST_OFFER_BYTES = 5_000;

let lab;
let simulator;
let facts;
let model;
let credentials;

before(async () => {
	// a busy account: about 300 leads a day
	simulator = await startSimulator({ days: 9, conversationsPerDay: 600 });
	facts = factsOf(simulator);
	model = await startChatModel();
	lab = await startLab();
	credentials = await saveAgentCredentials(lab.client, { simulator, model });
});

after(async () => {
	await lab?.stop();
	await model?.close();
	await simulator?.close();
});

/** Lets an agent with all the tools make one call and answer. */
async function ask(question, call, answer) {
	model.play([{ calls: [call] }, { answer: ([output]) => answer(output) }]);
	const workflow = await lab.client.createWorkflow(
		await agentWorkflow(lab.client, { question, credentials, tools: TOOLS }),
	);
	const execution = await lab.client.run(workflow, { timeoutMs: 120_000 });
	await lab.client.deleteWorkflow(workflow.id);
	assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
	assert.equal(model.requests.length, 2);
	const { tools, toolOutputs } = model.requests[1];
	return { answer: itemsOf(execution, 'AI Agent')[0].output, tools, output: toolOutputs[0] };
}

const asJson = (value) => JSON.parse(JSON.stringify(value));

describe('an AI Agent with the tools that the documents recommend', () => {
	for (const task of TASKS) {
		test(task.question, async () => {
			const read = (output) => JSON.stringify(task.answer(JSON.parse(output)));
			const { answer, output } = await ask(task.question, task.call(facts), read);
			assert.deepEqual(JSON.parse(answer), asJson(task.truth(facts, JSON.parse(output))));
			assert.ok(Buffer.byteLength(output) < MOST_BYTES, `${Buffer.byteLength(output)} bytes`);
		});
	}

	test('is offered a few words on each tool, and only the fields that are left to it', async () => {
		const { tools } = await ask('Anything new?', { tool: 'Latest_leads', arguments: { limit: 1 } }, () => 'Yes.');
		assert.deepEqual(
			Object.fromEntries(tools.map(({ name, parameters }) => [name, Object.keys(parameters.properties).sort()])),
			{
				Find_customer: ['findBy', 'value'],
				Last_conversation: ['findBy', 'value'],
				Count_leads: ['countBy', 'from', 'timeRange', 'to'],
				Count_conversations: ['countBy', 'from', 'timeRange', 'to'],
				Latest_leads: ['limit'],
				Latest_conversations: ['limit'],
				Agent_figures: ['from', 'groupBy', 'timeRange', 'to'],
				Agent_online_times: ['from', 'timeRange', 'to'],
			},
		);
		const bytes = Buffer.byteLength(JSON.stringify(tools));
		assert.ok(bytes < MOST_OFFER_BYTES, `${bytes} bytes`);
	});

	test('reads that nobody was found, and how far back the search went', async () => {
		const call = { tool: 'Find_customer', arguments: { findBy: 'phone', value: '19900000000' } };
		const { answer } = await ask('Who is 19900000000?', call, (output) => output);
		const [nothing, searched] = JSON.parse(answer);
		assert.deepEqual(nothing, { hint: 'Nothing was found.' });
		assert.match(searched.hint, /^\d+ customers were searched, back to /);
	});

	test('reads what it may ask, after it asked for something else', async () => {
		const call = { tool: 'Agent_figures', arguments: { timeRange: 'nextWeek', from: '', to: '', groupBy: 'day' } };
		const { answer } = await ask('How will next week be?', call, (output) => output);
		assert.match(answer, /'Time Range' cannot be .*nextWeek/);
		assert.match(answer, /Use one of: .*last7Days.*yesterday/);
	});
});
