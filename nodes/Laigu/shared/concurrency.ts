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
export type Outcome<Part, Result> = { result: Result; parts?: undefined } | { parts: Iterable<Part> };

/** How parts are read side by side. */
export interface Reader<Part, Result> {
	/** How many parts at once. */
	atOnce: number;
	/** A part for which this is false waits until all before it have been handed out. */
	mayOverlap?: (part: Part) => boolean;
	/** @param look to be called when `mayOverlap` may have changed */
	read: (part: Part, look: () => void) => Promise<Outcome<Part, Result>>;
}

interface Task<Part, Result> {
	part: Part;
	isBegun?: boolean;
	done?: { result: Result };
}

/**
 * Parts in their order, each taken out of its source no sooner than somebody looks at it.
 *
 * @param parts where they come from
 */
function createQueue<Part, Result>(parts: Iterable<Part>) {
	/** Tasks, and between them the sources of those to come. */
	type Entry = { task: Task<Part, Result>; source?: undefined } | { source: Iterator<Part> };
	const sourceOf = (some: Iterable<Part>): Entry => ({ source: some[Symbol.iterator]() });
	const entries: Entry[] = [sourceOf(parts)];

	/** The task at a place in the line; undefined behind the last. */
	function at(index: number): Task<Part, Result> | undefined {
		for (let entry = entries[index]; entry; entry = entries[index]) {
			if (!entry.source) return entry.task;
			const next = entry.source.next();
			if (next.done) entries.splice(index, 1);
			else entries.splice(index, 0, { task: { part: next.value } });
		}
		return undefined;
	}

	return {
		at,
		shift: () => entries.shift(),
		replace(task: Task<Part, Result>, some: Iterable<Part>) {
			entries.splice(
				entries.findIndex((entry) => !entry.source && entry.task === task),
				1,
				sourceOf(some),
			);
		},
	};
}

/**
 * Reads parts side by side and hands the results out in the parts' order, whichever is ready first. Parts are begun in their order, and none
 * is begun that nobody waits for: a reader that stops, or a part that throws, ends it. Parts that are being read then come to their end unseen.
 *
 * @param parts in the order of their results, which is also the order of reading; there may be any number, none is made before it is read
 * @param reader how to read one
 * @throws what the first failing `read` throws, at once
 */
export async function* mapConcurrent<Part, Result>(
	parts: Iterable<Part>,
	{ atOnce, mayOverlap = () => true, read }: Reader<Part, Result>,
): AsyncGenerator<{ result: Result; isLast: boolean }, void, void> {
	const queue = createQueue<Part, Result>(parts);
	const failures: unknown[] = [];
	let busy = 0;
	let wake = () => {};

	async function run(task: Task<Part, Result>) {
		busy++;
		task.isBegun = true;
		try {
			const outcome = await read(task.part, () => wake());
			if (outcome.parts) queue.replace(task, outcome.parts);
			else task.done = outcome;
		} catch (error) {
			failures.push(error);
		}
		busy--;
		wake();
	}

	for (let first = queue.at(0); first; first = queue.at(0)) {
		if (failures.length > 0) throw failures[0];
		// before anything is begun, since the reader may have enough with it
		if (first.done) {
			queue.shift();
			yield { ...first.done, isLast: queue.at(0) === undefined };
			continue;
		}
		for (let index = 0; busy < atOnce; index++) {
			const task = queue.at(index);
			if (!task || (index > 0 && !mayOverlap(task.part))) break;
			if (!task.isBegun) void run(task);
		}
		await new Promise<void>((resolve) => (wake = resolve));
	}
}
