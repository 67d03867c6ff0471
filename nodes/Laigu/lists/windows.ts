import { SECOND } from '../shared/time';
import type { Micros, Range } from '../shared/time';

/** What one request asks Laigu for. Both ends are whole seconds, or a step beside one. */
export interface Window {
	from: Micros;
	to: Micros;
}

export const widthOf = (window: Window): Micros => window.to - window.from;

/**
 * The window that is sure to hold every record of a range, whether Laigu takes its ends as inclusive or exclusive, and whether it compares
 * to the microsecond or cuts its times to the second: it begins one step before the range's first whole second and ends on a whole second.
 *
 * @param range from ≤ t < to
 * @param step the smallest step of the time format in use
 */
export function windowAround(range: Range, step: Micros): Window {
	return { from: Math.floor(range.from / SECOND) * SECOND - step, to: Math.ceil(range.to / SECOND) * SECOND };
}

/** How a window is cut into neighbours. */
interface Cut {
	/** The widest that each may be, overlap included; two seconds at least. */
	width: Micros;
	/** How many times as wide as the one before it each is; 1 where it is not given. */
	growth?: number;
	/** Whether to begin at the window's end. */
	isBackward?: boolean;
}

/**
 * Cuts a window into neighbours that overlap by one step, so that a record at a seam is in one of them under every reading of the ends. Each
 * is made when it is asked for: a range may hold more windows than fit into memory.
 *
 * @param window the window to cut
 * @param cut how wide, and from which end
 * @param step the overlap
 * @returns together they cover the window; oldest first, or newest first if backward
 */
export function* cutWindow(window: Window, cut: Cut, step: Micros): Generator<Window, void, void> {
	const { growth = 1, isBackward = false } = cut;
	let { from, to } = window;
	// seams lie on whole seconds, for an API that cuts its times to the second
	for (let width = Math.max(cut.width, 2 * SECOND); to - from > width; width *= growth) {
		if (isBackward) {
			const seam = Math.ceil((to - width + step) / SECOND) * SECOND;
			yield { from: seam - step, to };
			to = seam;
		} else {
			const seam = Math.floor((from + width) / SECOND) * SECOND;
			yield { from, to: seam };
			from = seam - step;
		}
	}
	yield { from, to };
}

/**
 * Cuts a window at given instants into neighbours that overlap by one step.
 *
 * @param window the window to cut
 * @param seams where to cut, in any order; they are moved to whole seconds, and those that would leave a window narrower than `narrowest` are left out
 * @param step the overlap
 * @param narrowest the narrowest that each may be; two seconds at least
 * @returns oldest first; together they cover the window
 */
export function splitWindow(window: Window, seams: Micros[], step: Micros, narrowest: Micros = 2 * SECOND): Window[] {
	const windows: Window[] = [];
	let { from } = window;
	for (const wanted of [...seams].sort((one, other) => one - other)) {
		const seam = Math.floor(wanted / SECOND) * SECOND;
		if (seam - from < narrowest || window.to - seam < narrowest) continue;
		windows.push({ from, to: seam });
		from = seam - step;
	}
	return [...windows, { from, to: window.to }];
}

/**
 * Whether a record lies outside the range although the window around it was wide enough to let it in. True only where its times prove it:
 * none of them lies in the range, and one lies in the step that was asked for beyond it (or exactly on its end). Without such proof a
 * record is kept, since Laigu may have filtered by a time that the record does not show.
 *
 * @param times the record's times by which Laigu may have filtered; undefined where the record has none
 * @param range the range that the user asked for
 * @param asked the window that was asked of Laigu
 */
export function isOutsideRange(times: Array<Micros | undefined>, range: Range, asked: Window): boolean {
	const known = times.filter((time): time is Micros => time !== undefined);
	const isInside = (time: Micros) => time >= range.from && time < range.to;
	const isInStep = (time: Micros) =>
		(time >= asked.from && time < range.from) || (time >= range.to && time < asked.to + SECOND);
	return !known.some(isInside) && known.some(isInStep);
}
