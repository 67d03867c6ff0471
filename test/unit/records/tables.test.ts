import type { IDataObject } from 'n8n-workflow';

import { databaseColumns } from '../../../nodes/Laigu/records/rows';
import { field, RESERVED_NAMES } from '../../../nodes/Laigu/records/field';
import { selectableFields, unknownFields } from '../../../nodes/Laigu/records/selection';
import { shaperFor } from '../../../nodes/Laigu/records/shape';
import {
	automationTable,
	conversationTable,
	customerTable,
	reportTable,
	wholeReportTable,
} from '../../../nodes/Laigu/records/tables';
import type { RecordTable } from '../../../nodes/Laigu/records/tables';
import { fieldList, glossaryTable, schemaOf, wordsOf } from '../../fieldTables';
import { CONVERSATION, CUSTOMER } from './samples';

const TABLES = [
	['customers', customerTable],
	['conversations', conversationTable],
	['automation events', automationTable],
	...(['getAgentService', 'getAgentOnlineStats'] as const).flatMap((report) => [
		[report, wholeReportTable(report)] as const,
		...(['agent', 'group', 'day'] as const).map((by) => [`${report} by ${by}`, reportTable(report, by)] as const),
	]),
] as const;

describe.each(TABLES)('the table of %s', (_, table) => {
	const names = table.fields.map(({ name }) => name);

	test('has every name once, and its ID, and none that belongs to items as a whole', () => {
		expect(new Set(names).size).toBe(names.length);
		expect(names).toContain(table.id);
		expect(names.filter((name) => [...RESERVED_NAMES, 'id'].includes(name))).toEqual([]);
	});

	test('has a label with a word of Laigu for every field', () => {
		for (const each of table.fields) {
			expect(wordsOf(each).english).toMatch(/^[A-Z][\w ]*$/);
			expect(wordsOf(each).chinese).not.toBe('');
		}
		const labels = table.fields.map(({ label }) => label);
		expect(new Set(labels).size).toBe(labels.length);
	});

	test('reads every field of Laigu into one place', () => {
		const keys = table.fields.flatMap(({ from }) => from);
		expect(new Set(keys).size).toBe(keys.length);
	});
});

test('the vocabulary is the one that workflows depend on, in this order', () => {
	const names = (table: RecordTable) => table.fields.map(({ name }) => name).join(' ');
	expect(names(customerTable)).toBe(
		'name phone wechat qq channel account advertiser campaign creative note tags gender age address comment custom ' +
			'createdAt updatedAt customerChannel avatar trackId accountId advertiserId campaignId creativeId noteId ' +
			'wecomLinkId wecomLinkName',
	);
	expect(names(conversationTable)).toBe(
		'customerName phone wechat qq mentionedPhones mentionedWechats mentionedQqs channel account agentName groupName ' +
			'startedAt endedAt firstResponseSeconds averageResponseSeconds durationSeconds customerMessages agentMessages ' +
			'effective missed grade leads tags customerTags summary summaryUpdatedAt advertiser campaign creative ' +
			'sourceType sourceField appName agentNickname agentAccount customer conversationId customerId ' +
			'externalCustomerId agentId groupId accountId advertiserId campaignId creativeId enterpriseId',
	);
	expect(names(reportTable('getAgentService', 'agent'))).toBe(
		'agentName groupName workNumber conversations effectiveConversations missedConversations delayedConversations ' +
			'messages durationSeconds leads conversationsWithLeads transfersIn transfersOut remarks goodRatings ' +
			'mediumRatings badRatings goldConversations silverConversations bronzeConversations ungradedConversations ' +
			'firstResponseSeconds agentFirstResponseSeconds averageResponseSeconds effectiveRate missedRate delayedRate ' +
			'leadRate goodRatingRate averageFirstResponseSeconds from to agentId groupId',
	);
	expect(names(reportTable('getAgentOnlineStats', 'agent'))).toBe(
		'agentName groupName workNumber onlineSeconds invisibleSeconds pushOnSeconds pushOffSeconds offlineSeconds ' +
			'onlineRate offlineRate from to agentId groupId',
	);
});

test('a field that is added to a table is everywhere', () => {
	const added = field('shoeSize', 'shoe_size', 'number', 'Shoe Size (鞋码)');
	const withShoes: RecordTable = {
		...customerTable,
		fields: [...customerTable.fields.slice(0, 4), added, ...customerTable.fields.slice(4)],
	};
	const record: IDataObject = { ...CUSTOMER, shoe_size: '42' };
	const shape = (output: 'simplified' | 'spreadsheetRow' | 'databaseRow' | 'selectedFields', from = record) =>
		shaperFor(withShoes, { output, fields: ['shoeSize'] })(from)[0];

	expect(Object.entries(shape('simplified'))[4]).toEqual(['shoeSize', 42]);
	for (const output of ['spreadsheetRow', 'databaseRow'] as const) {
		expect(Object.keys(shape(output))[4]).toBe('shoeSize');
		expect(shape(output).shoeSize).toBe(42);
	}
	expect(shape('spreadsheetRow', CUSTOMER).shoeSize).toBe('');
	expect(shape('databaseRow', CUSTOMER).shoeSize).toBeNull();
	expect(databaseColumns(withShoes)).toContain('shoeSize');
	expect(shape('selectedFields')).toEqual({ shoeSize: 42, trackId: CUSTOMER.track_id });
	expect(selectableFields(withShoes)).toContainEqual({ name: 'Shoe Size (鞋码)', value: 'shoeSize' });
	expect(unknownFields(withShoes, ['shoeSize'])).toEqual([]);
	expect(schemaOf(withShoes).properties?.shoeSize).toEqual({ type: 'number' });
	expect(glossaryTable(withShoes)).toContain('| 鞋码 | `shoeSize` | Shoe Size | `shoe_size` |');
	expect(fieldList(withShoes)).toContain('| `shoeSize` | Shoe Size | number |');
	// and its name is taken
	expect(shape('simplified', { shoeSize: 1 })).toEqual({ other: { shoeSize: 1 } });
});

describe('selection', () => {
	test('is by label, alphabetically', () => {
		const choices = selectableFields(conversationTable);
		expect(choices).toHaveLength(conversationTable.fields.length);
		expect(choices[0]).toEqual({ name: 'Account (对话子渠道)', value: 'account' });
		const labels = choices.map(({ name }) => name.toLowerCase());
		expect(labels).toEqual([...labels].sort());
	});

	test.each([
		[['name', 'phone', 'custom.预算', 'custom'], []],
		[
			['lead', 'Name', 'tel', ''],
			['lead', 'Name', 'tel', ''],
		],
		[
			['name.first', 'customer.x', '__proto__', 'constructor', 'other'],
			['name.first', 'customer.x', '__proto__', 'constructor', 'other'],
		],
	])('of %j, unknown are %j', (names, unknown) => {
		expect(unknownFields(customerTable, names)).toEqual(unknown);
	});

	test('keeps the order given and the ID, and what is absent stays absent', () => {
		const select = (fields: string[], record = CONVERSATION) =>
			Object.entries(shaperFor(conversationTable, { output: 'selectedFields', fields })(record)[0]);
		expect(select(['missed', 'phone', 'customer.visitorName', 'summary'])).toEqual([
			['missed', 0],
			['phone', '13800138000'],
			['customer', { visitorName: '访客5' }],
			['conversationId', 900001],
		]);
	});
});
