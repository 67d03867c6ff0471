import type { Ends, Switches } from './switches';
import { SECOND, type Micros } from './time';

/** A record's place in a list: compared with `<`, different for every record. */
export type Key = number | string;

/** Records in the order in which pages give them, with the key of each. */
export interface Ordered<T> {
	records: T[];
	keys: Key[];
}

/** An order by name, so that a sorted window can be kept. */
export interface Order<T> {
	name: string;
	keyOf: (record: T) => Key;
}

/** The first position for which the test holds, of positions that fail and then hold. */
export function firstWhere(length: number, holds: (position: number) => boolean): number {
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (holds(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}

/**
 * The positions [low, high) of the ascending times (microseconds) that lie in the asked window. Whether its ends belong to it, and whether a record's time is
 * compared in whole seconds, is not documented: switches.
 */
export function positionsIn(
	times: ArrayLike<Micros>,
	asked: { from: Micros; to: Micros },
	{ ends, comparePrecision }: { ends: Ends; comparePrecision: Switches['comparePrecision'] },
): [number, number] {
	const compared =
		comparePrecision === 'seconds' ? (at: Micros) => Math.floor(at / SECOND) * SECOND : (at: Micros) => at;
	const withStart = ends === 'inclusive' || ends === 'halfOpen';
	const withEnd = ends === 'inclusive' || ends === 'startExclusive';
	const low = firstWhere(times.length, (i) =>
		withStart ? compared(times[i]) >= asked.from : compared(times[i]) > asked.from,
	);
	const high = firstWhere(times.length, (i) =>
		withEnd ? compared(times[i]) > asked.to : compared(times[i]) >= asked.to,
	);
	return [low, Math.max(low, high)];
}

const WINDOWS_KEPT = 64;

/** Records by one of their times. Built once for a state of the store; a window that was sorted for its first page is kept for the pages that follow. */
export class TimeIndex<T> {
	readonly times: Float64Array;

	readonly #records: T[];

	readonly #windows = new Map<string, Ordered<T>>();

	/** Records for which timeOf gives undefined are left out; times are microseconds. */
	constructor(records: readonly T[], timeOf: (record: T) => Micros | undefined) {
		const timed = records.flatMap((record) => {
			const at = timeOf(record);
			return at === undefined ? [] : [{ at, record }];
		});
		timed.sort((a, b) => a.at - b.at);
		this.times = Float64Array.from(timed, ({ at }) => at);
		this.#records = timed.map(({ record }) => record);
	}

	/** The records at the positions [low, high) by time, in time's order. */
	slice(low: number, high: number): T[] {
		return this.#records.slice(low, high);
	}

	/** The records at the positions [low, high) by time, in the order that pages give them. */
	window(low: number, high: number, order: Order<T>): Ordered<T> {
		const name = `${order.name} ${low} ${high}`;
		const kept = this.#windows.get(name);
		if (kept) return kept;

		const keyed = this.#records.slice(low, high).map((record) => ({ record, key: order.keyOf(record) }));
		keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
		const ordered = { records: keyed.map(({ record }) => record), keys: keyed.map(({ key }) => key) };

		const oldest = this.#windows.keys().next().value;
		if (this.#windows.size >= WINDOWS_KEPT && oldest !== undefined) this.#windows.delete(oldest);
		this.#windows.set(name, ordered);
		return ordered;
	}
}
