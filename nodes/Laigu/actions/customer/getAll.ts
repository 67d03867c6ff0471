import { customersBy } from '../../lists/endpoints';
import { countByChoice } from '../../parameters/countBy';
import { filters } from '../../parameters/filters';
import { returnAllAndLimit } from '../../parameters/limit';
import { options } from '../../parameters/options';
import { outputOf } from '../../parameters/output';
import { readChoice } from '../../parameters/reader';
import type { ChoiceProperty } from '../../parameters/reader';
import { showFor } from '../../parameters/show';
import { timeRange } from '../../parameters/timeRange';
import { customerTable } from '../../records/tables';
import type { InputItem, Result } from '../operation';

const timeField: ChoiceProperty<keyof typeof customersBy> = {
	displayName: 'Time Field',
	name: 'timeField',
	type: 'options',
	options: [
		{ name: 'Created', value: 'created', description: 'Customers who were created within the time range: new leads' },
		{ name: 'Updated', value: 'updated', description: 'Customers who were last changed within the time range' },
	],
	default: 'created',
	description: 'Which time of a customer must lie within the time range',
};

const source = {
	table: customerTable,
	output: outputOf(customerTable, 'count'),
	countBy: countByChoice(customerTable),
};

export const fields = showFor({ resource: ['customer'], operation: ['getAll'] }, [
	timeField,
	...timeRange(),
	...returnAllAndLimit,
	...source.output.properties,
	source.countBy,
	filters('customer'),
	options('concurrency', 'maskContacts', 'maxRetries', 'order', 'protectFormulas', 'timeFormat', 'windowHours'),
]);

/** Customers created or last updated within a range of time who pass the filters, or how many there are. */
export async function execute(item: InputItem): Promise<Result> {
	const endpoint = customersBy[readChoice(item.reader, timeField)];
	const { getMany } = await import('../shared/getMany');
	return await getMany(item, { ...source, endpointFor: () => endpoint });
}
