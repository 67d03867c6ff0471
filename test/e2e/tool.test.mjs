import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { agentWorkflow } from '../lab/agent-workflow.mjs';
import { startChatModel } from '../lab/chat-model.mjs';
import { lines } from '../lab/lines.mjs';
import { itemsOf } from '../lab/workflow.mjs';
import { startLab } from './n8n.mjs';

/** What an answer of the tool may cost an agent at most. */
const MOST_BYTES = 8_000;

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
		fields: ['source', 'lead'],
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

for (const line of [lines.current, lines.legacy]) {
	describe(`an AI Agent of n8n ${line.n8n}`, () => {
		let lab;
		let credentials;

		before(async () => {
			lab = await startLab({ line });
			const save = async (type, data) => {
				const { id, name } = await lab.client.saveCredential({ name: type, type, data });
				return { id, name };
			};
			const { accessToken, enterpriseId } = simulator.account;
			credentials = {
				laiguApi: await save('laiguApi', {
					authentication: 'accessToken',
					accessToken,
					enterpriseId: `${enterpriseId}`,
					baseUrl: simulator.url,
					allowHttp: false,
				}),
				openAiApi: await save('openAiApi', { apiKey: 'none', organizationId: '', url: model.url, header: false }),
			};
		});

		after(async () => await lab?.stop());

		/** Lets the agent work on a question. */
		async function ask(question, settings) {
			const workflow = await lab.client.createWorkflow(
				await agentWorkflow(lab.client, { question, credentials, tools: [customersTool], ...settings }),
			);
			return await lab.client.run(workflow);
		}

		for (const [api, responsesApiEnabled] of [
			['Responses', true],
			['Chat Completions', false],
		]) {
			test(`counts the leads of a day with the Laigu node as its tool (OpenAI's ${api})`, async () => {
				model.play([
					{ calls: [{ tool: 'New_customers', arguments: DAY }] },
					{
						answer: ([customers]) =>
							`${JSON.parse(customers).filter(({ source }) => source === 'douyin').length} leads came from Douyin.`,
					},
				]);
				const question = 'How many leads came from Douyin on 9 March?';
				const answer = answerOf(await ask(question, { model: { responsesApiEnabled } }));

				const expected = customersOfTheDay();
				const fromDouyin = expected.filter(({ source }) => source === 'douyin');
				assert.ok(fromDouyin.length > 0 && fromDouyin.length < expected.length);
				assert.equal(answer, `${fromDouyin.length} leads came from Douyin.`);

				const [first, second] = model.requests;
				assert.equal(model.requests.length, 2);
				assert.equal(first.question, question);
				const [{ name, description, parameters }] = first.tools;
				assert.equal(name, 'New_customers');
				assert.match(description, /Get many customers in Laigu/);
				assert.deepEqual(Object.keys(parameters.properties), ['from', 'to']);
				assert.deepEqual(parameters.required, ['from', 'to']);

				const [output] = second.toolOutputs;
				assert.deepEqual(
					JSON.parse(output).map(({ trackId, source }) => [trackId, source]),
					expected.map(({ track_id: trackId, source }) => [trackId, source]),
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
			assert.match(wrong.error, /^'From' is not a date and time/);
			assert.match(wrong.description, /^Enter one such as 2026-01-31T08:00:00/);
		});

		if (line === lines.current) {
			test('reads what was wrong otherwise', async () => {
				assert.equal(answerOf(await askWrongly()), `${customersOfTheDay().length} customers.`);
				assert.match(model.requests.at(-1).toolOutputs[0], /'From' is not a date and time/);
			});
		} else {
			test('is ended by n8n 1.x otherwise', async () => {
				const { status, data } = await askWrongly();
				assert.equal(status, 'error');
				assert.match(data.resultData.error.message, /'From' is not a date and time/);
			});
		}
	});
}
