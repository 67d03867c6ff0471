import { dialects } from '../chat-dialects.mjs';

const refusal = (status, message) => ({
	status,
	body: { error: { message, type: 'invalid_request_error', code: null } },
});

/**
 * OpenAI with a model whose answers are given.
 *
 * @param {{ apiKey: string, reply: (question: string) => string | undefined }} model - `reply`: to what was asked last; undefined for a request that the
 *   service refuses
 * @returns {import('./outside.mjs').StandIn & { questions: string[] }} `questions`: what it was asked
 */
export function createOpenAi({ apiKey, reply }) {
	const questions = [];
	return {
		hosts: ['api.openai.com'],
		questions,
		answer({ method, path, headers, json }) {
			if (headers.authorization !== `Bearer ${apiKey}`) return refusal(401, 'Incorrect API key provided.');
			const dialect = dialects[`${method} ${path}`];
			if (!dialect) return refusal(404, `${method} ${path} is not spoken here.`);
			const { question } = dialect.read(json);
			questions.push(question);
			const answer = reply(question);
			if (answer === undefined) return refusal(400, 'The model cannot answer this.');
			return { body: dialect.writeAnswer(json.model, answer) };
		},
	};
}
