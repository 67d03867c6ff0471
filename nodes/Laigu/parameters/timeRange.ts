import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import { namedRange } from '../shared/ranges';
import type { NamedRange } from '../shared/ranges';
import { BEIJING, MILLISECOND, toBeijingText } from '../shared/time';
import type { Micros, Range } from '../shared/time';
import { readChoice, readTime, TIME_EXAMPLES } from './reader';
import type { ChoiceProperty, ParameterReader } from './reader';

const choice: ChoiceProperty<NamedRange | 'custom'> = {
	displayName: 'Time Range',
	name: 'timeRange',
	type: 'options',
	options: [
		{ name: 'Custom', value: 'custom', description: 'Between two times that you enter' },
		{ name: 'Last 30 Days', value: 'last30Days', description: 'Today and the previous 29 days' },
		{ name: 'Last 7 Days', value: 'last7Days', description: 'Today and the previous 6 days' },
		{ name: 'Last Month', value: 'lastMonth' },
		{ name: 'Last Week', value: 'lastWeek', description: 'Monday to Sunday of the previous week' },
		{ name: 'This Month', value: 'thisMonth' },
		{ name: 'This Week', value: 'thisWeek', description: 'Since Monday' },
		{ name: 'Today', value: 'today' },
		{ name: 'Yesterday', value: 'yesterday' },
	],
	default: 'last7Days',
	description: 'Which period to cover. Days begin at midnight in Beijing, and ranges that include today end now.',
};

const from: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'dateTime',
	default: '',
	placeholder: 'e.g. 2026-01-31T00:00:00',
	displayOptions: { show: { timeRange: ['custom'] } },
	description: "Start of the range, included. A time without an offset is in the workflow's time zone.",
};

const to: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'dateTime',
	default: '',
	placeholder: 'e.g. 2026-02-01T00:00:00',
	displayOptions: { show: { timeRange: ['custom'] } },
	description:
		"End of the range, not included, so that the next range can start there. A time without an offset is in the workflow's time zone.",
};

/**
 * The range of time of a list, a search or a report. From and To are checked when they are read and not by n8n's `required`: n8n demands a
 * required field also where the field that hides it is an expression.
 *
 * @param preset the range that is chosen unless the user says otherwise
 */
export function timeRange(preset: NamedRange = 'last7Days'): INodeProperties[] {
	return [{ ...choice, default: preset }, from, to];
}

/** A range of time as the user asked for it. */
export interface AskedRange {
	range: Range;
	/** What the person who looks at the result should know of it. */
	hints: string[];
}

function readMoment(reader: ParameterReader, property: INodeProperties): Micros {
	const micros = readTime(reader, property);
	if (micros !== undefined) return micros;
	throw reader.reject(`'${property.displayName}' is empty`, TIME_EXAMPLES);
}

/** Whether clocks in a zone show Beijing time at an instant. */
const isBeijingTime = (at: Micros, zone: string): boolean => {
	const millis = Math.floor(at / MILLISECOND);
	return DateTime.fromMillis(millis, { zone }).offset === DateTime.fromMillis(millis, { zone: BEIJING }).offset;
};

/**
 * The range of time of an operation: a named one, or From and To.
 *
 * @param preset as for {@link timeRange}
 * @returns from ≤ t < to, with a hint where the workflow's clocks do not show Beijing time
 * @throws NodeOperationError for a name that does not exist, where From or To is no time, or where the range does not end after it begins
 */
export function readTimeRange(reader: ParameterReader, preset: NamedRange = 'last7Days'): AskedRange {
	const name = readChoice(reader, { ...choice, default: preset });
	if (name !== 'custom') return { range: namedRange(name, Date.now() * MILLISECOND), hints: [] };
	const range = { from: readMoment(reader, from), to: readMoment(reader, to) };
	if (range.from >= range.to) {
		throw reader.reject(
			range.from === range.to ? "'From' and 'To' are the same moment" : "'From' is after 'To'",
			"Enter a range that ends after it begins. 'To' is not part of the range: for one whole day, enter midnight of the next day.",
		);
	}
	const { timezone } = reader;
	if (isBeijingTime(range.from, timezone) && isBeijingTime(range.to, timezone)) return { range, hints: [] };
	return {
		range,
		hints: [
			`In Beijing time, 'From' and 'To' are ${toBeijingText(range.from)} and ${toBeijingText(range.to)}. The workflow's time zone is ${timezone}.`,
		],
	};
}
