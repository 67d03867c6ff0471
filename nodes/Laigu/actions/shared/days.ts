import type { ParameterReader } from '../../parameters/reader';
import { dayCountOf, daysOf, possibleRange } from '../../shared/ranges';
import { MILLISECOND } from '../../shared/time';
import type { Range } from '../../shared/time';

/** Three years: a request or an item for each day of more is hardly what anybody wants. */
const MOST_DAYS = 1_100;

/**
 * The days of a range that can hold anything, in Beijing, each cut to the range: none of the future, and none before Laigu began.
 *
 * @returns ascending, made one by one
 * @throws NodeOperationError for more days than an operation can take
 */
export function possibleDays(reader: ParameterReader, range: Range): Iterable<Range> {
	const possible = possibleRange(range, Date.now() * MILLISECOND);
	const count = dayCountOf(possible);
	if (count <= MOST_DAYS) return daysOf(possible);
	throw reader.reject(
		`The range contains ${count} days, but by day it may contain ${MOST_DAYS} at most`,
		"Enter a later 'From', or an earlier 'To'.",
	);
}
