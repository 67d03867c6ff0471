import { randomBytes } from 'crypto';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { readCursor } from './cursor';
import type { Cursor } from './cursor';

/** This process of n8n: what was handed out by another one may have been cut off with it. */
export const INSTANCE = randomBytes(6).toString('base64url');

/** Triggers that are polling right now: poll times may lie closer together than a poll takes. */
const polling = new Set<string>();

/** A small copy of each cursor, by the node's ID. */
const COPIES = 'laiguPollTrigger';

/**
 * Runs a poll unless one of the same trigger is still running in this process: two at once would read the same window and hand it out twice.
 *
 * @returns what the poll gives, or null at once
 */
export async function oneAtATime<T>(context: IPollFunctions, poll: () => Promise<T>): Promise<T | null> {
	const place = `${context.getWorkflow().id}/${context.getNode().id}`;
	if (polling.has(place)) return null;
	polling.add(place);
	try {
		return await poll();
	} finally {
		polling.delete(place);
	}
}

/**
 * The trigger's cursor. n8n files a node's static data under the node's name, so that renaming the node loses it; the copy is filed under its
 * ID, and holds the instant without the marks.
 *
 * @param owner the list and account it has to belong to
 * @returns undefined for a trigger without a past
 */
export function loadCursor(context: IPollFunctions, owner: string): Cursor | undefined {
	const { cursor } = context.getWorkflowStaticData('node');
	const own = readCursor(cursor, owner);
	if (own) return own;
	// a cursor of another event or account was left there on purpose
	if (cursor !== undefined && cursor !== null) return undefined;
	const copies = context.getWorkflowStaticData('global')[COPIES] as IDataObject | undefined;
	return readCursor(copies?.[context.getNode().id], owner);
}

/** Keeps the cursor until the next poll. n8n saves it with the batch's execution; after a poll without one it stays in memory at least. */
export function saveCursor(context: IPollFunctions, cursor: Cursor): void {
	const { owner, watermark } = cursor;
	context.getWorkflowStaticData('node').cursor = cursor;
	const shared = context.getWorkflowStaticData('global');
	const copies = (shared[COPIES] ?? {}) as IDataObject;
	shared[COPIES] = { ...copies, [context.getNode().id]: { owner, watermark, seen: {} } };
}
