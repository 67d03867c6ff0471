import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { laiguWebhookApiTest } from './methods';
import { properties, responseMode, subtitle } from './webhook/parameters';
import { activationMessage, eventTriggerDescription, triggerPanel } from './webhook/setup';

/** Starts a workflow with every event that Laigu sends: verified, and each only once. */
export class LaiguTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Laigu Trigger',
		name: 'laiguTrigger',
		icon: { light: 'file:laigu.svg', dark: 'file:laigu.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle,
		description:
			'Starts the workflow when Laigu (来鼓) sends an event: conversations, customers, visitors and leads from Xiaohongshu, Douyin, WeCom and web chat',
		eventTriggerDescription,
		activationMessage,
		triggerPanel,
		defaults: { name: 'Laigu Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'laiguWebhookApi', required: false, testedBy: 'laiguWebhookApiTest' }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode, responseData: 'noData', path: 'webhook' }],
		properties,
	};

	methods = {
		credentialTest: { laiguWebhookApiTest },
	};

	/** Laigu has no interface to subscribe a URL or to ask for one: a person registers it by hand, and n8n can neither see nor undo that. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				this.logger.info(
					'Laigu Trigger is listening. Register its production URL in Laigu by hand, if you have not done so yet.',
				);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				this.logger.info(
					'Laigu Trigger is no longer listening. Remove its URL from Laigu by hand, or Laigu continues to send events to it.',
				);
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { respond } = await import('./webhook/respond');
		return await respond(this);
	}
}
