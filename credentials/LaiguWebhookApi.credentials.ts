import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/**
 * Credential for the events that Laigu sends: what proves that an event comes from your own Laigu account. Apart from the API's
 * credential, because many accounts have webhooks without having the API.
 */
export class LaiguWebhookApi implements ICredentialType {
	name = 'laiguWebhookApi';

	displayName = 'Laigu Webhook API';

	icon: Icon = { light: 'file:../nodes/Laigu/laigu.svg', dark: 'file:../nodes/Laigu/laigu.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-laigu/n8n-nodes-laigu#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The secret that Laigu shows next to the webhook. Events whose signature does not match are refused. n8n can check only its format; whether it is correct shows with the first event from Laigu.',
		},
		{
			displayName: 'Enterprise Token',
			name: 'enterpriseToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. 0123456789abcdef0123456789abcdef',
			description:
				'Optional. The enterprise_token in the events of your account, 32 characters. If set, events from any other enterprise are refused.',
		},
	];
}
