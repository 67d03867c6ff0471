import type { IDataObject } from 'n8n-workflow';

import { MOST, readBody } from './body';
import type { Proof } from './credential';
import { deliveryKey } from './deduplication';
import { readEnvelope } from './envelope';
import type { Envelope } from './envelope';
import { ALL_EVENTS } from './events';
import { isFiltering, passes } from './filters';
import type { Filters } from './filters';
import { simplifyRecord, toItem } from './shape';
import { checkSignature, sameText } from './signature';
import type { Headers } from './signature';

/** What came in: nothing of it is to be believed yet. */
export interface Delivery {
	headers: Headers;
	/** The bytes as they were before any compression; undefined where n8n does not have them. */
	raw: Buffer | undefined;
}

/** How the user set up the node. */
export interface Settings {
	events: string[];
	output: string;
	filters: Filters;
	includeTranscript: boolean;
	/** How old an event may be; 0 for any age. */
	maxAgeSeconds: number;
	/** Whether automation events pass without a signature. */
	acceptAutomation: boolean;
	/** What an event has to prove; undefined where no credential is chosen: then every sender is believed. */
	credential?: Proof;
}

/** What to answer, in words for the person who looks at the delivery in Laigu; and the item, where the event starts the workflow. */
export interface Verdict {
	status: 200 | 400 | 401;
	message: string;
	started?: {
		item: IDataObject;
		/** Tells this delivery from all others. */
		key: string;
	};
}

const refused = (message: string): Verdict => ({ status: 401, message });
const unreadable = (message: string): Verdict => ({ status: 400, message });
const ignored = (message: string): Verdict => ({ status: 200, message });

const ACCEPT_UNSIGNED =
	"Laigu does not sign the events of its automation (cus_became_leads). To accept them, turn on 'Accept Unsigned Automation Webhook' in the options of the Laigu Trigger in n8n.";

/** Whether a body can be an event of the automation, as far as can be told without reading it. */
const mayBeAutomation = (raw: Buffer | undefined): boolean => raw?.includes('"eventType"') ?? false;

/**
 * What the signature leaves to be seen: nothing more, the enterprise token (no secret is set), or whether it is an event of the automation (no
 * signature came, and the user accepts that of those).
 */
type Seen = 'proved' | 'tokenLeft' | 'automationLeft';

/** A signature that is there has to fit; only its absence can be forgiven, and only to what may be an event of the automation. */
function checkBySignature({ headers, raw }: Delivery, { credential, acceptAutomation }: Settings): Verdict | Seen {
	if (!credential) return 'proved';
	const { signingSecret, enterpriseToken } = credential;
	if (signingSecret === '') {
		return enterpriseToken === ''
			? refused("The credential in n8n is empty. Fill in its 'Signing Secret'.")
			: 'tokenLeft';
	}
	if (raw === undefined)
		return refused(
			'n8n did not keep the bytes of this body, so its signature cannot be checked. Send it as application/json.',
		);
	switch (checkSignature(headers, raw, signingSecret)) {
		case 'valid':
			return 'proved';
		case 'wrong':
			return refused(
				"The signature does not fit. Compare 'Signing Secret' in n8n's credential with the secret that Laigu shows beside the webhook.",
			);
		case 'missing':
			if (!mayBeAutomation(raw))
				return refused('The signature is missing. Laigu sends it in the header Meiqia-Signature.');
			return acceptAutomation ? 'automationLeft' : refused(`The signature is missing. ${ACCEPT_UNSIGNED}`);
	}
}

function refuseByOrigin(
	{ isAutomation, enterpriseToken }: Partial<Envelope>,
	seen: Seen,
	{ credential, acceptAutomation }: Settings,
): Verdict | undefined {
	if (seen === 'automationLeft' && !isAutomation)
		return refused('The signature is missing. Only events of the automation webhook may come without one.');
	if (!credential?.enterpriseToken) return undefined;
	if (enterpriseToken === undefined && isAutomation) {
		return seen === 'proved' || acceptAutomation
			? undefined
			: refused(`The event does not say which enterprise it is from. ${ACCEPT_UNSIGNED}`);
	}
	return sameText(enterpriseToken ?? '', credential.enterpriseToken)
		? undefined
		: refused("The event is from another enterprise than 'Enterprise Token' in n8n's credential names.");
}

/** Max Age counts in both directions: an event of tomorrow could be sent again until tomorrow. */
function refuseByAge({ createdAtMs }: Envelope, { maxAgeSeconds }: Settings, nowMs: number): Verdict | undefined {
	if (maxAgeSeconds <= 0) return undefined;
	if (createdAtMs === undefined)
		return refused("The event does not say when it was made, and 'Max Age' in n8n asks for that.");
	if (nowMs - createdAtMs > maxAgeSeconds * 1000)
		return refused(`The event is older than the ${maxAgeSeconds} seconds that 'Max Age' in n8n allows.`);
	if (createdAtMs - nowMs > maxAgeSeconds * 1000)
		return refused(
			`By n8n's clock the event is made later than now, by more than the ${maxAgeSeconds} seconds that 'Max Age' in n8n allows.`,
		);
	return undefined;
}

/** The event of a delivery, or why it is none. What has to be proved is checked before anything is read, as far as it can be. */
function openEvent(delivery: Delivery, settings: Settings): Verdict | (Envelope & { key: string }) {
	const seen = checkBySignature(delivery, settings);
	if (typeof seen === 'object') return seen;
	if (!delivery.raw) return unreadable('n8n did not keep the bytes of this body. Send it as application/json.');

	const read = readBody(delivery.raw, seen === 'automationLeft' ? MOST.unsignedBytes : MOST.bytes);
	if ('flaw' in read) return unreadable(read.flaw);
	const envelope = readEnvelope(read.body);
	const refusal = refuseByOrigin(envelope ?? {}, seen, settings);
	if (refusal) return refusal;
	return envelope
		? { ...envelope, key: deliveryKey(delivery.raw) }
		: unreadable('The body is not an event of Laigu: it needs id, event (or eventType) and the record.');
}

/**
 * Decides about a delivery: what to answer, and which item it gives.
 *
 * @param delivery the request
 * @param settings how the node is set up
 * @param nowMs the present, in milliseconds since 1970
 */
export function receive(delivery: Delivery, settings: Settings, nowMs: number): Verdict {
	const opened = openEvent(delivery, settings);
	if ('status' in opened) return opened;

	const tooOld = refuseByAge(opened, settings, nowMs);
	if (tooOld) return tooOld;
	if (!settings.events.includes(ALL_EVENTS) && !settings.events.includes(opened.event))
		return ignored(`Received. ${opened.event} is not chosen under 'Trigger On' in n8n.`);
	const isSimple = settings.output !== 'raw';
	const data = isSimple || isFiltering(settings.filters) ? simplifyRecord(opened) : {};
	if (!passes(data, settings.filters)) return ignored("Received. The event does not pass the 'Filters' in n8n.");
	return {
		status: 200,
		message: 'Received. The workflow is started.',
		started: {
			item: isSimple ? toItem(opened, data, settings.includeTranscript) : opened.body,
			key: opened.key,
		},
	};
}
