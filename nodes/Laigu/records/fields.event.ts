import { camelCase } from 'lodash';

import type { Field, RecordTable } from './field';
import { customerTable } from './fields.customer';

/** Further names under which the automation webhook may hold a contact: an open map, of which the fields are picked in Laigu. */
const ALSO_CALLED: Record<string, string[]> = {
	phone: ['mobile', 'telephone', 'phoneNumber', 'phone_number', 'mobilePhone', 'mobile_phone', 'cellphone'],
	wechat: ['wx', 'wechatId', 'wechat_id', 'weixinId', 'weixin_id', 'wechatNumber', 'wechat_number'],
	qq: ['QQ', 'qqNumber', 'qq_number'],
};

/** The spellings of a name: as Laigu's lists have it, and in camelCase as its automation does. */
const spellings = (name: string): string[] => [name, camelCase(name)];

const toOpenField = (field: Field): Field => ({
	...field,
	from: [...new Set([...field.from, ...(ALSO_CALLED[field.name] ?? [])].flatMap(spellings).concat(field.name))],
});

/** Events of Laigu's automation: what is known of customers, under any of its names. */
export const automationTable: RecordTable = {
	kind: 'event',
	id: 'trackId',
	fields: customerTable.fields.map(toOpenField),
	leftOut: customerTable.leftOut,
};

/** Records of an event that this package does not know: all of its fields in camelCase. */
export const unknownTable: RecordTable = { kind: 'event', id: 'id', fields: [], leftOut: ['enterprise_token'] };
