import { reportPath } from '../../lists/endpoints';
import { options } from '../../parameters/options';
import { showFor } from '../../parameters/show';
import type { InputItem, Result } from '../operation';
import { readReport, reportFields, reportSource } from '../shared/report';

const source = reportSource('getAgentService', reportPath.getAgentService);

export const fields = showFor({ resource: ['report'], operation: ['getAgentService'] }, [
	...reportFields(source),
	options('concurrency', 'firstResponse', 'maxRetries', 'protectFormulas'),
]);

/** What each agent did within a range of time: conversations, response times, ratings and leads. */
export async function execute(item: InputItem): Promise<Result> {
	return await readReport(item, source);
}
