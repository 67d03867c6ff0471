import { digitUnit, Kind, kindIn, plainUnit, readCharacter, TEXT_BREAK } from './characters';

/** Texts as one sequence of plain characters, each with the place in its text where it stands. */
export interface Reading {
	/** One UTF-16 unit a character: lower case, half width, no invisible ones; {@link TEXT_BREAK} between texts. */
	plain: string;
	/** The same with 0 to 9 for every digit. */
	digits: string;
	kinds: Uint8Array;
	/** Offset of each character in its own text. */
	offsets: Uint32Array;
	/** Index in `plain` of each text's first character. */
	textStarts: number[];
}

/** A contact has five characters at least, each a letter or a digit in some form. */
const FEWEST = 5;

const isValue = (kind: number) => kind >= Kind.letter;

/**
 * How many characters of a text could belong to a contact, counted up to {@link FEWEST}: a cheap first check, as most messages hold none.
 */
export function countValueCharacters(text: string): number {
	let count = 0;
	for (let at = 0; at < text.length && count < FEWEST; at++) {
		const unit = text.charCodeAt(at);
		// of the characters beyond the Basic Multilingual Plane the first half tells little: the code point has to be read
		const isPair = unit >= 0xd800 && unit <= 0xdbff;
		if (isValue(kindIn(readCharacter(isPair ? (text.codePointAt(at) as number) : unit)))) count++;
	}
	return count;
}

/**
 * Which texts can hold a contact or a part of one, or say something about the contact in the text beside them.
 *
 * @returns ranges of indexes, from the first to before the last, in order
 */
export function rangesWorthReading(texts: readonly string[]): Array<[number, number]> {
	const ranges: Array<[number, number]> = [];
	let before = 0;
	for (let index = 0; index < texts.length; index++) {
		const count = countValueCharacters(texts[index]);
		if (count > 0 && before + count >= FEWEST) {
			const first = Math.max(0, index - 2);
			const last = Math.min(texts.length, index + 2);
			const previous = ranges.at(-1);
			if (previous && previous[1] >= first) previous[1] = last;
			else ranges.push([first, last]);
		}
		before = count;
	}
	return ranges;
}

function toText(units: Uint16Array): string {
	let text = '';
	for (let from = 0; from < units.length; from += 8_192)
		text += String.fromCharCode(...units.subarray(from, from + 8_192));
	return text;
}

/** Reads texts that follow one another. */
export function readTexts(texts: readonly string[]): Reading {
	const most = texts.reduce((sum, text) => sum + text.length + 1, 0);
	const units = new Uint16Array(most);
	const digits = new Uint16Array(most);
	const kinds = new Uint8Array(most);
	const offsets = new Uint32Array(most);
	const textStarts: number[] = [];
	let length = 0;
	for (const text of texts) {
		if (textStarts.length > 0) {
			kinds[length] = Kind.separator;
			units[length++] = TEXT_BREAK.charCodeAt(0);
		}
		textStarts.push(length);
		for (let at = 0; at < text.length; at++) {
			const codePoint = text.codePointAt(at) as number;
			const read = readCharacter(codePoint);
			if (kindIn(read) !== 0) {
				units[length] = plainUnit(read);
				digits[length] = kindIn(read) >= Kind.digit ? digitUnit(read) : units[length];
				kinds[length] = kindIn(read);
				offsets[length++] = at;
			}
			if (codePoint > 0xffff) at++;
		}
	}
	return {
		plain: toText(units.subarray(0, length)),
		digits: toText(digits.subarray(0, length)),
		kinds: kinds.subarray(0, length),
		offsets,
		textStarts,
	};
}

/** Index of the text that holds a character. */
export function textIndexOf({ textStarts }: Reading, at: number): number {
	let low = 0;
	let high = textStarts.length;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (textStarts[middle] <= at) low = middle;
		else high = middle;
	}
	return low;
}
