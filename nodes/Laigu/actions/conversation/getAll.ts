import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { openLaigu } from '../../api/client';
import type { Run } from '../../api/client';
import { conversationsBy } from '../../api/endpoints';
import { output } from '../../fields/common';
import { options, returnAllAndLimit, showFor, timeRange } from '../shared/fields';
import { listRecords } from '../shared/list';
import { readShape } from '../shared/output';
import { readLimit, readOptions, readTimeRange, toRangeQuery } from '../shared/parameters';

export const fields: INodeProperties[] = showFor({ resource: ['conversation'], operation: ['getAll'] }, [
	...timeRange,
	...returnAllAndLimit,
	...output('conversation'),
	...options('apiVersion', 'concurrency', 'maxRetries', 'order', 'timeFormat', 'windowHours'),
]);

/** Conversations that ended within a range of time, oldest first unless asked otherwise. */
export async function execute(context: IExecuteFunctions, run: Run, itemIndex: number): Promise<IDataObject[]> {
	const range = readTimeRange(context, itemIndex);
	const limit = readLimit(context, itemIndex);
	const chosen = readOptions(context, itemIndex);
	const shape = readShape(context, itemIndex, 'conversation');
	const client = await openLaigu(run, itemIndex, chosen.maxRetries);
	return await listRecords(
		client,
		conversationsBy[chosen.apiVersion],
		toRangeQuery(range, chosen, limit),
		shape,
		limit,
	);
}
