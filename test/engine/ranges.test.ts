import type { IDataObject } from 'n8n-workflow';

import { ENDS } from '../simulator';
import type { Simulator } from '../simulator';
import { DAY, SECOND } from '../simulator/time';
import { useDate } from '../virtualTime';
import { windowOf } from './asked';
import {
	ascending,
	beijing,
	clientsAt,
	conversationsAt,
	expected,
	FROM,
	instants,
	keysOf,
	LISTS,
	start,
	stopAll,
	succeed,
	TO,
} from './world';
import type { ListCase } from './world';

const LIST = { resource: 'conversation', operation: 'getAll', returnAll: true, output: 'raw' };
const NEVER = { conversations: [], clients: [] };

let empty: Simulator;

beforeAll(async () => {
	empty = await start(NEVER);
});
afterAll(stopAll);
beforeEach(() => {
	empty.resetRequests();
});

/** What the node asked of v2 for a range: a second more before it, so that no reading of the ends loses a record. */
async function askedFor(parameters: IDataObject, timezone: string, input?: IDataObject[]): Promise<string[]> {
	await succeed(empty, { ...LIST, ...parameters }, { timezone, input });
	const [{ query }] = empty.requests;
	return [query.from_tm, query.to_tm];
}

describe('a custom range is asked for in Beijing time', () => {
	test.each([
		['UTC', '2026-03-10T00:00:00', '2026-03-11T00:00:00', '2026-03-10 07:59:59', '2026-03-11 08:00:00'],
		['Asia/Shanghai', '2026-03-10T00:00:00', '2026-03-11T00:00:00', '2026-03-09 23:59:59', '2026-03-11 00:00:00'],
		['America/New_York', '2026-03-10T00:00:00', '2026-03-11T00:00:00', '2026-03-10 11:59:59', '2026-03-11 12:00:00'],
		// across midnight of the year
		['America/New_York', '2025-12-31T20:30:00', '2026-01-01T00:15:00', '2026-01-01 09:29:59', '2026-01-01 13:15:00'],
		// New York's day of 23 hours and its day of 25
		['America/New_York', '2026-03-08', '2026-03-09', '2026-03-08 12:59:59', '2026-03-09 12:00:00'],
		['America/New_York', '2026-11-01', '2026-11-02', '2026-11-01 11:59:59', '2026-11-02 13:00:00'],
		['UTC', '2026-03-10 06:30:00', '2026-03-10 07:00', '2026-03-10 14:29:59', '2026-03-10 15:00:00'],
		['Asia/Shanghai', '2026/3/9', '2026年3月10日', '2026-03-08 23:59:59', '2026-03-10 00:00:00'],
		// with an offset of its own the workflow's zone does not matter
		[
			'America/New_York',
			'2026-03-10T00:00:00+08:00',
			'2026-03-10T16:00:00Z',
			'2026-03-09 23:59:59',
			'2026-03-11 00:00:00',
		],
		['UTC', '2026-03-10T00:00:00.250Z', '2026-03-10T00:00:01.750Z', '2026-03-10 07:59:59', '2026-03-10 08:00:02'],
		['America/New_York', '1773100800', '1773187200000', '2026-03-10 07:59:59', '2026-03-11 08:00:00'],
	])('%s: %s to %s', async (timezone, from, to, fromTm, toTm) => {
		expect(await askedFor({ timeRange: 'custom', from, to }, timezone)).toEqual([fromTm, toTm]);
	});

	test('from expressions: luxon, Date, number and text of the input item', async () => {
		const at = { iso: '2026-03-10T00:00:00', seconds: 1_773_187_200 };
		const wanted = ['2026-03-10 11:59:59', '2026-03-11 08:00:00'];
		for (const [from, to] of [
			["={{ DateTime.fromISO($json.iso, { zone: 'America/New_York' }) }}", '={{ $json.seconds }}'],
			['={{ $json.iso }}', '={{ new Date($json.seconds * 1000) }}'],
			['={{ $json.iso.toDateTime() }}', '={{ DateTime.fromSeconds($json.seconds) }}'],
		]) {
			empty.resetRequests();
			expect(await askedFor({ timeRange: 'custom', from, to }, 'America/New_York', [at])).toEqual(wanted);
		}
	});

	test.each([
		['stringMicroseconds', '2026-03-09 23:59:59.999999', '2026-03-11 00:00:00.000000'],
		['epochSeconds', '1773071999', '1773158400'],
		['epochMicroseconds', '1773071999999999', '1773158400000000'],
	])('as %s where the user chose that', async (timeFormat, fromTm, toTm) => {
		const sim = await start({
			...NEVER,
			switches: { timeForms: ['stringMicroseconds', 'epochSeconds', 'epochMicroseconds'] },
		});
		await succeed(sim, { ...LIST, timeRange: 'custom', from: '2026-03-10', to: '2026-03-11', options: { timeFormat } });
		expect(sim.requests[0].query).toMatchObject({ from_tm: fromTm, to_tm: toTm });
	});

	test('with the names that API v1 has for its ends, and for the reports without the second more', async () => {
		const day = { timeRange: 'custom', from: '2026-03-10T10:00:00', to: '2026-03-10T16:00:00' };
		await succeed(empty, { ...LIST, ...day, options: { apiVersion: 'v1' } }, { timezone: 'UTC' });
		await succeed(empty, { resource: 'report', operation: 'getAgentService', ...day }, { timezone: 'UTC' });
		expect(empty.requests.map(({ query }) => query)).toEqual([
			{
				enterprise_id: '10001',
				conv_start_from_tm: '2026-03-10 17:59:59',
				conv_start_to_tm: '2026-03-11 00:00:00',
				offset: '0',
				limit: '20',
			},
			{ enterprise_id: '10001', from_tm: '2026-03-10 18:00:00', to_tm: '2026-03-11 00:00:00' },
		]);
	});
});

describe('named ranges', () => {
	const NOW = beijing('2026-03-10 23:59:58');
	useDate('2026-03-10T23:59:58+08:00');

	test.each(['UTC', 'America/New_York'])('begin at midnight in Beijing, with a workflow in %s', async (timezone) => {
		const ranges: Record<string, [string, string?]> = {
			today: ['2026-03-10'],
			yesterday: ['2026-03-09', '2026-03-10'],
			last7Days: ['2026-03-04'],
			last30Days: ['2026-02-09'],
			thisMonth: ['2026-03-01'],
			lastMonth: ['2026-02-01', '2026-03-01'],
		};
		for (const timeRange of Object.keys(ranges)) await succeed(empty, { ...LIST, timeRange }, { timezone });
		Object.values(ranges).forEach(([from, to], index) => {
			const asked = windowOf(empty.requests[index]);
			expect(asked.from).toBe(beijing(from) - SECOND);
			if (to === undefined) expect([NOW, NOW + SECOND]).toContain(asked.to);
			else expect(asked.to).toBe(beijing(to));
		});
	});
});

const TIMES = instants();
const ALL: ListCase[] = Object.values(LISTS);

describe.each(ALL)('two daily runs that follow each other give all $name once', (list) => {
	test.each(
		ENDS.flatMap((ends) =>
			(['microseconds', 'seconds'] as const).map((comparePrecision) => ({ ends, comparePrecision })),
		),
	)('with ends read as $ends, compared in $comparePrecision', async (switches) => {
		const sim = await start({ conversations: conversationsAt(TIMES), clients: clientsAt(TIMES), switches });
		const days = [];
		for (const [from, to] of [
			['2026-03-10', '2026-03-11'],
			['2026-03-11', '2026-03-12'],
		]) {
			days.push(keysOf((await succeed(sim, { ...list.parameters, timeRange: 'custom', from, to })).json, list));
		}
		expect(days.flat().sort(ascending)).toEqual(expected(sim, list));
		expect([...days[0]].sort(ascending)).toEqual(expected(sim, list, FROM, FROM + DAY));
		expect([...days[1]].sort(ascending)).toEqual(expected(sim, list, FROM + DAY, TO));
	});
});

test.each(ENDS)('a range that begins and ends inside a second is exact, with ends read as %s', async (ends) => {
	const at = FROM + 3_600 * SECOND;
	const times = [-0.5, -0.25, 0, 0.249999, 0.25, 0.5, 0.749999, 0.75, 0.9, 1, 1.2].map(
		(second) => at + second * SECOND,
	);
	const sim = await start({ conversations: conversationsAt(times), clients: [], switches: { ends } });
	const range = { timeRange: 'custom', from: '2026-03-10T01:00:00.250', to: '2026-03-10T01:00:00.750' };
	const { json } = await succeed(sim, { ...LISTS.conversations.parameters, ...range });
	const wanted = expected(sim, LISTS.conversations, at + 250_000, at + 750_000);
	expect(keysOf(json, LISTS.conversations).sort(ascending)).toEqual(wanted);
});

test('API v1 keeps a conversation of which it is not sure by which time it was filtered', async () => {
	const conversations = [
		{ conv_id: 1, conv_start_tm: '2026-03-10 23:50:00.000000', conv_end_tm: '2026-03-11 00:00:00.000000' },
	];
	const sim = await start({ conversations, clients: [] });
	const days = { timeRange: 'custom', from: '2026-03-10', to: '2026-03-11' };
	expect((await succeed(sim, { ...LISTS.v1.parameters, ...days })).json).toHaveLength(1);
	// v2 is documented to filter by the end
	expect((await succeed(sim, { ...LISTS.conversations.parameters, ...days })).json).toHaveLength(0);
});
