/**
 * Spreads requests that are on their way at once. Sent in one burst, they are answered in one, and each waits until n8n has read the others: with
 * eight at once and an answer after 50 ms, that took a fifth of the time. It holds no clock of its own; all times are milliseconds of the caller's.
 */
export interface Spacing {
	/** How long until the next request may go. */
	delay(now: number): number;
	/** A request goes. */
	sent(now: number): void;
	/**
	 * Laigu answered a request.
	 *
	 * @param took how long that took
	 */
	answered(took: number): void;
}

/** About what n8n needs for one request and its answer: further apart they do not keep each other waiting. */
const WIDEST = 4;

/** Sent evenly, requests follow each other in the time of an answer, divided by how many there are. With a smaller share of that none waits for long. */
const SHARE = 0.6;

/** The fastest of so many answers counts: the others may have waited. */
const REMEMBERED = 16;

/**
 * No spacing until the first answer, nor for requests that go one by one, nor where answers come at once.
 *
 * @param atOnce how many requests may be on their way at once
 */
export function createSpacing(atOnce: number): Spacing {
	const latest: number[] = [];
	let nextAt = -Infinity;
	let gap = 0;

	return {
		delay: (now) => Math.max(0, nextAt - now),
		sent(now) {
			nextAt = now + gap;
		},
		answered(took) {
			if (atOnce < 2) return;
			latest.push(took);
			if (latest.length > REMEMBERED) latest.shift();
			gap = Math.min(WIDEST, (SHARE * Math.min(...latest)) / atOnce);
		},
	};
}
