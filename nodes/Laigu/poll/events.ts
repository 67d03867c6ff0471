import { conversationsBy, customersBy } from '../lists/endpoints';
import type { ListEndpoint } from '../lists/endpoints';

/** What can be polled for, by the value under which workflows save it. */
export type PollEvent = 'conversationEnded' | 'customerCreated' | 'customerUpdated';

/** Where an event's records come from, and what kind they are. */
export interface PollSource {
	endpoint: ListEndpoint;
	kind: 'conversation' | 'customer';
}

/**
 * The list behind each event. Conversations are read from v2 only: whether v1 filters on the end or on the start of a conversation is not
 * settled (its prose and its parameter names disagree), and a list by start would miss what ends long after it began.
 */
export const sourceOf: Record<PollEvent, PollSource> = {
	conversationEnded: { endpoint: conversationsBy.v2, kind: 'conversation' },
	customerCreated: { endpoint: customersBy.created, kind: 'customer' },
	customerUpdated: { endpoint: customersBy.updated, kind: 'customer' },
};
