import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Run } from '../../http/client';
import { conversationsBy } from '../../lists/endpoints';
import { output } from '../../parameters/output';
import { countBy } from '../shared/count';
import { options, returnAllAndLimit, showFor, timeRange } from '../../parameters/fields';
import { conversationTable } from '../../records/tables';
import { getMany } from '../shared/getMany';

export const fields: INodeProperties[] = showFor({ resource: ['conversation'], operation: ['getAll'] }, [
	...timeRange,
	...returnAllAndLimit,
	...output(conversationTable, { count: true }),
	countBy(conversationTable),
	...options('apiVersion', 'concurrency', 'maxCharacters', 'maxRetries', 'order', 'timeFormat', 'windowHours'),
]);

/** Conversations that ended within a range of time, oldest first unless asked otherwise, or their count. */
export async function execute(context: IExecuteFunctions, run: Run, itemIndex: number): Promise<IDataObject[]> {
	return await getMany(conversationTable, ({ apiVersion }) => conversationsBy[apiVersion], context, run, itemIndex);
}
