import { Kind } from './characters';
import type { Reading } from './reading';

/** Digits without anything between them, all of one script. */
export interface Group {
	from: number;
	/** Behind the last one. */
	to: number;
	digits: string;
	/** What stands between it and the group before; undefined where that is too far away, or no separator. */
	gap: string | undefined;
	/** Whether it is what an earlier masking left of a contact. */
	isRemnant: boolean;
}

/** More separators than that between two digits are no disguise any more. */
export const LONGEST_GAP = 10;

/** Nor are so many letters and digits together digits. */
const LONGEST_MIXED = 17;

/** So many asterisks hide something, and are no separator. Masking writes that many at least. */
export const HIDING_ASTERISKS = 3;

export const countAsterisks = (text: string): number => text.split('*').length - 1;

const isDigit = (kind: number | undefined) => kind === Kind.digit || kind === Kind.hanDigit;

/** Letters that are written for 0 and 1. */
const isLetterDigit = ({ plain, kinds }: Reading, at: number) => kinds[at] === Kind.letter && 'oli'.includes(plain[at]);

/** What stands between two positions, where that is a gap between digits. */
function gapBetween({ plain, kinds }: Reading, from: number, to: number): string | undefined {
	if (to - from > LONGEST_GAP) return undefined;
	for (let at = from; at < to; at++) if (kinds[at] !== Kind.separator) return undefined;
	const gap = plain.slice(from, to);
	return countAsterisks(gap) >= HIDING_ASTERISKS ? undefined : gap;
}

/** Whether a gap and then a digit, or nothing any more, follows. */
function isBeforeDigit(reading: Reading, from: number): boolean {
	let next = from;
	while (reading.kinds[next] === Kind.separator && next - from < LONGEST_GAP) next++;
	return isDigit(reading.kinds[next]) || isLetterDigit(reading, next) || next === reading.plain.length;
}

/**
 * The groups of digits in what was read, in order. The letters o, l and i count as digits where digits stand next to them, or in the groups
 * around, and no other letter.
 *
 * @param closed 1 for characters that are none of these, by position
 * @param remnants 1 for characters that an earlier masking left
 */
export function digitGroups(reading: Reading, closed: Uint8Array, remnants: Uint8Array): Group[] {
	const { digits, kinds } = reading;
	const groups: Group[] = [];
	const add = (from: number, to: number, written: string) => {
		const before = groups.length > 0 ? groups[groups.length - 1].to : undefined;
		const gap = before === undefined ? undefined : gapBetween(reading, before, from);
		groups.push({ from, to, digits: written, gap, isRemnant: remnants[from] === 1 });
	};
	/** Where what is like the character at a position ends. */
	const endOf = (from: number, fits: (at: number) => boolean) => {
		let to = from;
		while (to < kinds.length && closed[to] === 0 && fits(to)) to++;
		return to;
	};
	const isLatin = (at: number) => kinds[at] === Kind.digit || isLetterDigit(reading, at);
	let at = 0;
	while (at < kinds.length) {
		const kind = kinds[at];
		if (closed[at] === 1 || (!isDigit(kind) && !isLetterDigit(reading, at))) {
			at++;
			continue;
		}
		if (kind === Kind.hanDigit) {
			const to = endOf(at, (next) => kinds[next] === Kind.hanDigit);
			add(at, to, digits.slice(at, to));
			at = to;
			continue;
		}
		const end = endOf(at, (next) => kinds[next] === Kind.digit);
		const to = endOf(end, (next) => next - end <= LONGEST_MIXED && isLatin(next));
		const hasLetters = to > end && kinds[at - 1] !== Kind.letter && kinds[to] !== Kind.letter;
		const hasDigits = end > at || (to > end && /\d/.test(digits.slice(at, to)));
		const isAmongDigits = hasDigits || (to - at <= 4 && groups.length > 0 && isBeforeDigit(reading, to));
		if (hasLetters && isAmongDigits) {
			add(at, to, digits.slice(at, to).replaceAll('o', '0').replace(/[li]/g, '1'));
			at = to;
		} else {
			if (end > at) add(at, end, digits.slice(at, end));
			// letters alone are done with; digits among them are looked at next
			at = hasDigits ? Math.max(end, at + 1) : to;
		}
	}
	return groups;
}
