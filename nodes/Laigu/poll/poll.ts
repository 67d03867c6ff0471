import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { beginRun, openLaigu } from '../http/client';
import type { LaiguClient } from '../http/client';
import { readRange } from '../lists/readRange';
import { HOUR, MILLISECOND, SECOND } from '../shared/time';
import type { Micros } from '../shared/time';
import { alignRows } from '../records/rows';
import { advance, readUntil, resume, startOf } from './cursor';
import type { Cursor, Position } from './cursor';
import { INSTANCE, loadCursor, oneAtATime, saveCursor } from './memory';
import { NARROWEST, readOn } from './read';
import type { PollPlan } from './read';
import { SeenSet, markOf } from './seenSet';
import { ownerOf, readSettings, readStartFrom } from './settings';
import type { PollSettings } from './settings';
import { pollFault } from './faultMessages';

/** How many records a manual run shows, and how far back it looks for them. */
const SAMPLE = 5;
const SAMPLE_REACH: Micros = 30 * 24 * HOUR;

/**
 * How long a poll goes on reading, in milliseconds, if n8n allows it: the next one goes on where it ends. Activation waits for its first
 * poll, and n8n 2.x ends an activation that takes minutes.
 */
const READING_TIME = 30_000;

/** The share of n8n's budget after which no further page is begun: the rest is for the page on its way and for handing over. */
const SHARE = 0.6;

async function open(context: IPollFunctions, deadline?: number): Promise<LaiguClient> {
	const run = beginRun(context);
	run.deadline = deadline;
	const client = await openLaigu(run, undefined);
	return { ...client, toError: (fault) => client.toError(pollFault(fault)) };
}

function toOutput(records: IDataObject[], { shape, isRow }: PollSettings): INodeExecutionData[][] | null {
	const shaped = records.flatMap(shape);
	if (shaped.length === 0) return null;
	return [(isRow ? alignRows(shaped) : shaped).map((json) => ({ json }))];
}

async function sample(client: LaiguClient, settings: PollSettings, now: Micros): Promise<IDataObject[]> {
	const { endpoint } = settings.source;
	const found: IDataObject[] = [];
	const range = { from: now - SAMPLE_REACH, to: readUntil(now) };
	const query = {
		range,
		order: 'newestFirst',
		limit: SAMPLE,
		timeFormat: settings.timeFormat,
		windowHours: 0,
		concurrency: 1,
	} as const;
	for await (const { records } of readRange(client, endpoint, query)) found.push(...records);
	return found;
}

/** A trigger that starts from now on: what is there already is marked as seen, so that neither clock decides what is new. */
async function beginNow(client: LaiguClient, settings: PollSettings, now: Micros): Promise<Position> {
	const { endpoint } = settings.source;
	const watermark = startOf(now, settings.lookback);
	const end = readUntil(now);
	const marks = new SeenSet();
	const query = { order: 'unsorted', timeFormat: settings.timeFormat, windowHours: 0, concurrency: 1 } as const;
	for await (const { records } of readRange(client, endpoint, { ...query, range: { from: watermark, to: end } })) {
		for (const record of records) marks.add(markOf(record, endpoint, end));
	}
	return { watermark, seen: marks.pack(watermark) };
}

function tooSlow(context: IPollFunctions): NodeApiError {
	return new NodeApiError(
		context.getNode(),
		{},
		{
			message: 'Laigu answered too slowly for a poll to get anywhere',
			description:
				'Not even one minute of the list could be read in the time that a poll has. Nothing is lost: the next poll tries again from the same point.',
		},
	);
}

async function pollOn(context: IPollFunctions, settings: PollSettings, client: LaiguClient, plan: PollPlan) {
	const owner = await ownerOf(context, settings.event);
	const stored = loadCursor(context, owner);
	const startFrom = stored ? undefined : readStartFrom(context);
	if (!stored && startFrom === undefined) {
		saveCursor(context, { owner, ...(await beginNow(client, settings, plan.now)) });
		return null;
	}
	const start: Cursor = stored ?? { owner, watermark: startFrom ?? 0, seen: {} };
	const base = resume(start, INSTANCE, settings.repeatAfterRestart);
	const width = start.width === undefined ? undefined : start.width * SECOND;
	const result = await readOn(client, base, { ...plan, width });
	if (result.windows === 0 && result.stopped) throw result.stopped;
	if (result.windows === 0 && width === NARROWEST) throw tooSlow(context);

	const output = toOutput(result.fresh, settings);
	const nextWidth = result.width === undefined ? undefined : result.width / SECOND;
	saveCursor(context, advance(owner, base, result, output ? INSTANCE : undefined, nextWidth));
	return output;
}

/**
 * One poll: everything that ended, was created or was updated since the last one, each once. Nothing is given, and no execution begins, where
 * there is nothing new. A manual run gives the latest few records and leaves the cursor alone.
 *
 * The cursor is written at the very end: a poll that throws leaves it as it was.
 *
 * @throws NodeApiError where Laigu refuses or cannot answer and nothing could be read; NodeOperationError for a parameter that cannot work
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const startedAt = Date.now();
	const now = startedAt * MILLISECOND;
	const settings = readSettings(context);
	if (context.getMode() === 'manual') {
		return toOutput(await sample(await open(context), settings, now), settings);
	}
	return await oneAtATime(context, async () => {
		// n8n 1.x has no such function
		const timed: IPollFunctions & { getPollBudgetMs?: () => number } = context;
		const deadline = startedAt + Math.min(READING_TIME, (timed.getPollBudgetMs?.() ?? Infinity) * SHARE);
		const { lookback, timeFormat, source } = settings;
		const client = await open(context, deadline);
		return await pollOn(context, settings, client, { endpoint: source.endpoint, timeFormat, lookback, now, deadline });
	});
}
