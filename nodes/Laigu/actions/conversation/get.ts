import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readRecord } from '../../http/answer';
import { openLaigu } from '../../http/client';
import type { Run } from '../../http/client';
import { conversationPath } from '../../lists/endpoints';
import { unreadableFault } from '../../http/faults';
import { output } from '../../parameters/output';
import { options, showFor } from '../../parameters/fields';
import { conversationTable } from '../../records/tables';
import { readShape } from '../shared/output';
import { badInput, readOptions } from '../../parameters/read';

export const fields: INodeProperties[] = showFor({ resource: ['conversation'], operation: ['get'] }, [
	{
		displayName: 'Conversation',
		name: 'conversationId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The conversation to get: one of the newest, or any by its ID',
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
	},
	...output(conversationTable),
	...options('concurrency', 'maxCharacters', 'maxRetries'),
]);

/**
 * One conversation with its messages.
 *
 * @throws NodeOperationError for an empty ID, NodeApiError where Laigu does not know the ID
 */
export async function execute(context: IExecuteFunctions, run: Run, itemIndex: number): Promise<IDataObject[]> {
	const located = context.getNodeParameter('conversationId', itemIndex, '', { extractValue: true });
	const conversationId = typeof located === 'string' || typeof located === 'number' ? `${located}`.trim() : '';
	if (conversationId === '') {
		throw badInput(context, itemIndex, "'Conversation' is empty", 'Choose one from the list, or enter its ID.');
	}
	const { maxCharacters, maxRetries } = readOptions(context, itemIndex);
	const shape = readShape(context, itemIndex, conversationTable, maxCharacters);
	const client = await openLaigu(run, itemIndex, maxRetries);
	const outcome = await client.ask(conversationPath(conversationId), { conv_id: conversationId });
	const isUnknown = outcome.fault?.errno === 10016 && outcome.fault.errmsg.includes('conv_id');
	if (outcome.fault && !isUnknown) throw client.toError(outcome.fault);
	const record = outcome.fault ? undefined : readRecord(outcome.body);
	if (!record) {
		throw client.toError({
			...(outcome.fault ?? unreadableFault('conversation')),
			message: 'Laigu has no conversation with this ID',
			description: "Check 'Conversation'. Choose one from the list, or take the conversationId of another Laigu node.",
			httpCode: '404',
		});
	}
	return shape(record);
}
