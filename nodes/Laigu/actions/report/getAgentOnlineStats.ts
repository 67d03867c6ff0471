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
	report: 'getAgentOnlineStats',
	path: reportPath.getAgentOnlineStats,
	output: outputOf(wholeReportTable('getAgentOnlineStats')),
};

export const fields = showFor({ resource: ['report'], operation: ['getAgentOnlineStats'] }, [
	...timeRange(),
	groupBy,
	...source.output.properties,
	options('concurrency', 'maxRetries', 'protectFormulas'),
]);

/** How long each agent was online, invisible and offline within a range of time, in seconds. */
export async function execute(item: InputItem): Promise<Result> {
	const { readReport } = await import('../shared/report');
	return await readReport(item, source);
}
