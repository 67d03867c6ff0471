import { HOUR } from '../shared/time';
import type { Micros } from '../shared/time';

/** A list of Laigu's that is read by a range of time: what its document says about it, to be compared with that document. */
export interface ListEndpoint {
	path: string;
	/** What a record is called, in the plural, for messages. */
	records: string;
	/** Names of the query parameters for the two ends of the range. */
	from: string;
	to: string;
	/** `offset`: the end is a page shorter than asked for. `token`: the end is an empty `next_page_token`. */
	paging: 'offset' | 'token';
	/** The record's field that never changes. */
	key: string;
	/** The record's times that the range may filter on; more than one where the document contradicts itself. */
	timeFields: string[];
	/** The widest window that the endpoint is known to allow; undefined where that is not documented. */
	widest?: Micros;
	/** Whether the two ends may be written in another form than Beijing time to the second. */
	hasTimeFormats: boolean;
}

/** Laigu's largest page: "limit ... 上限是 20,如果超过 20,请求将失败" (API document). */
export const PAGE_SIZE = 20;

const v2 = { from: 'from_tm', to: 'to_tm', paging: 'token', hasTimeFormats: true } as const;

/**
 * Conversations, by API version. v1's prose says that it filters on the end of a conversation, its parameters say the start; clients have
 * seen windows of 12 and of 24 hours accepted, so 12 is the safe one.
 */
export const conversationsBy: Record<'v1' | 'v2', ListEndpoint> = {
	v1: {
		path: '/v1/conversations',
		records: 'conversations',
		from: 'conv_start_from_tm',
		to: 'conv_start_to_tm',
		paging: 'offset',
		key: 'conv_id',
		timeFields: ['conv_end_tm', 'conv_start_tm'],
		widest: 12 * HOUR,
		hasTimeFormats: false,
	},
	v2: { ...v2, path: '/v2/conversations', records: 'conversations', key: 'conv_id', timeFields: ['conv_end_tm'] },
};

/** Customers, by the time that the range filters on. */
export const customersBy: Record<'created' | 'updated', ListEndpoint> = {
	created: { ...v2, path: '/v2/clients', records: 'customers', key: 'track_id', timeFields: ['created_on'] },
	updated: { ...v2, path: '/v2/clients/updated', records: 'customers', key: 'track_id', timeFields: ['updated_on'] },
};

/** The two reports on agents. They have no pages. */
export const reportPath = {
	getAgentOnlineStats: '/unified-api/datagateway/v1/reports/agent_online_stats',
	getAgentService: '/unified-api/datagateway/v1/reports/agent_service',
} as const;

/** One conversation; its ID belongs into the path and into the query (API document, v1). */
export const conversationPath = (conversationId: string) => `/v1/conversations/${encodeURIComponent(conversationId)}`;
