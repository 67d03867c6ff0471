import { ratesOf, simplifyReportRow } from '../../../nodes/Laigu/records/report';
import { reportColumns } from '../../../nodes/Laigu/records/reportGroups';
import { toRow } from '../../../nodes/Laigu/records/row';
import { at, deepFreeze } from '../helpers';

const RANGE = { from: at('2026-11-21T00:00:00+08:00'), to: at('2026-11-22T00:00:00+08:00') };

test('figures as numbers, the range that Laigu does not tell, every column', () => {
	const record = deepFreeze({ agent_id: 7, group_name: '', online_onduty: '3600', conv_cnt: '4', new_thing: 'x' });
	const simple = simplifyReportRow(record, RANGE);
	expect(simple).toEqual({
		from: '2026-11-21T00:00:00.000+08:00',
		to: '2026-11-22T00:00:00.000+08:00',
		agentId: 7,
		onlineOnduty: 3600,
		convCnt: 4,
		newThing: 'x',
	});
	for (const report of ['getAgentOnlineStats', 'getAgentService'] as const) {
		for (const groupBy of ['agent', 'group', 'day'] as const) {
			const columns = reportColumns({ report, groupBy, firstResponse: 'average' });
			expect(new Set(columns).size).toBe(columns.length);
			expect(Object.keys(toRow(simple, columns)).slice(0, columns.length)).toEqual(columns);
		}
	}
});

describe('rates', () => {
	const service = {
		convCnt: 8,
		effectiveConvCnt: 6,
		missedConvCnt: 2,
		delayedConvCnt: 1,
		clueConvCnt: 3,
		goodConvCnt: 2,
		mediumConvCnt: 0,
		badConvCnt: 1,
		convFirstResponseWaitTime: 30,
	};

	test('are fractions with four digits', () => {
		expect(ratesOf(deepFreeze(service), 'average')).toEqual({
			effectiveRate: 0.75,
			missedRate: 0.25,
			delayedRate: 0.125,
			leadRate: 0.375,
			goodRatingRate: 0.6667,
			avgFirstResponseSeconds: 30,
		});
	});

	test('divide a total of first response times by the conversations that got an answer', () => {
		expect(ratesOf({ ...service, convFirstResponseWaitTime: 100 }, 'total').avgFirstResponseSeconds).toBe(16.7);
	});

	test('of the time online and offline are over all five states', () => {
		const online = { onlineOnduty: 6, onlineOffduty: 1, pnsOnduty: 1, pnsOffduty: 0, offline: 8 };
		expect(ratesOf(online, 'average')).toEqual({ onlineRate: 0.375, offlineRate: 0.5 });
		expect(ratesOf({ ...online, pnsOffduty: undefined }, 'average')).toEqual({});
	});

	test('over nothing are left out, and 0 of something is 0', () => {
		const idle = Object.fromEntries(Object.keys(service).map((name) => [name, 0]));
		expect(ratesOf(idle, 'average')).toEqual({});
		expect(ratesOf(idle, 'total')).toEqual({});
		expect(ratesOf({}, 'average')).toEqual({});
		expect(ratesOf({ convCnt: 3, missedConvCnt: 0 }, 'average')).toEqual({ missedRate: 0 });
		// all were missed: nobody waited for a first response that came
		expect(ratesOf({ convCnt: 3, missedConvCnt: 3, convFirstResponseWaitTime: 0 }, 'average')).toEqual({
			missedRate: 1,
		});
	});

	test('of figures that are no numbers are left out', () => {
		expect(ratesOf({ convCnt: 'many', missedConvCnt: 1, effectiveConvCnt: null }, 'average')).toEqual({});
	});
});
