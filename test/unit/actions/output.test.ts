import type { IDataObject } from 'n8n-workflow';

import { alignRowItems, readOutput, readShape, toItems } from '../../../nodes/Laigu/actions/shared/output';
import { conversationTable, customerTable } from '../../../nodes/Laigu/records/tables';
import { CONVERSATION, CUSTOMER } from '../records/samples';
import { contextWith } from '../parameters/context';

const shaped = (kind: 'conversation' | 'customer', parameters: IDataObject) =>
	kind === 'customer'
		? readShape(contextWith(parameters), 0, customerTable, 0)(CUSTOMER)
		: readShape(contextWith(parameters), 0, conversationTable, 0)(CONVERSATION);

test('simplified is the default', () => {
	expect(readOutput(contextWith({}), 0)).toBe('simplified');
	expect(shaped('customer', {})).toEqual(shaped('customer', { output: 'simplified' }));
	expect(shaped('customer', {})[0]).toMatchObject({ trackId: CUSTOMER.track_id });
});

test('raw is the record as Laigu sent it', () => {
	expect(shaped('conversation', { output: 'raw' })[0]).toBe(CONVERSATION);
	expect(shaped('customer', { output: 'raw' })[0]).toBe(CUSTOMER);
});

test('messages are an item each, transcript and row one', () => {
	expect(shaped('conversation', { output: 'messages' })).toHaveLength(6);
	expect(Object.keys(shaped('conversation', { output: 'transcript' })[0]).at(-1)).toBe('transcript');
	const [row] = shaped('conversation', { output: 'spreadsheetRow' });
	expect(Object.keys(row)).toEqual(conversationTable.fields.map(({ name }) => name));
});

describe('selected fields', () => {
	const selected = (fields: unknown) => shaped('customer', { output: 'selectedFields', fields } as IDataObject);

	test.each([[['name', 'age']], [' name , age ,'], ['age,name']])('%j keeps these and the ID', (fields) => {
		expect(selected(fields)).toEqual([{ trackId: CUSTOMER.track_id, name: '李雷 🌱', age: 28 }]);
	});

	test('of groups can be named with a dot', () => {
		expect(selected(['phone', 'custom.肤质'])).toEqual([
			{ trackId: CUSTOMER.track_id, phone: '13800138000', custom: { 肤质: '敏感肌' } },
		]);
	});

	test('that the record does not have stay absent', () => {
		expect(selected(['address', 'nonsense', 'custom.fax'])).toEqual([{ trackId: CUSTOMER.track_id }]);
		for (const nothing of [[], '', undefined, null])
			expect(selected(nothing)).toEqual([{ trackId: CUSTOMER.track_id }]);
	});

	test('named after a prototype give nothing', () => {
		expect(selected(['constructor', '__proto__', 'toString', 'custom.constructor'])).toEqual([
			{ trackId: CUSTOMER.track_id },
		]);
	});

	test('of a conversation keep its ID', () => {
		expect(shaped('conversation', { output: 'selectedFields', fields: ['missed'] })).toEqual([
			{ conversationId: 900001, missed: 0 },
		]);
	});
});

test('every item says which input item it comes from', () => {
	expect(toItems([{ a: 1 }, { a: 2 }], 4)).toEqual([
		{ json: { a: 1 }, pairedItem: { item: 4 } },
		{ json: { a: 2 }, pairedItem: { item: 4 } },
	]);
});

test('rows of several input items get the same columns', () => {
	const items = [...toItems([{ a: 1 }], 0), ...toItems([{ b: 2 }], 1)];
	alignRowItems(items);
	expect(items).toEqual([
		{ json: { a: 1, b: '' }, pairedItem: { item: 0 } },
		{ json: { a: '', b: 2 }, pairedItem: { item: 1 } },
	]);
});
