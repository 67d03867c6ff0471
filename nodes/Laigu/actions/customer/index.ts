import type { ChoiceProperty } from '../../parameters/reader';
import * as find from './find';
import * as getAll from './getAll';

/** The operations of the resource, by the value under which workflows save them. */
export const operations = { find, getAll };

/** The choice among them. */
export const operation: ChoiceProperty<keyof typeof operations> = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['customer'] } },
	options: [
		{
			name: 'Find',
			value: 'find',
			action: 'Find customer',
			description: 'Find customers by phone number, WeChat, QQ, track ID or name, newest first within a range of time',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many customers',
			description:
				'Get customers (leads) created or updated in a time range: the newest up to a limit, or all, oldest first',
		},
	],
	default: 'getAll',
};
