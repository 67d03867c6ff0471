import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { parseJson } from '../../../nodes/Laigu/shared/json';
import { LINEAR, growthOf } from '../growth';

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

	test('reads an answer with a text of 20 MB', () => {
		const body = parseJson(`{"id":12345678901234567890,"content":"${'x'.repeat(20_000_000)}"}`) as IDataObject;
		expect(body.id).toBe('12345678901234567890');
		expect((body.content as string).length).toBe(20_000_000);
	});

	test('takes JSON for JSON, and nothing else, wherever long numbers stand', () => {
		const piece = fc.constantFrom(
			...['{', '}', '[', ']', '"', '\\', ':', ',', ' ', '\n', '-', '+', '.', 'e', '0', 'a', 'null', '"x"'],
			...['1234567890123456', '-1234567890123456789', '0123456789012345678', '1782345678901234567'],
		);
		const parsed = (text: string): unknown => {
			try {
				return { value: JSON.parse(text) as unknown };
			} catch {
				return undefined;
			}
		};
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 7 }), (pieces) => {
				const text = pieces.join('');
				expect(parseJson(text) === undefined).toBe(parsed(text) === undefined);
			}),
			{
				numRuns: 5_000,
				examples: [[['{', '1782345678901234567', ':', '0', '}']], [['[', '+', '1782345678901234567', ']']]],
			},
		);
	});

	test('finds long numbers wherever they begin, behind blanks and among long digits in strings', () => {
		for (let before = 0; before < 40; before++) {
			for (const digits of [16, 17, 31, 32, 33, 100]) {
				const id = '9'.repeat(digits);
				const text = `{"${'x'.repeat(before)}":"a${'1'.repeat(before)}","id": \t\n-${id}}`;
				expect(parseJson(text)).toHaveProperty('id', `-${id}`);
			}
		}
		expect(parseJson('9007199254740993')).toBe('9007199254740993');
		expect(parseJson(' [ 9007199254740991,9007199254740992 ]')).toEqual([9007199254740991, '9007199254740992']);
	});
});

describe('takes time in proportion to the length of', () => {
	const LONG = '1234567890123456789';

	test.each<[string, (size: number) => string]>([
		['escapes, cut off behind a backslash', (size) => `{"n":${LONG},"c":"${'\\"'.repeat(size / 2)}\\`],
		['escapes in whole JSON', (size) => `{"n":${LONG},"c":"${'\\"'.repeat(size / 2)}"}`],
		['backslashes', (size) => `[${LONG},"${'\\'.repeat(size)}`],
		['quotes', (size) => `[${LONG}${'"'.repeat(size)}`],
		['quotes behind backslashes', (size) => `[${LONG},"${'\\\\"'.repeat(size / 3)}`],
		['blanks', (size) => `[${LONG}${' '.repeat(size)}`],
		['blanks before a long number', (size) => `${' '.repeat(size)}${LONG}`],
		['blanks between long numbers', (size) => `${LONG}${' '.repeat(40)}`.repeat(size / 59)],
		['digits', (size) => '1'.repeat(size)],
		['digits that are nearly long', (size) => `${'1'.repeat(15)} `.repeat(size / 16)],
		['long digits in strings', (size) => `["${`x${LONG}`.repeat(size / 20)}"]`],
		['minus signs', (size) => `[${LONG},${'-'.repeat(size)}`],
		['long numbers', (size) => `[${LONG}${`,${LONG}`.repeat(size / 20)}]`],
		['nesting', (size) => `[${LONG},`.repeat(size / 21)],
	])('%s', (_, textOf) => {
		expect(growthOf(parseJson, textOf, 800_000)).toBeLessThan(LINEAR);
	});

	test('and never throws: four million escapes beside a large number', () => {
		const text = `{"n":${LONG},"c":"${'\\"'.repeat(4_000_000)}"}`;
		expect((parseJson(text) as IDataObject).n).toBe(LONG);
		expect(parseJson(text.slice(0, -1))).toBeUndefined();
	});
});
