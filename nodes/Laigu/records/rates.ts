import type { IDataObject } from 'n8n-workflow';

/** How Laigu's first response times are meant, which its document does not say: as an average over conversations, or as their total. */
export type FirstResponse = 'average' | 'total';

const STATES = ['onlineSeconds', 'invisibleSeconds', 'pushOnSeconds', 'pushOffSeconds', 'offlineSeconds'];

/** Fractions: one figure over the sum of others. */
const RATES: Array<[rate: string, part: string, whole: string[]]> = [
	['effectiveRate', 'effectiveConversations', ['conversations']],
	['missedRate', 'missedConversations', ['conversations']],
	['delayedRate', 'delayedConversations', ['conversations']],
	['leadRate', 'conversationsWithLeads', ['conversations']],
	['goodRatingRate', 'goodRatings', ['goodRatings', 'mediumRatings', 'badRatings']],
	['onlineRate', 'onlineSeconds', STATES],
	['offlineRate', 'offlineSeconds', STATES],
];

/** A figure; NaN where Laigu sent none, so that nothing can be calculated with it by accident. */
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
	Math.max(0, numberOf(figures.conversations) - numberOf(figures.missedConversations ?? 0));

/**
 * The rates of a report's figures: fractions from 0 to 1 with four digits, and `averageFirstResponseSeconds`. A rate over 0, or over a figure
 * that Laigu did not send, is left out.
 *
 * @param figures counts and durations as numbers
 * @param firstResponse how `firstResponseSeconds` is meant
 */
export function ratesOf(figures: IDataObject, firstResponse: FirstResponse): IDataObject {
	const rates: IDataObject = {};
	for (const [rate, part, whole] of RATES) {
		const value = numberOf(figures[part]) / whole.reduce((sum, name) => sum + numberOf(figures[name]), 0);
		if (Number.isFinite(value)) rates[rate] = round(value, 4);
	}
	const answered = answeredOf(figures);
	const waited = numberOf(figures.firstResponseSeconds) / (firstResponse === 'total' ? answered : 1);
	if (answered > 0 && Number.isFinite(waited)) rates.averageFirstResponseSeconds = round(waited, 1);
	return rates;
}
