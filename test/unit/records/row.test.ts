import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { CONVERSATION_COLUMNS, simplifyConversation } from '../../../nodes/Laigu/records/conversation';
import { CUSTOMER_COLUMNS, simplifyCustomer } from '../../../nodes/Laigu/records/customer';
import { alignRows, toRow } from '../../../nodes/Laigu/records/row';
import { deepFreeze } from '../helpers';
import { CONVERSATION, CUSTOMER } from './samples';

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

const customerRow = (record: IDataObject) => toRow(deepFreeze(simplifyCustomer(deepFreeze(record))), CUSTOMER_COLUMNS);
const conversationRow = (record: IDataObject) =>
	toRow(deepFreeze(simplifyConversation(deepFreeze(record))), CONVERSATION_COLUMNS);

test('a customer as a row: the known columns first, groups and unknown fields behind them', () => {
	const row = customerRow(CUSTOMER);
	expect(Object.keys(row).slice(0, CUSTOMER_COLUMNS.length)).toEqual(CUSTOMER_COLUMNS);
	expect(row).toMatchObject({
		trackId: '2fT1abcdefghijklmnopqrstuvw',
		phone: '13800138000',
		wechat: 'lilei_wx',
		qq: '10001',
		channel: 'redbook',
		account: '植光护肤',
		campaign: '77',
		tags: '高意向, 已加微信, 9',
		address: '',
		custom_肤质: '敏感肌',
		custom_关注: '保湿, 防晒',
		fieldOfTomorrow_inner_part: 1,
	});
	for (const name of ['tel', 'weixin', 'source', 'lead', 'attribution', 'custom']) expect(row).not.toHaveProperty(name);
});

test('a conversation as a row', () => {
	const row = conversationRow(CONVERSATION);
	expect(Object.keys(row).slice(0, CONVERSATION_COLUMNS.length)).toEqual(CONVERSATION_COLUMNS);
	expect(row).toMatchObject({
		conversationId: 900001,
		customerName: '李雷',
		phone: '13800138000',
		qq: '',
		convTags: '价格, 投诉, 4',
		visitorTags: '',
		convVisitorMsgCount: 0,
		missed: 0,
		effective: false,
		convLeads_tel: true,
	});
	expect(conversationRow({ client_info: { visitor_name: '访客' } }).customerName).toBe('访客');
});

test('a list that holds more than scalars is kept as JSON', () => {
	expect(toRow({ list: [{ a: 1 }, 2] }, [])).toEqual({ list: '[{"a":1},2]' });
});

test('an empty record is a row of empty columns', () => {
	expect(customerRow({})).toEqual(Object.fromEntries(CUSTOMER_COLUMNS.map((column) => [column, ''])));
});

describe('whatever the records are', () => {
	const hostile = fc.constantFrom('__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', '备注');
	const known = fc.constantFrom(...Object.keys(CUSTOMER), ...Object.keys(CONVERSATION));
	const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.dictionary(hostile, fc.jsonValue({ maxDepth: 1 })));
	// JavaScript puts a name that is a whole number before all others, whatever is done
	const unknown = fc.string().filter((name) => /^\D+$/.test(name));
	const record = fc.dictionary(fc.oneof(known, hostile, unknown), value, { maxKeys: 12 });

	test.each([
		['customers', customerRow, CUSTOMER_COLUMNS],
		['conversations', conversationRow, CONVERSATION_COLUMNS],
	] as const)('rows of %s have scalar values only, and the same columns in the same order', (_, toRowOf, columns) => {
		fc.assert(
			fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), (records) => {
				const rows = records.map((one) => toRowOf(one as IDataObject));
				const aligned = alignRows(rows.map(deepFreeze));
				const [first] = aligned;
				expect(Object.keys(first).slice(0, columns.length)).toEqual(columns);
				for (const [index, row] of aligned.entries()) {
					const own = rows[index];
					expect(Object.keys(row)).toEqual(Object.keys(first));
					expect(Object.values(row).filter((cell) => !isScalar(cell))).toEqual([]);
					const wrong = Object.keys(row).filter((name) => row[name] !== (Object.hasOwn(own, name) ? own[name] : ''));
					expect(wrong).toEqual([]);
				}
			}),
			{ numRuns: 100 },
		);
		expect('isAdmin' in {}).toBe(false);
	});

	test('a field named after a prototype becomes a column like any other', () => {
		const row = customerRow({ toString: 'x', valueOf: 0 });
		expect(Object.entries(row).slice(CUSTOMER_COLUMNS.length)).toEqual([
			['toString', 'x'],
			['valueOf', 0],
		]);
		expect(alignRows([row, customerRow({})])[1]).toHaveProperty('toString', '');
	});
});

describe('alignRows', () => {
	test('adds the columns of the others in order of appearance', () => {
		const rows = alignRows([{ a: 1, b: 2 }, { a: 3, c: false }, { b: 0 }]);
		expect(rows).toEqual([
			{ a: 1, b: 2, c: '' },
			{ a: 3, b: '', c: false },
			{ a: '', b: 0, c: '' },
		]);
		for (const row of rows) expect(Object.keys(row)).toEqual(['a', 'b', 'c']);
	});

	test('puts columns in one order, and leaves rows alone that are alike', () => {
		expect(
			alignRows([
				{ a: 1, b: 2 },
				{ b: 3, a: 4 },
			]).map((row) => Object.keys(row)),
		).toEqual([
			['a', 'b'],
			['a', 'b'],
		]);
		const rows = [{ a: 1 }, { a: 2 }];
		expect(alignRows(rows)[0]).toBe(rows[0]);
		expect(alignRows([])).toEqual([]);
	});
});
