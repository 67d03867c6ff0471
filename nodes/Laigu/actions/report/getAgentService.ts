import { reportPath } from '../../lists/endpoints';
import { groupBy } from '../../parameters/groupBy';
import { options } from '../../parameters/options';
import { outputOf } from '../../parameters/output';
import { showFor } from '../../parameters/show';
import { timeRange } from '../../parameters/timeRange';
import { wholeReportTable } from '../../records/tables';
import type { InputItem, Result } from '../operation';
import type { ReportSource } from '../shared/report';

const source: ReportSource = {
	report: 'getAgentService',
	path: reportPath.getAgentService,
	output: outputOf(wholeReportTable('getAgentService')),
};

export const fields = showFor({ resource: ['report'], operation: ['getAgentService'] }, [
	...timeRange(),
	groupBy,
	...source.output.properties,
	options('concurrency', 'firstResponse', 'maxRetries', 'protectFormulas'),
]);

/** What each agent did within a range of time: conversations, response times, ratings and leads. */
export async function execute(item: InputItem): Promise<Result> {
	const { readReport } = await import('../shared/report');
	return await readReport(item, source);
}
