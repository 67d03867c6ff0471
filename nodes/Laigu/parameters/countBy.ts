import { countChoices } from '../records/countBy';
import type { CountBy } from '../records/countBy';
import type { RecordTable } from '../records/tables';
import type { ChoiceProperty } from './reader';

/** Everything that records can be counted by, by their names. */
const CHOICES: ChoiceProperty<CountBy>['options'] = [
	{ name: 'Account', value: 'account' },
	{ name: 'Advertiser', value: 'advertiser' },
	{ name: 'Agent', value: 'agent' },
	{ name: 'Campaign', value: 'campaign' },
	{ name: 'Channel', value: 'channel' },
	{ name: 'Creative', value: 'creative' },
	{ name: 'Day', value: 'day' },
	{ name: 'Group', value: 'group' },
	{ name: 'Note', value: 'note' },
];

/** What the records of a list are counted by. */
export const countByChoice = (table: RecordTable): ChoiceProperty<CountBy> => ({
	displayName: 'Count By',
	name: 'countBy',
	type: 'options',
	options: CHOICES.filter(({ value }) => countChoices(table).includes(value)),
	default: 'channel',
	displayOptions: { show: { output: ['count'] } },
	description: 'One item for each value, with the number of records and how many of them have a phone, WeChat or QQ',
});
