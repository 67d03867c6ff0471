import { createRate } from './rate';
import { createSpacing } from './spacing';
import { waitFor } from './wait';

/** The pace that all requests of a run keep to together. */
export interface Throttle {
	/** Waits until the next request may go: hardly at all while nobody asked to slow down. Who came first goes first. */
	ready(): Promise<void>;
	/** Waits before a request is sent again, apart from the pace of the others. */
	wait(ms: number): Promise<void>;
	/**
	 * Laigu took a request.
	 *
	 * @param took how long the answer took, in milliseconds
	 */
	accepted(took: number): void;
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
	/** The execution's cancel signal, where there is one. */
	signal?: AbortSignal;
}

/**
 * A pace of its own for one run. A cancelled execution ends every wait within a fraction of a second.
 *
 * @param atOnce how many requests may be on their way at once
 * @param signal the execution's cancel signal, where there is one
 */
export function createThrottle(atOnce: number, signal?: AbortSignal): Throttle {
	const rate = createRate();
	const spacing = createSpacing(atOnce);
	let line: Promise<void> = Promise.resolve();
	let waited = 0;

	const isCancelled = () => signal?.aborted ?? false;

	async function waitInFront() {
		// not by n8n's clock, which may be changed meanwhile; and before the pace, which a refusal may change meanwhile
		await waitFor(() => spacing.delay(performance.now()), isCancelled);
		const begun = Date.now();
		if (rate.delay(begun) > 0) {
			await waitFor(() => rate.delay(Date.now()), isCancelled);
			waited += Date.now() - begun;
		}
		spacing.sent(performance.now());
		rate.sent(Date.now());
	}

	return {
		async ready() {
			line = line.then(waitInFront);
			await line;
		},
		async wait(ms) {
			const end = Date.now() + ms;
			await waitFor(() => end - Date.now(), isCancelled);
		},
		accepted(took) {
			rate.accepted(Date.now());
			spacing.answered(took);
		},
		refused: (sentAt, ms) => rate.refused(sentAt, Date.now(), ms),
		waitedMs: () => waited,
		isCancelled,
		signal,
	};
}
