import { TIME_FORMS } from '../simulator';
import type { LoggedRequest, Simulator } from '../simulator';
import { readAskedTime } from '../simulator/asked';
import { SECOND } from '../simulator/time';
import type { Micros } from '../simulator/time';
import { ascending } from './world';
import type { ListCase } from './world';

/** A window that the node asked for. */
export interface AskedWindow {
	from: Micros;
	to: Micros;
}

/** The window of a request, in microseconds. */
export function windowOf({ query }: LoggedRequest): AskedWindow {
	const from = readAskedTime(query.from_tm ?? query.conv_start_from_tm, TIME_FORMS);
	const to = readAskedTime(query.to_tm ?? query.conv_start_to_tm, TIME_FORMS);
	if (from === undefined || to === undefined) throw new Error(`no window in ${JSON.stringify(query)}`);
	return { from, to };
}

/** The windows that the server accepted, in the order of their first requests. */
export function acceptedWindows(sim: Simulator): AskedWindow[] {
	const accepted = new Map<string, AskedWindow>();
	for (const request of sim.requests) {
		if (request.errno !== 0 || request.status !== 200) continue;
		const window = windowOf(request);
		accepted.set(`${window.from} ${window.to}`, window);
	}
	return [...accepted.values()];
}

function isInside(at: Micros, window: AskedWindow, { ends, comparePrecision }: Simulator['switches']): boolean {
	const compared = comparePrecision === 'seconds' ? Math.floor(at / SECOND) * SECOND : at;
	const afterFrom = ends === 'inclusive' || ends === 'halfOpen' ? compared >= window.from : compared > window.from;
	const beforeTo = ends === 'inclusive' || ends === 'startExclusive' ? compared <= window.to : compared < window.to;
	return afterFrom && beforeTo;
}

/** The windows that the result was put together from: the others were asked for, found to hold more than a page, and read again in narrower ones. */
function readWindows(sim: Simulator): AskedWindow[] {
	const accepted = acceptedWindows(sim);
	const isWithin = (one: AskedWindow, other: AskedWindow) =>
		one !== other && one.from >= other.from && one.to <= other.to;
	return accepted.filter((window) => !accepted.some((other) => isWithin(other, window)));
}

/**
 * The order that the contract promises for the windows which the node chose: windows one after the other, inside them the API's order (turned round when newest first), every record where
 * it comes first.
 */
export function promisedOrder(
	sim: Simulator,
	list: ListCase,
	wanted: Array<number | string>,
	newestFirst = false,
): Array<number | string> {
	const windows = readWindows(sim).sort((a, b) => (newestFirst ? b.to - a.to : a.from - b.from));
	const inRange = new Set(wanted);
	const promised = new Set<number | string>();
	for (const window of windows) {
		const given = list
			.timed(sim)
			.filter(({ at }) => isInside(at, window, sim.switches))
			.sort((a, b) => ascending(a.order, b.order));
		if (newestFirst) given.reverse();
		for (const { key } of given) if (inRange.has(key)) promised.add(key);
	}
	return [...promised];
}
