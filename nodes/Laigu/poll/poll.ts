import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { beginRun, openLaigu } from '../http/client';
import type { LaiguClient } from '../http/client';
import { readRange } from '../lists/readRange';
import { alignRows } from '../records/rows';
import { EARLIEST } from '../shared/ranges';
import { CLOCK_TOLERANCE, HOUR, MILLISECOND } from '../shared/time';
import type { Micros } from '../shared/time';
import { begin } from './begin';
import { clockAfter, earliestOf, heavyAfter, nextClock, readingFrom, readUntil, resume, startOf } from './cursor';
import type { Batch, Clock, Cursor, Start } from './cursor';
import { pollFault } from './faultMessages';
import { INSTANCE, loadCursor, oneAtATime, saveCursor } from './memory';
import { processesAfter } from './processes';
import { readOn } from './read';
import type { PollPlan, PollResult } from './read';
import { ownerOf, readSettings } from './settings';
import type { PollSettings } from './settings';
import { planTime } from './time';

/** How many records a manual run shows, and how far back it looks for them. */
const SAMPLE = 5;
const SAMPLE_REACH: Micros = 30 * 24 * HOUR;

/** So many polls have to find nothing at a watermark that lies in the future before it is brought back: n8n's clock may be wrong instead. */
const MOST_DOUBTS = 3;

async function open(context: IPollFunctions, deadline?: number): Promise<LaiguClient> {
	const run = beginRun(context);
	run.deadline = deadline;
	const client = await openLaigu(run, undefined);
	return { ...client, toError: (fault) => client.toError(pollFault(fault)) };
}

function warn(context: IPollFunctions, message: string): void {
	context.logger.warn(message, { workflowId: context.getWorkflow().id, nodeName: context.getNode().name });
}

function toOutput(
	context: IPollFunctions,
	records: IDataObject[],
	{ shape, isWanted = () => true, isRow }: PollSettings,
): INodeExecutionData[][] | null {
	const shaped = records.filter(isWanted).flatMap((record) => {
		try {
			return shape(record);
		} catch {
			// one record that nobody expected must not keep back all that come after it
			warn(context, 'A record from Laigu could not be read, and was returned as Laigu sent it.');
			return [record];
		}
	});
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
		isWanted: settings.isWanted,
		timeFormat: settings.timeFormat,
		windowHours: 0,
		concurrency: 1,
	} as const;
	for await (const { records } of readRange(client, endpoint, query)) found.push(...records);
	return found;
}

function tooSlow(context: IPollFunctions): NodeApiError {
	// n8n 1.x does not know `failure`
	const options = {
		message: 'Laigu is too slow for the poll to make progress',
		description:
			'Before the next poll, Laigu forgets how far the list was read, and reading it from the beginning takes longer than a poll may last. Nothing is lost: the next poll tries again from the same point.',
		failure: { cause: 'temporarily-unavailable' as const },
	};
	return new NodeApiError(context.getNode(), {}, options);
}

/** The cursor of a trigger without a past; undefined where it is to start in the future. */
async function firstCursor(
	owner: string,
	startFrom: Micros | undefined,
	client: LaiguClient,
	plan: PollPlan,
): Promise<{ cursor: Cursor; hasBegun: boolean } | undefined> {
	if (startFrom !== undefined) {
		if (startFrom > plan.now) return undefined;
		return { cursor: { owner, watermark: Math.max(startFrom, EARLIEST), seen: {}, polls: 0 }, hasBegun: false };
	}
	const { watermark, proven, marks } = await begin(client, plan);
	const cursor: Cursor = {
		owner,
		watermark,
		seen: marks.pack(watermark),
		polls: 1,
		clock: { last: plan.now, from: startOf(plan.now, plan.lookback) },
		processes: processesAfter({}, 1, INSTANCE),
		...(proven !== undefined && { proven }),
	};
	return { cursor, hasBegun: true };
}

/**
 * A watermark in the future comes of a clock of n8n's that is behind, or of static data that something wrote over. If Laigu has records there, it
 * is the clock; if it has none several times in a row, the watermark is brought back.
 */
function judgeFuture(
	context: IPollFunctions,
	cursor: Cursor,
	{ position, isAnythingThere }: PollResult,
	plan: PollPlan,
) {
	if (position.watermark <= plan.now + CLOCK_TOLERANCE || isAnythingThere) return { position, doubts: 0 };
	const doubts = (cursor.doubts ?? 0) + 1;
	if (doubts < MOST_DOUBTS) return { position, doubts };
	warn(context, "The position of this trigger was in the future. It was reset to the present time of n8n's clock.");
	return { position: { watermark: startOf(plan.now, plan.lookback) }, doubts: 0 };
}

/** The cursor after a poll. */
function nextCursor(
	context: IPollFunctions,
	cursor: Cursor,
	start: Start,
	result: PollResult,
	plan: PollPlan,
	clock: Clock,
	isHandedOut: boolean,
): Cursor {
	const { marks, isRestarted, isOutOfTime, proven, whole, fresh } = result;
	const { confirmed } = start;
	const poll = cursor.polls + 1;
	const { position, doubts } = judgeFuture(context, cursor, result, plan);
	const unconfirmed = [...start.unconfirmed];
	const oldHeavy = start.isLost ? undefined : cursor.heavy;
	const heavy = whole ? heavyAfter(oldHeavy, whole, plan.now, plan.lookback) : oldHeavy;
	const batch: Batch = { by: INSTANCE, poll, before: start.position, seen: marks.pack(0) };
	if (isHandedOut) unconfirmed.push(batch);
	else confirmed.addAll(batch.seen);
	const isStuck = isRestarted && isOutOfTime && fresh.length === 0;
	const effort = isStuck ? 2 * (cursor.effort ?? 1) : isRestarted || position.reading ? cursor.effort : undefined;
	return {
		owner: cursor.owner,
		...position,
		seen: confirmed.pack(earliestOf(position, unconfirmed)),
		polls: poll,
		processes: processesAfter(cursor.processes ?? {}, poll, INSTANCE),
		clock: whole ? clockAfter(clock, whole.begun) : clock,
		...(heavy && heavy.to > position.watermark && { heavy }),
		...(proven > 0 && { proven }),
		...(unconfirmed.length > 0 && { unconfirmed }),
		...(effort !== undefined && { effort }),
		...(doubts > 0 && { doubts }),
	};
}

async function pollOn(
	context: IPollFunctions,
	settings: PollSettings,
	isGivenUp: () => boolean,
): Promise<INodeExecutionData[][] | null> {
	const { source, timeFormat, lookback } = settings;
	const now = Date.now() * MILLISECOND;
	const owner = await ownerOf(context, settings.event);
	const stored = loadCursor(context, owner, now);
	const time = planTime(context, stored?.cursor.effort ?? 1);
	const plan: PollPlan = { endpoint: source.endpoint, timeFormat, lookback, now, time };
	const client = await open(context, time.deadline);
	if (stored && !stored.isWhole) {
		warn(
			context,
			'Part of what this trigger had stored could not be read. It continues from what could be read; records may come again.',
		);
	}

	const first = stored ? undefined : await firstCursor(owner, settings.startFrom, client, plan);
	if (first?.hasBegun && !isGivenUp()) saveCursor(context, first.cursor);
	const cursor = stored?.cursor ?? (first?.hasBegun ? undefined : first?.cursor);
	if (!cursor) return null;

	const start = resume(cursor, INSTANCE, settings.repeatAfterRestart);
	const clock = nextClock(start.isLost ? undefined : cursor.clock, now, lookback);
	const { position, seen } = start;
	const { proven = 0 } = cursor;
	const heavy = start.isLost ? undefined : cursor.heavy;
	const reading = readingFrom(position, { proven, clock, heavy }, lookback, now);
	const result = await readOn(client, { watermark: position.watermark, reading, proven, seen }, plan);
	const { fresh, pages, isRestarted, isOutOfTime, stopped } = result;
	if (fresh.length === 0 && stopped && (pages === 0 || isRestarted)) throw stopped;
	if (fresh.length === 0 && isRestarted && isOutOfTime && time.isLongest) throw tooSlow(context);

	const output = toOutput(context, fresh, settings);
	if (!isGivenUp()) saveCursor(context, nextCursor(context, cursor, start, result, plan, clock, output !== null));
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
	const onUnreadable = () =>
		warn(context, 'A record from Laigu is nested so deeply that everything below 64 levels was left out.');
	const settings = readSettings(context, onUnreadable);
	if (context.getMode() === 'manual') {
		return toOutput(context, await sample(await open(context), settings, Date.now() * MILLISECOND), settings);
	}
	return await oneAtATime(context, async (isGivenUp) => await pollOn(context, settings, isGivenUp));
}
