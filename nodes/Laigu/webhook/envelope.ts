import type { IDataObject } from 'n8n-workflow';

import { automationTable } from '../records/tables';
import type { RecordTable } from '../records/tables';
import { parseLaiguTime } from '../shared/time';
import type { Micros } from '../shared/time';
import { recordOf, tableOf } from './events';

/** Laigu names its topics with a dot and its automation events without: an unsigned automation event cannot pass for a topic. */
const AUTOMATION_EVENT = /^\w{1,100}$/;

/** Longer than any name of an event and any id of Laigu's. */
const LONGEST = 200;

const isName = (value: unknown): value is string =>
	typeof value === 'string' && value !== '' && value.length <= LONGEST;

/** An event as it came, opened. */
export interface Envelope {
	event: string;
	eventId: string;
	/** How its record is read. */
	table: RecordTable;
	/** From Laigu's automation: the channel whose events carry no signature. */
	isAutomation: boolean;
	/** When Laigu made the event; undefined where it does not say. */
	createdAt?: Micros;
	/** Which account it is from; undefined where it does not say. */
	enterpriseToken?: string;
	/** What the event is about. */
	record: IDataObject;
	/** The whole body. */
	body: IDataObject;
}

/**
 * Opens an event's envelope: Laigu's own (`id`, `event`, `enterprise_token`, `created_at` in seconds, and the record) or the automation's (`id`,
 * `eventType`, `createdAt` in milliseconds, `body`). (Laigu's webhook document.)
 *
 * @param body what `readBody` gave
 * @returns undefined where it is neither
 */
export function readEnvelope(body: IDataObject): Envelope | undefined {
	const isAutomation = body.event === undefined;
	const event = isAutomation ? body.eventType : body.event;
	const { id: eventId, enterprise_token: enterpriseToken } = body;
	if (!isName(event) || !isName(eventId)) return undefined;
	if (isAutomation && !AUTOMATION_EVENT.test(event)) return undefined;
	const record = recordOf(event, body);
	if (record === undefined) return undefined;
	return {
		event,
		eventId,
		table: isAutomation ? automationTable : tableOf(event),
		isAutomation,
		createdAt: parseLaiguTime(isAutomation ? body.createdAt : body.created_at),
		enterpriseToken: typeof enterpriseToken === 'string' ? enterpriseToken : undefined,
		record,
		body,
	};
}
