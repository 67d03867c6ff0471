import { conversationsBy, customersBy } from '../lists/endpoints';
import type { ListEndpoint } from '../lists/endpoints';
import { conversationTable, customerTable } from '../records/tables';
import type { RecordTable } from '../records/tables';

/** What can be polled for, by the value under which workflows save it. */
export type PollEvent = 'customerCreated' | 'customerUpdated' | 'conversationEnded';

/** Where an event's records come from, and what kind they are. */
export interface PollSource {
	endpoint: ListEndpoint;
	table: RecordTable;
}

/**
 * The list behind each event. Conversations are read from v2 only: whether v1 filters on the end or on the start of a conversation is not
 * settled (its prose and its parameter names disagree), and a list by start would miss what ends long after it began.
 */
export const sourceOf: Record<PollEvent, PollSource> = {
	customerCreated: { endpoint: customersBy.created, table: customerTable },
	customerUpdated: { endpoint: customersBy.updated, table: customerTable },
	conversationEnded: { endpoint: conversationsBy.v2, table: conversationTable },
};
