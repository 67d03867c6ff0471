import { once } from 'node:events';
import { createServer } from 'node:http';
import { dialects } from './chat-dialects.mjs';

/**
 * What the model does at one point of a conversation: it calls tools, or it answers. `tool` may be left out where only one is offered.
 *
 * @typedef {{ calls: Array<{ tool?: string, arguments: Record<string, unknown> }> } | { answer: string | ((toolOutputs: string[]) => string) }} Step
 *
 * @typedef {object} ChatRequest
 * @property {string} question - what the person wrote last
 * @property {import('./chat-dialects.mjs').OfferedTool[]} tools
 * @property {string[]} toolOutputs - what came back from the tools since that question, in order, as the model reads it
 *
 * @typedef {object} ChatModel
 * @property {string} url - for Base URL of n8n's OpenAI credential
 * @property {ChatRequest[]} requests - everything that the model was asked, in order
 * @property {(script: Step[]) => void} play - begins another script, with `requests` empty
 * @property {() => Promise<void>} close
 */

/** A request that a real model would refuse as well, or a script that does not fit what is asked. */
class Refused extends Error {}

/**
 * A chat model that follows a script, behind OpenAI's API on the loopback address: Chat Completions and Responses, not streamed.
 * It keeps no state of a conversation: how many tool outputs it is shown tells how far the script has come, so that the same
 * question asked again gets the same answers.
 *
 * @param {{ script?: Step[] }} [options] - more tool calls than the script has end with an error of the API
 * @returns {Promise<ChatModel>}
 */
export async function startChatModel({ script = [] } = {}) {
	const model = { requests: [], play };
	function play(next) {
		script = next;
		model.requests = [];
	}
	const server = createServer(async (request, response) => {
		const answer = (status, json) =>
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
		try {
			let text = '';
			for await (const chunk of request) text += chunk;
			const dialect = dialects[`${request.method} ${request.url}`];
			if (!dialect) throw new Refused(`${request.method} ${request.url} is not spoken here.`);
			answer(200, reply(dialect, JSON.parse(text), script, model.requests));
		} catch (error) {
			answer(400, { error: { message: error.message, type: 'invalid_request_error', code: null, param: null } });
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return Object.assign(model, {
		url: `http://127.0.0.1:${server.address().port}/v1`,
		close: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	});
}

function reply(dialect, body, script, requests) {
	if (body.stream) throw new Refused('Streaming is not spoken here.');
	const request = dialect.read(body);
	requests.push(request);
	const { tools, toolOutputs } = request;
	const { step, index } = stepAfter(script, toolOutputs.length);
	if ('answer' in step) {
		const text = typeof step.answer === 'function' ? step.answer(toolOutputs) : step.answer;
		return dialect.writeAnswer(body.model, text);
	}
	const calls = step.calls.map((call, position) => ({
		id: `call_${index}_${position}`,
		name: offered(call, tools).name,
		arguments: JSON.stringify(call.arguments),
	}));
	return dialect.writeCalls(body.model, calls);
}

/** The step that is due when so many outputs have come: all calls of the steps before it are answered. */
function stepAfter(script, outputs) {
	let answered = 0;
	for (const [index, step] of script.entries()) {
		if (answered === outputs) return { step, index };
		answered += step.calls?.length ?? 0;
	}
	throw new Refused(`The script has no step after ${outputs} tool outputs.`);
}

/** The tool that a call means; a model can call only what it is offered, with the arguments that the schema has. */
function offered(call, tools) {
	const tool = call.tool ? tools.find(({ name }) => name === call.tool) : tools.length === 1 ? tools[0] : undefined;
	if (!tool)
		throw new Refused(
			`The script calls ${call.tool ?? 'the only tool'} of ${JSON.stringify(tools.map(({ name }) => name))}.`,
		);
	const { properties = {}, required = [] } = tool.parameters;
	const unknown = Object.keys(call.arguments).filter((name) => !(name in properties));
	const missing = required.filter((name) => !(name in call.arguments));
	if (unknown.length + missing.length > 0)
		throw new Refused(
			`The script's call of ${tool.name} has ${unknown} that the schema has not, and lacks ${missing}.`,
		);
	return tool;
}
