import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { DEFAULT_CONCURRENCY } from '../http/client';
import { DEFAULT_RETRY } from '../http/retry';
import type { Order, RangeQuery } from '../lists/readRange';
import { MILLISECOND, parseTime } from '../shared/time';
import type { Micros, Range, TimeFormat } from '../shared/time';
import type { FirstResponse } from '../records/report';
import type { GroupBy } from '../records/reportGroups';
import { namedRange } from '../shared/ranges';

/** The Options collection as the node's operations read it. */
export interface Options {
	apiVersion: 'v1' | 'v2';
	concurrency: number;
	firstResponse: FirstResponse;
	groupBy: GroupBy;
	maxCharacters: number;
	maxRetries: number;
	order: Order;
	timeFormat: TimeFormat;
	windowHours: number;
}

/** The error for a value that cannot work, with the field's display name in its message. Thrown before any request is sent. */
export function badInput(
	context: IExecuteFunctions,
	itemIndex: number,
	message: string,
	description: string,
): NodeOperationError {
	return new NodeOperationError(context.getNode(), `${message} [Item ${itemIndex}]`, { description, itemIndex });
}

const TIME_RANGES = ['last7Days', 'today', 'yesterday', 'last30Days', 'thisMonth', 'lastMonth', 'custom'] as const;

function checkedNumber(
	context: IExecuteFunctions,
	itemIndex: number,
	displayName: string,
	value: unknown,
	[least, most]: [number, number],
): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) return number;
	const upTo = most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`;
	throw badInput(
		context,
		itemIndex,
		`'${displayName}' cannot be ${JSON.stringify(value) ?? 'empty'}`,
		`Enter a whole number ${upTo}.`,
	);
}

/**
 * One of several values. The editor offers no other, but an expression or a language model may give any.
 *
 * @param value what was given; undefined for the default, which is the first of the choices
 * @throws NodeOperationError for any other value
 */
export function checkedChoice<Choice extends string>(
	context: IExecuteFunctions,
	itemIndex: number,
	displayName: string,
	value: unknown,
	choices: readonly [Choice, ...Choice[]],
): Choice {
	if (value === undefined) return choices[0];
	const chosen = choices.find((choice) => choice === value);
	if (chosen !== undefined) return chosen;
	throw badInput(
		context,
		itemIndex,
		`'${displayName}' cannot be ${JSON.stringify(value)}`,
		`Use one of: ${choices.join(', ')}.`,
	);
}

/**
 * The Options collection with its defaults filled in.
 *
 * @throws NodeOperationError for a number out of its bounds, or a choice that there is not
 */
export function readOptions(context: IExecuteFunctions, itemIndex: number): Options {
	const given: IDataObject = context.getNodeParameter('options', itemIndex, {});
	const number = (name: string, displayName: string, fallback: number, bounds: [number, number]) =>
		checkedNumber(context, itemIndex, displayName, given[name] ?? fallback, bounds);
	const choice = <Choice extends string>(name: string, displayName: string, choices: readonly [Choice, ...Choice[]]) =>
		checkedChoice(context, itemIndex, displayName, given[name], choices);
	return {
		apiVersion: choice('apiVersion', 'API Version', ['v2', 'v1']),
		concurrency: number('concurrency', 'Concurrency', DEFAULT_CONCURRENCY, [1, 10]),
		firstResponse: choice('firstResponse', 'First Response Times', ['average', 'total']),
		groupBy: choice('groupBy', 'Group By', ['agent', 'group', 'day']),
		maxCharacters: number('maxCharacters', 'Max Transcript Characters', 0, [0, Infinity]),
		maxRetries: number('maxRetries', 'Max Retries', DEFAULT_RETRY.limit, [0, 20]),
		order: choice('order', 'Order', ['oldestFirst', 'newestFirst']),
		timeFormat: choice('timeFormat', 'Time Format', [
			'string',
			'stringMicroseconds',
			'epochSeconds',
			'epochMicroseconds',
		]),
		windowHours: number('windowHours', 'Window Hours', 0, [0, Infinity]),
	};
}

/** How many requests of the run may be on their way at once: what the first item says, for all of them. */
export function readConcurrency(context: IExecuteFunctions): number {
	try {
		return readOptions(context, 0).concurrency;
	} catch {
		// told where that item is performed
		return DEFAULT_CONCURRENCY;
	}
}

function readMoment(context: IExecuteFunctions, itemIndex: number, name: string, displayName: string): Micros {
	const value = context.getNodeParameter(name, itemIndex, '');
	const micros = parseTime(value, context.getTimezone());
	if (micros !== undefined) return micros;
	const isEmpty = value === '' || value === null || value === undefined;
	throw badInput(
		context,
		itemIndex,
		isEmpty ? `'${displayName}' is empty` : `'${displayName}' is not a date and time`,
		`Enter one such as 2026-01-31T08:00:00, or an expression such as {{ $now.minus(1, 'day') }}.${
			isEmpty ? '' : ` It is now: ${JSON.stringify(value)?.slice(0, 60)}`
		}`,
	);
}

/**
 * The range of time of an operation: a named one, or From and To.
 *
 * @returns from ≤ t < to
 * @throws NodeOperationError for a name that there is not, where From or To is no time, or where the range does not end after it begins
 */
export function readTimeRange(context: IExecuteFunctions, itemIndex: number): Range {
	const given = context.getNodeParameter('timeRange', itemIndex, 'last7Days');
	const name = checkedChoice(context, itemIndex, 'Time Range', given, TIME_RANGES);
	if (name !== 'custom') return namedRange(name, Date.now() * MILLISECOND);
	const range = {
		from: readMoment(context, itemIndex, 'from', 'From'),
		to: readMoment(context, itemIndex, 'to', 'To'),
	};
	if (range.from < range.to) return range;
	throw badInput(
		context,
		itemIndex,
		range.from === range.to ? "'From' and 'To' are the same moment" : "'From' is after 'To'",
		"Enter a range that ends after it begins. 'To' itself does not belong to the range: for one whole day enter midnight of the next.",
	);
}

/**
 * The most records to return; undefined for all.
 *
 * @throws NodeOperationError for a limit below 1
 */
export function readLimit(context: IExecuteFunctions, itemIndex: number): number | undefined {
	if (context.getNodeParameter('returnAll', itemIndex, false) === true) return undefined;
	return checkedNumber(context, itemIndex, 'Limit', context.getNodeParameter('limit', itemIndex, 50), [1, Infinity]);
}

/** What a list operation asks for. */
export function toRangeQuery(range: Range, chosen: Options, limit: number | undefined): RangeQuery {
	const { order, timeFormat, windowHours, concurrency } = chosen;
	return { range, order, limit, timeFormat, windowHours, concurrency };
}
