import { DateTime } from 'luxon';

/** When and how often a request is sent again. Times in milliseconds. */
export interface RetryPolicy {
	/** How often at most. */
	limit: number;
	/** The first wait after a rate limit. */
	rateLimitDelay: number;
	/** The first wait after anything else that is temporary. */
	delay: number;
	/** Waits double up to this. */
	backoffLimit: number;
	/** The longest Retry-After that is waited for; a longer one ends the run with its message. */
	maxRetryAfter: number;
}

/** @default for every request of every node; the user may set the limit */
export const DEFAULT_RETRY: Readonly<RetryPolicy> = {
	limit: 5,
	rateLimitDelay: 1_000,
	delay: 250,
	backoffLimit: 60_000,
	maxRetryAfter: 300_000,
};

/** What decides about a retry: the fault of a request, in part. */
interface RetryCause {
	isTemporary: boolean;
	isRateLimit: boolean;
	/** The wait that Laigu asked for. */
	retryAfterMs?: number;
}

/**
 * How long to wait before a request is sent again: twice as long each time, with jitter so that parallel requests do not come back all at
 * once, and never less than Laigu asked for. "In 0 seconds" (a date that has passed, by a clock that differs) takes nothing off that.
 *
 * @param attempt 0 for the first retry
 * @param random a number from 0 to 1
 * @returns milliseconds
 */
export function retryDelay(
	attempt: number,
	{ isRateLimit, retryAfterMs = 0 }: Omit<RetryCause, 'isTemporary'>,
	random: number = Math.random(),
	{ rateLimitDelay, delay, backoffLimit }: RetryPolicy = DEFAULT_RETRY,
): number {
	const first = isRateLimit ? rateLimitDelay : delay;
	return Math.max(retryAfterMs, Math.min(backoffLimit, first * 2 ** attempt) * (0.5 + random / 2));
}

/**
 * Whether a request is sent again.
 *
 * @param attempt 0 for the first retry
 */
export function mayRetry(attempt: number, { isTemporary, retryAfterMs = 0 }: RetryCause, policy: RetryPolicy): boolean {
	return isTemporary && attempt < policy.limit && retryAfterMs <= policy.maxRetryAfter;
}

/**
 * The wait that a Retry-After header asks for.
 *
 * @param value seconds, or an HTTP date
 * @param now milliseconds since 1970
 * @returns milliseconds, 0 or more; undefined where the header is absent or unreadable
 */
export function readRetryAfter(value: unknown, now: number): number | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = `${value}`.trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	// not Date.parse, which reads a date into "-5" or "in 5 minutes"
	const date = text.length <= 40 ? DateTime.fromHTTP(text) : undefined;
	return date?.isValid ? Math.max(0, date.toMillis() - now) : undefined;
}
