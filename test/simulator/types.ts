/**
 * The wire shapes of Laigu's models (Laigu's API document). Only the keys and times that the server itself works with are required: records
 * with fewer fields, or with fields that Laigu adds one day, can be put into a store too.
 */

/** A value that Laigu's document calls a String, and that was seen to arrive as a number. */
export type Count = number | string | null;

export interface LaiguMessage {
	from: string;
	/** Beijing time without a zone, microseconds. */
	timestamp: string;
	content: string;
	content_type: string;
	type: string;
	agent_name: string;
	[field: string]: unknown;
}

export interface LaiguClientInfo {
	visitor_name?: string;
	name?: string;
	tel?: string;
	weixin?: string;
	qq?: string;
	[field: string]: unknown;
}

export interface LaiguConversation {
	enterprise_id?: number;
	dev_client_id?: string;
	visitor_tags?: string[];
	client_id?: number;
	client_info?: LaiguClientInfo;
	agent_account?: string;
	agent_name?: string;
	agent_ID?: string;
	agent_nick_name?: string;
	group_id?: string;
	group_name?: string;
	conv_id: number;
	advertiser_id?: string;
	advertiser_name?: string;
	campaign_id?: string;
	campaign_name?: string;
	creativity_id?: string;
	creativity_name?: string;
	/** Beijing time without a zone, microseconds: `2017-04-20 10:42:33.465659`. */
	conv_start_tm: string;
	/** As conv_start_tm; null while the conversation is open. */
	conv_end_tm: string | null;
	conv_first_resp_wait_in_secs?: number | null;
	conv_content?: LaiguMessage[];
	conv_agent_msg_count?: Count;
	conv_visitor_msg_count?: Count;
	conv_quality_grade?: string;
	conv_leads?: string;
	conv_tags?: string;
	summary_content?: string;
	summary_update_at?: string | null;
	source_type?: string;
	source_field?: string;
	agent_resp_duration?: Count;
	effective?: string;
	missed?: string;
	converse_duration?: Count;
	app_name?: string;
	main_channel?: string;
	sub_channel?: string;
	[field: string]: unknown;
}

/** A client (顾客) or a visitor (访客): one shape. Without tel, weixin and qq it is a visitor, and the API does not give it. */
export interface LaiguClient {
	custom?: Record<string, string | string[]>;
	/** UTC, ISO 8601 with any number of fraction digits: `2025-07-29T05:40:58.46Z`. */
	updated_on: string;
	/** As updated_on. */
	created_on: string;
	advertiser_id?: string;
	advertiser_name?: string;
	campaign_id?: string;
	campaign_name?: string;
	creativity_id?: string;
	creativity_name?: string;
	source?: string;
	sub_source?: string;
	sub_source_name?: string;
	customer_channel?: string;
	tel?: string;
	weixin?: string;
	address?: string;
	comment?: string;
	track_id: string;
	qq?: string;
	name?: string;
	age?: string;
	gender?: string;
	avatar?: string;
	enterprise_token?: string;
	wecom_link_id?: string;
	wecom_link_name?: string;
	tags?: number[];
	tags_detail?: Record<string, string>;
	incoming_note_id?: string;
	incoming_note_title?: string;
	[field: string]: unknown;
}

/** The columns that identify an agent in both reports. */
export interface LaiguReportAgent {
	agent_id: number;
	agent_name: string;
	group_id: number;
	group_name: string;
	work_num: string;
}

/** A row of either report: the agent and its figures (Laigu's API document, `rows`). */
export type LaiguReportRow = LaiguReportAgent & Record<string, number | string>;

/** The account that the server answers for. */
export interface Account {
	accessToken: string;
	/** 32 lower-case hex. */
	appId: string;
	/** 32 lower-case hex. */
	sign: string;
	enterpriseId: number;
	/** 32 lower-case hex; seen in clients and in webhooks, not the same as enterpriseId. */
	enterpriseToken: string;
}

/** Demo values, made to be recognised as such. */
export const DEMO_ACCOUNT: Account = {
	accessToken: 'demo-access-token-not-a-real-one',
	appId: 'de30a99de30a99de30a99de30a99de30',
	sign: 'fa4e5167fa4e5167fa4e5167fa4e5167',
	enterpriseId: 10001,
	enterpriseToken: '0de300de300de300de300de300de3000',
};
