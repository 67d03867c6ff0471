import { MOST, readBody } from './body';
import type { WebhookCredential } from './credential';
import { readEnvelope } from './envelope';
import type { Envelope } from './envelope';
import { checkSignature, sameText } from './signature';
import type { Headers } from './signature';

/** What came in: nothing of it is to be believed yet. */
export interface Delivery {
	headers: Headers;
	/** The bytes as they were before any compression; undefined where n8n does not have them. */
	raw: Buffer | undefined;
}

/** What an event has to prove. */
export interface Requirements {
	/** Undefined where none is chosen: then every sender is believed. */
	credential?: WebhookCredential;
	/** Whether events of the automation pass without a signature. */
	acceptsAutomation: boolean;
}

/** An answer that starts nothing, in words for the person who looks at the delivery in Laigu. */
export interface Refusal {
	status: 400 | 401;
	message: string;
}

const refused = (message: string): Refusal => ({ status: 401, message });
const unreadable = (message: string): Refusal => ({ status: 400, message });

const ACCEPT_UNSIGNED =
	"Laigu does not sign the events of its automation (cus_became_leads). To accept them, turn on 'Accept Unsigned Automation Webhook' in the options of the Laigu Trigger in n8n.";

/** Whether a body can be an event of the automation, as far as can be told without reading it. */
const mayBeAutomation = (raw: Buffer): boolean => raw.includes('"eventType"');

/**
 * What is left to be seen once the signature has been: nothing, the enterprise token (no secret is set), or whether it is an event of the automation
 * (no signature came, and the user accepts that of those).
 */
type Left = 'nothing' | 'token' | 'automation';

/** A signature that is there has to fit; only its absence can be forgiven, and only to what may be an event of the automation. */
function checkBySignature({ headers, raw }: Delivery, { credential, acceptsAutomation }: Requirements): Refusal | Left {
	if (!credential) return 'nothing';
	if (credential.signingSecret === '')
		return credential.enterpriseToken === ''
			? refused("The credential in n8n is empty. Fill in its 'Signing Secret'.")
			: 'token';
	if (raw === undefined)
		return refused(
			'n8n did not keep the raw bytes of this body, so its signature cannot be checked. Send it as application/json.',
		);
	switch (checkSignature(headers, raw, credential.signingSecret)) {
		case 'valid':
			return 'nothing';
		case 'wrong':
			return refused(
				"The signature does not match. Compare 'Signing Secret' in n8n's credential with the secret that Laigu shows next to the webhook.",
			);
		case 'missing':
			if (!mayBeAutomation(raw))
				return refused('The signature is missing. Laigu sends it in the header Meiqia-Signature.');
			return acceptsAutomation ? 'automation' : refused(`The signature is missing. ${ACCEPT_UNSIGNED}`);
	}
}

function refuseByEnterprise(
	{ isAutomation, enterpriseToken }: Envelope,
	left: Left,
	{ credential, acceptsAutomation }: Requirements,
): Refusal | undefined {
	if (!credential?.enterpriseToken) return undefined;
	if (enterpriseToken === undefined && isAutomation) {
		return left === 'nothing' || acceptsAutomation
			? undefined
			: refused(`The event does not say which enterprise it is from. ${ACCEPT_UNSIGNED}`);
	}
	return sameText(enterpriseToken ?? '', credential.enterpriseToken)
		? undefined
		: refused("The event is from a different enterprise than the one of 'Enterprise Token' in n8n's credential.");
}

/**
 * The event of a delivery that proves what it has to, or why it is refused. As far as it can be, that is checked before anything is parsed.
 *
 * @param delivery the request
 * @param requirements what has to be proved
 */
export function openEvent(delivery: Delivery, requirements: Requirements): Refusal | Envelope {
	const left = checkBySignature(delivery, requirements);
	if (typeof left === 'object') return left;
	if (!delivery.raw) return unreadable('n8n did not keep the raw bytes of this body. Send it as application/json.');

	const read = readBody(delivery.raw, left === 'automation' ? MOST.unsignedBytes : MOST.bytes);
	if ('flaw' in read) return unreadable(read.flaw);
	const envelope = readEnvelope(read.body);
	if (left === 'automation' && !envelope?.isAutomation)
		return refused('The signature is missing. Only events of the automation webhook may come without one.');
	if (!envelope)
		return unreadable('The body is not an event of Laigu: it needs id, event (or eventType) and the record.');
	return refuseByEnterprise(envelope, left, requirements) ?? envelope;
}
