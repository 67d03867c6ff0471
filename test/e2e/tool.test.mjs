import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { agentWorkflow, saveAgentCredentials } from '../lab/agent-workflow.mjs';
import { startChatModel } from '../lab/chat-model.mjs';
import { lines } from '../lab/lines.mjs';
import { itemsOf } from '../lab/workflow.mjs';
import { startLab } from './n8n.mjs';

/** What an answer of the tool may cost an agent at most. */
const MOST_BYTES = 8_000;

/** The two ways of OpenAI's API to use tools; older model nodes know only the second. */
const RESPONSES = '/v1/responses';
const CHAT_COMPLETIONS = '/v1/chat/completions';

/** What the Laigu node says of a time that is none: what is wrong, and what to do. */
const MESSAGE = /'From' is not a date and time/;
const DESCRIPTION = /Enter a date and time such as 2026-01-31T08:00:00/;

/** What n8n itself tells an agent of a tool's error. Without an entry it tells nothing and ends the run. */
const PART_OF_ERROR = new Map([
	[lines.current, MESSAGE],
	[lines.oldest, DESCRIPTION],
]);

/** A day of the simulator's data, in Beijing. */
const DAY = { from: '2026-03-09T00:00:00+08:00', to: '2026-03-10T00:00:00+08:00' };

/** Customers of a range that the model chooses, and of each no more than it needs. */
const customersTool = {
	name: 'New customers',
	parameters: {
		resource: 'customer',
		operation: 'getAll',
		timeRange: 'custom',
		from: "={{ $fromAI('from', 'beginning of the range, ISO 8601 with offset', 'string') }}",
		to: "={{ $fromAI('to', 'end of the range, ISO 8601 with offset', 'string') }}",
		returnAll: true,
		output: 'selectedFields',
		fields: ['name', 'phone', 'channel'],
	},
};

let laigu;
let simulator;
let model;

before(async () => {
	const { tsImport } = await import('tsx/esm/api');
	laigu = await tsImport('../simulator/index.ts', import.meta.url);
	simulator = await laigu.startSimulator({ now: new Date('2026-03-10T12:00:00+08:00') });
	model = await startChatModel();
});

after(async () => {
	await model?.close();
	await simulator?.close();
});

/** The day's customers, straight from the simulator: Laigu lists those that left a way to reach them. */
const customersOfTheDay = () =>
	simulator.store.clients.filter((client) => laigu.hasContact(client) && isOfTheDay(client.created_on));

const isOfTheDay = (time) => Date.parse(time) >= Date.parse(DAY.from) && Date.parse(time) < Date.parse(DAY.to);

/** What the agent answered at the end. */
function answerOf(execution) {
	assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
	return itemsOf(execution, 'AI Agent')[0].output;
}

for (const line of Object.values(lines)) {
	describe(`an AI Agent of n8n ${line.n8n}`, () => {
		let lab;
		let credentials;

		before(async () => {
			lab = await startLab({ line });
			credentials = await saveAgentCredentials(lab.client, { simulator, model });
		});

		after(async () => await lab?.stop());

		/** Lets the agent work on a question. */
		async function ask(question, settings) {
			const workflow = await lab.client.createWorkflow(
				await agentWorkflow(lab.client, { question, credentials, tools: [customersTool], ...settings }),
			);
			return await lab.client.run(workflow);
		}

		for (const path of line === lines.oldest ? [CHAT_COMPLETIONS] : [RESPONSES, CHAT_COMPLETIONS]) {
			test(`counts the leads of a day with the Laigu node as its tool (${path})`, async () => {
				model.play([
					{ calls: [{ tool: 'New_customers', arguments: DAY }] },
					{
						answer: ([customers]) =>
							`${JSON.parse(customers).filter(({ channel }) => channel === 'douyin').length} leads came from Douyin.`,
					},
				]);
				const question = 'How many leads came from Douyin on 9 March?';
				const answer = answerOf(await ask(question, { model: { responsesApiEnabled: path === RESPONSES } }));

				const expected = customersOfTheDay();
				const fromDouyin = expected.filter(({ source }) => source === 'douyin');
				assert.ok(fromDouyin.length > 0 && fromDouyin.length < expected.length);
				assert.equal(answer, `${fromDouyin.length} leads came from Douyin.`);

				const [first, second] = model.requests;
				assert.equal(model.requests.length, 2);
				assert.deepEqual([first.path, first.question], [path, question]);
				const [{ name, description, parameters }] = first.tools;
				assert.equal(name, 'New_customers');
				assert.match(description, /Get many customers in Laigu/);
				assert.deepEqual(Object.keys(parameters.properties), ['from', 'to']);
				assert.deepEqual(parameters.required, ['from', 'to']);

				const [output] = second.toolOutputs;
				assert.deepEqual(
					JSON.parse(output).map(({ trackId, channel }) => [trackId, channel]),
					expected.map(({ track_id: trackId, source: channel }) => [trackId, channel]),
				);
				assert.ok(Buffer.byteLength(output) < MOST_BYTES, `${Buffer.byteLength(output)} bytes`);
			});
		}

		const askWrongly = async (tool) => {
			model.play([
				{ calls: [{ arguments: { ...DAY, from: 'the day before' } }] },
				{ calls: [{ arguments: DAY }] },
				{ answer: ([, customers]) => `${JSON.parse(customers).length} customers.` },
			]);
			return await ask('How many new customers?', { tools: [{ ...customersTool, ...tool }] });
		};

		test("reads what was wrong and what to do, when the tool's On Error is Continue, and calls again", async () => {
			const execution = await askWrongly({ onError: 'continueRegularOutput' });
			assert.equal(answerOf(execution), `${customersOfTheDay().length} customers.`);
			const [[wrong]] = model.requests.at(-1).toolOutputs.map((output) => JSON.parse(output));
			assert.match(wrong.error, MESSAGE);
			assert.match(wrong.description, DESCRIPTION);
		});

		const part = PART_OF_ERROR.get(line);
		test(part ? 'reads a part of it otherwise, and calls again' : 'is ended by n8n otherwise', async () => {
			const execution = await askWrongly();
			if (part) {
				assert.equal(answerOf(execution), `${customersOfTheDay().length} customers.`);
				assert.match(model.requests.at(-1).toolOutputs[0], part);
			} else {
				assert.equal(execution.status, 'error');
				assert.match(execution.data.resultData.error.message, MESSAGE);
			}
		});
	});
}
