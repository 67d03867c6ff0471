import { isLetterDigit, Kind, kindIn, readCharacter, startsWord } from './characters';
import { LONGEST_GAP } from './digits';

/** A phone number has so many digits at least, a WeChat ID or a QQ number so many letters and digits. */
const FEWEST = { phone: 8, account: 5 };

/** What a text holds, as far as a look at each of its characters tells. */
export interface Look {
	/** Most digits with nothing but separators between them; those that the text begins and ends with; whether these are one. */
	most: number;
	head: number;
	tail: number;
	isWhole: boolean;
	/** Whether so many letters and digits stand together that they can be an account. */
	hasAccount: boolean;
	/** Whether a character stands there that begins a word for WeChat or QQ. */
	hasWord: boolean;
}

/** Looks at each character of a text once. */
export function lookAt(text: string): Look {
	let most = 0;
	let head = -1;
	let digits = 0;
	let values = 0;
	let mostValues = 0;
	let gap = 0;
	let hasWord = false;
	for (let at = 0; at < text.length; at++) {
		const codePoint = text.codePointAt(at) as number;
		if (codePoint > 0xffff) at++;
		const read = readCharacter(codePoint);
		const kind = kindIn(read);
		if (kind === 0) continue;
		if (startsWord(read)) hasWord = true;
		if (kind >= Kind.letter && ++values > mostValues) mostValues = values;
		if (kind >= Kind.digit || isLetterDigit(read)) {
			gap = 0;
			if (++digits > most) most = digits;
			continue;
		}
		gap = kind === Kind.separator ? gap + 1 : 0;
		if (gap > 0 && gap <= LONGEST_GAP) continue;
		if (head < 0) head = digits;
		digits = 0;
		if (kind !== Kind.letter) values = 0;
	}
	const isWhole = head < 0;
	return {
		most,
		head: isWhole ? digits : head,
		tail: digits,
		isWhole,
		hasAccount: mostValues >= FEWEST.account,
		hasWord,
	};
}

/**
 * Which texts can hold a contact, with the texts around that can say what it is: most messages hold none, and need not be read closely.
 *
 * @param looks what {@link lookAt} gave for each text, in order
 * @returns ranges of indexes, from the first to before the last, in order
 */
export function rangesWorthReading(looks: readonly Look[]): Array<[number, number]> {
	const ranges: Array<[number, number]> = [];
	/** Digits that the text before ends with, and the text in which they begin. */
	let carried = 0;
	let begun = 0;
	let hadWord = false;
	for (let index = 0; index < looks.length; index++) {
		const { most, head, tail, isWhole, hasAccount, hasWord } = looks[index];
		if (carried === 0) begun = index;
		const isPhone = most >= FEWEST.phone || (head > 0 && carried + head >= FEWEST.phone);
		if (isPhone || (hasAccount && (hasWord || hadWord))) {
			const first = Math.max(0, begun - 2);
			const last = Math.min(looks.length, index + 2);
			const previous = ranges.at(-1);
			if (previous && previous[1] >= first) previous[1] = last;
			else ranges.push([first, last]);
		}
		carried = isWhole && tail > 0 ? carried + tail : tail;
		if (!isWhole) begun = index;
		hadWord = hasWord;
	}
	return ranges;
}
