import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Run } from '../../http/client';
import { customersBy } from '../../lists/endpoints';
import { output } from '../../parameters/output';
import { countBy } from '../shared/count';
import { options, returnAllAndLimit, showFor, timeRange } from '../../parameters/fields';
import { customerTable } from '../../records/tables';
import { getMany } from '../shared/getMany';
import { checkedChoice } from '../../parameters/read';

export const fields: INodeProperties[] = showFor({ resource: ['customer'], operation: ['getAll'] }, [
	{
		displayName: 'Time Field',
		name: 'timeField',
		type: 'options',
		options: [
			{ name: 'Created', value: 'created', description: 'Customers who were created within the time range: new leads' },
			{ name: 'Updated', value: 'updated', description: 'Customers who were last changed within the time range' },
		],
		default: 'created',
		description: 'Which time of a customer must lie within the time range',
	},
	...timeRange,
	...returnAllAndLimit,
	...output(customerTable, { count: true }),
	countBy(customerTable),
	...options('concurrency', 'maxRetries', 'order', 'timeFormat', 'windowHours'),
]);

/** Customers created or last updated within a range of time, oldest first unless asked otherwise, or their count. */
export async function execute(context: IExecuteFunctions, run: Run, itemIndex: number): Promise<IDataObject[]> {
	const given = context.getNodeParameter('timeField', itemIndex, 'created');
	const timeField = checkedChoice(context, itemIndex, 'Time Field', given, ['created', 'updated']);
	return await getMany(customerTable, () => customersBy[timeField], context, run, itemIndex);
}
