import { matcher } from '../../../nodes/Laigu/records/match';
import type { FindBy } from '../../../nodes/Laigu/records/match';
import { CUSTOMER } from './samples';

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

test('a customer without the field does not fit', () => {
	for (const by of ['phone', 'wechat', 'qq', 'trackId', 'name'] as const) {
		expect(matcher(by, '1')?.({})).toBe(false);
		expect(matcher(by, '1')?.({ tel: null, weixin: {}, qq: [], track_id: true, name: null })).toBe(false);
	}
});

test.each(['', '  ', null, undefined, true, {}, []])('%j is nothing to look for', (value) => {
	for (const by of ['phone', 'wechat', 'qq', 'trackId', 'name'] as const) expect(matcher(by, value)).toBeUndefined();
});

test('a phone that is only separators is nothing to look for', () => {
	expect(matcher('phone', ' - ')).toBeUndefined();
});
