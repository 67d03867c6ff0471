import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import { filters, readFilters } from '../parameters/filters';
import { findContacts, maskContacts, optionsOf, protectFormulas } from '../parameters/options';
import { outputChoice } from '../parameters/output';
import {
	collectionReader,
	readBoolean,
	readChoice,
	readChoices,
	readNumber,
	triggerReader,
} from '../parameters/reader';
import type { ChoiceProperty } from '../parameters/reader';
import type { Filters } from '../records/filter';
import type { Output } from '../records/shape';
import { ALL_EVENTS, EVENT_OPTIONS } from './events';

/** When n8n answers, by the option 'Respond'; the values are n8n's own. */
export const responseMode = '={{ $parameter["options"]["responseMode"] || "onReceived" }}';

/** The chosen events in words, for the node on the canvas. */
export const subtitle = `={{ [$parameter["events"]].flat().map((event) => (${JSON.stringify(
	Object.fromEntries(EVENT_OPTIONS.map(({ name, value }) => [value, value === ALL_EVENTS ? 'Every event' : name])),
)})[event] || event).join(", ") }}`;

const events: INodeProperties = {
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: EVENT_OPTIONS,
	default: [],
	description:
		'Which events start the workflow. Select the same ones in Laigu. All others are answered and start nothing.',
};

const output = outputChoice(['databaseRow', 'raw', 'simplified', 'spreadsheetRow']);

const acceptUnsignedAutomation: INodeProperties = {
	displayName: 'Accept Unsigned Automation Webhook',
	name: 'acceptUnsignedAutomation',
	type: 'boolean',
	default: false,
	description:
		"Whether to accept events from Laigu's automation (cus_became_leads), which Laigu does not sign, even though a credential is set. Anyone who knows the URL can then send made-up leads; all other events are still verified.",
};

const deduplicate: INodeProperties = {
	displayName: 'Deduplicate',
	name: 'deduplicate',
	type: 'boolean',
	default: true,
	description:
		'Whether to start the workflow only once when Laigu delivers the same event again. The repeated delivery is still answered.',
};

const includeTranscript: INodeProperties = {
	displayName: 'Include Transcript',
	name: 'includeTranscript',
	type: 'boolean',
	default: false,
	displayOptions: { hide: { '/output': ['raw'] } },
	description: 'Whether to add the dialogue as text to events about conversations, in the field transcript',
};

const maskTranscript: INodeProperties = {
	displayName: 'Mask Contacts in Transcript',
	name: 'maskTranscript',
	type: 'boolean',
	default: false,
	displayOptions: { hide: { '/output': ['raw'] } },
	description:
		'Whether to replace the middle of phones, WeChat and QQ IDs with asterisks in the transcript only: a language model sees no number, and the fields stay complete for a CRM',
};

const maxAgeSeconds: INodeProperties = {
	displayName: 'Max Age (Seconds)',
	name: 'maxAgeSeconds',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 0,
	description:
		"Refuse events that are older, or that are as far in the future by n8n's clock, so that nobody can send a recorded delivery again. 0 accepts any age. Leave time for a second delivery after a minute and for clock differences: 300 is a good value.",
};

const respond: ChoiceProperty<'onReceived' | 'lastNode'> = {
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
				'With 200 once the workflow has succeeded, with 500 if it failed: Laigu may then send the event again',
		},
	],
	default: 'onReceived',
	description:
		'When to answer Laigu. When Last Node Finishes means that an event answered with 200 has been processed. The workflow must be quick, and must be able to receive an event twice.',
};

const options = optionsOf([
	acceptUnsignedAutomation,
	deduplicate,
	findContacts,
	includeTranscript,
	maskContacts,
	maskTranscript,
	maxAgeSeconds,
	protectFormulas,
	respond,
]);

/** All parameters of the Laigu Trigger. */
export const properties: INodeProperties[] = [
	{
		displayName:
			'Events are verified with the signing secret in the credential. Without a credential, anyone who knows the URL can send events to this workflow.',
		name: 'credentialNotice',
		type: 'notice',
		default: '',
	},
	events,
	output,
	{
		...filters('conversation'),
		description: 'Which of the chosen events start the workflow. An event must pass all filters.',
	},
	options,
];

/** How the user set up the node. */
export interface Settings {
	events: string[];
	output: Output;
	filters: Filters;
	findContacts: boolean;
	includeTranscript: boolean;
	maskContacts: boolean;
	/** Whether contacts in the transcript are made unreadable even where the fields' are not. */
	maskTranscript: boolean;
	protectFormulas: boolean;
	/** How far in the past or in the future an event may be made; 0 for any time. */
	maxAgeSeconds: number;
	deduplicate: boolean;
	/** Whether n8n answers when the workflow has ended. */
	waits: boolean;
}

/**
 * The parameters that decide about events of a known origin.
 *
 * @throws NodeOperationError for a value that cannot work
 */
export function readSettings(context: IWebhookFunctions): Settings {
	const reader = triggerReader(context);
	const inside = collectionReader(reader, options);
	return {
		events: readChoices(reader, events),
		output: readChoice(reader, output),
		filters: readFilters(reader),
		findContacts: readBoolean(inside, findContacts),
		includeTranscript: readBoolean(inside, includeTranscript),
		maskContacts: readBoolean(inside, maskContacts),
		maskTranscript: readBoolean(inside, maskTranscript),
		protectFormulas: readBoolean(inside, protectFormulas),
		maxAgeSeconds: readNumber(inside, maxAgeSeconds),
		deduplicate: readBoolean(inside, deduplicate),
		waits: readChoice(inside, respond) === 'lastNode',
	};
}

/**
 * Whether events of the automation pass without a signature.
 *
 * @throws NodeOperationError for a value that cannot work
 */
export function readAcceptsAutomation(context: IWebhookFunctions): boolean {
	return readBoolean(collectionReader(triggerReader(context), options), acceptUnsignedAutomation);
}
