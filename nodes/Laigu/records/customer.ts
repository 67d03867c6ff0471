import type { IDataObject } from 'n8n-workflow';
import { withLead } from './lead';
import { simpleFields, textOf } from './names';
import { isObject } from '../shared/json';

/** Tag names in the order of the tags' IDs; an ID without a name stays an ID. */
function tagNames(record: IDataObject): IDataObject[string] {
	const names = isObject(record.tags_detail) ? record.tags_detail : {};
	const ids: unknown = record.tags;
	if (!Array.isArray(ids)) return Object.values(names).map(textOf);
	return ids.map((id: unknown) => textOf(names[textOf(id)]) || textOf(id) || id);
}

/**
 * A customer (顾客) or visitor (访客) in simplified form: names in camelCase, times in ISO 8601, tags by name, custom fields under their own
 * names, and how to reach the person as `lead`, what brought them as `attribution`. The enterprise token is left out: it is what proves a
 * webhook event's origin.
 *
 * @param record the record as Laigu sent it; it is not changed
 */
export function simplifyCustomer(record: IDataObject): IDataObject {
	const simple = simpleFields(record, {
		first: ['track_id', 'created_on', 'updated_on', 'name'],
		leftOut: ['tags_detail', 'enterprise_token'],
		replaced: { tags: tagNames(record) },
	});
	return withLead(simple, record, record);
}

/** The columns that every row of customers has, in this order. */
export const CUSTOMER_COLUMNS = [
	'trackId',
	'createdAt',
	'updatedAt',
	'name',
	'phone',
	'wechat',
	'qq',
	'channel',
	'account',
	'advertiser',
	'campaign',
	'creative',
	'note',
	'tags',
	'gender',
	'age',
	'address',
	'comment',
	'customerChannel',
	'avatar',
	'advertiserId',
	'campaignId',
	'creativityId',
	'incomingNoteId',
	'subSource',
];
