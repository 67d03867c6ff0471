import type { IDataObject } from 'n8n-workflow';

import { deliveryKey, parseBody, readEnvelope } from './envelope';
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
	/** What an event has to prove, '' for nothing; undefined where no credential is chosen: then every sender is believed. */
	credential?: { signingSecret: string; enterpriseToken: string };
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

/** A signature that is there has to fit; only its absence can be forgiven, and only once the event is known to be an automation's. */
function refuseBySignature(
	{ headers, raw }: Delivery,
	{ credential, acceptAutomation }: Settings,
): Verdict | 'unsigned' | 'proved' {
	if (!credential) return 'proved';
	const { signingSecret, enterpriseToken } = credential;
	if (signingSecret === '') {
		return enterpriseToken === ''
			? refused("The credential in n8n is empty. Fill in its 'Signing Secret'.")
			: 'unsigned';
	}
	if (raw === undefined)
		return refused(
			'n8n did not keep the bytes of this body, so its signature cannot be checked. Send it as application/json.',
		);
	const state = checkSignature(headers, raw, signingSecret);
	if (state === 'valid') return 'proved';
	if (state === 'missing' && acceptAutomation) return 'unsigned';
	return refused(
		state === 'missing'
			? 'The signature is missing. Laigu sends it in the header Meiqia-Signature.'
			: "The signature does not fit. Compare 'Signing Secret' in n8n's credential with the secret that Laigu shows beside the webhook.",
	);
}

function refuseByOrigin(
	envelope: Envelope | undefined,
	isProved: boolean,
	{ credential, acceptAutomation }: Settings,
): Verdict | undefined {
	if (!credential) return undefined;
	const isAutomation = envelope?.isAutomation ?? false;
	if (!isProved && credential.signingSecret !== '' && !isAutomation) {
		return refused('The signature is missing. Only events of the automation webhook may come without one.');
	}
	if (!envelope || credential.enterpriseToken === '') return undefined;
	if (envelope.enterpriseToken === undefined && isAutomation && (isProved || acceptAutomation)) return undefined;
	return sameText(envelope.enterpriseToken ?? '', credential.enterpriseToken)
		? undefined
		: refused("The event is from another enterprise than 'Enterprise Token' in n8n's credential names.");
}

function refuseByAge({ createdAtMs }: Envelope, { maxAgeSeconds }: Settings, nowMs: number): Verdict | undefined {
	if (maxAgeSeconds <= 0) return undefined;
	if (createdAtMs === undefined)
		return refused("The event does not say when it was made, and 'Max Age' in n8n asks for that.");
	return nowMs - createdAtMs <= maxAgeSeconds * 1000
		? undefined
		: refused(`The event is older than the ${maxAgeSeconds} seconds that 'Max Age' in n8n allows.`);
}

/**
 * Decides about a delivery: what to answer, and which item it gives. What has to be proved is checked before anything is read.
 *
 * @param delivery the request
 * @param settings how the node is set up
 * @param nowMs the present, in milliseconds since 1970
 */
export function receive(delivery: Delivery, settings: Settings, nowMs: number): Verdict {
	const proof = refuseBySignature(delivery, settings);
	if (typeof proof === 'object') return proof;

	const body = delivery.raw && parseBody(delivery.raw);
	const envelope = body && readEnvelope(body);
	const refusal = refuseByOrigin(envelope, proof === 'proved', settings);
	if (refusal) return refusal;
	if (!body) return unreadable('The body is not a JSON object in UTF-8.');
	if (!envelope)
		return unreadable('The body is not an event of Laigu: it needs id, event (or eventType) and the record.');

	const tooOld = refuseByAge(envelope, settings, nowMs);
	if (tooOld) return tooOld;
	if (!settings.events.includes(ALL_EVENTS) && !settings.events.includes(envelope.event)) {
		return ignored(`Received. ${envelope.event} is not chosen under 'Trigger On' in n8n.`);
	}
	const isSimple = settings.output !== 'raw';
	const data = isSimple || isFiltering(settings.filters) ? simplifyRecord(envelope) : {};
	if (!passes(data, settings.filters)) return ignored("Received. The event does not pass the 'Filters' in n8n.");
	return {
		status: 200,
		message: 'Received. The workflow is started.',
		started: { item: isSimple ? toItem(envelope, data, settings.includeTranscript) : body, key: deliveryKey(envelope) },
	};
}
