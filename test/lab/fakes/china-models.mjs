import { createOpenAi } from './openai.mjs';

/** Where each of them speaks OpenAI's language: https://api-docs.deepseek.com, https://help.aliyun.com/zh/model-studio. */
const PREFIXES = { 'api.deepseek.com': '', 'dashscope.aliyuncs.com': '/compatible-mode' };

/**
 * DeepSeek and Qwen (Alibaba Cloud Model Studio) with answers that are given.
 *
 * @param {{ apiKey: string, reply: (question: string) => string | undefined }} model - as for `createOpenAi`
 * @returns {import('./outside.mjs').StandIn & { asked: Array<{ host: string, model: string, question: string }> }}
 */
export function createChinaModels(model) {
	const asked = [];
	const openAi = createOpenAi(model);
	return {
		hosts: Object.keys(PREFIXES),
		asked,
		async answer(request) {
			const prefix = PREFIXES[request.host];
			if (!request.path.startsWith(`${prefix}/v1/`)) return { status: 404, body: {} };
			const answer = await openAi.answer({ ...request, path: request.path.slice(prefix.length) });
			asked.push({ host: request.host, model: request.json?.model, question: openAi.questions.at(-1) });
			return answer;
		},
	};
}
