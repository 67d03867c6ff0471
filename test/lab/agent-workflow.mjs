import { tokenCredential } from './credential.mjs';

/**
 * Saves the two credentials that an agent with Laigu tools needs.
 *
 * @param {import('./n8n-client.mjs').N8nClient} client
 * @param {{ simulator: { url: string, account: { accessToken: string, enterpriseId: string | number } }, model: { url: string } }} services
 * @returns {Promise<{ laiguApi: { id: string, name: string }, openAiApi: { id: string, name: string } }>} as `agentWorkflow` takes them
 */
export async function saveAgentCredentials(client, { simulator, model }) {
	const save = async (type, data) => {
		const { id, name } = await client.saveCredential({ name: type, type, data });
		return { id, name };
	};
	return {
		laiguApi: await save('laiguApi', tokenCredential(simulator)),
		openAiApi: await save('openAiApi', { apiKey: 'none', organizationId: '', url: model.url, header: false }),
	};
}

/**
 * A workflow in which an AI Agent answers a question with an OpenAI model and Laigu nodes as its tools, as the editor would save it:
 * the newest version of each node that this n8n has.
 *
 * @param {import('./n8n-client.mjs').N8nClient} client - of the n8n that it is for
 * @param {object} settings
 * @param {string} settings.question
 * @param {Array<{ name: string, parameters: object, onError?: string }>} settings.tools - Laigu nodes; an agent knows them by their names, with `_` for spaces
 * @param {{ laiguApi: { id: string, name: string }, openAiApi: { id: string, name: string } }} settings.credentials
 * @param {object} [settings.model] - parameters of the OpenAI Chat Model
 * @returns {Promise<import('./workflow.mjs').NewWorkflow>} the agent is called "AI Agent"; its item's `output` is the answer
 */
export async function agentWorkflow(client, { question, tools, credentials: { laiguApi, openAiApi }, model = {} }) {
	const types = await client.nodeTypes();
	const newest = (type) => Math.max(...types.filter(({ name }) => name === type).flatMap(({ version }) => version));
	const node = (name, type, position, rest) => ({
		id: name,
		name,
		type,
		typeVersion: newest(type),
		position,
		parameters: {},
		...rest,
	});
	const into = (connection) => ({ [connection]: [[{ node: 'AI Agent', type: connection, index: 0 }]] });
	return {
		name: question,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', [0, 0]),
			node('AI Agent', '@n8n/n8n-nodes-langchain.agent', [220, 0], {
				parameters: { promptType: 'define', text: question, options: {} },
			}),
			node('OpenAI Chat Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', [120, 220], {
				parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {}, ...model },
				credentials: { openAiApi },
			}),
			...tools.map(({ name, ...tool }, index) =>
				node(name, 'n8n-nodes-laigu.laiguTool', [340 + index * 220, 220], { ...tool, credentials: { laiguApi } }),
			),
		],
		connections: {
			Start: into('main'),
			'OpenAI Chat Model': into('ai_languageModel'),
			...Object.fromEntries(tools.map(({ name }) => [name, into('ai_tool')])),
		},
		// what the editor gives every new workflow; in the old order the agent would continue before its tool has answered
		settings: { executionOrder: 'v1' },
	};
}
