import { errmsgOf, errnoOf, readPage, readRecord } from '../../../nodes/Laigu/http/answer';

const LIST = [{ conv_id: 1 }, { conv_id: 2 }];

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

	test.each(keys)(
		'takes null under %s for an empty list, as Go writes one, and goes by the list that holds something',
		(key) => {
			const empty = { records: [], nextToken: undefined };
			expect(readPage({ errno: 0, errmsg: '', [key]: null })).toEqual(empty);
			expect(readPage({ [key]: null })).toEqual(empty);
			expect(readPage({ code: 0, message: 'success', [key]: null })).toEqual(empty);
			expect(readPage({ code: 500, message: 'failed', [key]: null })).toBeUndefined();
			expect(readPage({ errno: 0, result: { [key]: null } })).toEqual(empty);
			expect(readPage({ errno: 0, [key]: null, next_page_token: '' })).toEqual({ records: [], nextToken: '' });
			for (const nothing of [[], null]) {
				expect(readPage({ result: nothing, data: nothing, [key]: nothing, list: LIST })?.records).toEqual(LIST);
				expect(readPage({ result: nothing, data: { [key]: LIST, next_page_token: 'a' } })).toEqual({
					records: LIST,
					nextToken: 'a',
				});
			}
		},
	);

	test.each([[{}], [{ a: 1 }], [[]], [['a']], [true]])('%j is no token', (token) => {
		expect(readPage({ result: LIST, next_page_token: token })).toEqual({ records: LIST, nextToken: null });
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
		{ errno: 0, result: {} },
		{ errno: 0, result: [null], data: [] },
		{ data: null, code: 401, message: 'who are you' },
		{ total: 3, items: { first: 1 } },
		{ errno: 0, result: 'none' },
		{ errno: 0, other: LIST },
		{ result: { data: { rows: LIST } } },
		{ result: ['1', '2'] },
		{ result: [{ conv_id: 1 }, null] },
	])('%j contains no list, which is not the same as an empty one', (body) => {
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
