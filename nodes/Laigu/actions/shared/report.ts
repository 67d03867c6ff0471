import type { IDataObject } from 'n8n-workflow';

import { readPage } from '../../http/answer';
import type { LaiguClient } from '../../http/client';
import { unreadableFault } from '../../http/faults';
import { groupBy } from '../../parameters/groupBy';
import { readOptions } from '../../parameters/options';
import type { OutputParameter } from '../../parameters/output';
import { readChoice } from '../../parameters/reader';
import { readTimeRange } from '../../parameters/timeRange';
import { reportItems, reportWriterFor } from '../../records/reportGroups';
import type { Report } from '../../records/tables';
import { mapConcurrent } from '../../shared/concurrency';
import { formatTime } from '../../shared/time';
import type { Range } from '../../shared/time';
import type { InputItem, Result } from '../operation';
import { possibleDays } from './days';

/** A report on agents. */
export interface ReportSource {
	report: Report;
	path: string;
	output: OutputParameter;
}

async function askReport(
	client: LaiguClient,
	path: string,
	{ from, to }: Range,
	isWanted?: () => boolean,
): Promise<IDataObject[]> {
	const asked = { from_tm: formatTime(from, 'string'), to_tm: formatTime(to, 'string') };
	const outcome = await client.ask(path, asked, isWanted);
	if (outcome.fault) throw client.toError(outcome.fault);
	const page = readPage(outcome.body);
	if (!page) throw client.toError(unreadableFault('list of agents'));
	return page.records;
}

/** Asks for several ranges side by side, and gives them in their order. Where one of them is refused, nothing more is sent. */
async function* askReports(client: LaiguClient, path: string, ranges: Iterable<Range>, atOnce: number) {
	let isWanted = true;
	const read = async (range: Range) => ({
		result: { range, records: await askReport(client, path, range, () => isWanted) },
	});
	try {
		for await (const { result } of mapConcurrent(ranges, { atOnce, read })) yield result;
	} finally {
		isWanted = false;
	}
}

/**
 * A report on agents over a range of time, an item for each agent, group or day. Laigu's reports have no pages and tell of one range each, so
 * days are asked for one by one, several at once. Raw is what Laigu sent for the whole range, whatever it is to be grouped by.
 *
 * @throws NodeOperationError for a parameter that cannot work, NodeApiError where Laigu refuses or cannot answer
 */
export async function readReport({ reader, open }: InputItem, { report, path, output }: ReportSource): Promise<Result> {
	const { range, hints } = readTimeRange(reader);
	const options = readOptions(reader);
	const chosen = output.read(reader);
	const isRaw = chosen.output === 'raw';
	const settings = {
		report,
		groupBy: isRaw ? 'agent' : readChoice(reader, groupBy),
		firstResponse: options.firstResponse,
	};
	const ranges = settings.groupBy === 'day' ? possibleDays(reader, range) : [range];

	const client = await open(options.maxRetries);
	if (isRaw) return { items: await askReport(client, path, range), hints };
	const write = reportWriterFor(settings, { ...options, ...chosen });
	const items: IDataObject[] = [];
	for await (const { range: asked, records } of askReports(client, path, ranges, options.concurrency)) {
		for (const item of reportItems(records, asked, settings)) items.push(write(item));
	}
	return { items, hints };
}
