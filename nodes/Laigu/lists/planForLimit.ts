import { PAGE_SIZE } from './endpoints';
import { byTime, quantile } from './plan';
import { HOUR, SECOND } from '../shared/time';
import type { Micros } from '../shared/time';
import { widthOf } from './windows';
import type { Window } from './windows';

/** A window this narrow is read to its end, however much it holds. */
const NARROWEST: Micros = 4 * SECOND;

/** More is asked for than is needed, since the list may hold less there than it seems. */
const RESERVE = 1.25;

/** The part of a page's records that lie before its place on the way through the window, and of the first page's that lie before its start. */
const PLACE = 0.8;
const START = 0.1;

/** How many pages say how fast the list continues. */
const SPAN = 3;

/** Where nothing is known of a list, this is tried first. */
const FIRST_WIDTH: Micros = HOUR;

/** How much wider each of the windows is that are read in place of one: too wide a one is cut again. */
export const GROWTH = 4;

/**
 * Watches the pages of a window for a reader who needs only so many records from one of its ends. Laigu sorts by ID, so that nothing short of
 * a whole window tells which of its records are the newest: where more pages are to come than a narrower window would cost, the window is
 * cut and its pages are read again.
 *
 * @param window the window
 * @param isWhole whether the window is all of the range: nothing is known of the list yet
 * @param isBackward whether its newest records are wanted
 * @returns takes the times of each page and how many records are needed; gives the width of the window to read first instead, or undefined
 * for reading on
 */
export function planForLimit(window: Window, isWhole: boolean, isBackward: boolean) {
	const width = widthOf(window);
	const reach: Micros[] = [];
	let start: Micros | undefined;
	let isByTime = true;

	/** The time that a page takes on its way through the window; undefined for a list that does not go by time. */
	function pace(): Micros | undefined {
		if (!isByTime || start === undefined) return undefined;
		const last = reach[reach.length - 1];
		if (reach.length > SPAN) return (last - reach[reach.length - 1 - SPAN]) / SPAN;
		return Math.max(0, last - start) / (reach.length - 1 + PLACE - START);
	}

	return (times: Micros[], needed: number): Micros | undefined => {
		const sorted = [...times].sort(byTime);
		start ??= quantile(sorted, START);
		const before = reach.at(-1) ?? window.from;
		isByTime &&= (quantile(sorted, 0.5) ?? before) >= before;
		reach.push(quantile(sorted, PLACE) ?? before);
		if (width < 2 * NARROWEST) return undefined;

		const pages = Math.max(PLACE, (RESERVE * needed) / PAGE_SIZE);
		const cost = Math.ceil(pages) + 1;
		const widthOfPage = pace();
		if (widthOfPage === undefined) {
			if (isWhole) return Math.min(FIRST_WIDTH, width / GROWTH);
			return reach.length < 2 * cost ? undefined : width / GROWTH;
		}
		if (window.to - reach[reach.length - 1] <= cost * widthOfPage) return undefined;
		const empty = isBackward ? 0 : (start ?? window.from) - window.from;
		return Math.min(width / 2, Math.max(NARROWEST, empty + pages * widthOfPage));
	};
}
