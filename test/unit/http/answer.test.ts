import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { errmsgOf, errnoOf, readPage, readRecord } from '../../../nodes/Laigu/http/answer';
import { parseJson } from '../../../nodes/Laigu/shared/json';

const LIST = [{ conv_id: 1 }, { conv_id: 2 }];

describe('parseJson', () => {
	test('reads any JSON with exact numbers just as JSON.parse does', () => {
		const isExact = (value: number) => Number.isSafeInteger(value) || !Number.isInteger(value);
		const text = fc.oneof(
			fc.json().filter((json) => !/\d{16}/.test(json)),
			fc
				.array(fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true }).filter(isExact), fc.string()))
				.map((values) => JSON.stringify({ long: 1_234_567_890_123_456, values })),
			fc
				.array(fc.string({ unit: fc.constantFrom('"', '\\', '1234567890123456789', ' ', ':', '，') }))
				.map((values) => JSON.stringify(values)),
		);
		fc.assert(
			fc.property(text, (json) => {
				expect(parseJson(json)).toEqual(JSON.parse(json));
			}),
		);
	});

	test('keeps every digit of a whole number, as text where JavaScript has no such number', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (id) => {
				const { result } = parseJson(`{"result":[{"advertiser_id": ${id} }]}`) as { result: IDataObject[] };
				expect(`${result[0].advertiser_id as string | number}`).toBe(
					Number.isSafeInteger(Number(id)) ? `${Number(id)}` : `${id}`,
				);
			}),
		);
	});

	test('leaves numbers inside of strings alone, quotes and backslashes beside them too', () => {
		const content = 'order "12345678901234567890", \\12345678901234567890\\ 12345678901234567890';
		expect(parseJson(JSON.stringify({ content, id: 1 }))).toEqual({ content, id: 1 });
		expect(parseJson('{"12345678901234567890":12345678901234567890}')).toEqual({
			'12345678901234567890': '12345678901234567890',
		});
	});

	test('leaves fractions and powers of ten to JavaScript', () => {
		const numbers = ['1234567890123456789.5', '12345678901234567890e1', '0.12345678901234567890'];
		expect(parseJson(`[${numbers.join(', ')}]`)).toEqual(numbers.map(Number));
	});

	test.each([
		'',
		'OK',
		'<html><body>502 Bad Gateway 1234567890123456789</body></html>',
		'{"errno":0,"result":[{"conv_id":12345678901234567890,"conv_content":[{"content":"cut of',
		'{"errno":0,"result":[{"conv_id":1},',
		'{"errno":0}{"errno":0}',
	])('finds no JSON in %j', (text) => {
		expect(parseJson(text)).toBeUndefined();
	});

	test('takes a moment for a long answer that was cut off inside of quoted text', () => {
		// a search that goes back at each of them would take hours
		expect(parseJson(`{"id":12345678901234567890,"card":"${'\\"x'.repeat(3_000_000)}`)).toBeUndefined();
	});

	test('reads an answer with a text of 20 MB', () => {
		const body = parseJson(`{"id":12345678901234567890,"content":"${'x'.repeat(20_000_000)}"}`) as IDataObject;
		expect(body.id).toBe('12345678901234567890');
		expect((body.content as string).length).toBe(20_000_000);
	});
});

describe('errnoOf and errmsgOf', () => {
	test.each([
		[{ errno: 0, errmsg: '' }, 0],
		[{ rows: [] }, 0],
		[{ errno: null }, 0],
		[{ errno: 10014 }, 10014],
		[{ errno: '10014' }, 10014],
		[{ errno: '0' }, 0],
		[{ errno: 'E_LIMIT' }, -1],
		[[], 0],
		[null, 0],
		['text', 0],
	])('%j has errno %p', (body, errno) => {
		expect(errnoOf(body)).toBe(errno);
	});

	test('errmsg is text or nothing', () => {
		expect(errmsgOf({ errmsg: 'slow down' })).toBe('slow down');
		expect(errmsgOf({ errmsg: null })).toBe('');
		expect(errmsgOf({ errmsg: { a: 1 } })).toBe('');
		expect(errmsgOf(null)).toBe('');
		expect(errmsgOf('errmsg')).toBe('');
	});
});

describe('readPage', () => {
	const keys = ['result', 'data', 'conversations', 'clients', 'rows'];

	test.each(keys)('finds the list under %s, with the token beside it', (key) => {
		expect(readPage({ errno: 0, [key]: LIST, next_page_token: 'a' })).toEqual({ records: LIST, nextToken: 'a' });
	});

	test.each(keys.flatMap((outer) => keys.map((inner) => [outer, inner])))(
		'finds the list under %s.%s, with the token beside it or at the top',
		(outer, inner) => {
			const beside = { errno: 0, [outer]: { [inner]: LIST, next_page_token: 'a' } };
			expect(readPage(beside)).toEqual({ records: LIST, nextToken: 'a' });
			const atTop = { errno: 0, [outer]: { [inner]: LIST }, next_page_token: 'a' };
			expect(readPage(atTop)).toEqual({ records: LIST, nextToken: 'a' });
		},
	);

	test('prefers the token beside the list to one at the top', () => {
		const body = { data: { rows: LIST, next_page_token: 'inner' }, next_page_token: 'outer' };
		expect(readPage(body)?.nextToken).toBe('inner');
	});

	test.each([
		[{ result: LIST }, undefined],
		[{ result: LIST, next_page_token: '' }, ''],
		[{ result: LIST, next_page_token: null }, ''],
		[{ result: LIST, next_page_token: 7 }, '7'],
	])('in %j the next token is %p', (body, token) => {
		expect(readPage(body)).toEqual({ records: LIST, nextToken: token });
	});

	test('takes a bare list, and an empty one', () => {
		expect(readPage(LIST)).toEqual({ records: LIST, nextToken: undefined });
		expect(readPage({ errno: 0, result: [] })).toEqual({ records: [], nextToken: undefined });
	});

	test.each([
		null,
		undefined,
		'text',
		7,
		{},
		{ errno: 0, errmsg: '', result: null },
		{ errno: 0, result: {} },
		{ errno: 0, result: 'none' },
		{ errno: 0, other: LIST },
		{ result: { data: { rows: LIST } } },
		{ result: ['1', '2'] },
		{ result: [{ conv_id: 1 }, null] },
	])('%j holds no list, which is not the same as an empty one', (body) => {
		expect(readPage(body)).toBeUndefined();
	});
});

describe('readRecord', () => {
	const record = { conv_id: 1 };

	test.each([
		[{ result: record }],
		[{ data: record }],
		[{ conversation: record }],
		[{ result: [record] }],
		[{ result: null, data: record }],
		[{ result: {}, data: record }],
	])('finds the record in %j', (body) => {
		expect(readRecord(body)).toEqual(record);
	});

	test.each([null, 'text', [], {}, { result: null }, { result: {} }, { result: [] }, { result: 'x' }])(
		'finds none in %j',
		(body) => {
			expect(readRecord(body)).toBeUndefined();
		},
	);
});
