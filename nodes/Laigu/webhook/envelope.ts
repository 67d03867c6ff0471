import type { IDataObject } from 'n8n-workflow';
import { MILLISECOND, parseLaiguTime } from '../shared/time';
import { kindOf, recordOf } from './events';
import type { EventKind } from './events';
import { isObject, parseJson } from '../shared/json';

/** Deeper than any record of Laigu's; what is nested further would break whoever walks through it. */
const DEEPEST = 64;

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

/**
 * Takes out names that every object has (`__proto__`, `constructor`, `toString`, …): as data they would break or change the objects of whoever
 * works on. Walks without recursion, so that no nesting can exhaust the stack.
 *
 * @param value freshly parsed JSON; it is changed
 * @returns false where it is nested too deep
 */
function makeHarmless(value: object): boolean {
	const open: Array<{ value: object; depth: number }> = [{ value, depth: 1 }];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		if (next.depth > DEEPEST) return false;
		for (const [name, inner] of Object.entries(next.value) as Array<[string, unknown]>) {
			if (!Array.isArray(next.value) && (name in Object.prototype || name === 'prototype'))
				Reflect.deleteProperty(next.value, name);
			else if (typeof inner === 'object' && inner !== null) open.push({ value: inner, depth: next.depth + 1 });
		}
	}
	return true;
}

/**
 * Reads a body as the JSON object that it has to be, whatever its content type says. Whole numbers too large for JavaScript become strings.
 *
 * @param raw the bytes that were sent, before any compression
 * @returns undefined for anything else: no bytes, no valid UTF-8, broken JSON, a list, a nesting of more than 64 levels
 */
export function parseBody(raw: Buffer): IDataObject | undefined {
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(raw);
	} catch {
		return undefined;
	}
	const parsed = parseJson(text);
	return isObject(parsed) && makeHarmless(parsed) ? parsed : undefined;
}

function toMillis(time: unknown): number | undefined {
	const micros = parseLaiguTime(time);
	return micros === undefined ? undefined : Math.floor(micros / MILLISECOND);
}

/**
 * Opens an event's envelope: Laigu's own (`id`, `event`, `enterprise_token`, `created_at` in seconds, and the record) or the automation's (`id`,
 * `eventType`, `createdAt` in milliseconds, `body`). (Laigu's webhook document.)
 *
 * @param body what {@link parseBody} gave
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

/** The keys of Laigu's records, the stable one first: `track_id` for customers and visitors, `conv_id` for conversations. */
const RECORD_KEYS = ['track_id', 'conv_id', 'customerId'];

/**
 * What makes a delivery the same as another: the event's id, which has a resolution of a second only in its older form, the event, and whom it is
 * about.
 */
export function deliveryKey({ eventId, event, record }: Envelope): string {
	const about = RECORD_KEYS.map((name) => record[name]).find((key) => ['string', 'number'].includes(typeof key));
	return JSON.stringify([eventId, event, about ?? '']);
}
