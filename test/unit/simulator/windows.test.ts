import type { Ends, LaiguClient, Simulator } from '../../simulator';
import {
	CLIENTS,
	SERVICE,
	UPDATED,
	V1,
	V2,
	client,
	conversation,
	get,
	idsOf,
	listOf,
	start,
	stopAll,
	trackIdsOf,
	v1Query,
	v2Query,
} from './helpers';

const FROM = '2026-03-10 01:00:00';
const TO = '2026-03-10 02:00:00';

/** Before the window, on its start, within, half a second past its last whole second, on its end, just after. */
const conversations = [
	conversation(1, '2026-03-10 00:59:59.999999'),
	conversation(2, '2026-03-10 01:00:00.000000'),
	conversation(3, '2026-03-10 01:30:00.500000'),
	conversation(4, '2026-03-10 02:00:00.000000'),
	conversation(5, '2026-03-10 02:00:00.000001'),
];

const clients = [
	client('1', '2026-03-09T16:59:59.999999Z'),
	client('2', '2026-03-09T17:00:00Z'),
	client('3', '2026-03-09T17:30:00.5Z'),
	client('4', '2026-03-09T18:00:00.0Z'),
	client('5', '2026-03-09T18:00:00.000001Z'),
];

let simulator: Simulator;

beforeAll(async () => {
	simulator = await start({ conversations, clients });
});

beforeEach(() => {
	Object.assign(simulator.switches, {
		ends: 'inclusive',
		comparePrecision: 'microseconds',
		v1FiltersOn: 'end',
		v2WindowHours: 0,
		v1WindowHours: 12,
	});
});

afterAll(stopAll);

const readings: Array<[Ends, number[]]> = [
	['inclusive', [2, 3, 4]],
	['halfOpen', [2, 3]],
	['exclusive', [3]],
	['startExclusive', [3, 4]],
];

/** Compared in whole seconds, 5 falls onto the window's end, and 1 stays before it. */
const readingsInSeconds: Array<[Ends, number[]]> = [
	['inclusive', [2, 3, 4, 5]],
	['halfOpen', [2, 3]],
	['exclusive', [3]],
	['startExclusive', [3, 4, 5]],
];

async function allLists(): Promise<number[][]> {
	const window = { from: FROM, to: TO };
	return [
		idsOf(listOf(await get(simulator, V1, v1Query(window)))),
		idsOf(listOf(await get(simulator, V2, v2Query(window)))),
		trackIdsOf(listOf<LaiguClient>(await get(simulator, CLIENTS, v2Query(window)))).map(Number),
		trackIdsOf(listOf<LaiguClient>(await get(simulator, UPDATED, v2Query(window)))).map(Number),
	];
}

async function reported(): Promise<number> {
	const { rows = [] } = await get(simulator, SERVICE, { from_tm: FROM, to_tm: TO });
	return rows.reduce((sum, row) => sum + Number(row.conv_cnt), 0);
}

test.each(readings)('ends read as %s', async (ends, expected) => {
	simulator.switches.ends = ends;
	expect(await allLists()).toEqual([expected, expected, expected, expected]);
	expect(await reported()).toBe(expected.length);
});

test.each(readingsInSeconds)('ends read as %s, records cut to the second', async (ends, expected) => {
	Object.assign(simulator.switches, { ends, comparePrecision: 'seconds' });
	expect(await allLists()).toEqual([expected, expected, expected, expected]);
});

test('the asked ends keep their microseconds', async () => {
	const window = { from: '2026-03-10 01:00:00.000001', to: '2026-03-10 02:00:00.000001' };
	expect(idsOf(listOf(await get(simulator, V2, v2Query(window))))).toEqual([3, 4, 5]);
});

test('an instant is a window', async () => {
	expect(idsOf(listOf(await get(simulator, V2, v2Query({ from: TO, to: TO }))))).toEqual([4]);
	simulator.switches.ends = 'halfOpen';
	expect(listOf(await get(simulator, V2, v2Query({ from: TO, to: TO })))).toEqual([]);
});

test('v2 windows: any width, or a widest one that is allowed itself', async () => {
	simulator.switches.v2WindowHours = 1;
	const exact = { from: FROM, to: TO };
	const wider = { from: FROM, to: '2026-03-10 02:00:01' };
	for (const path of [V2, CLIENTS, UPDATED]) {
		expect((await get(simulator, path, v2Query(exact))).errno).toBe(0);
		expect(await get(simulator, path, v2Query(wider))).toMatchObject({
			errno: 10016,
			errmsg: 'The param of to_tm is invalid.',
		});
	}
	simulator.switches.v2WindowHours = 0.5;
	expect((await get(simulator, V2, v2Query(exact))).errno).toBe(10016);
});

test('v1 windows: 12 hours, or as the switch says', async () => {
	const exact = { from: '2026-03-10 00:00:00', to: '2026-03-10 12:00:00' };
	const wider = { from: '2026-03-10 00:00:00', to: '2026-03-10 12:00:01' };
	expect((await get(simulator, V1, v1Query(exact))).errno).toBe(0);
	expect(await get(simulator, V1, v1Query(wider))).toMatchObject({
		errno: 10016,
		errmsg: 'The param of conv_start_to_tm is invalid.',
	});
	simulator.switches.v1WindowHours = 24;
	expect((await get(simulator, V1, v1Query(wider))).errno).toBe(0);
	simulator.switches.v1WindowHours = 0;
	expect((await get(simulator, V1, v1Query({ from: '2000-01-01 00:00:00', to: '2099-01-01 00:00:00' }))).errno).toBe(0);
});

test('v1 on the start of a conversation lists open ones too', async () => {
	const byStart = await start({
		conversations: [
			conversation(1, '2026-03-10 05:00:00.000000', { conv_start_tm: '2026-03-10 01:10:00.000000' }),
			conversation(2, null, { conv_start_tm: '2026-03-10 01:20:00.000000' }),
			conversation(3, '2026-03-10 01:30:00.000000', { conv_start_tm: '2026-03-10 00:20:00.000000' }),
		],
		switches: { v1FiltersOn: 'start' },
	});
	expect(idsOf(listOf(await get(byStart, V1, v1Query({ from: FROM, to: TO }))))).toEqual([1, 2]);
	byStart.switches.v1FiltersOn = 'end';
	expect(idsOf(listOf(await get(byStart, V1, v1Query({ from: FROM, to: TO }))))).toEqual([3]);
	expect(idsOf(listOf(await get(byStart, V2, v2Query({ from: FROM, to: TO }))))).toEqual([3]);
});

test('a reversed window is refused, or empty', async () => {
	const reversed = { from: TO, to: FROM };
	expect(await get(simulator, V2, v2Query(reversed))).toMatchObject({
		errno: 10016,
		errmsg: 'The param of to_tm is invalid.',
	});
	simulator.switches.reversedWindow = 'empty';
	expect(listOf(await get(simulator, V2, v2Query(reversed)))).toEqual([]);
	expect((await get(simulator, SERVICE, { from_tm: TO, to_tm: FROM })).rows).toEqual([]);
	simulator.switches.reversedWindow = 'refused';
});

test('with a lag, records appear later than their time, and none of the future is there', async () => {
	let now = new Date('2026-03-10T02:00:00+08:00');
	const lagging = await start({ conversations, clients, now: () => now, switches: { lagSeconds: 1800 } });
	const window = { from: FROM, to: '2026-03-10 03:00:00' };
	expect(idsOf(listOf(await get(lagging, V2, v2Query(window))))).toEqual([2]);
	now = new Date('2026-03-10T02:00:01+08:00');
	expect(idsOf(listOf(await get(lagging, V2, v2Query(window))))).toEqual([2, 3]);
	expect(trackIdsOf(listOf<LaiguClient>(await get(lagging, UPDATED, v2Query(window))))).toEqual(['2', '3']);
	lagging.switches.lagSeconds = 0;
	expect(idsOf(listOf(await get(lagging, V2, v2Query(window))))).toEqual([2, 3, 4, 5]);
});
