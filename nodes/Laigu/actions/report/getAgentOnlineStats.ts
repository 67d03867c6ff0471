import { reportPath } from '../../lists/endpoints';
import { options } from '../../parameters/options';
import { showFor } from '../../parameters/show';
import type { InputItem, Result } from '../operation';
import { readReport, reportFields, reportSource } from '../shared/report';

const source = reportSource('getAgentOnlineStats', reportPath.getAgentOnlineStats);

export const fields = showFor({ resource: ['report'], operation: ['getAgentOnlineStats'] }, [
	...reportFields(source),
	options('concurrency', 'maxRetries', 'protectFormulas'),
]);

/** How long each agent was online, invisible and offline within a range of time, in seconds. */
export async function execute(item: InputItem): Promise<Result> {
	return await readReport(item, source);
}
