import { conversationsBy } from '../../lists/endpoints';
import { options } from '../../parameters/options';
import { outputOf } from '../../parameters/output';
import { showFor } from '../../parameters/show';
import { conversationTable } from '../../records/tables';
import type { InputItem, Result } from '../operation';
import { find, findByChoice, findFields } from '../shared/find';
import type { Search } from '../shared/find';

const search: Search = {
	table: conversationTable,
	output: outputOf(conversationTable, 'messages', 'transcript'),
	endpoint: conversationsBy.v2,
	// a conversation does not tell the track ID
	findBy: findByChoice(['phone', 'wechat', 'qq', 'name']),
};

export const fields = showFor({ resource: ['conversation'], operation: ['find'] }, [
	...findFields(search),
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
	return await find(item, search);
}
