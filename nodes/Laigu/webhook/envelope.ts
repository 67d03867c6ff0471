import type { IDataObject } from 'n8n-workflow';
import { MILLISECOND, parseLaiguTime } from '../shared/time';
import { kindOf, recordOf } from './events';
import type { EventKind } from './events';

/** Laigu names its topics with a dot and its automation events without: an unsigned automation event cannot pass for a topic. */
const AUTOMATION_EVENT = /^\w{1,100}$/;

/** An event as it came, opened. */
export interface Envelope {
	event: string;
	eventId: string;
	kind: EventKind;
	/** From Laigu's automation: the channel whose events carry no signature. */
	isAutomation: boolean;
	/** When Laigu made the event, in milliseconds since 1970; undefined where it does not say. */
	createdAtMs?: number;
	/** Which account it is from; undefined where it does not say. */
	enterpriseToken?: string;
	/** What the event is about. */
	record: IDataObject;
	/** The whole body. */
	body: IDataObject;
}

function toMillis(time: unknown): number | undefined {
	const micros = parseLaiguTime(time);
	return micros === undefined ? undefined : Math.floor(micros / MILLISECOND);
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
	if (typeof event !== 'string' || event === '' || typeof eventId !== 'string' || eventId === '') return undefined;
	if (isAutomation && !AUTOMATION_EVENT.test(event)) return undefined;
	const record = recordOf(event, body);
	if (record === undefined) return undefined;
	return {
		event,
		eventId,
		kind: isAutomation ? 'lead' : kindOf(event),
		isAutomation,
		createdAtMs: toMillis(isAutomation ? body.createdAt : body.created_at),
		enterpriseToken: typeof enterpriseToken === 'string' ? enterpriseToken : undefined,
		record,
		body,
	};
}
