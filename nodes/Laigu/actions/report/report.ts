import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readPage } from '../../http/answer';
import { openLaigu } from '../../http/client';
import type { LaiguClient, Run } from '../../http/client';
import { reportPath } from '../../lists/endpoints';
import { unreadableFault } from '../../http/faults';
import { formatTime } from '../../shared/time';
import type { Range } from '../../shared/time';
import { textList } from '../../shared/text';
import { reportItems, reportWriterFor } from '../../records/reportGroups';
import { wholeReportTable } from '../../records/tables';
import type { Report } from '../../records/tables';
import { output } from '../../parameters/output';
import { options, showFor, timeRange } from '../../parameters/fields';
import { readOutput } from '../shared/output';
import { readOptions, readTimeRange } from '../../parameters/read';
import { daysOf, possibleRange } from '../../shared/ranges';

/** The fields of a report's operation. */
export function reportFields(report: Report): INodeProperties[] {
	return showFor({ resource: ['report'], operation: [report] }, [
		...timeRange,
		...output(wholeReportTable(report)),
		...options(
			'concurrency',
			'groupBy',
			'maxRetries',
			...(report === 'getAgentService' ? (['firstResponse'] as const) : []),
		),
	]);
}

async function askReport(client: LaiguClient, report: Report, { from, to }: Range): Promise<IDataObject[]> {
	const outcome = await client.ask(reportPath[report], {
		from_tm: formatTime(from, 'string'),
		to_tm: formatTime(to, 'string'),
	});
	if (outcome.fault) throw client.toError(outcome.fault);
	const page = readPage(outcome.body);
	if (!page) throw client.toError(unreadableFault('list of agents'));
	return page.records;
}

/**
 * A report on agents over a range of time, an item for each agent, group or day. Laigu's reports have no pages and tell of one range each, so
 * days are asked for one by one. Raw is what Laigu sent for the whole range, whatever it is to be grouped by.
 *
 * @param report which of the two
 */
export async function readReport(
	report: Report,
	context: IExecuteFunctions,
	run: Run,
	itemIndex: number,
): Promise<IDataObject[]> {
	const range = possibleRange(readTimeRange(context, itemIndex), run.startedAt);
	const { maxRetries, groupBy, firstResponse } = readOptions(context, itemIndex);
	const chosen = readOutput(context, itemIndex);
	const client = await openLaigu(run, itemIndex, maxRetries);
	if (chosen === 'raw') return await askReport(client, report, range);

	const settings = { report, groupBy, firstResponse };
	const items: IDataObject[] = [];
	for (const part of groupBy === 'day' ? daysOf(range) : [range])
		items.push(...reportItems(await askReport(client, report, part), part, settings));
	const fields = textList(context.getNodeParameter('fields', itemIndex, []));
	return items.map(reportWriterFor(settings, { output: chosen, fields }));
}
