import type { ListEndpoint } from './endpoints';
import { SECOND } from '../shared/time';
import type { Micros } from '../shared/time';
import type { Window } from './windows';

/** A record's times, in the order of the endpoint's time fields; undefined where it has none. */
export interface Timed {
	times: Array<Micros | undefined>;
}

/** Orders records by the time that a list filters on. */
export interface TimeOrder {
	/** Takes in what came of a window, before its records are sorted. */
	learn(window: Window, records: Timed[]): void;
	/** The record's time, as far as is known; undefined where it has none at all. */
	timeOf(record: Timed): Micros | undefined;
	/** Sorts in place, oldest first. Records of one instant stay in their order, those without any time come last. */
	sort<Record extends Timed>(records: Record[]): Record[];
}

/**
 * Orders the records of one range. Where the document names two times that the list may filter on, the records decide: a time that lies outside
 * the window in which its record came is not the one. While nothing speaks against it, it is the first.
 */
export function createTimeOrder({ timeFields }: ListEndpoint): TimeOrder {
	let fields = [...timeFields.keys()];
	const timeOf = ({ times }: Timed) => times[fields[0]] ?? times.find((time) => time !== undefined);
	return {
		learn({ from, to }, records) {
			const isIn = (time: Micros | undefined) => time === undefined || (time >= from && time < to + SECOND);
			const fitting = fields.filter((field) => records.every(({ times }) => isIn(times[field])));
			if (fitting.length > 0) fields = fitting;
		},
		timeOf,
		sort: (records) => records.sort((one, other) => (timeOf(one) ?? Infinity) - (timeOf(other) ?? Infinity) || 0),
	};
}
