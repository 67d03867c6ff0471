import { field } from './field';
import type { Field, RecordTable } from './field';

const fields: Field[] = [
	field('name', 'name', 'name', 'Name (姓名)'),
	field('phone', 'tel', 'phone', 'Phone (电话)'),
	field('wechat', 'weixin', 'handle', 'WeChat (微信号)'),
	field('qq', 'qq', 'handle', 'QQ (QQ)'),
	field('channel', ['source', 'main_channel'], 'name', 'Channel (来源)'),
	field('account', ['sub_source_name', 'sub_channel'], 'name', 'Account (子渠道)', { orId: 'sub_source' }),
	field('advertiser', 'advertiser_name', 'name', 'Advertiser (广告)', { orId: 'advertiser_id' }),
	field('campaign', 'campaign_name', 'name', 'Campaign (计划)', { orId: 'campaign_id' }),
	field('creative', 'creativity_name', 'name', 'Creative (创意)', { orId: 'creativity_id' }),
	field('note', 'incoming_note_title', 'name', 'Note (来源笔记)', { orId: 'incoming_note_id' }),
	field('tags', 'tags', 'tags', 'Tags (标签)', { details: 'tags_detail' }),
	field('gender', 'gender', 'name', 'Gender (性别)'),
	field('age', 'age', 'number', 'Age (年龄)'),
	field('address', 'address', 'text', 'Address (地址)'),
	field('comment', 'comment', 'text', 'Comment (备注)'),
	field('custom', 'custom', 'object', 'Custom Fields (自定义字段)'),
	field('createdAt', 'created_on', 'time', 'Created At (创建时间)'),
	field('updatedAt', 'updated_on', 'time', 'Updated At (更新时间)'),
	field('customerChannel', 'customer_channel', 'name', 'WeCom Customer Channel (企业微信渠道)'),
	field('avatar', 'avatar', 'text', 'Avatar (头像)'),
	field('trackId', 'track_id', 'id', 'Track ID (顾客唯一标识)'),
	field('accountId', 'sub_source', 'id', 'Account ID (子渠道 ID)'),
	field('advertiserId', 'advertiser_id', 'id', 'Advertiser ID (广告 ID)'),
	field('campaignId', 'campaign_id', 'id', 'Campaign ID (计划 ID)'),
	field('creativeId', 'creativity_id', 'id', 'Creative ID (创意 ID)'),
	field('noteId', 'incoming_note_id', 'id', 'Note ID (来源笔记 ID)'),
	field('wecomLinkId', 'wecom_link_id', 'id', 'WeCom Link ID (获客链接 ID)'),
	field('wecomLinkName', 'wecom_link_name', 'name', 'WeCom Link Name (获客链接)', { orId: 'wecom_link_id' }),
];

/** Customers (顾客) and visitors (访客), which Laigu sends in one shape. The enterprise's token is left out: it proves where a webhook event comes from. */
export const customerTable: RecordTable = {
	kind: 'customer',
	id: 'trackId',
	fields,
	leftOut: ['enterprise_token', 'tags_detail'],
};
