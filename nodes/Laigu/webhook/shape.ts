import type { IDataObject } from 'n8n-workflow';

import { MILLISECOND, toIso } from '../shared/time';
import { transcriptText } from '../records/dialogue';
import { shaperFor } from '../records/shape';
import { automationTable, conversationTable, customerTable, unknownTable } from '../records/tables';
import type { Envelope } from './envelope';

const simplified = { output: 'simplified' } as const;

const SIMPLIFY = {
	conversation: shaperFor(conversationTable, simplified),
	customer: shaperFor(customerTable, simplified),
	lead: shaperFor(automationTable, simplified),
	unknown: shaperFor(unknownTable, simplified),
};

/**
 * The record of an event in simplified form, by the same code as the Laigu node's.
 *
 * @param envelope the event; it is not changed
 */
export function simplifyRecord({ kind, record }: Envelope): IDataObject {
	return SIMPLIFY[kind](record)[0];
}

/**
 * The item of an event: `event`, `eventId`, `createdAt` (ISO 8601, Beijing time; left out where Laigu does not say), `data`.
 *
 * @param envelope the event; it is not changed
 * @param data what {@link simplifyRecord} gave
 * @param includeTranscript adds the dialogue as text, where the event is about a conversation
 */
export function toItem(envelope: Envelope, data: IDataObject, includeTranscript: boolean): IDataObject {
	const { event, eventId, createdAtMs, kind, record } = envelope;
	const transcript = includeTranscript && kind === 'conversation' ? { transcript: transcriptText(record) } : {};
	const createdAt = createdAtMs === undefined ? {} : { createdAt: toIso(createdAtMs * MILLISECOND) };
	return { event, eventId, ...createdAt, data: { ...data, ...transcript } };
}
