import { randomBytes } from 'crypto';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { isObject } from '../shared/json';
import type { Micros } from '../shared/time';
import type { Cursor } from './cursor';
import { SeenSet } from './seenSet';
import type { Seen } from './seenSet';
import { plain, readCursor } from './state';
import type { Stored } from './state';

/** This process of n8n: what was handed out by another one may have been cut off with it. */
export const INSTANCE = randomBytes(6).toString('base64url');

/** A small copy of each cursor in the workflow's own static data, by the node's ID and then its name. */
const COPIES = 'laiguPollTrigger';

/** A copy of so many marks would not be small. */
const MOST_COPIED_MARKS = 1_000;

/** Longer than any poll may take, in milliseconds: what still runs then hangs. */
const HANGING = 1_200_000;

interface Running {
	since: number;
}

/** Triggers that are polling right now: poll times may lie closer together than a poll takes. */
const running = new Map<string, Running>();

/**
 * Runs a poll unless one of the same trigger is still running in this process: two at once would read the same window and hand it out twice. One
 * that hangs is given up: what it gives after all is dropped, and the next poll continues.
 *
 * @param poll gets a function that says whether the poll was given up
 * @returns what the poll gives, or null at once
 */
export async function oneAtATime<T>(
	context: IPollFunctions,
	poll: (isGivenUp: () => boolean) => Promise<T>,
): Promise<T | null> {
	const place = JSON.stringify([context.getWorkflow().id, context.getNode().name]);
	const now = Date.now();
	const before = running.get(place);
	if (before && Math.abs(now - before.since) < HANGING) return null;
	if (before) {
		context.logger.warn('The last poll of this trigger did not finish and was abandoned.', {
			workflowId: context.getWorkflow().id,
			nodeName: context.getNode().name,
		});
	}
	const own: Running = { since: now };
	running.set(place, own);
	try {
		const isGivenUp = () => running.get(place) !== own;
		const result = await poll(isGivenUp);
		return isGivenUp() ? null : result;
	} finally {
		if (running.get(place) === own) running.delete(place);
	}
}

function copiesOf(context: IPollFunctions): IDataObject {
	const shared: unknown = context.getWorkflowStaticData('global');
	const copies = isObject(shared) ? shared[COPIES] : undefined;
	const own = isObject(copies) ? copies[context.getNode().id] : undefined;
	return isObject(own) ? own : {};
}

/** Whether a node of that name is still in the workflow, as far as n8n shows: one that leads to no other node is not seen. */
const isThere = (context: IPollFunctions, name: string): boolean => context.getChildNodes(name).length > 0;

/**
 * The trigger's cursor. n8n files a node's static data under the node's name, so that renaming the node loses it; and it keeps none of a trigger's
 * first poll where polls are durable. The copy is in the workflow's own static data.
 *
 * @param owner the list and account it has to belong to
 * @param now n8n's clock
 * @returns undefined for a trigger without a past
 */
export function loadCursor(context: IPollFunctions, owner: string, now: Micros): Stored | undefined {
	const { name } = context.getNode();
	const { cursor } = context.getWorkflowStaticData('node');
	// a cursor of another event or account was left there on purpose
	if (isObject(cursor) && typeof cursor.owner === 'string' && cursor.owner !== owner) return undefined;
	const own = readCursor(cursor, owner, now);
	if (own) return own;
	const isLost = cursor !== undefined && cursor !== null;
	const copies = copiesOf(context);
	const renamed = Object.keys(copies).filter((other) => other !== name && !isThere(context, other));
	const names = Object.hasOwn(copies, name) ? [name] : renamed;
	const candidates = names.map((one) => readCursor(copies[one], owner, now)).filter((one) => one !== undefined);
	candidates.sort((one, other) => one.cursor.watermark - other.cursor.watermark);
	return candidates[0] && { cursor: candidates[0].cursor, isWhole: candidates[0].isWhole && !isLost };
}

function copyOf(cursor: Cursor): Cursor {
	const { owner, proven, polls } = cursor;
	const { watermark } = cursor.unconfirmed?.[0]?.before ?? cursor;
	const size = new SeenSet(cursor.seen).size;
	const seen: Seen = size > MOST_COPIED_MARKS ? {} : cursor.seen;
	return { owner, watermark, seen, polls, ...(proven !== undefined && { proven }) };
}

/** Keeps the cursor until the next poll. n8n saves it with the batch's execution; after a poll without one it stays in memory at least. */
export function saveCursor(context: IPollFunctions, cursor: Cursor): void {
	const { id, name } = context.getNode();
	context.getWorkflowStaticData('node').cursor = plain(cursor);
	const shared: unknown = context.getWorkflowStaticData('global');
	if (!isObject(shared)) return;
	const all = isObject(shared[COPIES]) ? shared[COPIES] : {};
	const kept = Object.entries(copiesOf(context)).filter(([other]) => other === name || isThere(context, other));
	shared[COPIES] = { ...all, [id]: { ...Object.fromEntries(kept), [name]: plain(copyOf(cursor)) } };
}
