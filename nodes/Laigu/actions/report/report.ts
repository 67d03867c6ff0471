import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readPage } from '../../api/answer';
import { openLaigu } from '../../api/client';
import type { Run } from '../../api/client';
import { reportPath } from '../../api/endpoints';
import { unreadableFault } from '../../api/faults';
import { toWire } from '../../api/time';
import { ONLINE_STATS_COLUMNS, SERVICE_COLUMNS, simplifyReportRow } from '../../records/report';
import { toRow } from '../../records/row';
import { output } from '../../fields/common';
import { options, showFor, timeRange } from '../shared/fields';
import { readOutput } from '../shared/output';
import { readOptions, readTimeRange } from '../shared/parameters';

type Report = keyof typeof reportPath;

const COLUMNS: Record<Report, string[]> = {
	getAgentOnlineStats: ONLINE_STATS_COLUMNS,
	getAgentService: SERVICE_COLUMNS,
};

/** The fields of a report's operation. */
export function reportFields(report: Report): INodeProperties[] {
	return showFor({ resource: ['report'], operation: [report] }, [
		...timeRange,
		...output('report'),
		...options('concurrency', 'maxRetries'),
	]);
}

/**
 * A report on agents: a row for each agent and group, over a range of time. Laigu's reports have no pages and take one range each.
 *
 * @param report which of the two
 */
export async function readReport(
	report: Report,
	context: IExecuteFunctions,
	run: Run,
	itemIndex: number,
): Promise<IDataObject[]> {
	const range = readTimeRange(context, itemIndex);
	const client = await openLaigu(run, itemIndex, readOptions(context, itemIndex).maxRetries);
	const outcome = await client.ask(reportPath[report], {
		from_tm: toWire(range.from, 'string'),
		to_tm: toWire(range.to, 'string'),
	});
	if (outcome.fault) throw client.toError(outcome.fault);
	const page = readPage(outcome.body);
	if (!page) throw client.toError(unreadableFault('list of agents'));

	const chosen = readOutput(context, itemIndex);
	if (chosen === 'raw') return page.records;
	const simple = page.records.map((record) => simplifyReportRow(record, range));
	return chosen === 'row' ? simple.map((record) => toRow(record, COLUMNS[report])) : simple;
}
