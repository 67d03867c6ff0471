import type { LaiguConversation, Simulator } from '../../simulator';
import { leadsIn } from '../../simulator/report';
import { ONLINE, SERVICE, V2, chain, conversation, get, start, stopAll } from './helpers';

const NOW = new Date('2026-03-10T15:00:00+08:00');
const WINDOW = { from: '2026-03-01 00:00:00', to: '2026-03-09 23:59:59' };
const ASKED = { from_tm: WINDOW.from, to_tm: WINDOW.to };
const STATES = ['online_onduty', 'online_offduty', 'pns_onduty', 'pns_offduty', 'offline'];
const COLUMNS =
	'agent_id agent_name group_id group_name work_num conv_cnt effective_conv_cnt missed_conv_cnt delayed_conv_cnt msg_cnt duration_time conv_first_response_wait_time agent_first_response_wait_time avg_response_wait_time gold_conv_cnt silver_conv_cnt bronze_conv_cnt nograde_conv_cnt good_conv_cnt medium_conv_cnt bad_conv_cnt clues_cnt remark_cnt transfer_in_cnt transfer_out_cnt clue_conv_cnt'.split(
		' ',
	);

let simulator: Simulator;

beforeAll(async () => {
	simulator = await start({ now: NOW });
});

afterAll(stopAll);

type Rows = Array<Record<string, number | string>>;

async function rowsOf(path: string, window = ASKED): Promise<Rows> {
	const { rows } = await get(simulator, path, window);
	if (!rows) throw new Error('no rows');
	return rows;
}

const total = (rows: Rows, column: string): number => rows.reduce((sum, row) => sum + Number(row[column]), 0);

test('agent_service adds up to the conversations of the same window', async () => {
	const rows = await rowsOf(SERVICE);
	const listed = (await chain(simulator, V2, WINDOW)).pages.flat();
	const sum = (value: (one: LaiguConversation) => number) => listed.reduce((all, one) => all + value(one), 0);

	expect(rows).toHaveLength(6);
	for (const row of rows) expect(Object.keys(row)).toEqual(COLUMNS);
	expect(listed.length).toBeGreaterThan(200);
	expect(total(rows, 'conv_cnt')).toBe(listed.length);
	expect(total(rows, 'missed_conv_cnt')).toBe(sum(({ missed }) => Number(missed === 'true')));
	expect(total(rows, 'effective_conv_cnt')).toBe(sum(({ effective }) => Number(effective === 'true')));
	expect(total(rows, 'msg_cnt')).toBe(
		sum((one) => Number(one.conv_agent_msg_count) + Number(one.conv_visitor_msg_count)),
	);
	expect(total(rows, 'duration_time')).toBe(sum((one) => Number(one.converse_duration)));
	expect(total(rows, 'clues_cnt')).toBe(sum(leadsIn));
	expect(total(rows, 'clue_conv_cnt')).toBe(sum((one) => Number(leadsIn(one) > 0)));
	expect(total(rows, 'transfer_in_cnt')).toBe(total(rows, 'transfer_out_cnt'));
	for (const row of rows) {
		const grades = ['gold', 'silver', 'bronze', 'nograde'].map((grade) => Number(row[`${grade}_conv_cnt`]));
		expect(grades.reduce((all, one) => all + one, 0)).toBe(row.conv_cnt);
		expect(Number(row.conv_cnt)).toBe(listed.filter(({ agent_ID: id }) => id === String(row.agent_id)).length);
	}
});

test('days add up to the week', async () => {
	simulator.switches.ends = 'halfOpen';
	const day = async (date: number) =>
		total(
			await rowsOf(SERVICE, { from_tm: `2026-03-0${date} 00:00:00`, to_tm: `2026-03-0${date + 1} 00:00:00` }),
			'conv_cnt',
		);
	const days = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(day));
	expect(days.reduce((all, one) => all + one, 0)).toBe(
		total(await rowsOf(SERVICE, { from_tm: '2026-03-01 00:00:00', to_tm: '2026-03-08 00:00:00' }), 'conv_cnt'),
	);
	simulator.switches.ends = 'inclusive';
});

test('first response times are means or sums, and figures numbers or texts', async () => {
	const means = await rowsOf(SERVICE);
	Object.assign(simulator.switches, { firstResponse: 'sum', countsAs: 'string' });
	const sums = await rowsOf(SERVICE);
	Object.assign(simulator.switches, { firstResponse: 'mean', countsAs: 'number' });
	for (const [index, { agent_id: id, ...row }] of sums.entries()) {
		const answered = Number(row.conv_cnt) - Number(row.missed_conv_cnt);
		expect(Math.round(Number(row.conv_first_response_wait_time) / answered)).toBe(
			means[index].conv_first_response_wait_time,
		);
		expect(typeof id).toBe('number');
		expect(row.conv_cnt).toBe(`${means[index].conv_cnt}`);
	}
});

test('an agent with nothing to do has a row of zeros', async () => {
	const rows = await rowsOf(SERVICE, { from_tm: '2020-01-01 00:00:00', to_tm: '2020-01-02 00:00:00' });
	expect(rows).toHaveLength(6);
	expect(total(rows, 'conv_cnt') + total(rows, 'msg_cnt') + total(rows, 'avg_response_wait_time')).toBe(0);
});

test.each([
	['a day', '2026-03-09 00:00:00', '2026-03-10 00:00:00', 86_400],
	['an hour', '2026-03-09 11:30:00', '2026-03-09 12:30:00', 3_600],
	['today, as far as it has passed', '2026-03-10 00:00:00', '2026-03-11 00:00:00', 15 * 3_600],
	['the future', '2026-03-11 00:00:00', '2026-03-12 00:00:00', 0],
])('agent_online_stats adds up to %s', async (_name, from, to, seconds) => {
	const rows = await rowsOf(ONLINE, { from_tm: from, to_tm: to });
	expect(rows).toHaveLength(6);
	for (const row of rows) expect(STATES.reduce((sum, state) => sum + Number(row[state]), 0)).toBe(seconds);
});

test('what an agent does in a day', async () => {
	const [row] = await rowsOf(ONLINE, { from_tm: '2026-03-09 00:00:00', to_tm: '2026-03-10 00:00:00' });
	expect(row).toMatchObject({
		online_onduty: 8 * 3_600,
		online_offduty: 3_600,
		pns_onduty: 7_200,
		pns_offduty: 3_600,
		offline: 12 * 3_600,
	});
});

test('reports on the start of a conversation count open ones', async () => {
	const own = await start({
		conversations: [
			conversation(1, null, { conv_start_tm: '2026-03-05 10:00:00.000000', agent_ID: '9' }),
			conversation(2, '2026-03-06 10:00:00.000000', {
				conv_start_tm: '2026-02-01 10:00:00.000000',
				agent_ID: '9',
				agent_name: 'A',
			}),
		],
	});
	const counted = async () => ((await get(own, SERVICE, ASKED)).rows ?? []).map((row) => [row.agent_id, row.conv_cnt]);
	expect(await counted()).toEqual([[9, 1]]);
	own.switches.reportsFilterOn = 'start';
	expect(await counted()).toEqual([[9, 1]]);
	own.store.addConversation(conversation(3, null, { conv_start_tm: '2026-03-05 11:00:00.000000', agent_ID: '8' }));
	expect(await counted()).toEqual([
		[8, 1],
		[9, 1],
	]);
	expect((await get(own, ONLINE, ASKED)).rows).toHaveLength(2);
});

test.each([SERVICE, ONLINE])('%s wants its times', async (path) => {
	for (const name of ['from_tm', 'to_tm']) {
		const { [name as 'from_tm']: _left, ...others } = ASKED;
		expect(await get(simulator, path, others)).toMatchObject({
			errno: 10016,
			errmsg: `The param of ${name} is invalid.`,
		});
		expect(await get(simulator, path, { ...ASKED, [name]: '2026-03-01' })).toMatchObject({ errno: 10016 });
	}
});
