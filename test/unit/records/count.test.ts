import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { createCounter } from '../../../nodes/Laigu/records/count';
import { countChoices } from '../../../nodes/Laigu/records/countBy';
import type { CountBy } from '../../../nodes/Laigu/records/countBy';
import { conversationTable, customerTable } from '../../../nodes/Laigu/records/tables';
import type { RecordTable } from '../../../nodes/Laigu/records/tables';
import { at, deepFreeze } from '../helpers';
import { CONVERSATION, CUSTOMER } from './samples';

const RANGE = { from: at('2026-11-21T00:00:00+08:00'), to: at('2026-11-22T00:00:00+08:00') };
const TEXTS = { from: '2026-11-21T00:00:00.000+08:00', to: '2026-11-22T00:00:00.000+08:00' };

function counted(
	records: IDataObject[],
	by: CountBy,
	timeField = 'created_on',
	expected: string[] = [],
	table: RecordTable = customerTable,
): IDataObject[] {
	const counter = createCounter(table, by, timeField, expected);
	for (const record of records) counter.add(deepFreeze(record));
	return counter.items(RANGE);
}

test('customers by channel, the most frequent first', () => {
	const items = counted(
		[
			{ source: 'redbook', tel: '138 0013 8000' },
			{ source: 'douyin', weixin: 'wx', qq: '1' },
			{ source: 'douyin', tel: ' ', weixin: null },
			{ source: '', qq: 10001 },
		],
		'channel',
	);
	expect(items).toEqual([
		{ channel: 'douyin', count: 2, leads: 1, withPhone: 0, withWechat: 1, withQq: 1, ...TEXTS },
		{ channel: 'redbook', count: 1, leads: 1, withPhone: 1, withWechat: 0, withQq: 0, ...TEXTS },
		{ channel: '', count: 1, leads: 1, withPhone: 0, withWechat: 0, withQq: 1, ...TEXTS },
	]);
});

test('conversations know their lead from what they tell of the customer', () => {
	const records = [
		{ agent_name: 'Lin', group_name: 'Sales', main_channel: 'redbook', client_info: { tel: '13800138000' } },
		{ agent_ID: '7', group_id: 3, client_info: {} },
		{ agent_name: 'Lin', agent_ID: '8', client_info: null },
	];
	const of = (by: CountBy) =>
		counted(records, by, 'conv_end_tm', [], conversationTable).map((item) => [item[by], item.count, item.leads]);
	expect(of('agent')).toEqual([
		['Lin', 2, 1],
		['7', 1, 0],
	]);
	expect(of('group')).toEqual([
		['Sales', 1, 1],
		['3', 1, 0],
		['', 1, 0],
	]);
	expect(of('channel')).toEqual([
		['', 2, 0],
		['redbook', 1, 1],
	]);
});

test('days are those of Beijing, in their order, and all that are expected are there', () => {
	const records = [
		{ created_on: '2026-11-21T16:00:00Z' },
		{ created_on: '2026-11-21T15:59:59.999Z' },
		{ created_on: 'someday' },
		{ created_on: '2026-11-21T17:00:00Z' },
	];
	const items = counted(records, 'day', 'created_on', ['2026-11-20', '2026-11-21', '2026-11-22']);
	expect(items.map(({ day, count }) => [day, count])).toEqual([
		['2026-11-20', 0],
		['2026-11-21', 1],
		['2026-11-22', 2],
		['', 1],
	]);
	// a conversation's time is Beijing time without an offset
	expect(
		counted([{ conv_end_tm: '2026-11-21 23:59:59.999999' }], 'day', 'conv_end_tm', [], conversationTable)[0].day,
	).toBe('2026-11-21');
});

test('nothing is counted as 0, once', () => {
	for (const by of countChoices(conversationTable))
		expect(counted([], by, 'conv_end_tm', [], conversationTable)).toEqual([
			{ [by]: '', count: 0, leads: 0, withPhone: 0, withWechat: 0, withQq: 0, ...TEXTS },
		]);
});

test('samples have a value for everything that is known of them', () => {
	for (const by of ['channel', 'account', 'advertiser', 'campaign', 'note'] as const)
		expect(counted([CUSTOMER], by)[0][by]).not.toBe('');
	for (const by of ['agent', 'group'] as const)
		expect(counted([CONVERSATION], by, 'conv_end_tm', [], conversationTable)[0][by]).not.toBe('');
});

test('whatever the records and their order, every one is counted once', () => {
	const record = fc.record(
		{
			source: fc.constantFrom('redbook', 'douyin', '', null, 7, '__proto__'),
			tel: fc.constantFrom('138', '', null),
			qq: fc.constantFrom('1', ''),
		},
		{ requiredKeys: [] },
	);
	fc.assert(
		fc.property(
			fc.array(record).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
			([all, shuffled]) => {
				const items = counted(all, 'channel');
				expect(items.reduce((sum, { count }) => sum + Number(count), 0)).toBe(all.length);
				expect(items.reduce((sum, { leads }) => sum + Number(leads), 0)).toBe(
					all.filter(({ tel, qq }) => Boolean(tel) || Boolean(qq)).length,
				);
				const sorted = (some: IDataObject[]) => some.map((item) => JSON.stringify(item)).sort();
				expect(sorted(counted(shuffled as IDataObject[], 'channel'))).toEqual(sorted(items));
			},
		),
	);
});

test('the value and its counts come first; agents and groups are known of conversations, notes of customers', () => {
	expect(Object.keys(counted([CUSTOMER], 'channel')[0])).toEqual([
		'channel',
		'count',
		'leads',
		'withPhone',
		'withWechat',
		'withQq',
		'from',
		'to',
	]);
	expect(countChoices(customerTable)).toEqual([
		'channel',
		'account',
		'advertiser',
		'campaign',
		'creative',
		'day',
		'note',
	]);
	expect(countChoices(conversationTable)).toEqual([
		'channel',
		'account',
		'advertiser',
		'agent',
		'campaign',
		'creative',
		'day',
		'group',
	]);
});

test('a value is one line without what nobody sees, so that it is counted once', () => {
	const items = counted([{ source: 'red\u200bbook' }, { source: ' redbook\n' }, { source: 'redbook' }], 'channel');
	expect(items).toMatchObject([{ channel: 'redbook', count: 3 }]);
});
