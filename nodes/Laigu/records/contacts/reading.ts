import { digitUnit, Kind, kindIn, plainUnit, readCharacter, startsWord, TEXT_BREAK } from './characters';

/** Texts as one sequence of plain characters, each with the place in its text where it stands. */
export interface Reading {
	/** One UTF-16 unit a character: lower case, half width, no invisible ones; {@link TEXT_BREAK} between texts. */
	plain: string;
	/** The same with 0 to 9 for every digit. */
	digits: string;
	kinds: Uint8Array;
	/** Offset of each character in its own text. */
	offsets: number[];
	/** Index in `plain` of each text's first character. */
	textStarts: number[];
	/** Indexes in `plain` of all characters with which a word for WeChat or QQ can begin. */
	wordStarts: number[];
}

/** The first letter of jia, the pinyin of 加. */
const J = 'j'.charCodeAt(0);
const BREAK = TEXT_BREAK.charCodeAt(0);

/** In bytes. */
const SMALLEST_BUFFER = 4_096;
const LARGEST_BUFFER = 65_536;

/** UTF-16 units that become a text. All texts share one buffer: to allocate one for each costs more than to read it. */
class Units {
	#buffer = Buffer.alloc(SMALLEST_BUFFER);

	/** Makes the buffer large enough for so many; what an overlong text took is given back with the next text. */
	reserve(count: number): void {
		const { length } = this.#buffer;
		if (length < 2 * count || length > LARGEST_BUFFER)
			this.#buffer = Buffer.alloc(Math.max(SMALLEST_BUFFER, 2 * count));
	}

	put(at: number, unit: number): void {
		this.#buffer[2 * at] = unit & 0xff;
		this.#buffer[2 * at + 1] = unit >> 8;
	}

	/** The text of the first ones. */
	read(count: number): string {
		return this.#buffer.toString('utf16le', 0, 2 * count);
	}
}

const plainUnits = new Units();
const digitUnits = new Units();

/** Reads texts that follow one another. */
export function readTexts(texts: readonly string[]): Reading {
	const most = texts.reduce((sum, text) => sum + text.length + 1, 0);
	plainUnits.reserve(most);
	digitUnits.reserve(most);
	const kinds = new Uint8Array(most);
	const offsets: number[] = [];
	const textStarts: number[] = [];
	const wordStarts: number[] = [];
	let hasOtherDigits = false;
	let length = 0;
	for (const text of texts) {
		if (textStarts.length > 0) {
			kinds[length] = Kind.separator;
			plainUnits.put(length, BREAK);
			digitUnits.put(length, BREAK);
			offsets[length++] = 0;
		}
		textStarts.push(length);
		for (let at = 0; at < text.length; at++) {
			const codePoint = text.codePointAt(at) as number;
			const read = readCharacter(codePoint);
			const kind = kindIn(read);
			if (kind !== 0) {
				const unit = plainUnit(read);
				if (startsWord(read) || unit === J) wordStarts.push(length);
				hasOtherDigits ||= kind === Kind.hanDigit;
				plainUnits.put(length, unit);
				digitUnits.put(length, kind >= Kind.digit ? digitUnit(read) : unit);
				kinds[length] = kind;
				offsets[length++] = at;
			}
			if (codePoint > 0xffff) at++;
		}
	}
	const plain = plainUnits.read(length);
	return {
		plain,
		digits: hasOtherDigits ? digitUnits.read(length) : plain,
		kinds: kinds.subarray(0, length),
		offsets,
		textStarts,
		wordStarts,
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
