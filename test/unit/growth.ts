const TIMES = 16;

/** Less than this is the clock's own grain: what grows faster than its input takes far more. In microseconds. */
const NOISE = 1_000;

/** The least processor time of some rounds, in microseconds: what else the machine does can only add to it. */
function leastTime(run: () => void): number {
	const times = Array.from({ length: 5 }, () => {
		const since = process.cpuUsage();
		run();
		return process.cpuUsage(since).user;
	});
	return Math.max(NOISE, Math.min(...times));
}

/**
 * How many times as long a function takes for one input than for sixteen of a sixteenth of its size: about once where its time is linear, about
 * sixteen times where it is quadratic. Both are measured in one run, in processor time, so that a busy machine changes little.
 *
 * @param run the function
 * @param inputOf makes an input of a size, before anything is measured
 * @param size the larger of the two, so large that it takes some milliseconds
 */
export function growthOf<T>(run: (input: T) => unknown, inputOf: (size: number) => T, size: number): number {
	const [short, long] = [inputOf(Math.floor(size / TIMES)), inputOf(size)];
	const repeated = () => {
		for (let time = 0; time < TIMES; time++) run(short);
	};
	repeated();
	return leastTime(() => void run(long)) / leastTime(repeated);
}

/** Above what is linear with all noise, and below what is quadratic. */
export const LINEAR = 10;
