import { conversationsBy } from '../../lists/endpoints';
import { countByChoice } from '../../parameters/countBy';
import { filters } from '../../parameters/filters';
import { returnAllAndLimit } from '../../parameters/limit';
import { options } from '../../parameters/options';
import { outputOf } from '../../parameters/output';
import { showFor } from '../../parameters/show';
import { timeRange } from '../../parameters/timeRange';
import { conversationTable } from '../../records/tables';
import type { InputItem, Result } from '../operation';
import type { Source } from '../shared/getMany';

const source: Source = {
	table: conversationTable,
	output: outputOf(conversationTable, 'count', 'messages', 'transcript'),
	countBy: countByChoice(conversationTable),
	endpointFor: ({ apiVersion }) => conversationsBy[apiVersion],
};

export const fields = showFor({ resource: ['conversation'], operation: ['getAll'] }, [
	...timeRange(),
	...returnAllAndLimit,
	...source.output.properties,
	source.countBy,
	filters('conversation'),
	options(
		'apiVersion',
		'concurrency',
		'findContacts',
		'maskContacts',
		'maxCharacters',
		'maxRetries',
		'order',
		'protectFormulas',
		'timeFormat',
		'windowHours',
	),
]);

/** Conversations that ended within a range of time and pass the filters, or how many there are. */
export async function execute(item: InputItem): Promise<Result> {
	const { getMany } = await import('../shared/getMany');
	return await getMany(item, source);
}
