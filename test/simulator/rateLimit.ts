/** How many requests the server takes. Laigu publishes no figure. */
export interface RateLimit {
	perSecond: number;
	/** How many at once after a pause; perSecond when not given. */
	burst?: number;
	/** How a refused request is answered; errno 10014 when not given. */
	answer?: '10014' | '429';
	retryAfterSeconds?: number;
}

/** A token bucket. */
export interface Bucket {
	tokens: number;
	/** Milliseconds on any steady clock. */
	at: number;
}

/** A full bucket at the given time in milliseconds. */
export function fullBucket(limit: RateLimit, at: number): Bucket {
	return { tokens: limit.burst ?? limit.perSecond, at };
}

/** Whether a request at the given time in milliseconds is taken, and the bucket after it. */
export function take(limit: RateLimit, bucket: Bucket, at: number): { taken: boolean; bucket: Bucket } {
	const most = limit.burst ?? limit.perSecond;
	const tokens = Math.min(most, bucket.tokens + (Math.max(0, at - bucket.at) / 1000) * limit.perSecond);
	return tokens >= 1 ? { taken: true, bucket: { tokens: tokens - 1, at } } : { taken: false, bucket: { tokens, at } };
}
