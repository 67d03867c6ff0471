/** Letters, digits and signs in which there is nothing to take out; most texts are made of these alone. */
const ORDINARY = /^[\x20-\x7e\u00c0-\u02ff\u2010-\u2027\u3001-\ud7ff\uff01-\uffee]*$/;

const INVISIBLE = /[\p{Cf}\0]/gu;

/** What nobody sees in any font: format characters, fillers, variation selectors, joiners of marks. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

const ASCII = /^[ -~]*$/;

/** Line breaks and all other control characters, in a run. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/u;

/** The text without U+0000, which PostgreSQL and most other databases refuse. */
export const withoutNull = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '') : text);

/**
 * The text without invisible format characters (Unicode's category Cf) and U+0000: what looks alike is alike. The joiner inside some emoji is one of
 * them, so that a family of three becomes three people.
 */
export const visibleText = (text: string): string => (ORDINARY.test(text) ? text : text.replace(INVISIBLE, ''));

/**
 * The text without anything that nobody sees, for what is a key or is compared: numbers, accounts, tokens. Emoji lose the variation selectors that
 * make them colored, so names and messages keep these.
 */
export const withoutUnseen = (text: string): string => (ASCII.test(text) ? text : text.replace(UNSEEN, ''));

/** Longer texts are looked at by a pattern, which takes less time a character and more to begin with. */
const SHORT = 40;

/** Whether a text is short, and made of Chinese characters and ASCII without blanks around it: most values of a record are. */
function isShortAndPlain(text: string): boolean {
	const last = text.length - 1;
	if (last >= SHORT) return false;
	for (let at = 0; at <= last; at++) {
		const code = text.charCodeAt(at);
		const isPlain =
			code > 0x20 ? code < 0x7f || (code >= 0x4e00 && code < 0xa000) : code === 0x20 && at > 0 && at < last;
		if (!isPlain) return false;
	}
	return true;
}

/**
 * The text as a single line that can be compared and cannot pass for another line: invisible characters taken out, blanks around it too, every line
 * break with the blanks around it one space. The time it takes grows with the length and no faster.
 */
export function oneLine(text: string): string {
	if (isShortAndPlain(text)) return text;
	if (ORDINARY.test(text)) return text.trim();
	const lines = visibleText(text).split(BREAKS);
	if (lines.length === 1) return lines[0].trim();
	return lines
		.map((line) => line.trim())
		.filter((line) => line !== '')
		.join(' ');
}

/** A string, number or flag as trimmed text; '' for anything else. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '';
}

/** Names as a list: from the editor they come as one, from an expression or a text field as text with commas. Blanks and empty ones are left out. */
export function textList(value: unknown): string[] {
	const names: unknown[] = Array.isArray(value) ? value : textOf(value).split(/[,，、]/);
	return names.map((name) => oneLine(textOf(name))).filter((name) => name !== '');
}
