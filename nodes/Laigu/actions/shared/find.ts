import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { openLaigu } from '../../http/client';
import type { Run } from '../../http/client';
import { conversationsBy, customersBy } from '../../lists/endpoints';
import { readShaped } from '../../lists/readRange';
import { toBeijingText } from '../../shared/time';
import { output } from '../../parameters/output';
import { matcher } from '../../records/match';
import type { FindBy } from '../../records/match';
import { conversationTable, customerTable } from '../../records/tables';
import { limitOnly, options, showFor, timeRange } from '../../parameters/fields';
import { readShape } from './output';
import { badInput, checkedChoice, readLimit, readOptions, readTimeRange, toRangeQuery } from '../../parameters/read';

/** What each resource is searched in, and by what; a conversation does not tell the track ID. */
const SEARCHED = {
	conversation: {
		table: conversationTable,
		endpoint: conversationsBy.v2,
		ended: 'conversations that ended',
		by: ['phone', 'wechat', 'qq', 'name'],
		also: ['maxCharacters'],
	},
	customer: {
		table: customerTable,
		endpoint: customersBy.created,
		ended: 'customers created',
		by: ['phone', 'wechat', 'qq', 'trackId', 'name'],
		also: [],
	},
} as const;

type Searched = keyof typeof SEARCHED;

const FIND_BY: Record<FindBy, INodePropertyOptions> = {
	name: { name: 'Name', value: 'name', description: 'Any part of the name' },
	phone: {
		name: 'Phone',
		value: 'phone',
		description: 'Spaces, dashes, full-width digits and +86 do not matter',
	},
	qq: { name: 'QQ', value: 'qq' },
	trackId: { name: 'Track ID', value: 'trackId', description: "Laigu's own ID of the customer" },
	wechat: { name: 'WeChat', value: 'wechat' },
};

/** The fields of a resource's Find. */
export function findFields(resource: Searched): INodeProperties[] {
	const { also, by, ended, table } = SEARCHED[resource];
	return showFor({ resource: [resource], operation: ['find'] }, [
		{
			displayName: 'Find By',
			name: 'findBy',
			type: 'options',
			options: [...by].sort().map((value) => FIND_BY[value]),
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
			description: `What to look for among the ${ended} within the time range, newest first`,
		},
		...timeRange,
		...limitOnly,
		...output(table),
		...options(...also, 'concurrency', 'maxRetries', 'timeFormat', 'windowHours'),
	]);
}

/**
 * Customers, or conversations with customers, who fit a phone number, WeChat, QQ, track ID or name. Laigu has no search: the range is read
 * newest first until the limit is reached, and a hint tells how many pages that took and how far back it went.
 *
 * @throws NodeOperationError for an empty value
 */
export async function find(
	resource: Searched,
	context: IExecuteFunctions,
	run: Run,
	itemIndex: number,
): Promise<IDataObject[]> {
	const { endpoint, table } = SEARCHED[resource];
	const given = context.getNodeParameter('findBy', itemIndex, 'phone');
	const by = checkedChoice<FindBy>(context, itemIndex, 'Find By', given, SEARCHED[resource].by);
	const matches = matcher(table, by, context.getNodeParameter('value', itemIndex, ''));
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
	const shape = readShape(context, itemIndex, table, chosen.maxCharacters);
	const client = await openLaigu(run, itemIndex, chosen.maxRetries);
	const query = { ...toRangeQuery(range, { ...chosen, order: 'newestFirst' }, limit), isWanted: matches };

	const found: IDataObject[][] = [];
	let reachedBack = range.to;
	let isComplete = true;
	for await (const { records, isLast, reached } of readShaped(client, endpoint, query, shape)) {
		found.push(...records);
		reachedBack = reached;
		isComplete = isLast;
	}
	run.hints.add(
		`${client.requests()} pages of ${endpoint.records} were read, back to ${toBeijingText(isComplete ? range.from : reachedBack)} Beijing time. ${
			isComplete
				? "To look further back, choose a longer 'Time Range'."
				: "The search stopped at 'Limit': there may be more matches further back."
		}`,
	);
	return found.flat();
}
