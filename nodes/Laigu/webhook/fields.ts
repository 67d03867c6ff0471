import type { INodeProperties } from 'n8n-workflow';

import { ALL_EVENTS, EVENT_OPTIONS } from './events';

/** When n8n answers, by the option 'Respond'; the values are n8n's own. */
export const responseMode = '={{ $parameter["options"]["responseMode"] || "onReceived" }}';

/** All parameters of the Laigu Trigger. */
export const properties: INodeProperties[] = [
	{
		displayName:
			'Choose a credential with the signing secret of the webhook. Without a credential, anyone who knows the URL can send events to this workflow.',
		name: 'credentialNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: EVENT_OPTIONS,
		default: [ALL_EVENTS],
		description:
			'Which events start the workflow. Tick the same ones in Laigu. All others are answered and start nothing.',
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Raw', value: 'raw', description: 'The body just as Laigu sent it' },
			{
				name: 'Simplified',
				value: 'simplified',
				description: 'Clear names and times, with lead and attribution, as the Laigu node gives them',
			},
		],
		default: 'simplified',
		description: 'What each item holds',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		description: 'Which of the chosen events start the workflow',
		options: [
			{
				displayName: 'Only With Contact',
				name: 'onlyWithContact',
				type: 'boolean',
				default: false,
				description:
					'Whether to start only for events with a phone, a WeChat or a QQ. Others are answered and start nothing.',
			},
			{
				displayName: 'Sources',
				name: 'sources',
				type: 'string',
				default: '',
				placeholder: 'e.g. redbook, douyin',
				description:
					'Channels to start for, separated by commas, such as redbook (Xiaohongshu) and douyin. Events from elsewhere, and those that do not say where from, are answered and start nothing.',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Accept Unsigned Automation Webhook',
				name: 'acceptUnsignedAutomation',
				type: 'boolean',
				default: false,
				description:
					"Whether to accept events of Laigu's automation (cus_became_leads), which it does not sign, beside the credential. Anyone who knows the URL can then send made-up leads; all other events stay verified.",
			},
			{
				displayName: 'Deduplicate',
				name: 'deduplicate',
				type: 'boolean',
				default: true,
				description:
					'Whether to start the workflow only once when Laigu delivers the same event again. The repetition is answered all the same.',
			},
			{
				displayName: 'Include Transcript',
				name: 'includeTranscript',
				type: 'boolean',
				default: false,
				displayOptions: { show: { '/output': ['simplified'] } },
				description: 'Whether to add the dialogue as text to conversation events, as data.transcript',
			},
			{
				displayName: 'Max Age (Seconds)',
				name: 'maxAgeSeconds',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 0,
				description:
					'Refuse events that are older, so that a delivery which someone recorded cannot be sent again. 0 accepts any age. Leave room for a second delivery after a minute: 300 is a good value.',
			},
			{
				displayName: 'Respond',
				name: 'responseMode',
				type: 'options',
				options: [
					{
						name: 'Immediately',
						value: 'onReceived',
						description: 'As soon as the event is accepted, before the workflow runs',
					},
					{
						name: 'When Last Node Finishes',
						value: 'lastNode',
						description:
							'With 200 once the workflow has succeeded, with 500 if it has not: Laigu then sends the event again',
					},
				],
				default: 'onReceived',
				description:
					'When to answer Laigu. When Last Node Finishes means that an event answered with 200 has been worked through. The workflow has to be quick and able to take an event twice.',
			},
		],
	},
];
