import type { IDataObject } from 'n8n-workflow';

import { readRecord } from '../../http/answer';
import type { LaiguClient } from '../../http/client';
import { unreadableFault } from '../../http/faults';
import { conversationPath } from '../../lists/endpoints';
import type { Options } from '../../parameters/options';
import type { ChosenOutput } from '../../parameters/output';
import { conversationTable } from '../../records/tables';
import { textOf } from '../../shared/text';
import type { InputItem, Result } from '../operation';
import { shapingFor } from './shaping';

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
 * @param settings the options of the operation, and its output
 * @throws NodeApiError where Laigu does not know it, or answers with another one
 */
export async function getConversation(
	{ open }: InputItem,
	conversationId: string,
	settings: Options & ChosenOutput,
): Promise<Result> {
	const client = await open(settings.maxRetries);
	const { shape, hints } = shapingFor(conversationTable, settings);
	const items = shape(await askFor(client, conversationId));
	return { items, hints: hints() };
}
