import { customersBy } from '../../lists/endpoints';
import { FIND_RANGE, findByChoice, findValue } from '../../parameters/findBy';
import { limit } from '../../parameters/limit';
import { options } from '../../parameters/options';
import { outputOf } from '../../parameters/output';
import { showFor } from '../../parameters/show';
import { timeRange } from '../../parameters/timeRange';
import { customerTable } from '../../records/tables';
import type { InputItem, Result } from '../operation';
import type { Search } from '../shared/find';

const search: Search = {
	table: customerTable,
	output: outputOf(customerTable),
	endpoint: customersBy.created,
	findBy: findByChoice(['phone', 'wechat', 'qq', 'trackId', 'name']),
};

export const fields = showFor({ resource: ['customer'], operation: ['find'] }, [
	search.findBy,
	findValue,
	...timeRange(FIND_RANGE),
	limit,
	...search.output.properties,
	options('concurrency', 'maskContacts', 'maxRetries', 'protectFormulas', 'timeFormat', 'windowHours'),
]);

/** Customers whom a phone number, WeChat, QQ, track ID or name fits, newest first. */
export async function execute(item: InputItem): Promise<Result> {
	const { find } = await import('../shared/find');
	return await find(item, search);
}
