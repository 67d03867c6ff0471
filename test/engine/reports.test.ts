import type { IDataObject } from 'n8n-workflow';

import type { LaiguConversation, Simulator } from '../simulator';
import { DAY, formatBeijing, parseBeijing } from '../simulator/time';
import { answering, credentialFor, stopAnswering } from './answering';
import { runLaigu } from './engine';
import { beijing, run, start, stopAll, succeed } from './world';

const REPORTS = ['getAgentService', 'getAgentOnlineStats'];
const FROM = beijing('2026-03-02');
/** Nine days, the last of which ends at noon. */
const TO = beijing('2026-03-10 12:00:00');
const RANGE = { timeRange: 'custom', from: '2026-03-02T00:00:00+08:00', to: '2026-03-10T12:00:00+08:00' };

let sim: Simulator;

beforeAll(async () => {
	sim = await start({ now: new Date('2026-03-10T15:00:00+08:00'), days: 12, conversationsPerDay: 60 });
});
beforeEach(() => {
	sim.resetRequests();
	Object.assign(sim.switches, { firstResponse: 'mean', countsAs: 'number' });
});
afterAll(async () => {
	await stopAll();
	await stopAnswering();
});

const report = (operation: string, options: IDataObject = {}, more: IDataObject = {}): IDataObject => ({
	resource: 'report',
	operation,
	...RANGE,
	options,
	...more,
});
const items = async (operation: string, options: IDataObject = {}, more: IDataObject = {}) =>
	(await succeed(sim, report(operation, options, more))).json;

/** The conversations of the server that ended in a range: what the report must be about. */
const ended = (from = FROM, to = TO) =>
	sim.store.conversations.filter(({ conv_end_tm: end }) => {
		const at = parseBeijing(end ?? '');
		return at !== undefined && at >= from && at < to;
	});

/** What the figures of conversations are, calculated from them one by one. */
function reckoned(own: LaiguConversation[]) {
	const share = (part: LaiguConversation[]) => part.length / own.length;
	const waits = own.map(({ conv_first_resp_wait_in_secs: wait }) => wait).filter((wait) => typeof wait === 'number');
	return {
		conversations: own.length,
		durationSeconds: own.reduce((sum, one) => sum + Number(one.converse_duration), 0),
		effectiveRate: share(own.filter(({ effective }) => effective === 'true')),
		missedRate: share(own.filter(({ missed }) => missed === 'true')),
		leadRate: share(own.filter(({ conv_leads: leads }) => Boolean(leads))),
		averageFirstResponseSeconds: waits.reduce((sum, wait) => sum + wait, 0) / waits.length,
	};
}

/** An item's figures against those of the conversations that it is about. Laigu's means are whole seconds. */
function expectFigures(item: IDataObject, own: LaiguConversation[]) {
	const { conversations, durationSeconds, averageFirstResponseSeconds, ...rates } = reckoned(own);
	expect(item).toMatchObject({ conversations, durationSeconds });
	for (const [name, rate] of Object.entries(rates)) expect(item[name]).toBeCloseTo(rate, 4);
	expect(Math.abs(Number(item.averageFirstResponseSeconds) - averageFirstResponseSeconds)).toBeLessThanOrEqual(0.56);
}

describe('group by agent', () => {
	test.each(REPORTS)('%s: raw is untouched, simplified and row say more', async (operation) => {
		const raw = await items(operation, {}, { output: 'raw' });
		const simplified = await items(operation);
		const rows = await items(operation, {}, { output: 'spreadsheetRow' });
		expect(raw.length).toBe(sim.store.agents.length);
		raw.forEach((record, index) => {
			const figures = Object.values(record).filter((value) => value !== '');
			expect(simplified[index]).toMatchObject({
				from: '2026-03-02T00:00:00.000+08:00',
				to: '2026-03-10T12:00:00.000+08:00',
				agentId: record.agent_id,
				groupName: record.group_name,
			});
			expect(Object.keys(simplified[index]).length).toBeGreaterThan(figures.length + 2);
			expect(rows[index]).toMatchObject({
				...simplified[index],
				from: '2026-03-02 00:00:00',
				to: '2026-03-10 12:00:00',
			});
			expect(Object.keys(rows[index])).toEqual(Object.keys(rows[0]));
			expect(rows[index].workNumber).toBe(record.work_num);
		});
	});

	test.each(['number', 'string'] as const)(
		'rates are those of the conversations, counts sent as %s',
		async (countsAs) => {
			sim.switches.countsAs = countsAs;
			const all = await items('getAgentService');
			expect(all).toHaveLength(6);
			for (const item of all)
				expectFigures(
					item,
					ended().filter(({ agent_ID: id }) => id === `${item.agentId as number}`),
				);
		},
	);

	test('first response times that are totals are divided by the answered conversations', async () => {
		sim.switches.firstResponse = 'sum';
		for (const groupBy of ['agent', 'group', 'day']) {
			for (const item of await items('getAgentService', { firstResponse: 'total' }, { groupBy })) {
				const own = ended().filter((one) =>
					groupBy === 'day'
						? one.conv_end_tm?.startsWith(item.day as string)
						: groupBy === 'group'
							? one.group_id === `${item.groupId as number}`
							: one.agent_ID === `${item.agentId as number}`,
				);
				expect(item.averageFirstResponseSeconds).toBeCloseTo(reckoned(own).averageFirstResponseSeconds, 0);
			}
		}
	});

	test('a share of nothing is left out, and an empty cell in a row', async () => {
		const past = { from: '2020-01-01', to: '2020-01-02' };
		for (const item of await items('getAgentService', {}, past)) {
			expect(item).toMatchObject({ conversations: 0, missedConversations: 0 });
			for (const name of ['missedRate', 'goodRatingRate', 'averageFirstResponseSeconds'])
				expect(item).not.toHaveProperty(name);
		}
		for (const row of await items('getAgentService', {}, { ...past, output: 'spreadsheetRow' }))
			expect(row).toMatchObject({
				conversations: 0,
				missedRate: '',
				goodRatingRate: '',
				averageFirstResponseSeconds: '',
			});
	});
});

test.each([
	['agent', 'agentId'],
	['group', 'groupId'],
	['day', 'day'],
])('selected fields of a %s keep what identifies it', async (groupBy, id) => {
	const [item] = await items(
		'getAgentService',
		{},
		{ groupBy, output: 'selectedFields', fields: ['missedRate', 'conversations'] },
	);
	expect(Object.keys(item)).toEqual(['missedRate', 'conversations', id]);
});

describe('group by group', () => {
	test('figures are those of all its agents', async () => {
		const groups = await items('getAgentService', {}, { groupBy: 'group' });
		expect(sim.requests).toHaveLength(1);
		expect(groups.map(({ groupName, agents }) => [groupName, agents])).toEqual([
			['小红书接待组', 3],
			['抖音接待组', 3],
		]);
		for (const group of groups)
			expectFigures(
				group,
				ended().filter(({ group_id: id }) => id === `${group.groupId as number}`),
			);
	});

	test('time online is added up', async () => {
		const agents = await items('getAgentOnlineStats');
		for (const group of await items('getAgentOnlineStats', {}, { groupBy: 'group' })) {
			const own = agents.filter(({ groupId }) => groupId === group.groupId);
			const sum = (name: string) => own.reduce((total, agent) => total + Number(agent[name]), 0);
			expect(group).toMatchObject({ onlineSeconds: sum('onlineSeconds'), offlineSeconds: sum('offlineSeconds') });
			// the nine days up to noon, of three agents
			expect(group.onlineRate).toBeCloseTo(sum('onlineSeconds') / (3 * 8.5 * 86_400), 4);
		}
	});
});

describe('group by day', () => {
	test('each day is one request, from midnight to midnight in Beijing, the last one to its end', async () => {
		const days = await items('getAgentService', {}, { groupBy: 'day' });
		expect(days.map(({ day }) => day)).toEqual(
			Array.from({ length: 9 }, (_, index) => formatBeijing(FROM + index * DAY).slice(0, 10)),
		);
		expect(sim.requests.map(({ query }) => [query.from_tm, query.to_tm])).toEqual(
			days.map((_, index) => [
				formatBeijing(FROM + index * DAY).slice(0, 19),
				formatBeijing(Math.min(FROM + (index + 1) * DAY, TO)).slice(0, 19),
			]),
		);
		for (const [index, day] of days.entries()) {
			expectFigures(day, ended(FROM + index * DAY, Math.min(FROM + (index + 1) * DAY, TO)));
			expect(day.agents).toBe(6);
		}
		expect(days.reduce((sum, { conversations }) => sum + Number(conversations), 0)).toBe(ended().length);
	});

	test('time online of the day, up to now', async () => {
		const days = await items('getAgentOnlineStats', {}, { groupBy: 'day' });
		// eight hours each of six agents; on the last day until noon, three of whom begin at noon
		expect(days.map(({ onlineSeconds }) => onlineSeconds)).toEqual([
			...Array<number>(8).fill(6 * 8 * 3600),
			3 * 3 * 3600,
		]);
		expect(days[0]).toMatchObject({ onlineRate: 0.3333, offlineRate: 0.5 });
	});

	test('rows have the same columns, whatever the day had', async () => {
		const rows = await items(
			'getAgentService',
			{},
			{ groupBy: 'day', from: '2026-02-20', to: '2026-03-03', output: 'spreadsheetRow' },
		);
		expect(rows).toHaveLength(11);
		expect(rows[0]).toMatchObject({ day: '2026-02-20', conversations: 0, missedRate: '' });
		for (const row of rows) expect(Object.keys(row)).toEqual(Object.keys(rows[0]));
		expect(Object.keys(rows[0]).slice(0, 2)).toEqual(['agents', 'conversations']);
		expect(Object.keys(rows[0]).slice(-3)).toEqual(['from', 'to', 'day']);
	});

	test('a refused day ends the run, and raw is one request for the whole range', async () => {
		sim.addFault({ kind: '10015', match: /from_tm=2026-03-04/ });
		const { error } = await run(sim, report('getAgentService', { maxRetries: 0 }, { groupBy: 'day' }));
		expect(error?.message).toMatch(/could not answer right now \[Item 0\]/);
		sim.clearFaults();
		sim.resetRequests();
		const raw = await items('getAgentService', {}, { groupBy: 'day', output: 'raw' });
		expect(raw).toEqual(await items('getAgentService', {}, { output: 'raw' }));
		// beside the days that were on their way when one was refused
		const days = sim.requests.filter(({ query }) => query.from_tm !== '2026-03-02 00:00:00');
		expect(days.length).toBeLessThan(3);
		expect(sim.requests).toHaveLength(days.length + 2);
	});
});

test('agents in several groups, agents in none, and agents who are not there every day', async () => {
	const lin = { agent_id: 7, agent_name: 'Lin', conv_cnt: '4', missed_conv_cnt: '1', avg_response_wait_time: '10' };
	const chen = { agent_id: 8, agent_name: 'Chen', conv_cnt: 1, missed_conv_cnt: 0, avg_response_wait_time: 50 };
	const byDay: Record<string, IDataObject[]> = {
		'2026-03-01 00:00:00': [
			{ ...lin, group_id: 1, group_name: 'Sales' },
			{ ...lin, group_id: 2, group_name: 'Care' },
			chen,
		],
		'2026-03-02 00:00:00': [{ ...lin, group_id: 1, group_name: 'Sales' }],
		'2026-03-03 00:00:00': [],
	};
	const server = await answering(({ url }) => {
		const day = new URL(url ?? '', 'http://127.0.0.1').searchParams.get('from_tm') ?? '';
		return { body: JSON.stringify({ rows: byDay[day] }) };
	});
	const grouped = async (groupBy: string, to: string) => {
		const parameters = report('getAgentService', {}, { groupBy, from: '2026-03-01', to });
		const { json, error } = await runLaigu({ parameters: parameters as never, credentials: credentialFor(server.url) });
		expect(error).toBeUndefined();
		return json;
	};
	expect(
		(await grouped('agent', '2026-03-02')).map(({ agentName, groupName, conversations }) => [
			agentName,
			groupName,
			conversations,
		]),
	).toEqual([
		['Lin', 'Sales, Care', 8],
		['Chen', undefined, 1],
	]);
	expect(
		(await grouped('group', '2026-03-02')).map(({ groupName, agents, conversations }) => [
			groupName,
			agents,
			conversations,
		]),
	).toEqual([
		['Sales', 1, 4],
		['Care', 1, 4],
		[undefined, 1, 1],
	]);
	const days = await grouped('day', '2026-03-04');
	expect(
		days.map(({ agents, conversations, averageResponseSeconds }) => [agents, conversations, averageResponseSeconds]),
	).toEqual([
		// 3 and 3 answered at 10 s, 1 at 50 s
		[2, 9, 15.71],
		[1, 4, 10],
		[0, undefined, undefined],
	]);
});
