import type { IDataObject } from 'n8n-workflow';

import { simplifyCustomer } from '../../../nodes/Laigu/records/customer';
import { CUSTOMER } from './samples';

test('a customer in simplified form: names, numbers and times of the contract, nothing empty, unknown fields kept', () => {
	expect(simplifyCustomer(CUSTOMER)).toEqual({
		trackId: '2fT1abcdefghijklmnopqrstuvw',
		createdAt: '2025-07-29T13:40:58.460+08:00',
		updatedAt: '2025-07-30T13:40:58.123+08:00',
		name: '李雷 🌱',
		age: 28,
		gender: 'M',
		tel: '＋86 138-0013-8000',
		weixin: ' lilei_wx ',
		qq: 10001,
		avatar: 'https://img.example.com/a.png',
		source: 'redbook',
		subSource: 'rb-1',
		subSourceName: '植光护肤',
		advertiserId: '12345678901234567890',
		advertiserName: '春季投放',
		campaignId: 77,
		creativityId: 88,
		incomingNoteId: 'note-1',
		incomingNoteTitle: '敏感肌怎么办',
		tags: ['高意向', '已加微信', '9'],
		custom: { 肤质: '敏感肌', 关注: ['保湿', '防晒'], 预约: '2025-08-01' },
		fieldOfTomorrow: { inner_part: 1 },
		lead: { phone: '13800138000', wechat: 'lilei_wx', qq: '10001' },
		attribution: {
			channel: 'redbook',
			account: '植光护肤',
			advertiser: '春季投放',
			campaign: '77',
			creative: '88',
			note: '敏感肌怎么办',
		},
	});
});

test('who, when and what for a person to read come first', () => {
	const { created_on: created, ...rest } = CUSTOMER;
	const names = Object.keys(simplifyCustomer({ ...rest, created_on: created }));
	expect(names.slice(0, 4)).toEqual(['trackId', 'createdAt', 'updatedAt', 'name']);
});

test("the enterprise's token, which proves the origin of events, is nowhere in it", () => {
	expect(JSON.stringify(simplifyCustomer(CUSTOMER))).not.toContain(CUSTOMER.enterprise_token as string);
});

test('an absent field stays absent', () => {
	expect(simplifyCustomer({ track_id: 'a' })).toEqual({ trackId: 'a' });
	expect(simplifyCustomer({})).toEqual({});
});

test.each<[string, IDataObject, unknown]>([
	['in the order of the IDs', { tags: [2, 1], tags_detail: { 1: 'a', 2: 'b' } }, ['b', 'a']],
	['IDs as text', { tags: ['2'], tags_detail: { 2: 'b' } }, ['b']],
	['an ID without name stays an ID', { tags: [7], tags_detail: {} }, ['7']],
	['IDs alone', { tags: ['7'] }, ['7']],
	['names alone', { tags_detail: { 1: 'a' } }, ['a']],
	['a tag of another form passes', { tags: [{ label: 'x' }], tags_detail: null }, [{ label: 'x' }]],
	[
		'no tag named after a prototype',
		{ tags: ['constructor', '__proto__'], tags_detail: {} },
		['constructor', '__proto__'],
	],
	['none', { tags: [], tags_detail: {} }, undefined],
	['null', { tags: null, tags_detail: null }, undefined],
	['a detail that is no object', { tags: [1], tags_detail: 'a' }, ['1']],
])('tags by name: %s', (_, record, tags) => {
	expect(simplifyCustomer(record).tags).toEqual(tags);
});
