import { conversationsBy } from '../../lists/endpoints';
import { FIND_RANGE, findByChoice, findValue } from '../../parameters/findBy';
import { limit } from '../../parameters/limit';
import { options } from '../../parameters/options';
import { outputOf } from '../../parameters/output';
import { showFor } from '../../parameters/show';
import { timeRange } from '../../parameters/timeRange';
import { conversationTable } from '../../records/tables';
import type { InputItem, Result } from '../operation';
import type { Search } from '../shared/find';

const search: Search = {
	table: conversationTable,
	output: outputOf(conversationTable, 'messages', 'transcript'),
	endpoint: conversationsBy.v2,
	// a conversation does not tell the track ID
	findBy: findByChoice(['phone', 'wechat', 'qq', 'name']),
};

export const fields = showFor({ resource: ['conversation'], operation: ['find'] }, [
	search.findBy,
	findValue,
	...timeRange(FIND_RANGE),
	limit,
	...search.output.properties,
	options(
		'concurrency',
		'findContacts',
		'maskContacts',
		'maxCharacters',
		'maxRetries',
		'protectFormulas',
		'timeFormat',
		'windowHours',
	),
]);

/** Conversations with the customer whom a phone number, WeChat, QQ or name fits, newest first. */
export async function execute(item: InputItem): Promise<Result> {
	const { find } = await import('../shared/find');
	return await find(item, search);
}
