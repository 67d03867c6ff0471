import type { Field, RecordTable } from './field';

const fields: Field[] = [
	{ name: 'name', from: ['name'], reading: 'name', label: 'Name (姓名)' },
	{ name: 'phone', from: ['tel'], reading: 'phone', label: 'Phone (电话)' },
	{ name: 'wechat', from: ['weixin'], reading: 'handle', label: 'WeChat (微信号)' },
	{ name: 'qq', from: ['qq'], reading: 'handle', label: 'QQ (QQ)' },
	{ name: 'channel', from: ['source', 'main_channel'], reading: 'name', label: 'Channel (来源)' },
	{ name: 'account', from: ['sub_source_name', 'sub_channel'], orId: 'sub_source', reading: 'name', label: 'Account (子渠道)' },
	{ name: 'advertiser', from: ['advertiser_name'], orId: 'advertiser_id', reading: 'name', label: 'Advertiser (广告)' },
	{ name: 'campaign', from: ['campaign_name'], orId: 'campaign_id', reading: 'name', label: 'Campaign (计划)' },
	{ name: 'creative', from: ['creativity_name'], orId: 'creativity_id', reading: 'name', label: 'Creative (创意)' },
	{ name: 'note', from: ['incoming_note_title'], orId: 'incoming_note_id', reading: 'name', label: 'Note (来源笔记)' },
	{ name: 'tags', from: ['tags'], details: 'tags_detail', reading: 'tags', label: 'Tags (标签)' },
	{ name: 'gender', from: ['gender'], reading: 'name', label: 'Gender (性别)' },
	{ name: 'age', from: ['age'], reading: 'number', label: 'Age (年龄)' },
	{ name: 'address', from: ['address'], reading: 'text', label: 'Address (地址)' },
	{ name: 'comment', from: ['comment'], reading: 'text', label: 'Comment (备注)' },
	{ name: 'custom', from: ['custom'], reading: 'object', label: 'Custom Fields (自定义字段)' },
	{ name: 'createdAt', from: ['created_on'], reading: 'time', label: 'Created At (创建时间)' },
	{ name: 'updatedAt', from: ['updated_on'], reading: 'time', label: 'Updated At (更新时间)' },
	{ name: 'customerChannel', from: ['customer_channel'], reading: 'id', label: 'WeCom Customer Channel (企业微信渠道)' },
	{ name: 'avatar', from: ['avatar'], reading: 'text', label: 'Avatar (头像)' },
	{ name: 'trackId', from: ['track_id'], reading: 'id', label: 'Track ID (顾客唯一标识)' },
	{ name: 'accountId', from: ['sub_source'], reading: 'id', label: 'Account ID (子渠道 ID)' },
	{ name: 'advertiserId', from: ['advertiser_id'], reading: 'id', label: 'Advertiser ID (广告 ID)' },
	{ name: 'campaignId', from: ['campaign_id'], reading: 'id', label: 'Campaign ID (计划 ID)' },
	{ name: 'creativeId', from: ['creativity_id'], reading: 'id', label: 'Creative ID (创意 ID)' },
	{ name: 'noteId', from: ['incoming_note_id'], reading: 'id', label: 'Note ID (来源笔记 ID)' },
	{ name: 'wecomLinkId', from: ['wecom_link_id'], reading: 'id', label: 'WeCom Link ID (获客链接 ID)' },
	{ name: 'wecomLinkName', from: ['wecom_link_name'], orId: 'wecom_link_id', reading: 'name', label: 'WeCom Link Name (获客链接)' },
];

/** Customers (顾客) and visitors (访客), which Laigu sends in one shape. The enterprise's token is left out: it proves where a webhook event comes from. */
export const customerTable: RecordTable = {
	kind: 'customer',
	id: 'trackId',
	fields,
	leftOut: ['enterprise_token', 'tags_detail'],
};
