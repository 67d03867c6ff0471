import type { GroupBy } from '../records/tables';
import type { ChoiceProperty } from './reader';

/** What an item of a report is about. */
export const groupBy: ChoiceProperty<GroupBy> = {
	displayName: 'Group By',
	name: 'groupBy',
	type: 'options',
	options: [
		{ name: 'Agent', value: 'agent', description: 'An item for each agent' },
		{ name: 'Day', value: 'day', description: 'One item for each day in Beijing, with one request each' },
		{ name: 'Group', value: 'group', description: 'One item for each group of agents' },
	],
	default: 'agent',
	displayOptions: { hide: { output: ['raw'] } },
	description: 'What each item covers. Counts are added up, and averages are weighted by conversations.',
};
