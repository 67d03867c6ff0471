import { CLOCK_TOLERANCE, inBeijing, MILLISECOND, SECOND } from './time';
import type { Micros, Range } from './time';

/** The ranges that need no From and To. */
export type NamedRange =
	'today' | 'yesterday' | 'last7Days' | 'last30Days' | 'thisWeek' | 'lastWeek' | 'thisMonth' | 'lastMonth';

/** Nothing of Laigu's is older: the company began in 2014, and the examples in its API document are of 2017. 2010-01-01 in Beijing. */
export const EARLIEST: Micros = Date.UTC(2009, 11, 31, 16) * MILLISECOND;

/**
 * What a named range stands for. Days, weeks (Monday to Sunday) and months begin at midnight in Beijing, whatever the workflow's zone; a range
 * that holds today ends now.
 *
 * @param name e.g. `last7Days`: today and the 6 days before
 * @param now the present, in microseconds
 * @returns from ≤ t < to
 */
export function namedRange(name: NamedRange, now: Micros): Range {
	const today = inBeijing(now).startOf('day');
	const week = today.startOf('week');
	const month = today.startOf('month');
	const micros = (moment: typeof today) => moment.toMillis() * MILLISECOND;
	switch (name) {
		case 'today':
			return { from: micros(today), to: now };
		case 'yesterday':
			return { from: micros(today.minus({ days: 1 })), to: micros(today) };
		case 'last30Days':
			return { from: micros(today.minus({ days: 29 })), to: now };
		case 'thisWeek':
			return { from: micros(week), to: now };
		case 'lastWeek':
			return { from: micros(week.minus({ weeks: 1 })), to: micros(week) };
		case 'thisMonth':
			return { from: micros(month), to: now };
		case 'lastMonth':
			return { from: micros(month.minus({ months: 1 })), to: micros(month) };
		default:
			return { from: micros(today.minus({ days: 6 })), to: now };
	}
}

/**
 * The part of a range that can hold anything: Laigu has no records of before it began, and none of the future (beyond what the two clocks may
 * be apart). Whoever writes 9999-12-31 for "no end" asks for no more than that.
 *
 * @param range from ≤ t < to
 * @param now n8n's clock, in microseconds
 * @returns the range itself where all of it can hold something; empty, with one instant for both ends, where none can
 */
export function possibleRange({ from, to }: Range, now: Micros): Range {
	const end = Math.min(to, Math.ceil(now / SECOND) * SECOND + CLOCK_TOLERANCE);
	return { from: Math.min(Math.max(from, EARLIEST), end), to: end };
}

/**
 * The days that a range touches, each cut to the range, made one by one: days begin at midnight in Beijing, so the first may begin later and
 * the last end earlier.
 *
 * @returns ascending, without gap or overlap
 */
export function* daysOf({ from, to }: Range): Generator<Range, void, void> {
	for (let start = from; start < to;) {
		const midnight = inBeijing(start).startOf('day').plus({ days: 1 }).toMillis() * MILLISECOND;
		const end = Math.min(midnight, to);
		yield { from: start, to: end };
		start = end;
	}
}

/** How many days a range touches, in Beijing; calculated without making them. */
export function dayCountOf({ from, to }: Range): number {
	if (from >= to) return 0;
	const dayOf = (moment: Micros) => inBeijing(moment).startOf('day');
	return Math.round(dayOf(to - 1).diff(dayOf(from), 'days').days) + 1;
}
