import type { IDataObject } from 'n8n-workflow';

import { filterFor } from '../records/filter';
import { MILLISECOND, SECOND } from '../shared/time';
import type { Envelope } from './envelope';
import { ALL_EVENTS } from './events';
import type { Settings } from './parameters';
import { toItem } from './shape';

/** What to answer, in words for the person who looks at the delivery in Laigu; and the item, where the event starts the workflow. */
export interface Verdict {
	status: 200 | 400 | 401;
	message: string;
	item?: IDataObject;
}

const refused = (message: string): Verdict => ({ status: 401, message });
const ignored = (message: string): Verdict => ({ status: 200, message });

/** Max Age counts in both directions: an event of tomorrow could be sent again until tomorrow. */
function refuseByAge({ createdAt }: Envelope, maxAgeSeconds: number, nowMs: number): Verdict | undefined {
	if (maxAgeSeconds === 0) return undefined;
	if (createdAt === undefined) return refused("The event contains no creation time, which 'Max Age' in n8n requires.");
	const age = nowMs * MILLISECOND - createdAt;
	if (age > maxAgeSeconds * SECOND)
		return refused(`The event is older than the ${maxAgeSeconds} seconds that 'Max Age' in n8n allows.`);
	if (-age > maxAgeSeconds * SECOND)
		return refused(
			`The event is further in the future, by n8n's clock, than the ${maxAgeSeconds} seconds that 'Max Age' in n8n allows.`,
		);
	return undefined;
}

/**
 * Decides about an event of a known origin: what to answer, and which item it gives.
 *
 * @param envelope the event
 * @param settings how the node is set up
 * @param nowMs the present, in milliseconds since 1970
 */
export function receive(envelope: Envelope, settings: Settings, nowMs: number): Verdict {
	const refusal = refuseByAge(envelope, settings.maxAgeSeconds, nowMs);
	if (refusal) return refusal;
	const { event, table, record } = envelope;
	if (!settings.events.includes(ALL_EVENTS) && !settings.events.includes(event))
		return ignored(`Received. ${event} is not selected under 'Trigger On' in n8n.`);
	const isWanted = filterFor(table, settings.filters);
	if (isWanted && !isWanted(record)) return ignored("Received. The event does not pass the 'Filters' in n8n.");
	return { status: 200, message: 'Received. The workflow starts.', item: toItem(envelope, settings) };
}
