import { sleep } from 'n8n-workflow';

import { createRate } from './rate';

/** The pace that all requests of a run keep to together. */
export interface Throttle {
	/** Waits until the next request may go; at once while nobody asked to slow down. Who came first goes first. */
	ready(): Promise<void>;
	/** Waits before a request is sent again, apart from the pace of the others. */
	wait(ms: number): Promise<void>;
	/** Laigu took a request. */
	accepted(): void;
	/**
	 * Slows down every request of the run, because Laigu asked for it.
	 *
	 * @param sentAt when the refused request went, in milliseconds since 1970
	 * @param ms how long nothing should go at all
	 */
	refused(sentAt: number, ms: number): void;
	/** How long requests of the run have waited because Laigu asked to slow down, in milliseconds. */
	waitedMs(): number;
	/** Whether the execution was cancelled, so that nothing more should be sent. */
	isCancelled(): boolean;
}

/** How soon a wait notices that the execution was cancelled, in milliseconds. */
const SLICE = 200;

const FIRST_WAIT = { rateLimit: 1_000, other: 250 };
const LONGEST_WAIT = 60_000;

/** The longest Retry-After that is waited for within a run, in milliseconds; a longer one ends the run with a message. */
export const LONGEST_RETRY_AFTER = 300_000;

/**
 * How long to wait before a request is sent again: what Laigu asked for, else twice as long each time, with jitter so that parallel
 * requests do not come back all at once. "In 0 seconds" (a date that has passed, by a clock that differs) counts as not asked.
 *
 * @param attempt 0 for the first retry
 * @param fault whether it was a rate limit, and the wait that Laigu asked for in milliseconds
 * @param random a number from 0 to 1
 * @returns milliseconds
 */
export function retryDelay(
	attempt: number,
	fault: { isRateLimit: boolean; retryAfterMs?: number },
	random: number = Math.random(),
): number {
	if (fault.retryAfterMs) return fault.retryAfterMs;
	const first = fault.isRateLimit ? FIRST_WAIT.rateLimit : FIRST_WAIT.other;
	return Math.min(LONGEST_WAIT, first * 2 ** attempt) * (0.5 + random / 2);
}

/**
 * A pace of its own for one run. A cancelled execution ends every wait within a fraction of a second.
 *
 * @param signal the execution's cancel signal, where there is one
 */
export function createThrottle(signal?: AbortSignal): Throttle {
	const rate = createRate();
	let line: Promise<void> = Promise.resolve();
	let waited = 0;

	async function waitFor(left: () => number) {
		for (let ms = left(); ms > 0 && !signal?.aborted; ms = left()) await sleep(Math.min(ms, SLICE));
	}

	async function waitInFront() {
		const begun = Date.now();
		if (rate.delay(begun) > 0) {
			await waitFor(() => rate.delay(Date.now()));
			waited += Date.now() - begun;
		}
		rate.sent(Date.now());
	}

	return {
		async ready() {
			line = line.then(waitInFront);
			await line;
		},
		async wait(ms) {
			const end = Date.now() + ms;
			await waitFor(() => end - Date.now());
		},
		accepted: () => rate.accepted(Date.now()),
		refused: (sentAt, ms) => rate.refused(sentAt, Date.now(), ms),
		waitedMs: () => waited,
		isCancelled: () => signal?.aborted ?? false,
	};
}
