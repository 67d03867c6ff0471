import { startChatModel } from '../../lab/chat-model.mjs';

const tool = {
	name: 'Laigu',
	description: 'Get many customers',
	parameters: { properties: { from: { type: 'string' } }, required: ['from'] },
};

type Model = Awaited<ReturnType<typeof startChatModel>>;
let model: Model;

beforeAll(async () => {
	model = await startChatModel();
});
afterAll(async () => await model.close());

async function post(path: string, body: object) {
	const response = await fetch(`${model.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
	return { status: response.status, json: JSON.parse(await response.text()) as Record<string, unknown> };
}

const chat = async (messages: object[], more = {}) =>
	await post('/chat/completions', { model: 'm', messages, tools: [{ type: 'function', function: tool }], ...more });

const question = { role: 'user', content: 'How many?' };

it('follows its script by what the tools have answered, however often it is asked', async () => {
	model.play([
		{ calls: [{ arguments: { from: 'a' } }, { arguments: { from: 'b' } }] },
		{ answer: (outputs: string[]) => outputs.join(' and ') },
	]);
	for (let time = 1; time <= 2; time++) {
		const first = await chat([{ role: 'system', content: 's' }, question]);
		expect(first.json).toMatchObject({
			choices: [{ message: { tool_calls: [{ function: { arguments: '{"from":"a"}' } }, { type: 'function' }] } }],
		});
		const last = await chat([
			{ role: 'user', content: 'An earlier question' },
			{ role: 'tool', content: 'An earlier output' },
			question,
			{ role: 'assistant', tool_calls: [] },
			{ role: 'tool', content: '1' },
			{ role: 'tool', content: [{ type: 'text', text: '2' }] },
		]);
		expect(last.json).toMatchObject({ choices: [{ finish_reason: 'stop', message: { content: '1 and 2' } }] });
	}
	expect(model.requests).toHaveLength(4);
	expect(model.requests[3]).toEqual({
		path: '/v1/chat/completions',
		question: 'How many?',
		tools: [tool],
		toolOutputs: ['1', '2'],
	});
});

it('speaks the Responses API as well', async () => {
	model.play([{ calls: [{ arguments: { from: 'a' } }] }, { answer: 'Two.' }]);
	const body = { model: 'm', tools: [{ type: 'function', ...tool }], input: [question] as object[] };
	const first = await post('/responses', body);
	expect(first.json.output).toMatchObject([{ type: 'function_call', name: 'Laigu', arguments: '{"from":"a"}' }]);
	body.input.push({ type: 'function_call' }, { type: 'function_call_output', output: '2' });
	const last = await post('/responses', body);
	expect(last.json.output).toMatchObject([{ type: 'message', content: [{ type: 'output_text', text: 'Two.' }] }]);
});

it.each([
	['a tool that is not offered', [{ calls: [{ tool: 'Other', arguments: {} }] }], {}, /calls Other of \["Laigu"\]/],
	[
		'an argument that the tool does not have',
		[{ calls: [{ arguments: { from: 'a', to: 'b' } }] }],
		{},
		/Laigu does not have to\./,
	],
	['a call without a required argument', [{ calls: [{ arguments: {} }] }], {}, /Laigu needs from\./],
	['the end of the script', [], {}, /no step after 0 tool outputs/],
])('refuses %s', async (_what, script, more, message) => {
	model.play(script);
	const { status, json } = await chat([question], more);
	expect(status).toBe(400);
	expect((json.error as { message: string }).message).toMatch(message);
});

it('streams Chat Completions where that is asked for, but not Responses', async () => {
	model.play([{ answer: 'Two.' }]);
	const body = JSON.stringify({ model: 'm', messages: [question], input: [question], stream: true });
	const response = await fetch(`${model.url}/chat/completions`, { method: 'POST', body });
	expect(response.headers.get('content-type')).toBe('text/event-stream');
	expect(await response.text()).toMatch(
		/^data: \{.*"delta":\{"role":"assistant","content":"Two\."\}.*\n\ndata: \[DONE\]\n\n$/s,
	);
	expect((await fetch(`${model.url}/responses`, { method: 'POST', body })).status).toBe(400);
});

it('refuses a route that it does not speak', async () => {
	expect((await post('/embeddings', {})).status).toBe(400);
});
