import type { IPollFunctions } from 'n8n-workflow';

/** How long one poll may take. All in milliseconds. */
export interface PollTime {
	/** n8n's clock when the poll began, since 1970. */
	startedAt: number;
	/** When the poll has to have ended, since 1970. */
	deadline: number;
	/** Notes that a page has come, and says whether there is no time for another one. */
	isUp(): boolean;
	/** Whether a poll cannot get more time than this. */
	isLongest: boolean;
}

/**
 * How long a poll reads. Activation waits for its first poll, and n8n 2.x ends an activation that takes minutes; later polls may take longer, for
 * the next one just waits.
 */
const READING_TIME = { activation: 30_000, later: 120_000 };

/** The longest poll where n8n sets no limit. */
const LONGEST = 600_000;

/** For handing over what was read. */
const MARGIN = 4_000;

/** n8n uses one context for all polls of an activation, or one for each poll where polls are durable. */
const polledBefore = new WeakSet<IPollFunctions>();

/**
 * Plans the time of a poll.
 *
 * @param effort how many times as long as usual it may read
 */
export function planTime(context: IPollFunctions, effort: number): PollTime {
	const startedAt = Date.now();
	// n8n 1.x has no such function
	const timed: IPollFunctions & { getPollBudgetMs?: () => number } = context;
	const budget = Math.min(LONGEST, timed.getPollBudgetMs?.() ?? LONGEST) - MARGIN;
	const isFirst = !polledBefore.has(context);
	polledBefore.add(context);
	const wanted = (isFirst ? READING_TIME.activation : READING_TIME.later) * effort;
	const readingTime = Math.min(wanted, budget);

	let last = startedAt;
	let longestPage = 0;
	return {
		startedAt,
		deadline: startedAt + budget,
		isUp() {
			const now = Date.now();
			longestPage = Math.max(longestPage, now - last);
			last = now;
			const elapsed = now - startedAt;
			// a clock that went back says nothing of how long it took
			return elapsed < 0 || elapsed >= readingTime || elapsed + longestPage > budget;
		},
		isLongest: wanted >= budget,
	};
}
