import type { IDataObject } from 'n8n-workflow';

import { filterFor } from '../../../nodes/Laigu/records/filter';
import type { Filters } from '../../../nodes/Laigu/records/filter';
import { conversationTable, customerTable } from '../../../nodes/Laigu/records/tables';
import { deepFreeze } from '../helpers';
import { CONVERSATION, CUSTOMER } from './samples';

const customer = (filters: Partial<Filters>, record: IDataObject = CUSTOMER) =>
	filterFor(customerTable, filters)?.(deepFreeze(record));
const conversation = (filters: Partial<Filters>, record: IDataObject = CONVERSATION) =>
	filterFor(conversationTable, filters)?.(deepFreeze(record));

test('nothing to filter by is no filter', () => {
	for (const filters of [
		{},
		{ channels: [], tags: [], onlyMissed: false, onlyWithContact: false, onlyOpenLeads: false },
	])
		expect(filterFor(conversationTable, filters)).toBeUndefined();
});

test.each<[Partial<Filters>, boolean]>([
	[{ channels: ['redbook'] }, true],
	[{ channels: ['douyin', ' RedBook '] }, true],
	[{ channels: ['red\u200bbook'] }, true],
	[{ channels: ['ｒedbook'] }, true],
	[{ channels: ['红书'] }, false],
	[{ channels: ['小红书'] }, true],
	[{ channels: ['Xiaohongshu'] }, true],
	[{ channels: ['抖音'] }, false],
	[{ channels: ['red'] }, false],
	[{ tags: ['已加微信'] }, true],
	[{ tags: ['1'] }, true],
	[{ tags: ['9'] }, true],
	[{ tags: ['2', '低意向'] }, false],
	[{ onlyWithContact: true }, true],
	[{ channels: ['redbook'], tags: ['2'] }, false],
	[{ agents: ['林客服'] }, false],
	[{ onlyMissed: true }, false],
	[{ onlyOpenLeads: true }, false],
])('a customer through %j: %p', (filters, passes) => {
	expect(customer(filters)).toBe(passes);
});

test.each(['小红书', 'redbook', 'REDBOOK'])('a channel that Laigu sends as %s has the same names', (source) => {
	for (const wanted of ['小红书', 'redbook'])
		expect(customer({ channels: [wanted] }, { ...CUSTOMER, source })).toBe(true);
	expect(customer({ channels: ['抖音', 'douyin'] }, { ...CUSTOMER, source })).toBe(false);
});

test.each<[Partial<Filters>, boolean]>([
	[{ channels: ['REDBOOK'] }, true],
	[{ agents: ['林客服'] }, true],
	[{ agents: ['7'] }, true],
	[{ agents: ['小林'] }, true],
	[{ agents: ['LIN@example.com'] }, true],
	[{ agents: ['8', '王客服'] }, false],
	[{ groups: ['售前'] }, true],
	[{ groups: ['1'] }, true],
	[{ groups: ['售后'] }, false],
	[{ tags: ['价格'] }, true],
	[{ tags: ['投诉'] }, true],
	[{ tags: ['1'] }, true],
	[{ tags: ['4'] }, true],
	[{ tags: ['5'] }, false],
	[{ onlyWithContact: true }, true],
	[{ onlyMissed: true }, false],
	[{ agents: ['7'], groups: ['1'], tags: ['4'], channels: ['redbook'], onlyWithContact: true }, true],
])('a conversation through %j: %p', (filters, passes) => {
	expect(conversation(filters)).toBe(passes);
});

test('tags of a conversation are its own and those of its customer, in every form', () => {
	for (const tags of ['高意向,VIP', '高意向，VIP', ['高意向', 'VIP'], [{ id: 5, name: 'vip' }]]) {
		expect(conversation({ tags: ['VIP'] }, { conv_tags: tags })).toBe(true);
		expect(conversation({ tags: ['VIP'] }, { visitor_tags: tags })).toBe(true);
		expect(conversation({ tags: ['意向'] }, { conv_tags: tags })).toBe(false);
	}
});

test.each<[unknown, boolean]>([
	[true, true],
	['true', true],
	['TRUE', true],
	[1, true],
	['1', true],
	['是', true],
	[false, false],
	['false', false],
	[0, false],
	['0', false],
	['否', false],
	['', false],
	[null, false],
])('missed %j: %p', (missed, passes) => {
	expect(conversation({ onlyMissed: true }, { missed } as IDataObject)).toBe(passes);
});

test("a contact is one in Laigu's own fields", () => {
	for (const field of ['tel', 'weixin', 'qq']) {
		expect(customer({ onlyWithContact: true }, { [field]: '1' })).toBe(true);
		expect(customer({ onlyWithContact: true }, { [field]: ' \u200b' })).toBe(false);
		expect(conversation({ onlyWithContact: true }, { client_info: { [field]: '1' } })).toBe(true);
		expect(conversation({ onlyWithContact: true }, { [field]: '1' })).toBe(false);
	}
	const said = { conv_content: [{ from: 'client', content: '13800138000' }] };
	expect(conversation({ onlyWithContact: true }, said)).toBe(false);
});

test("a field of Laigu's that bears one of our names is none of ours", () => {
	const named = {
		channel: 'redbook',
		agentName: 'Lin',
		phone: '1',
		lead: { phone: '1' },
		attribution: { channel: 'redbook' },
	};
	for (const filters of [{ channels: ['redbook'] }, { agents: ['Lin'] }, { onlyWithContact: true }]) {
		expect(customer(filters, named)).toBe(false);
		expect(conversation(filters, { ...named, client_info: named })).toBe(false);
	}
});
