import { beijingText, lastSevenDays } from '../../../scripts/start/leads.mjs';
import { readStartOptions } from '../../../scripts/start/options.mjs';
import { findCsvFaults, findRowFaults } from '../../../scripts/start/verify.mjs';

describe('readStartOptions', () => {
	it('reads every option', () => {
		expect(readStartOptions(['--once', '--port', '6000', '--simulator-port', '6001', '--reset'])).toEqual({
			help: false,
			once: true,
			reset: true,
			port: 6000,
			simulatorPort: 6001,
		});
	});

	it('insists on no port by itself', () => {
		expect(readStartOptions([])).toEqual({
			help: false,
			once: false,
			reset: false,
			port: undefined,
			simulatorPort: undefined,
		});
	});

	it.each([
		[['--onse'], 'Unknown option'],
		[['--port'], '--port'],
		[['--port', '1', '--simulator-port', '1'], 'different'],
	])('refuses %j', (args, reason) => {
		expect(() => readStartOptions(args)).toThrow(reason);
	});
});

describe('lastSevenDays', () => {
	it('is today and the six days before, from midnight in Beijing', () => {
		const now = Date.parse('2026-03-10T15:59:59Z');
		expect(beijingText(lastSevenDays(now).from)).toBe('2026-03-04 00:00:00');
		expect(beijingText(lastSevenDays(now + 1000).from)).toBe('2026-03-05 00:00:00');
		expect(lastSevenDays(now).to).toBe(now);
	});
});

describe('findRowFaults', () => {
	const lead = (id: string, more: object = {}) => ({
		track_id: id,
		name: 'A',
		tel: '＋86 138-0013-8000',
		weixin: '',
		qq: '',
		created_on: '2026-03-04T01:02:03.45Z',
		...more,
	});
	const row = (id: string, more: object = {}) => ({
		trackId: id,
		createdAt: '2026-03-04T09:02:03.450+08:00',
		name: 'A',
		phone: '13800138000',
		wechat: '',
		qq: '',
		...more,
	});
	const faultsOf = (rows: Array<ReturnType<typeof row>>, before: Array<ReturnType<typeof lead>>, after = before) =>
		findRowFaults({ rows, before, after });

	it('finds nothing in rows that are right', () => {
		expect(faultsOf([row('a'), row('b')], [lead('a'), lead('b')])).toEqual([]);
	});

	it('accepts a lead that came in during the run, shown or not', () => {
		expect(faultsOf([row('a'), row('b')], [lead('a')], [lead('a'), lead('b')])).toEqual([]);
		expect(faultsOf([row('a')], [lead('a')], [lead('a'), lead('b')])).toEqual([]);
	});

	it.each([
		['a missing lead', [row('a')], [lead('a'), lead('b')], 'not among the rows, the first is b'],
		['a row of no lead', [row('a'), row('c')], [lead('a')], 'the first is c'],
		['a repeated lead', [row('a'), row('a')], [lead('a')], 'more than one row'],
		['another column', [row('a'), row('b', { extra: '' })], [lead('a'), lead('b')], 'same columns'],
		['an object in a cell', [row('a', { tags: ['x'] })], [lead('a')], 'no single value'],
		['another phone', [row('a', { phone: '13800138001' })], [lead('a')], 'something else'],
		['another time', [row('a', { createdAt: '2026-03-04T01:02:03+08:00' })], [lead('a')], 'something else'],
		['nothing to compare', [], [], 'nothing to compare'],
	])('finds %s', (_name, rows, leads, fault) => {
		expect(faultsOf(rows, leads).join(' ')).toContain(fault);
	});
});

describe('findCsvFaults', () => {
	const rows = [
		{ a: 1, b: 'x\ny' },
		{ a: '', b: true },
	];

	it('finds nothing in a file that holds the rows', () => {
		expect(
			findCsvFaults(rows, [
				['a', 'b'],
				['1', 'x\r\ny'],
				['', 'TRUE'],
			]),
		).toEqual([]);
	});

	it.each([
		[
			'other columns',
			[
				['b', 'a'],
				['1', 'x\ny'],
				['', 'TRUE'],
			],
			'columns',
		],
		[
			'a missing row',
			[
				['a', 'b'],
				['1', 'x\ny'],
			],
			'has 1 rows, not 2',
		],
		[
			'another value',
			[
				['a', 'b'],
				['1', 'x'],
				['', 'TRUE'],
			],
			'for b',
		],
		['an empty file', [], 'columns'],
	])('finds %s', (_name, table, fault) => {
		expect(findCsvFaults(rows, table).join(' ')).toContain(fault);
	});
});
