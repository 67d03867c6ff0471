import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { laiguApiTest } from './methods';
import { properties, triggerPanel } from './poll/fields';

/** The Laigu Poll Trigger: asks Laigu at intervals what is new, so that n8n needs no address of its own on the internet. */
export class LaiguPollTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Laigu Poll Trigger',
		name: 'laiguPollTrigger',
		icon: { light: 'file:laigu.svg', dark: 'file:laigu.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle:
			'={{ { customerCreated: "Customer Created", customerUpdated: "Customer Updated", conversationEnded: "Conversation Ended" }[$parameter["event"]] }}',
		description:
			'Starts the workflow when customers are created or updated or conversations end in Laigu (来鼓), without a webhook',
		defaults: { name: 'Laigu Poll Trigger' },
		triggerPanel,
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'laiguApi', required: true, testedBy: 'laiguApiTest' }],
		properties,
	};

	methods = { credentialTest: { laiguApiTest } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const { poll } = await import('./poll/poll');
		return await poll(this);
	}
}
