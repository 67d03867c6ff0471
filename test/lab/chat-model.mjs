import { createServer } from 'node:http';
import { dialects } from './chat-dialects.mjs';
import { listenOnLoopback } from './loopback.mjs';

/**
 * What the model does at one point of a conversation: it calls tools, or it answers. `tool` may be left out where only one is offered.
 *
 * @typedef {{ calls: Array<{ tool?: string, arguments: Record<string, unknown> }> } | { answer: string | ((toolOutputs: string[]) => string) }} Step
 *
 * @typedef {object} ChatRequest
 * @property {string} path - which of OpenAI's APIs was asked
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

/** A request that a real model would refuse as well, or a script that does not match what is asked. */
class Refused extends Error {}

/**
 * A chat model that follows a script, behind OpenAI's API on the loopback address: Chat Completions (streamed where that is asked
 * for) and Responses. It keeps no state of a conversation: how many tool outputs it is shown tells how far the script has come, so
 * that the same question asked again gets the same answers.
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
			const body = JSON.parse(text);
			if (body.stream && !dialect.toChunks) throw new Refused('Streaming is not spoken here.');
			const asked = { path: request.url, ...dialect.read(body) };
			model.requests.push(asked);
			const written = reply(dialect, body.model, script, asked);
			if (body.stream) stream(response, dialect.toChunks(written));
			else answer(200, written);
		} catch (error) {
			answer(400, { error: { message: error.message, type: 'invalid_request_error', code: null, param: null } });
		}
	});
	const { url, close } = await listenOnLoopback(server);
	return Object.assign(model, { url: `${url}/v1`, close });
}

function stream(response, chunks) {
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	for (const data of [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]']) response.write(`data: ${data}\n\n`);
	response.end();
}

function reply(dialect, name, script, { tools, toolOutputs }) {
	const { step, index } = stepAfter(script, toolOutputs.length);
	if ('answer' in step) {
		const text = typeof step.answer === 'function' ? step.answer(toolOutputs) : step.answer;
		return dialect.writeAnswer(name, text);
	}
	const calls = step.calls.map((call, position) => ({
		id: `call_${index}_${position}`,
		name: offered(call, tools).name,
		arguments: JSON.stringify(call.arguments),
	}));
	return dialect.writeCalls(name, calls);
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
	const wrong = [
		...Object.keys(call.arguments).flatMap((name) => (name in properties ? [] : [`does not have ${name}`])),
		...required.flatMap((name) => (name in call.arguments ? [] : [`needs ${name}`])),
	];
	if (wrong.length > 0) throw new Refused(`The script does not match: ${tool.name} ${wrong.join(', ')}.`);
	return tool;
}
