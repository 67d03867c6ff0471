import { createHash } from 'node:crypto';
import type { Switches } from './switches';
import { parseUtc } from './time';
import type { Order } from './timeIndex';
import type { LaiguClient, LaiguConversation } from './types';

/** conv_id ascending, as Laigu's API document says of both versions. */
export const CONVERSATION_ORDER: Order<LaiguConversation> = { name: 'conv_id', keyOf: ({ conv_id: id }) => id };

const CLIENT_KEYS: Record<Switches['clientOrder'], (client: LaiguClient) => string> = {
	created: ({ created_on: created, track_id: id }) => `${String(parseUtc(created) ?? 0).padStart(17, '0')} ${id}`,
	trackId: ({ track_id: id }) => id,
	shuffled: ({ track_id: id }) => `${createHash('sha1').update(id).digest('hex')} ${id}`,
};

/** The order of a list of clients: /v2/clients/updated is by track_id (Laigu's API document); that of /v2/clients is not to be relied on: a switch. */
export function orderOf({ clientOrder }: Pick<Switches, 'clientOrder'>): Order<LaiguClient> {
	return { name: clientOrder, keyOf: CLIENT_KEYS[clientOrder] };
}
