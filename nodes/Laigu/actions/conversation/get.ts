import type { INodeProperties } from 'n8n-workflow';

import { options, readOptions } from '../../parameters/options';
import { outputOf } from '../../parameters/output';
import { readText } from '../../parameters/reader';
import type { ParameterReader } from '../../parameters/reader';
import { showFor } from '../../parameters/show';
import { conversationTable } from '../../records/tables';
import type { InputItem, Result } from '../operation';

const conversation: INodeProperties = {
	displayName: 'Conversation',
	name: 'conversationId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The conversation to get: one of the newest, or any other by its ID',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchConversations', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1234567890',
		},
	],
};

const output = outputOf(conversationTable, 'messages', 'transcript');

export const fields = showFor({ resource: ['conversation'], operation: ['get'] }, [
	conversation,
	...output.properties,
	options('concurrency', 'findContacts', 'maskContacts', 'maxCharacters', 'maxRetries', 'protectFormulas'),
]);

function readConversationId(reader: ParameterReader): string {
	const id = readText(reader, conversation);
	if (id === '') {
		throw reader.reject("'Conversation' is empty", 'Choose one from the list, or enter its ID.');
	}
	if (/^\d{1,20}$/.test(id)) return id;
	throw reader.reject(
		"'Conversation' is not the ID of a conversation",
		`An ID is a whole number, such as 1234567890: choose a conversation from the list, or use the conversationId of another Laigu node. The current value is: ${id.slice(0, 60)}`,
	);
}

/**
 * One conversation.
 *
 * @throws NodeOperationError for what cannot be an ID, NodeApiError where Laigu does not know it
 */
export async function execute(item: InputItem): Promise<Result> {
	const { reader } = item;
	const conversationId = readConversationId(reader);
	const settings = { ...readOptions(reader), ...output.read(reader) };
	const { getConversation } = await import('../shared/getConversation');
	return await getConversation(item, conversationId, settings);
}
