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

/** The text that UTF-16 units are. */
const toText = (units: Uint16Array, length: number): string =>
	Buffer.from(units.buffer, 0, 2 * length).toString('utf16le');

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
		plain: toText(units, length),
		digits: toText(digits, length),
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
