import fc from 'fast-check';

import { cleanPhone } from '../../../nodes/Laigu/records/phone';

test.each([
	['13800138000', '13800138000'],
	['138 0013 8000', '13800138000'],
	['138-0013-8000', '13800138000'],
	['138.0013.8000', '13800138000'],
	['138·0013·8000', '13800138000'],
	['138\u00a00013\u30008000\u200b', '13800138000'],
	['138–0013—8000', '13800138000'],
	['１３８００１３８０００', '13800138000'],
	['１３８－００１３－８０００', '13800138000'],
	['（138）0013．8000', '13800138000'],
	['+86 138 0013 8000', '13800138000'],
	['＋86-13800138000', '13800138000'],
	['＋８６　１３８００１３８０００', '13800138000'],
	['+86 (138) 0013-8000', '13800138000'],
	['(+86) 138-0013-8000', '13800138000'],
	// as iPhones paste it, and with marks that nobody sees
	['\u202D+86 138-0013-8000\u202C', '13800138000'],
	['\u2066+86\u00ad138\u200d0013\ufeff8000\u2069', '13800138000'],
	['138\u00000013\u00008000', '13800138000'],
	['138\ufe0f0013\u034f8000', '13800138000'],
	['138\u115f0013\u31648000\uffa0', '13800138000'],
	['138 0013 8000（王先生）', '13800138000(王先生)'],
	['【王】138-0013-8000', '【王】13800138000'],
	[13800138000, '13800138000'],
	// not a mobile number in mainland China: nothing but separators is taken off
	['010-1234 5678', '01012345678'],
	['(0571) 8888 0000', '057188880000'],
	['+86 010-12345678', '+8601012345678'],
	['400-800-1234', '4008001234'],
	['+852 9123 4567', '+85291234567'],
	['+1 (415) 555-0100', '+14155550100'],
	['+86 138', '+86138'],
	['+86 1234567890 1', '+8612345678901'],
	['8613800138000', '8613800138000'],
	['0086 13800138000', '008613800138000'],
	['微信同号', '微信同号'],
	['138 0013 8000 微信同号', '13800138000微信同号'],
	// two numbers stay two
	['13800138000/13900139000', '13800138000/13900139000'],
	['138 0013 8000/+86 139 0013 9000', '13800138000/13900139000'],
	['13800138000，13900139000', '13800138000,13900139000'],
	['13800138000 13900139000', '13800138000 13900139000'],
	['138 0013 8000\n139-0013-9000', '138 0013 8000 139-0013-9000'],
	['010-62345678-801', '010-62345678-801'],
	['', ''],
	['  ', ''],
	['\u200b\u0000', ''],
	[null, ''],
	[undefined, ''],
	[{}, ''],
])('makes %j into %j', (given, cleaned) => {
	expect(cleanPhone(given)).toBe(cleaned);
});

const messy = fc.string({
	unit: fc.constantFrom(...'0123456789０１２３８９+＋- －\u3000\u200b\u202d—./,，;()（）abc微'),
	maxLength: 40,
});

test('cleaning twice is cleaning once', () => {
	fc.assert(
		fc.property(fc.oneof(messy, fc.string()), (text) => {
			expect(cleanPhone(cleanPhone(text))).toBe(cleanPhone(text));
		}),
	);
});

test('every digit stays, in its place, but for a leading +86', () => {
	const digitsOf = (text: string) => text.normalize('NFKC').replace(/\D/g, '');
	fc.assert(
		fc.property(messy, (text) => {
			const numbers = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
			const without = digitsOf(numbers.replace(/\+[\s().—-]*8[\s().—-]*6(?=[\s().—-]*1)/g, ''));
			const cleaned = digitsOf(cleanPhone(text));
			expect(digitsOf(text).length - cleaned.length).toBeGreaterThanOrEqual(0);
			expect([digitsOf(text), without]).toContain(cleaned);
		}),
	);
});

test('however a mobile number is written, it comes out the same', () => {
	const separator = fc.constantFrom('', ' ', '-', '.', '\u3000', '－', '  ', '\u200b', ') ', '\u00ad');
	const number = fc.stringMatching(/^1[3-9]\d{9}$/);
	const prefix = fc.constantFrom('', '+86', '＋86', '+86 ', '(+86)', '\u202d+86-');
	fc.assert(
		fc.property(number, separator, separator, prefix, fc.boolean(), (plain, one, other, before, isWide) => {
			const wide = (text: string) =>
				isWide ? text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)) : text;
			const written = before + wide(`${plain.slice(0, 3)}${one}${plain.slice(3, 7)}${other}${plain.slice(7)}`);
			expect(cleanPhone(written)).toBe(plain);
		}),
	);
});
