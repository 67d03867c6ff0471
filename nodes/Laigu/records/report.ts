import type { IDataObject } from 'n8n-workflow';

import { toIso } from '../shared/time';
import type { Range } from '../shared/time';
import { simpleFields } from './names';

/** How Laigu's first response times are meant, which its document does not say: as an average over conversations, or as their total. */
export type FirstResponse = 'average' | 'total';

const STATES = ['onlineOnduty', 'onlineOffduty', 'pnsOnduty', 'pnsOffduty', 'offline'];

/** Fractions: one figure over the sum of others. */
const RATES: Array<[rate: string, part: string, whole: string[]]> = [
	['effectiveRate', 'effectiveConvCnt', ['convCnt']],
	['missedRate', 'missedConvCnt', ['convCnt']],
	['delayedRate', 'delayedConvCnt', ['convCnt']],
	['leadRate', 'clueConvCnt', ['convCnt']],
	['goodRatingRate', 'goodConvCnt', ['goodConvCnt', 'mediumConvCnt', 'badConvCnt']],
	['onlineRate', 'onlineOnduty', STATES],
	['offlineRate', 'offline', STATES],
];

/** A figure; NaN where Laigu sent none, so that nothing can be reckoned with it by accident. */
export const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

/** A number with so many digits behind the point. */
export const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/**
 * How many conversations got an answer: all but the missed ones. What Laigu's response times are averages over is not in its answer; this
 * count comes nearest.
 *
 * @returns NaN where the row does not tell
 */
export const answeredOf = (figures: IDataObject): number =>
	Math.max(0, numberOf(figures.convCnt) - numberOf(figures.missedConvCnt ?? 0));

/**
 * The rates of a report's figures: fractions from 0 to 1 with four digits, and `avgFirstResponseSeconds`. A rate over 0, or over a figure
 * that Laigu did not send, is left out.
 *
 * @param figures counts and durations as numbers
 * @param firstResponse how `convFirstResponseWaitTime` is meant
 */
export function ratesOf(figures: IDataObject, firstResponse: FirstResponse): IDataObject {
	const rates: IDataObject = {};
	for (const [rate, part, whole] of RATES) {
		const value = numberOf(figures[part]) / whole.reduce((sum, name) => sum + numberOf(figures[name]), 0);
		if (Number.isFinite(value)) rates[rate] = round(value, 4);
	}
	const answered = answeredOf(figures);
	const waited = numberOf(figures.convFirstResponseWaitTime) / (firstResponse === 'total' ? answered : 1);
	if (answered > 0 && Number.isFinite(waited)) rates.avgFirstResponseSeconds = round(waited, 1);
	return rates;
}

/** The range of time that an item is about, which Laigu's rows do not tell. */
export const rangeOf = ({ from, to }: Range): IDataObject => ({ from: toIso(from), to: toIso(to) });

/**
 * A report's row in simplified form: names in camelCase, counts and durations (seconds) as numbers, and the range that the row is about.
 *
 * @param record the row as Laigu sent it; it is not changed
 * @param range the range that was asked for
 */
export function simplifyReportRow(record: IDataObject, range: Range): IDataObject {
	return { ...rangeOf(range), ...simpleFields(record) };
}

/** The figures of each report, with the rates behind them, in the order of a row's columns. */
export const REPORT_FIGURES = {
	getAgentOnlineStats: [...STATES, 'onlineRate', 'offlineRate'],
	getAgentService: [
		'convCnt',
		'effectiveConvCnt',
		'missedConvCnt',
		'delayedConvCnt',
		'msgCnt',
		'durationTime',
		'convFirstResponseWaitTime',
		'agentFirstResponseWaitTime',
		'avgResponseWaitTime',
		'goldConvCnt',
		'silverConvCnt',
		'bronzeConvCnt',
		'nogradeConvCnt',
		'goodConvCnt',
		'mediumConvCnt',
		'badConvCnt',
		'cluesCnt',
		'remarkCnt',
		'transferInCnt',
		'transferOutCnt',
		'clueConvCnt',
		'effectiveRate',
		'missedRate',
		'delayedRate',
		'leadRate',
		'goodRatingRate',
		'avgFirstResponseSeconds',
	],
};

/** Which of Laigu's reports on agents. */
export type Report = keyof typeof REPORT_FIGURES;
