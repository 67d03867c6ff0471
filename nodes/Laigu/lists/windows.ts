import { HOUR, SECOND } from '../shared/time';
import type { Micros, Range } from '../shared/time';

/** What one request asks Laigu for. Both ends are whole seconds, or a step beside one. */
export interface Window {
	from: Micros;
	to: Micros;
}

/** The first window of a newest-first reading. */
const FIRST_BACKWARD_WINDOW = HOUR;

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

/**
 * Cuts a window into neighbours that overlap by one step, so that a record at a seam is in one of them under every reading of the ends.
 *
 * @param window the window to cut
 * @param widest the widest that each may be, overlap included; two seconds at least
 * @param step the overlap
 * @returns oldest first; together they cover the window, each of them at most `widest`
 */
export function cutWindow(window: Window, widest: Micros, step: Micros): Window[] {
	if (widthOf(window) <= widest) return [window];
	const windows: Window[] = [];
	let from = window.from;
	for (;;) {
		// seams lie on whole seconds, for an API that cuts its times to the second
		const seam = Math.floor((from + widest) / SECOND) * SECOND;
		if (seam >= window.to) return [...windows, { from, to: window.to }];
		windows.push({ from, to: seam });
		from = seam - step;
	}
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
 * The windows of a newest-first reading: back from the end, an hour at first, then each twice as wide as the one before, so that "the
 * latest 50" costs few requests although the API only sorts upwards.
 *
 * @param window the whole
 * @param step the overlap of neighbours
 * @returns newest first
 */
export function backwardWindows(window: Window, step: Micros): Window[] {
	const windows: Window[] = [];
	let { to } = window;
	for (let width = FIRST_BACKWARD_WINDOW; ; width *= 2) {
		const from = Math.floor((to - width) / SECOND) * SECOND - step;
		if (from <= window.from) return [...windows, { from: window.from, to }];
		windows.push({ from, to });
		to = from + step;
	}
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
