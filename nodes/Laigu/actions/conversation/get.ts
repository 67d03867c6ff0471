import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readRecord } from '../../http/answer';
import type { LaiguClient } from '../../http/client';
import { unreadableFault } from '../../http/faults';
import { conversationPath } from '../../lists/endpoints';
import { options, readOptions } from '../../parameters/options';
import { outputOf } from '../../parameters/output';
import { readText } from '../../parameters/reader';
import type { ParameterReader } from '../../parameters/reader';
import { showFor } from '../../parameters/show';
import { conversationTable } from '../../records/tables';
import { textOf } from '../../shared/text';
import type { InputItem, Result } from '../operation';
import { shapingFor } from '../shared/shaping';

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

const withoutZeros = (id: string) => id.replace(/^0+(?=\d)/, '');

async function askFor(client: LaiguClient, conversationId: string): Promise<IDataObject> {
	const outcome = await client.ask(conversationPath(conversationId), { conv_id: conversationId });
	const isUnknown = outcome.fault?.errno === 10016 && outcome.fault.errmsg.includes('conv_id');
	if (outcome.fault && !isUnknown) throw client.toError(outcome.fault);
	const record = outcome.fault ? undefined : readRecord(outcome.body);
	if (!record) {
		throw client.toError({
			...(outcome.fault ?? unreadableFault('conversation')),
			answerText: undefined,
			message: 'Laigu has no conversation with this ID',
			hint: "Check 'Conversation'. Choose one from the list, or use the conversationId of another Laigu node.",
			httpCode: '404',
		});
	}
	const answered = textOf(record.conv_id) || conversationId;
	if (withoutZeros(answered) === withoutZeros(conversationId)) return record;
	throw client.toError({
		...unreadableFault('conversation'),
		message: 'Laigu returned a different conversation than the one requested',
		detail: `Conversation ${conversationId} was requested.`,
		hint: 'Try again in a few minutes. If it happens again, tell Laigu.',
		httpCode: '502',
	});
}

/**
 * One conversation.
 *
 * @throws NodeOperationError for what cannot be an ID, NodeApiError where Laigu does not know it
 */
export async function execute({ reader, open }: InputItem): Promise<Result> {
	const conversationId = readConversationId(reader);
	const chosen = readOptions(reader);
	const { shape, hints } = shapingFor(conversationTable, { ...chosen, ...output.read(reader) });
	const items = shape(await askFor(await open(chosen.maxRetries), conversationId));
	return { items, hints: hints() };
}
