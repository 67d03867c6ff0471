/**
 * How fast requests may follow each other, learned from what Laigu refuses, since it publishes no figure: additive increase, multiplicative
 * decrease. It holds no clock of its own; all times are milliseconds of the caller's.
 */
export interface Rate {
	/** How long until the next request may go. */
	delay(now: number): number;
	/** A request goes. */
	sent(now: number): void;
	/** Laigu took a request. */
	accepted(now: number): void;
	/**
	 * Laigu refused a request because there were too many.
	 *
	 * @param sentAt when that request went: those that went before the last decrease belong to the same jam and count once
	 * @param waitMs how long nothing should go at all
	 */
	refused(sentAt: number, now: number, waitMs: number): void;
	/** Requests a second; Infinity while nothing was refused. */
	perSecond(): number;
}

/** The time over which it counts what Laigu takes, in milliseconds. */
const SPAN = 1_000;

/** After a refusal, this share of what Laigu took before it; and never less than the other share of the rate so far. */
const DECREASE = 0.8;
const STEEPEST = 0.5;

/** What is added in a second, as a share of the rate after the last decrease. */
const INCREASE = 0.05;

/**
 * The rate grows no further than this many times what Laigu took within the last second. Where requests wait for each other and not for the rate,
 * their success proves nothing about a faster one, and a rate that kept growing would have to be halved many times at the next refusal (as RFC 7661
 * has it for TCP's congestion window).
 */
const HEADROOM = 2;

/** After so long without a refusal, in milliseconds, the rate counts as a guess again: another program may have taken its share meanwhile. */
const QUIET = 15_000;

/** Requests a second that it never falls below. */
const SLOWEST = 0.2;

/**
 * A rate without limit until the first refusal. That one sets it to what Laigu took within the last second, which early in a run is a guess,
 * so that it doubles each second until the next refusal; from then on it grows by a little.
 */
export function createRate(): Rate {
	const taken: number[] = [];
	let rate = Infinity;
	let base = Infinity;
	let isGuess = true;
	let decreasedAt = -Infinity;
	let resumeAt = -Infinity;
	let nextAt = -Infinity;
	let grownAt = -Infinity;

	function forget(now: number) {
		while (taken.length > 0 && taken[0] <= now - SPAN) taken.shift();
	}

	/** What Laigu took within the last second, and some requests more, as a rate. */
	function takenPerSecond(now: number, more = 0): number {
		forget(now);
		return (taken.length + more) * (1000 / SPAN);
	}

	function grow(now: number) {
		isGuess ||= now - Math.max(decreasedAt, resumeAt) > QUIET;
		const seconds = Math.min(SPAN, Math.max(0, now - Math.max(grownAt, resumeAt))) / 1000;
		const grown = isGuess ? rate * 2 ** seconds : rate + base * INCREASE * seconds;
		rate = Math.max(rate, Math.min(grown, HEADROOM * takenPerSecond(now, 1)));
		grownAt = now;
	}

	function decrease(now: number) {
		const measured = DECREASE * takenPerSecond(now);
		// nothing was taken yet: nothing is known of the limit but that one has to wait
		if (rate === Infinity && measured === 0) return;
		isGuess = rate === Infinity;
		rate = isGuess ? measured : Math.min(DECREASE * rate, Math.max(STEEPEST * rate, measured));
		rate = base = Math.max(SLOWEST, rate);
		grownAt = now;
	}

	return {
		delay: (now) => Math.max(0, nextAt - now),
		sent(now) {
			if (rate === Infinity) return;
			grow(now);
			const gap = 1000 / rate;
			// a timer that rings late takes nothing off the rate
			nextAt = Math.max(nextAt, now - gap) + gap;
		},
		accepted(now) {
			forget(now);
			taken.push(now);
		},
		refused(sentAt, now, waitMs) {
			resumeAt = Math.max(resumeAt, now + waitMs);
			nextAt = resumeAt;
			if (sentAt <= decreasedAt) return;
			decreasedAt = now;
			decrease(now);
		},
		perSecond: () => rate,
	};
}
