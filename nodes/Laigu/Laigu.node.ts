import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { properties, subtitle } from './actions';
import { laiguApiTest, searchConversations } from './methods';

/** The Laigu action node, also a tool for AI agents: conversations, customers and reports of one Laigu account. */
export class Laigu implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Laigu',
		name: 'laigu',
		icon: { light: 'file:laigu.svg', dark: 'file:laigu.dark.svg' },
		group: ['input'],
		version: [1],
		subtitle,
		description:
			'Get conversations, transcripts, customers (leads) and agent reports from Laigu (来鼓), the inbox for Xiaohongshu, Douyin, WeCom and web chat',
		defaults: { name: 'Laigu' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'laiguApi', required: true, testedBy: 'laiguApiTest' }],
		properties,
	};

	methods = {
		listSearch: { searchConversations },
		credentialTest: { laiguApiTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { router } = await import('./actions/router');
		return [await router(this)];
	}
}
