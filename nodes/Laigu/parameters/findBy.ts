import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { FindBy } from '../records/match';
import type { ChoiceProperty } from './reader';

const WHOLE = 'The complete value, not case-sensitive';

const CHOICES: Record<FindBy, Omit<INodePropertyOptions, 'value'>> = {
	name: { name: 'Name', description: 'Any part of the name' },
	phone: { name: 'Phone', description: 'The complete number; spaces, dashes, full-width digits and +86 do not matter' },
	qq: { name: 'QQ', description: 'The whole number' },
	trackId: { name: 'Track ID', description: "Laigu's own ID of the customer" },
	wechat: { name: 'WeChat', description: WHOLE },
};

/** What a customer is found by, alphabetically. */
export const findByChoice = (among: FindBy[]): ChoiceProperty<FindBy> => ({
	displayName: 'Find By',
	name: 'findBy',
	type: 'options',
	options: (Object.keys(CHOICES) as FindBy[])
		.filter((value) => among.includes(value))
		.map((value) => ({ ...CHOICES[value], value })),
	default: 'phone',
	description: 'What you know about the customer',
});

/** What is looked for. */
export const findValue: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 13800138000',
	description: 'What to search for within the time range, newest first',
};

/** A few days rarely hold the customer: Laigu has no search, but a month is read in little time. */
export const FIND_RANGE = 'last30Days';
