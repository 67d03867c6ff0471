import { matcher as matcherIn } from '../../../nodes/Laigu/records/match';
import type { FindBy } from '../../../nodes/Laigu/records/match';
import { conversationTable, customerTable } from '../../../nodes/Laigu/records/tables';
import { CUSTOMER } from './samples';

const matcher = (by: FindBy, value: unknown) => matcherIn(customerTable, by, value);

test.each<[FindBy, unknown, boolean]>([
	['phone', '13800138000', true],
	['phone', 13800138000, true],
	['phone', '+86 138 0013 8000', true],
	['phone', '１３８００１３８０００', true],
	['phone', '3800138000', false],
	['phone', '13800138001', false],
	['wechat', 'LiLei_WX', true],
	['wechat', 'lilei', false],
	['qq', '10001', true],
	['qq', 10001, true],
	['qq', '1000', false],
	['trackId', ' 2fT1abcdefghijklmnopqrstuvw ', true],
	['trackId', '2FT1ABCDEFGHIJKLMNOPQRSTUVW', false],
	['name', '李', true],
	['name', '🌱', true],
	['name', '韩', false],
])('by %s, %p fits: %p', (by, value, fits) => {
	expect(matcher(by, value)?.(CUSTOMER)).toBe(fits);
});

test('names are compared without regard to case', () => {
	expect(matcher('name', 'ANNA')?.({ name: 'Johanna' })).toBe(true);
});

test('a customer without the field does not match', () => {
	for (const by of ['phone', 'wechat', 'qq', 'trackId', 'name'] as const) {
		expect(matcher(by, '1')?.({})).toBe(false);
		expect(matcher(by, '1')?.({ tel: null, weixin: {}, qq: [], track_id: true, name: null })).toBe(false);
	}
});

test.each(['', '  ', '\u200b\u0000', null, undefined, {}, []])('%j is nothing to look for', (value) => {
	for (const by of ['phone', 'wechat', 'qq', 'trackId', 'name'] as const) expect(matcher(by, value)).toBeUndefined();
});

test('a phone that is only separators is nothing to look for', () => {
	expect(matcher('phone', ' - ')).toBeUndefined();
});

test('a conversation is found by what it tells of its customer', () => {
	const conversation = { client_info: { tel: '138 0013 8000', name: '王芳', visitor_name: 'momo🍑' }, name: 'Lin' };
	for (const [by, value] of [
		['phone', '+8613800138000'],
		['name', '王'],
		['name', 'MOMO'],
	] as const)
		expect(matcherIn(conversationTable, by, value)?.(conversation)).toBe(true);
	expect(matcherIn(conversationTable, 'name', 'Lin')?.(conversation)).toBe(false);
	expect(matcherIn(conversationTable, 'phone', '1')?.({ client_info: null })).toBe(false);
});

test.each([
	['13800138000', '13900139000 13800138000'],
	['13800138000', '138-0013-8000/139 0013 9000'],
	['13800138000', '13900139000，+8613800138000'],
	['13800138000', '8613800138000'],
	['008613800138000', '138 0013 8000'],
	['0571-88880000', '0571 8888 0000'],
	['\u202D+86 138-0013-8000\u202C', '13800138000'],
	['13800138000', '\u202D+86 138-0013-8000\u202C'],
	['138.0013.8000', '+86 (138) 0013-8000'],
])('the phone number %s is found in "%s"', (value, tel) => {
	expect(matcher('phone', value)?.({ tel })).toBe(true);
});

test.each([
	['138', '138 0013 8000'],
	['8000', '138-0013-8000'],
	['13800138000', '138001380001'],
	['13800138000', '13900139000 13800138001'],
])('the phone number %s is not found in "%s"', (value, tel) => {
	expect(matcher('phone', value)?.({ tel })).toBe(false);
});

test('full-width letters and digits do not matter', () => {
	expect(matcher('qq', '１０００１')?.({ qq: 10001 })).toBe(true);
	expect(matcher('wechat', 'ｗx_1')?.({ weixin: 'WX_1' })).toBe(true);
});

test('what nobody sees does not matter, in names and IDs either', () => {
	expect(matcher('name', '\u200b王芳')?.({ name: '王\u00ad芳\u202e女士' })).toBe(true);
	expect(matcher('wechat', 'wang_\u200dfang')?.({ weixin: '\ufeffwang_fang' })).toBe(true);
	expect(matcher('qq', '10001')?.({ qq: '100\u206001' })).toBe(true);
	expect(matcher('wechat', 'wang_\ufe0ffang')?.({ weixin: 'wang_fang\u3164' })).toBe(true);
	expect(matcher('name', '王芳')?.({ name: '王\u034f芳' })).toBe(true);
	expect(matcher('trackId', '2abc\ufe0f')?.({ track_id: '2abc' })).toBe(true);
	expect(matcher('trackId', '\u20662abc')?.({ track_id: '2a\u0000bc' })).toBe(true);
});
