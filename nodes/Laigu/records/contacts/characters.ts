/** What a character can be part of. */
export const Kind = { word: 1, separator: 2, letter: 3, digit: 4, hanDigit: 5 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** Stands between texts that are read as one. Characters for private use in a text are read as pictures. */
export const TEXT_BREAK = '\uE003';

/** In the place of pictures, and of letters beyond the Basic Multilingual Plane: one unit a character keeps positions simple. */
const PICTURE = '\uFFFC';
const RARE_LETTER = '\uFFFD';

/** Pictures that stand for WeChat and QQ. */
export const SATELLITE = '\uE000';
export const GREEN_HEART = '\uE001';
export const PENGUIN = '\uE002';

const HAN_DIGITS = [
	'〇零○◯洞',
	'一壹弌幺〡',
	'二贰貳弐两兩〢',
	'三叁參叄叄弎〣',
	'四肆〤',
	'五伍〥',
	'六陆陸〦',
	'七柒〧',
	'八捌〨',
	'九玖〩',
];
const hanDigits = new Map(HAN_DIGITS.flatMap((all, digit) => [...all].map((one) => [one, digit] as const)));

/** Digits and letters that Unicode does not decompose: from this code point on, the characters of the text. */
const SERIES: Array<[number, string]> = [
	[0x24eb, '\uFFFC'.repeat(10) + '1234567890'.slice(0, 9)],
	[0x24ff, '0'],
	[0x2776, '123456789'],
	[0x2780, '123456789'],
	[0x278a, '123456789'],
	[0x1f10b, '00'],
	[0x1f150, 'abcdefghijklmnopqrstuvwxyz'],
	[0x1f170, 'abcdefghijklmnopqrstuvwxyz'],
	[0x1f1e6, 'abcdefghijklmnopqrstuvwxyz'],
];

/** Characters that are taken for others: small capitals, Greek and Cyrillic letters that look Latin, and signs. */
const LOOKALIKES = new Map(
	[
		['ᴀаα', 'a'],
		['ʙв', 'b'],
		['ᴄс', 'c'],
		['ᴅ', 'd'],
		['ᴇеε', 'e'],
		['ꜰ', 'f'],
		['ɢ', 'g'],
		['ʜн', 'h'],
		['ɪіι', 'i'],
		['ᴊј', 'j'],
		['ᴋкκ', 'k'],
		['ʟ', 'l'],
		['ᴍм', 'm'],
		['ɴ', 'n'],
		['ᴏоο', 'o'],
		['ᴘрρ', 'p'],
		['ǫ', 'q'],
		['ʀ', 'r'],
		['ꜱѕ', 's'],
		['ᴛтτ', 't'],
		['ᴜυ', 'u'],
		['ᴠνѵ∨', 'v'],
		['ᴡѡω', 'w'],
		['хχ✗✘', 'x'],
		['ʏу', 'y'],
		['ᴢ', 'z'],
		['➕✚', '+'],
		['ー', '-'],
		['❤♥♡❥💙💛💜💗💖💕💓💞🧡🖤🤍🤎❣', '♥'],
		['🛰', SATELLITE],
		['💚', GREEN_HEART],
		['🐧', PENGUIN],
		['➡➜➔➙➛➝➞⇒⟶☞👉', '→'],
	].flatMap(([all, plain]) => [...all].map((one) => [one, plain] as const)),
);

/** What leaves no mark on the screen, or only decorates the character before: format characters, combining marks, fillers. */
const INVISIBLE = /^[\p{Cf}\p{M}\p{Cc}\u115F\u1160\u3164\uFFA0]$/u;

/** The digit of a decimal digit of any script: they come in series from 0 to 9. */
function decimalDigit(codePoint: number): string {
	let zero = codePoint;
	while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
	return `${(codePoint - zero) % 10}`;
}

/** The one character that a character stands for, in lower case; '' for what is not seen. */
function simplify(codePoint: number): string {
	const character = String.fromCodePoint(codePoint);
	if (/[\n\r\u0085\u2028\u2029]/.test(character)) return '\n';
	if (/\s/.test(character)) return ' ';
	if (INVISIBLE.test(character)) return '';
	if (/\p{Co}/u.test(character)) return PICTURE;
	const lower = character.toLowerCase();
	const alike = LOOKALIKES.get(lower);
	if (alike !== undefined) return alike;
	for (const [first, series] of SERIES)
		if (codePoint >= first && codePoint < first + series.length) return series[codePoint - first];
	if (/\p{Nd}/u.test(character)) return decimalDigit(codePoint);
	// e.g. ⑴ becomes (1), ⒈ becomes 1. and ㈠ becomes (一)
	const decomposed = lower.normalize('NFKC').toLowerCase();
	const [told, more] = decomposed.match(/[\p{L}\p{N}]/gu) ?? [];
	if (more !== undefined) return lower.length === 1 && /\p{L}/u.test(lower) ? lower : PICTURE;
	if (told !== undefined) return told.length === 1 ? told : RARE_LETTER;
	if (/\p{Pd}/u.test(character)) return '-';
	return decomposed.length === 1 ? decomposed : PICTURE;
}

function kindOf(plain: string): Kind {
	if (/[0-9]/.test(plain)) return Kind.digit;
	if (hanDigits.has(plain)) return Kind.hanDigit;
	if (/[a-z]/.test(plain)) return Kind.letter;
	return /[\p{L}\p{N}\uFFFD]/u.test(plain) ? Kind.word : Kind.separator;
}

/** What a word for WeChat or QQ can begin with. */
const WORD_STARTS = new Set(`微薇威徽维維唯溦葳卫衛魏位v√w绿小q扣抠叩蔻秋球丘企${SATELLITE}${GREEN_HEART}${PENGUIN}`);

/** Letters that are written for 0 and 1. */
const LETTER_DIGITS = new Set('oli');

/** Bits of what is known of a character, above its unit (16), its kind (4) and its digit (4). */
const STARTS_WORD = 1 << 24;
const LETTER_DIGIT = 1 << 25;

/** What was worked out before, a plane of Unicode each: the kind and the plain unit. 0: not yet; a kind of 0: not seen. */
const known = [new Uint32Array(0x10000), new Uint32Array(0x10000)];
const NOT_SEEN = 0xffff;

/**
 * A character as the finder reads it, packed into a number for speed.
 *
 * @param codePoint any code point, lone surrogates included
 * @returns {@link plainUnit} and {@link kindIn} read it
 */
export function readCharacter(codePoint: number): number {
	const plane = codePoint >> 16;
	if (plane > 1) return plane === 14 ? NOT_SEEN : (Kind.word << 16) | RARE_LETTER.charCodeAt(0);
	const table = known[plane];
	const place = codePoint & 0xffff;
	if (table[place] === 0) {
		const plain = simplify(codePoint);
		const digit = (hanDigits.get(plain) ?? plain).toString().charCodeAt(0) & 0xf;
		const flags = (WORD_STARTS.has(plain) ? STARTS_WORD : 0) | (LETTER_DIGITS.has(plain) ? LETTER_DIGIT : 0);
		table[place] = plain === '' ? NOT_SEEN : flags | (digit << 20) | (kindOf(plain) << 16) | plain.charCodeAt(0);
	}
	return table[place];
}

/** The UTF-16 unit that a character stands for. */
export const plainUnit = (read: number): number => read & 0xffff;

/** Its kind; 0 for what is not seen. */
export const kindIn = (read: number): number => (read >> 16) & 0xf;

/** The UTF-16 unit of its digit, for the kinds digit and hanDigit. */
export const digitUnit = (read: number): number => 0x30 + ((read >> 20) & 0xf);

/** Whether a word for WeChat or QQ can begin with it, except for the pinyin of 加: that has another such character in it. */
export const startsWord = (read: number): boolean => (read & STARTS_WORD) !== 0;

/** Whether it is a letter that is written for 0 or 1. */
export const isLetterDigit = (read: number): boolean => (read & LETTER_DIGIT) !== 0;
