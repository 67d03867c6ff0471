import type { ChoiceProperty } from '../../parameters/reader';
import * as find from './find';
import * as get from './get';
import * as getAll from './getAll';

/** The operations of the resource, by the value under which workflows save them. */
export const operations = { find, get, getAll };

/** The choice among them. */
export const operation: ChoiceProperty<keyof typeof operations> = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['conversation'] } },
	options: [
		{
			name: 'Find',
			value: 'find',
			action: 'Find conversations by customer',
			description: 'Find the conversations with a customer by phone, WeChat, QQ or name, newest first',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get conversation',
			description: 'Get one conversation by its ID, with customer, agent and figures, or its messages',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many conversations',
			description: 'Get the conversations that ended in a time range: the newest up to a limit, or all, oldest first',
		},
	],
	default: 'getAll',
};
