import type { IDataObject } from 'n8n-workflow';

import type { RecordTable } from './field';
import { customerTable } from './fields.customer';

/** Further names under which the automation webhook may hold a contact: an open map, of which the fields are picked in Laigu. */
const ALSO_CALLED: Record<string, string[]> = {
	tel: ['mobile', 'telephone', 'phoneNumber', 'mobilePhone', 'cellphone'],
	weixin: ['wx', 'wechatId', 'weixinId', 'wechatNumber'],
	qq: ['qqNumber'],
};

/** A name without what tells apart its spellings: `phone_number`, `phoneNumber`, `PhoneNumber`. */
const bare = (name: string): string => name.toLowerCase().replaceAll('_', '');

/** Laigu's name of a customer's field for each of the names by which the automation may call it. */
const CUSTOMER_NAMES = new Map(
	customerTable.fields.flatMap(({ name, from }) =>
		[...from, name, ...from.flatMap((key) => ALSO_CALLED[key] ?? [])].map(
			(called) => [bare(called), from.includes(called) ? called : from[0]] as const,
		),
	),
);

/** The fields of an automation's event under the names of customers; of two for one field the first counts. */
function underNamesOfCustomers(record: IDataObject): IDataObject {
	const renamed: IDataObject = {};
	for (const key of Object.keys(record)) {
		const name = CUSTOMER_NAMES.get(bare(key));
		if (name !== undefined && !Object.hasOwn(renamed, name) && record[key] !== '') renamed[name] = record[key];
		else if (key !== '__proto__') renamed[key] ??= record[key];
	}
	return renamed;
}

/** Events of Laigu's automation: what is known of customers, under any of its names. */
export const automationTable: RecordTable = { ...customerTable, prepare: underNamesOfCustomers };

/** Records of an event that this package does not know: all of its fields in camelCase. */
export const unknownTable: RecordTable = { kind: 'event', id: 'id', fields: [], leftOut: ['enterprise_token'] };
