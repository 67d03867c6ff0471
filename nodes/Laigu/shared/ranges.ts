import { inBeijing, MILLISECOND } from './time';
import type { Micros, Range } from './time';

/** The ranges that need no From and To. */
export type NamedRange = 'today' | 'yesterday' | 'last7Days' | 'last30Days' | 'thisMonth' | 'lastMonth';

/**
 * What a named range stands for. Days and months begin at midnight in Beijing, whatever the workflow's zone; a range that holds today ends
 * now.
 *
 * @param name e.g. `last7Days`: today and the 6 days before
 * @param now the present, in microseconds
 * @returns from ≤ t < to
 */
export function namedRange(name: NamedRange, now: Micros): Range {
	const today = inBeijing(now).startOf('day');
	const month = today.startOf('month');
	const micros = (moment: typeof today) => moment.toMillis() * MILLISECOND;
	switch (name) {
		case 'today':
			return { from: micros(today), to: now };
		case 'yesterday':
			return { from: micros(today.minus({ days: 1 })), to: micros(today) };
		case 'last30Days':
			return { from: micros(today.minus({ days: 29 })), to: now };
		case 'thisMonth':
			return { from: micros(month), to: now };
		case 'lastMonth':
			return { from: micros(month.minus({ months: 1 })), to: micros(month) };
		default:
			return { from: micros(today.minus({ days: 6 })), to: now };
	}
}

/**
 * The days that a range touches, each cut to the range: days begin at midnight in Beijing, so the first may begin later and the last end
 * earlier.
 *
 * @returns ascending, without gap or overlap
 */
export function daysOf({ from, to }: Range): Range[] {
	const days: Range[] = [];
	for (let start = from; start < to; start = days[days.length - 1].to) {
		const midnight = inBeijing(start).startOf('day').plus({ days: 1 }).toMillis() * MILLISECOND;
		days.push({ from: start, to: Math.min(midnight, to) });
	}
	return days;
}
