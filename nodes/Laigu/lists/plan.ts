import { CLOCK_TOLERANCE, SECOND } from '../shared/time';
import type { Micros } from '../shared/time';
import { widthOf } from './windows';
import type { Window } from './windows';

/** A window that nobody cuts any further, for it would not hold less. */
export const NARROWEST_PART: Micros = 60 * SECOND;

/** The pages that a part should hold: with fewer, too many last pages are half empty; with more, the others wait for the last part. */
const PAGES_A_PART = 14;

/** When a window is cut, and how. */
interface Rule {
	/** The pages that have to be read first. */
	after: number;
	/** What has to be still to come: pages, and a multiple of the pages that will be read twice. */
	least: number;
	worth: number;
	mostParts: number;
	/** How many pages at least say how fast the list continues: a burst of less is no peak. */
	span: number;
	/** The share of a page's records that lie before its place on the way through the window. */
	place: number;
}

/** The whole range: cut early, since nobody else has anything to do. */
const FIRST: Rule = { after: 2, least: 10, worth: 5, mostParts: 32, span: 3, place: 0.8 };

/** A part of it: cut where it turns out to hold a peak. Conversations that ended long after others of their page do not count. */
const LATER: Rule = { after: 6, least: 60, worth: 8, mostParts: 16, span: 6, place: 0.5 };
const DEEPEST = 4;

/** A list whose order says nothing of time is cut once, after so many pages. */
const BLIND_AFTER = 5;

const LARGEST_SAMPLE = 1_000;

export const byTime = (one: Micros, other: Micros) => one - other;
/** The value below which a share of the sorted ones lies; undefined where there are none. */
export const quantile = (sorted: Micros[], share: number): Micros | undefined =>
	sorted[Math.floor(share * (sorted.length - 1))];

const evenSeams = ({ from, to }: Window, parts: number): Micros[] =>
	Array.from({ length: parts - 1 }, (_, index) => from + ((to - from) * (index + 1)) / parts);

/** Seams that leave about as many records in each part, as far as a sample of them tells. */
function seamsOfSample(window: Window, sample: Micros[], parts: number): Micros[] {
	if (sample.length < 2 * parts) return evenSeams(window, parts);
	const sorted = [...sample].sort(byTime);
	return evenSeams({ from: 0, to: sorted.length }, parts).map((place) => sorted[Math.floor(place)]);
}

/**
 * Watches the chain of a window that holds more than one page, and says where to cut the window; its pages are then read again, in narrower
 * windows. The pages' times only tell whether that pays: no answer tells how many there are. The plan depends on nothing but these pages,
 * so that it is the same whichever answer is ready first.
 *
 * A list that goes by time is cut where much more is to come than was read, evenly. One that does not is a sample of the whole: it is cut
 * once, by that sample.
 *
 * @param window the window
 * @param depth how often the range was cut until it came to this window
 * @param concurrency how many windows are read at once
 * @returns takes the times of each page, as far as its records show any; gives instants to cut at, or undefined for reading on
 */
export function planFor(window: Window, depth: number, concurrency: number) {
	const rule = depth === 0 ? FIRST : LATER;
	const isCuttable = concurrency > 1 && depth < DEEPEST && widthOf(window) >= 2 * NARROWEST_PART;
	const sample: Micros[] = [];
	// how far the pages have come, page by page
	const reach: Micros[] = [];

	/** The pages that are still to come, if the list goes by time and continues as it did last; undefined if it does not go by time. */
	function pagesLeft(): number | undefined {
		const count = reach.length;
		const span = Math.min(count, Math.max(rule.span, Math.ceil(count / 4)));
		const way = [window.from, ...reach].slice(-span - 1);
		if (way.some((place, index) => index > 0 && place <= way[index - 1])) return undefined;
		const pages = span === count ? span - 1 + rule.place : span;
		return (window.to - way[span]) / ((way[span] - way[0]) / pages);
	}

	return (times: Micros[]): Micros[] | undefined => {
		if (!isCuttable) return undefined;
		const sorted = [...times].sort(byTime);
		if (sample.length < LARGEST_SAMPLE) sample.push(...sorted);
		reach.push(Math.max(quantile(sorted, rule.place) ?? -Infinity, reach.at(-1) ?? window.from));
		const count = reach.length;
		if (count < rule.after) return undefined;

		const left = pagesLeft();
		if (left === undefined) {
			return depth === 0 && count >= BLIND_AFTER ? seamsOfSample(window, sample, 2 * concurrency) : undefined;
		}
		if (left < Math.max(rule.least, rule.worth * count)) return undefined;
		const total = left + count;
		const forAll = depth === 0 ? Math.min(2 * concurrency, Math.floor(total / 2)) : 2;
		return evenSeams(window, Math.min(rule.mostParts, Math.max(forAll, Math.ceil(total / PAGES_A_PART))));
	};
}

/**
 * The instant after which records may still come in: a record that changes while the list is read goes to a window behind it. Windows
 * behind it are therefore read last.
 *
 * @param startedAt when the run began, by n8n's clock
 */
export const presentOf = (startedAt: Micros): Micros => startedAt - CLOCK_TOLERANCE;
