/**
 * The two ways of OpenAI's API to lead a conversation with tools, as far as n8n speaks them.
 *
 * @typedef {{ name: string, description: string, parameters: { properties?: object, required?: string[] } }} OfferedTool
 * @typedef {{ id: string, name: string, arguments: string }} ToolCall - `arguments` as JSON
 *
 * @typedef {object} Dialect
 * @property {(body: any) => { question: string, tools: OfferedTool[], toolOutputs: string[] }} read
 * @property {(model: string, text: string) => object} writeAnswer
 * @property {(model: string, calls: ToolCall[]) => object} writeCalls
 */

const textOf = (content) =>
	typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');

/** The last question, and what has come since. */
function sinceQuestion(messages) {
	const at = messages.findLastIndex(({ role }) => role === 'user');
	return { question: textOf(messages[at]?.content), since: messages.slice(at + 1) };
}

/** https://platform.openai.com/docs/api-reference/chat @type {Dialect} */
const chatCompletions = {
	read({ messages, tools = [] }) {
		const { question, since } = sinceQuestion(messages);
		return {
			question,
			tools: tools.map((tool) => tool.function),
			toolOutputs: since.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content)),
		};
	},
	writeAnswer: (model, content) => completion(model, 'stop', { content }),
	writeCalls: (model, calls) =>
		completion(model, 'tool_calls', {
			content: null,
			tool_calls: calls.map(({ id, ...call }) => ({ id, type: 'function', function: call })),
		}),
};

const completion = (model, finishReason, message) => ({
	id: 'chatcmpl-1',
	object: 'chat.completion',
	created: 0,
	model,
	choices: [{ index: 0, finish_reason: finishReason, logprobs: null, message: { role: 'assistant', ...message } }],
	usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});

/** https://platform.openai.com/docs/api-reference/responses @type {Dialect} */
const responses = {
	read({ input, tools = [] }) {
		const { question, since } = sinceQuestion(typeof input === 'string' ? [{ role: 'user', content: input }] : input);
		return {
			question,
			tools,
			toolOutputs: since.filter(({ type }) => type === 'function_call_output').map(({ output }) => textOf(output)),
		};
	},
	writeAnswer: (model, text) =>
		response(model, [
			{
				type: 'message',
				id: 'msg_1',
				role: 'assistant',
				status: 'completed',
				content: [{ type: 'output_text', text, annotations: [] }],
			},
		]),
	writeCalls: (model, calls) =>
		response(
			model,
			calls.map(({ id, ...call }) => ({
				type: 'function_call',
				id: `fc_${id}`,
				call_id: id,
				status: 'completed',
				...call,
			})),
		),
};

const response = (model, output) => ({
	id: 'resp_1',
	object: 'response',
	created_at: 0,
	status: 'completed',
	model,
	output,
	error: null,
	incomplete_details: null,
	metadata: {},
	usage: {
		input_tokens: 1,
		input_tokens_details: { cached_tokens: 0 },
		output_tokens: 1,
		output_tokens_details: { reasoning_tokens: 0 },
		total_tokens: 2,
	},
});

/** By method and path. @type {Record<string, Dialect>} */
export const dialects = { 'POST /v1/chat/completions': chatCompletions, 'POST /v1/responses': responses };
