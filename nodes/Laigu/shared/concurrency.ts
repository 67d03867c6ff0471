/** Does a piece of work as soon as one of a limited number of places is free; first come, first served. */
export type Limiter = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * A limited number of places, for instance for requests that are on their way at the same time.
 *
 * @param count how many there are
 */
export function createLimiter(count: number): Limiter {
	const waiting: Array<() => void> = [];
	let free = count;
	return async (work) => {
		if (free > 0) free--;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else free++;
		}
	};
}

/** What came of one part: its result, or the parts that have to be read in its place. */
export type Outcome<Part, Result> = { result: Result } | { parts: Part[] };

/** How parts are read side by side. */
export interface Reader<Part, Result> {
	/** How many parts at once. */
	atOnce: number;
	/** A part for which this is false waits until all before it have been handed out. */
	mayOverlap?: (part: Part) => boolean;
	/** @param look to be called when `mayOverlap` may have changed */
	read: (part: Part, look: () => void) => Promise<Outcome<Part, Result>>;
}

interface Place<Part, Result> {
	part: Part;
	isBegun?: boolean;
	done?: { result: Result };
}

/**
 * Reads parts side by side and hands the results out in the parts' order, whichever is ready first. Parts are begun in their order, and none
 * is begun that nobody waits for: a reader that stops, or a part that throws, ends it. Parts that are being read then come to their end unseen.
 *
 * @param parts in the order of their results, which is also the order of reading
 * @param reader how to read one
 * @throws what the first failing `read` throws, at once
 */
export async function* mapConcurrent<Part, Result>(
	parts: Part[],
	{ atOnce, mayOverlap = () => true, read }: Reader<Part, Result>,
): AsyncGenerator<{ result: Result; isLast: boolean }, void, void> {
	const placesOf = (some: Part[]): Array<Place<Part, Result>> => some.map((part) => ({ part }));
	const line = placesOf(parts);
	const failures: unknown[] = [];
	let busy = 0;
	let wake = () => {};

	async function settle(place: Place<Part, Result>) {
		busy++;
		place.isBegun = true;
		try {
			const outcome = await read(place.part, () => wake());
			if ('parts' in outcome) line.splice(line.indexOf(place), 1, ...placesOf(outcome.parts));
			else place.done = outcome;
		} catch (error) {
			failures.push(error);
		}
		busy--;
		wake();
	}

	while (line.length > 0) {
		if (failures.length > 0) throw failures[0];
		// before anything is begun, since the reader may have enough with it
		const { done } = line[0];
		if (done) {
			line.shift();
			yield { ...done, isLast: line.length === 0 };
			continue;
		}
		for (const place of line) {
			if (busy >= atOnce || (place !== line[0] && !mayOverlap(place.part))) break;
			if (!place.isBegun) void settle(place);
		}
		await new Promise<void>((resolve) => (wake = resolve));
	}
}
