import fc from 'fast-check';

import { attributionOf, cleanPhone, leadOf, withLead } from '../../../nodes/Laigu/records/lead';

describe('cleanPhone', () => {
	test.each([
		['13800138000', '13800138000'],
		['138 0013 8000', '13800138000'],
		['138-0013-8000', '13800138000'],
		['138\u00a00013\u30008000\u200b', '13800138000'],
		['138–0013—8000', '13800138000'],
		['１３８００１３８０００', '13800138000'],
		['１３８－００１３－８０００', '13800138000'],
		['+86 138 0013 8000', '13800138000'],
		['＋86-13800138000', '13800138000'],
		['＋８６　１３８００１３８０００', '13800138000'],
		[13800138000, '13800138000'],
		// not a mobile number in mainland China: nothing but separators is taken off
		['010-1234 5678', '01012345678'],
		['+86 010-12345678', '+8601012345678'],
		['400-800-1234', '4008001234'],
		['+852 9123 4567', '+85291234567'],
		['+1 (415) 555-0100', '+1(415)5550100'],
		['+86 138', '+86138'],
		['8613800138000', '8613800138000'],
		['0086 13800138000', '008613800138000'],
		['微信同号', '微信同号'],
		// two numbers stay two
		['13800138000/13900139000', '13800138000/13900139000'],
		['13800138000，13900139000', '13800138000,13900139000'],
		['13800138000 13900139000', '13800138000 13900139000'],
		['138 0013 8000\n139-0013-9000', '138 0013 8000\n139-0013-9000'],
		['', ''],
		['  ', ''],
		[null, ''],
		[undefined, ''],
		[true, ''],
		[{}, ''],
	])('makes %j into %j', (given, cleaned) => {
		expect(cleanPhone(given)).toBe(cleaned);
	});

	const messy = fc.string({
		unit: fc.constantFrom(...'0123456789０１２３８９+＋- －\u3000—/,，;()（）abc微'),
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
				const cleaned = cleanPhone(text);
				expect([digitsOf(text), digitsOf(text).replace(/^86/, '')]).toContain(digitsOf(cleaned));
			}),
		);
	});

	test('however a mobile number is written, it comes out the same', () => {
		const separator = fc.constantFrom('', ' ', '-', '\u3000', '－', '  ');
		const number = fc.stringMatching(/^1[3-9]\d{9}$/);
		fc.assert(
			fc.property(
				number,
				separator,
				separator,
				fc.constantFrom('', '+86', '＋86', '+86 '),
				fc.boolean(),
				(...given) => {
					const [plain, one, other, prefix, isWide] = given;
					const wide = (text: string) =>
						isWide ? text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)) : text;
					const written = prefix + wide(`${plain.slice(0, 3)}${one}${plain.slice(3, 7)}${other}${plain.slice(7)}`);
					expect(cleanPhone(written)).toBe(plain);
				},
			),
		);
	});
});

test('a lead holds what is known and nothing else', () => {
	expect(leadOf({ tel: ' ', weixin: '', qq: null })).toEqual({});
	expect(leadOf({ tel: '138 0013 8000', weixin: ' wx ', qq: 10001 })).toEqual({
		phone: '13800138000',
		wechat: 'wx',
		qq: '10001',
	});
});

test.each([
	[{ source: 'redbook', main_channel: 'other' }, { channel: 'redbook' }],
	[
		{ main_channel: 'douyin', sub_channel: '旗舰店' },
		{ channel: 'douyin', account: '旗舰店' },
	],
	[{ sub_source: 'id', sub_source_name: '名' }, { account: '名' }],
	[{ sub_source: 'id', sub_source_name: '' }, { account: 'id' }],
	[{ advertiser_id: 5, advertiser_name: 'A' }, { advertiser: 'A' }],
	[{ advertiser_id: 5, advertiser_name: null }, { advertiser: '5' }],
	[
		{ campaign_id: 6, creativity_id: '7', creativity_name: 'C' },
		{ campaign: '6', creative: 'C' },
	],
	[{ incoming_note_id: 'n', incoming_note_title: '题' }, { note: '题' }],
	[{ incoming_note_id: 'n' }, { note: 'n' }],
	[{}, {}],
])('the attribution of %j', (record, attribution) => {
	expect(attributionOf(record)).toEqual(attribution);
});

test('a record without lead or origin gets neither', () => {
	expect(withLead({ a: 1 }, {}, {})).toEqual({ a: 1 });
	expect(withLead({ a: 1 }, { qq: '5' }, { source: 's' })).toEqual({
		a: 1,
		lead: { qq: '5' },
		attribution: { channel: 's' },
	});
});
