import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { openLaigu } from '../../api/client';
import type { Run } from '../../api/client';
import { customersBy } from '../../api/endpoints';
import { readRange } from '../../api/readRange';
import { parseLaiguTime, toBeijingText } from '../../api/time';
import { matcher } from '../../records/match';
import type { FindBy } from '../../records/match';
import { output } from '../../fields/common';
import { limitOnly, options, showFor, timeRange } from '../shared/fields';
import { readShape } from '../shared/output';
import { badInput, readLimit, readOptions, readTimeRange, toRangeQuery } from '../shared/parameters';

export const fields: INodeProperties[] = showFor({ resource: ['customer'], operation: ['find'] }, [
	{
		displayName: 'Find By',
		name: 'findBy',
		type: 'options',
		options: [
			{ name: 'Name', value: 'name', description: 'Any part of the name' },
			{ name: 'Phone', value: 'phone', description: 'Spaces, dashes, full-width digits and +86 do not matter' },
			{ name: 'QQ', value: 'qq' },
			{ name: 'Track ID', value: 'trackId', description: "Laigu's own ID of the customer" },
			{ name: 'WeChat', value: 'wechat' },
		],
		default: 'phone',
		description: 'What is known of the customer',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 13800138000',
		description: 'What to look for among the customers created within the time range, newest first',
	},
	...timeRange,
	...limitOnly,
	...output('customer'),
	...options('concurrency', 'maxRetries', 'timeFormat', 'windowHours'),
]);

/**
 * Customers who fit a phone number, WeChat, QQ, track ID or name. Laigu has no search: the customers created within the range are read newest
 * first until the limit is reached, and a hint tells how many pages that took and how far back it went.
 *
 * @throws NodeOperationError for an empty value
 */
export async function execute(context: IExecuteFunctions, run: Run, itemIndex: number): Promise<IDataObject[]> {
	const by = context.getNodeParameter('findBy', itemIndex, 'phone') as FindBy;
	const matches = matcher(by, context.getNodeParameter('value', itemIndex, ''));
	if (!matches) {
		throw badInput(
			context,
			itemIndex,
			"'Value' is empty",
			"Enter what to look for, or choose another field under 'Find By'.",
		);
	}
	const range = readTimeRange(context, itemIndex);
	const limit = readLimit(context, itemIndex);
	const chosen = readOptions(context, itemIndex);
	const shape = readShape(context, itemIndex, 'customer');
	const client = await openLaigu(run, itemIndex, chosen.maxRetries);
	const query = toRangeQuery(range, { ...chosen, order: 'newestFirst' }, limit);

	const found: IDataObject[] = [];
	let reachedBack = range.to;
	let isComplete = true;
	for await (const { records, isLast } of readRange(client, customersBy.created, query)) {
		for (const record of records) {
			reachedBack = Math.min(reachedBack, parseLaiguTime(record.created_on) ?? reachedBack);
			if (matches(record)) found.push(record);
			if (found.length === limit) break;
		}
		if (found.length === limit) {
			isComplete = isLast && records.at(-1) === found.at(-1);
			break;
		}
	}
	run.hints.add(
		`${client.requests()} pages of customers were read, back to ${toBeijingText(isComplete ? range.from : reachedBack)} Beijing time. ${
			isComplete
				? "To look further back, choose a longer 'Time Range'."
				: "The search stopped at 'Limit': there may be more matches further back."
		}`,
	);
	return found.flatMap(shape);
}
