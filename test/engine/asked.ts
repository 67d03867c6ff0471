import { TIME_FORMS } from '../simulator';
import type { LoggedRequest, Simulator } from '../simulator';
import { readAskedTime } from '../simulator/asked';
import type { Micros } from '../simulator/time';
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

/** Whether records stand in the order that the contract promises: by the time that the list filters on. */
export function isInOrder(sim: Simulator, list: ListCase, keys: Array<number | string>, newestFirst = false): boolean {
	const times = new Map(list.timed(sim).map(({ key, at }) => [key, at]));
	return keys.every((key, index) => {
		const [before, after] = [times.get(keys[Math.max(0, index - 1)]), times.get(key)];
		if (before === undefined || after === undefined) return false;
		return newestFirst ? before >= after : before <= after;
	});
}
