import { sleep } from 'n8n-workflow';

/** How soon a wait notices that nobody waits any more, in milliseconds. */
const SLICE = 200;

/**
 * Waits. n8n's `sleep` cannot be ended, so that a long wait is made of short ones.
 *
 * @param left how many milliseconds are left, asked repeatedly
 * @param isOver ends the wait within a fraction of a second once it is true
 */
export async function waitFor(left: () => number, isOver: () => boolean): Promise<void> {
	for (let ms = left(); ms > 0 && !isOver(); ms = left()) await sleep(Math.min(ms, SLICE));
}
