import fc from 'fast-check';
import { omit } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { reportItems, reportWriterFor } from '../../../nodes/Laigu/records/reportGroups';
import type { ReportSettings } from '../../../nodes/Laigu/records/reportGroups';
import { reportTable } from '../../../nodes/Laigu/records/tables';
import type { GroupBy } from '../../../nodes/Laigu/records/tables';
import { at, deepFreeze } from '../helpers';

const RANGE = { from: at('2026-11-21T00:00:00+08:00'), to: at('2026-11-22T00:00:00+08:00') };
const TEXTS = { from: '2026-11-21T00:00:00.000+08:00', to: '2026-11-22T00:00:00.000+08:00' };

const settings = (groupBy: GroupBy, more: Partial<ReportSettings> = {}): ReportSettings => ({
	report: 'getAgentService',
	groupBy,
	firstResponse: 'average',
	...more,
});
const service = (records: IDataObject[], groupBy: GroupBy, more: Partial<ReportSettings> = {}) =>
	reportItems(deepFreeze(records), RANGE, settings(groupBy, more));
const online = (records: IDataObject[], groupBy: GroupBy) =>
	service(records, groupBy, { report: 'getAgentOnlineStats' });

const LIN = { agent_id: 7, agent_name: 'Lin', group_id: 1, group_name: 'Sales', work_num: 'A7' };
const CHEN = { agent_id: 8, agent_name: 'Chen', group_id: 2, group_name: 'Care', work_num: '' };
/** One that answered 90 of 100 conversations after 10 s each, and one that answered 1 of 2 after 100 s. */
const BUSY = { conv_cnt: '100', missed_conv_cnt: '10', conv_first_response_wait_time: '10', msg_cnt: 500 };
const IDLE = { conv_cnt: 2, missed_conv_cnt: 1, conv_first_response_wait_time: 100, msg_cnt: 4 };

describe('by agent', () => {
	test('an agent with one row keeps all of it, and has rates beside it', () => {
		expect(service([{ ...LIN, ...BUSY, new_score: 5, new_word: 'x' }], 'agent')).toEqual([
			{
				...TEXTS,
				agentId: 7,
				agentName: 'Lin',
				groupId: 1,
				groupName: 'Sales',
				workNumber: 'A7',
				conversations: 100,
				missedConversations: 10,
				firstResponseSeconds: 10,
				messages: 500,
				newScore: 5,
				newWord: 'x',
				missedRate: 0.1,
				averageFirstResponseSeconds: 10,
			},
		]);
	});

	test('an agent in several groups is one item: counts added, the average weighted, groups by name', () => {
		const items = service(
			[
				{ ...LIN, ...BUSY },
				{ ...CHEN, ...IDLE },
				{ ...LIN, group_id: 2, group_name: 'Care', ...IDLE, new_score: 5 },
			],
			'agent',
		);
		expect(items).toHaveLength(2);
		expect(items[0]).toEqual({
			...TEXTS,
			agentId: 7,
			agentName: 'Lin',
			groupId: '1, 2',
			groupName: 'Sales, Care',
			workNumber: 'A7',
			conversations: 102,
			missedConversations: 11,
			messages: 504,
			firstResponseSeconds: 10.99,
			missedRate: 0.1078,
			averageFirstResponseSeconds: 11,
		});
		expect(items[1].agentName).toBe('Chen');
	});

	test('time online that comes again for another group is not counted twice', () => {
		const times = { online_onduty: 3600, online_offduty: 0, pns_onduty: 0, pns_offduty: 0, offline: 82_800 };
		const records = [
			{ ...LIN, ...times },
			{ ...LIN, group_id: 2, group_name: 'Care', ...times },
			{ ...CHEN, ...times, online_onduty: 7200 },
		];
		const [lin] = online(records, 'agent');
		expect(lin).toMatchObject({
			groupName: 'Sales, Care',
			onlineSeconds: 3600,
			onlineRate: 0.0417,
			offlineRate: 0.9583,
		});
		expect(online(records, 'group').map(({ onlineSeconds }) => onlineSeconds)).toEqual([3600, 10_800]);
		expect(online(records, 'day')).toMatchObject([{ agents: 2, onlineSeconds: 10_800 }]);
		// one conversation in each of two groups is two
		const alike = records.map((record) => ({ ...record, ...IDLE }));
		expect(service(alike, 'day')).toMatchObject([{ agents: 2, conversations: 6 }]);
	});
});

describe('by group', () => {
	test('a group is one item, and agents in no group are one without a name', () => {
		const nobody = { agent_id: 9, agent_name: 'Wu', group_id: '', group_name: null };
		const items = service(
			[
				{ ...CHEN, ...IDLE },
				{ ...nobody, ...IDLE },
				{ ...LIN, ...BUSY },
				{ ...LIN, agent_id: 10, ...IDLE },
			],
			'group',
		);
		expect(items.map(({ groupName, agents, conversations }) => [groupName, agents, conversations])).toEqual([
			['Care', 1, 2],
			[undefined, 1, 2],
			['Sales', 2, 102],
		]);
		expect(items[2]).not.toHaveProperty('agentName');
		expect(items[2]).toMatchObject({ ...TEXTS, groupId: 1, missedRate: 0.1078, averageFirstResponseSeconds: 11 });
	});

	test('nothing gives nothing', () => {
		expect(service([], 'group')).toEqual([]);
		expect(service([], 'agent')).toEqual([]);
	});
});

describe('by day', () => {
	test('is one item with its day in Beijing', () => {
		const [item] = service(
			[
				{ ...LIN, ...BUSY },
				{ ...CHEN, ...IDLE, new_score: 5 },
			],
			'day',
		);
		expect(item).toEqual({
			...TEXTS,
			day: '2026-11-21',
			agents: 2,
			conversations: 102,
			missedConversations: 11,
			messages: 504,
			firstResponseSeconds: 10.99,
			missedRate: 0.1078,
			averageFirstResponseSeconds: 11,
		});
	});

	test('a day without any row is there all the same', () => {
		expect(service([], 'day')).toEqual([{ ...TEXTS, day: '2026-11-21', agents: 0 }]);
	});
});

describe('averages', () => {
	test('of rows without any answered conversation are left out, never averaged as 0', () => {
		const [item] = service(
			[
				{ ...LIN, conv_cnt: 0, missed_conv_cnt: 0, conv_first_response_wait_time: 0, avg_response_wait_time: 0 },
				{ ...CHEN, conv_first_response_wait_time: 99 },
			],
			'day',
		);
		for (const name of ['firstResponseSeconds', 'averageResponseSeconds', 'averageFirstResponseSeconds', 'missedRate'])
			expect(item).not.toHaveProperty(name);
	});

	test('that are totals are added up, and divided at the end', () => {
		const records = [
			{
				...LIN,
				...BUSY,
				conv_first_response_wait_time: 900,
				agent_first_response_wait_time: 9,
				avg_response_wait_time: 4,
			},
			{ ...CHEN, ...IDLE, agent_first_response_wait_time: 1, avg_response_wait_time: 95 },
		];
		expect(service(records, 'day', { firstResponse: 'total' })[0]).toMatchObject({
			firstResponseSeconds: 1000,
			agentFirstResponseSeconds: 10,
			averageResponseSeconds: 5,
			averageFirstResponseSeconds: 11,
		});
	});
});

describe('whatever the rows are', () => {
	const count = fc.nat({ max: 500 });
	const text = (value: number) => fc.constantFrom<number | string>(value, `${value}`);
	/** A row whose counts fit together, as numbers or as texts. */
	const row = fc
		.record({ agent: fc.nat({ max: 9 }), group: fc.option(fc.nat({ max: 4 })), all: count, wait: count, rated: count })
		.chain(({ agent, group, all, wait, rated }) =>
			fc.record({
				agent_id: fc.constant(agent),
				group_id: fc.constant(group),
				conv_cnt: text(all),
				missed_conv_cnt: fc.nat({ max: all }).chain(text),
				effective_conv_cnt: fc.nat({ max: all }).chain(text),
				delayed_conv_cnt: fc.nat({ max: all }).chain(text),
				clue_conv_cnt: fc.nat({ max: all }).chain(text),
				good_conv_cnt: text(rated),
				medium_conv_cnt: count.chain(text),
				bad_conv_cnt: count.chain(text),
				conv_first_response_wait_time: text(wait),
				agent_first_response_wait_time: text(wait),
				avg_response_wait_time: text(wait),
			}),
		);
	const rows = fc.array(row, { maxLength: 12 });
	const groupings = ['agent', 'group', 'day'] as const;
	const total = (items: IDataObject[], name: string) => items.reduce((sum, item) => sum + Number(item[name] ?? 0), 0);
	const answered = (item: IDataObject) => Number(item.conversations) - Number(item.missedConversations);

	test('sums are preserved, and averages of the items, weighted, are the average of all', () => {
		fc.assert(
			fc.property(rows, fc.constantFrom(...groupings), (records, groupBy) => {
				const items = service(records, groupBy);
				for (const [field, name] of [
					['conv_cnt', 'conversations'],
					['missed_conv_cnt', 'missedConversations'],
					['clue_conv_cnt', 'conversationsWithLeads'],
					['good_conv_cnt', 'goodRatings'],
				])
					expect(total(items, name)).toBe(total(records as IDataObject[], field));

				const weight = records.reduce((sum, each) => sum + Number(each.conv_cnt) - Number(each.missed_conv_cnt), 0);
				const waited = records.reduce(
					(sum, each) =>
						sum + Number(each.avg_response_wait_time) * (Number(each.conv_cnt) - Number(each.missed_conv_cnt)),
					0,
				);
				const again = items
					.filter((item) => answered(item) > 0)
					.reduce((sum, item) => sum + Number(item.averageResponseSeconds) * answered(item), 0);
				// two digits of each average
				expect(Math.abs(again - waited)).toBeLessThanOrEqual(weight * 0.0051);
			}),
		);
	});

	test('rates lie between 0 and 1, and are those of the counts beside them', () => {
		fc.assert(
			fc.property(rows, fc.constantFrom(...groupings), (records, groupBy) => {
				for (const item of service(records, groupBy)) {
					const rates = Object.entries(item).filter(([name]) => name.endsWith('Rate'));
					for (const [, rate] of rates) expect(Number(rate) >= 0 && Number(rate) <= 1).toBe(true);
					expect('missedRate' in item).toBe(Number(item.conversations) > 0);
					if ('missedRate' in item)
						// four digits of it
						expect(
							Math.abs(Number(item.missedRate) - Number(item.missedConversations) / Number(item.conversations)),
						).toBeLessThanOrEqual(0.00005001);
				}
			}),
		);
	});

	test('their order changes nothing but the order of what comes out', () => {
		fc.assert(
			fc.property(
				rows.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
				fc.constantFrom(...groupings),
				([one, other], groupBy) => {
					// names that are joined follow the order of the rows
					const identified = (records: unknown[]) =>
						service(records as IDataObject[], groupBy)
							.map((item) => JSON.stringify(Object.entries(omit(item, 'groupId', 'groupName')).sort()))
							.sort();
					expect(identified(other)).toEqual(identified(one));
				},
			),
		);
	});
});

describe('outputs', () => {
	const record = deepFreeze({
		agent_id: 7,
		agent_name: '',
		group_name: 'Sales\n',
		conv_cnt: '4',
		msg_cnt: 'many',
		new_cnt: 2,
		leads: 5,
		online_onduty: '3600',
	});

	test('simplified: who first, then figures and rates, then when and IDs', () => {
		const [item] = service([record], 'agent');
		const simple = reportWriterFor(settings('agent'), { output: 'simplified' })(item);
		expect(Object.entries(simple)).toEqual(
			Object.entries({
				agentName: '7',
				groupName: 'Sales',
				conversations: 4,
				messages: 'many',
				...TEXTS,
				agentId: 7,
				newCnt: 2,
				onlineOnduty: '3600',
				other: { leads: 5 },
			}),
		);
	});

	test.each(['agent', 'group', 'day'] as const)(
		'rows by %s have every column of their table, in its order',
		(groupBy) => {
			for (const report of ['getAgentOnlineStats', 'getAgentService'] as const) {
				const columns = reportTable(report, groupBy).fields.map(({ name }) => name);
				expect(new Set(columns).size).toBe(columns.length);
				const [item] = service([record], groupBy, { report });
				const sheet = reportWriterFor({ report, groupBy }, { output: 'spreadsheetRow' })(item);
				expect(Object.keys(sheet).slice(0, columns.length)).toEqual(columns);
				expect(sheet).toMatchObject({ from: '2026-11-21 00:00:00', to: '2026-11-22 00:00:00' });
				for (const cell of Object.values(sheet)) expect(['string', 'number']).toContain(typeof cell);
				const row = reportWriterFor({ report, groupBy }, { output: 'databaseRow' })(item);
				expect(Object.keys(row)).toEqual([...columns, 'other']);
				expect(row).toMatchObject(TEXTS);
			}
		},
	);

	test('a figure that is no number is none in a database', () => {
		const [item] = service([record], 'agent');
		const row = reportWriterFor(settings('agent'), { output: 'databaseRow' })(item);
		expect(row).toMatchObject({ conversations: 4, messages: null, leads: null, missedRate: null });
		expect(JSON.parse(row.other as string)).toEqual({ newCnt: 2, onlineOnduty: '3600', leads: 5, msg_cnt: 'many' });
	});
});

test('ten times as many rows of one agent take about ten times as long', () => {
	const run = (count: number) => {
		const records = Array.from({ length: count }, (_, index) => ({ ...LIN, group_id: index, ...BUSY }));
		const started = process.cpuUsage();
		for (const groupBy of ['agent', 'group', 'day'] as const) service(records, groupBy);
		return process.cpuUsage(started).user;
	};
	run(400);
	// of a quadratic way it would be a hundred times
	expect(run(40_000)).toBeLessThan(40 * run(4_000));
});
