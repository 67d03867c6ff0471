/** What runs on as usual in virtual time: the turns of the event loop, in which requests over loopback come and go. */
const TURNS = ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const;

/** What runs on as usual while the date stands still. */
const TIMERS = ['hrtime', 'performance', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const;

/**
 * Lets the tests of a file, or of a `describe`, run in virtual time: each turn of the event loop counts as one millisecond, for timers, `Date` and `performance` alike. Requests
 * over loopback take their turns as ever, so that waits, latencies and answers keep their order however busy the machine is, and nobody waits for a clock.
 */
export function useVirtualTime(): void {
	let next: NodeJS.Immediate;

	function turn() {
		jest.advanceTimersByTime(1);
		next = setImmediate(turn);
	}

	beforeEach(() => {
		jest.useFakeTimers({ doNotFake: [...TURNS] });
		next = setImmediate(turn);
	});

	afterEach(() => {
		clearImmediate(next);
		jest.useRealTimers();
	});
}

/** Lets so many milliseconds of virtual time pass. */
export const pass = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Lets the date stand still for the tests of a file, or of a `describe`; timers continue.
 *
 * @param iso the present
 */
export function useDate(iso: string): void {
	beforeEach(() => void jest.useFakeTimers({ now: new Date(iso), doNotFake: [...TURNS, ...TIMERS] }));
	afterEach(() => void jest.useRealTimers());
}
