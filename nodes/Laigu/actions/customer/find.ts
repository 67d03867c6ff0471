import { customersBy } from '../../lists/endpoints';
import { options } from '../../parameters/options';
import { outputOf } from '../../parameters/output';
import { showFor } from '../../parameters/show';
import { customerTable } from '../../records/tables';
import type { InputItem, Result } from '../operation';
import { find, findByChoice, findFields } from '../shared/find';
import type { Search } from '../shared/find';

const search: Search = {
	table: customerTable,
	output: outputOf(customerTable),
	endpoint: customersBy.created,
	findBy: findByChoice(['phone', 'wechat', 'qq', 'trackId', 'name']),
};

export const fields = showFor({ resource: ['customer'], operation: ['find'] }, [
	...findFields(search),
	options('concurrency', 'maskContacts', 'maxRetries', 'protectFormulas', 'timeFormat', 'windowHours'),
]);

/** Customers whom a phone number, WeChat, QQ, track ID or name fits, newest first. */
export async function execute(item: InputItem): Promise<Result> {
	return await find(item, search);
}
