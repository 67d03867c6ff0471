import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Run } from '../http/client';
import * as conversation from './conversation';
import * as customer from './customer';
import * as report from './report';

/** One operation: its fields, and what it does for one input item. */
export interface Operation {
	fields: INodeProperties[];
	execute(context: IExecuteFunctions, run: Run, itemIndex: number): Promise<IDataObject[]>;
}

/** Every operation, by resource and name. */
export const operations: Record<string, Record<string, Operation>> = {
	conversation: conversation.operations,
	customer: customer.operations,
	report: report.operations,
};

/** All parameters of the Laigu node. */
export const properties: INodeProperties[] = [
	{
		displayName:
			"The agent reads everything that this tool gives. Keep it short: 'Count', 'Selected Fields' or 'Transcript' as output, and a low limit.",
		name: 'toolNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { '@tool': [true] } },
	},
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Conversation', value: 'conversation' },
			{ name: 'Customer', value: 'customer' },
			{ name: 'Report', value: 'report' },
		],
		default: 'conversation',
	},
	...conversation.description,
	...customer.description,
	...report.description,
];
