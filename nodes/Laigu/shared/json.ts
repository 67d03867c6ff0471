import type { IDataObject } from 'n8n-workflow';

/** Whether a value of an answer is a JSON object: no list, not null. */
export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whole numbers with fewer digits are exact in JavaScript. */
const LONG = 16;

const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
const MINUS = '-'.charCodeAt(0);

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/**
 * Whether a long run of digits stands where JSON has a number: behind `:`, `,` or `[`. Long digits inside strings, such as IDs, hardly ever do.
 * Looks at every 16th character only, as long as that is no digit.
 */
function mayHoldLongNumber(text: string): boolean {
	let at = LONG - 1;
	while (at < text.length) {
		let before = at;
		while (at - before < LONG && isDigit(text.charCodeAt(before))) before--;
		if (at - before < LONG) {
			at = before + LONG;
			continue;
		}
		if (text.charCodeAt(before) === MINUS) before--;
		while (isBlank(text.charCodeAt(before))) before--;
		if (before < 0 || ':,['.includes(text[before])) return true;
		while (isDigit(text.charCodeAt(at))) at++;
		at += LONG;
	}
	return false;
}

/** Where a string ends that begins at a quote: behind the next quote without an odd number of backslashes before it. */
function endOfString(text: string, start: number): number {
	for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
		let unescaped = end;
		while (text.charCodeAt(unescaped - 1) === BACKSLASH) unescaped--;
		if ((end - unescaped) % 2 === 0) return end + 1;
	}
	return text.length;
}

/** Where a number ends, be it a right one or not: behind whatever JSON's numbers are made of. */
function endOfNumber(text: string, start: number): number {
	let end = start + 1;
	while (end < text.length && (isDigit(text.charCodeAt(end)) || '+-.eE'.includes(text[end]))) end++;
	return end;
}

/** Whether a number is whole and too large for JavaScript. A name is not: in its place JSON has no number. */
function isTooLarge(text: string, start: number, end: number): boolean {
	if (end - start < LONG) return false;
	const number = text.slice(start, end);
	// with more than 16 digits it is too large, so that there is no need to read all of them
	if (!/^-?[1-9]\d*$/.test(number) || Number.isSafeInteger(Number(number.slice(0, LONG + 2)))) return false;
	let next = end;
	while (isBlank(text.charCodeAt(next))) next++;
	return text[next] !== ':';
}

/** Puts quotes around whole numbers that are too large for JavaScript. Goes over the text once, whatever it is. */
function quoteLargeNumbers(text: string): string {
	let quoted = '';
	let copied = 0;
	let at = 0;
	while (at < text.length) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) {
			at = endOfString(text, at);
		} else if (code === MINUS || isDigit(code)) {
			const end = endOfNumber(text, at);
			if (isTooLarge(text, at, end)) {
				quoted += `${text.slice(copied, at)}"${text.slice(at, end)}"`;
				copied = end;
			}
			at = end;
		} else {
			at++;
		}
	}
	return quoted + text.slice(copied);
}

/**
 * Parses JSON without losing digits: whole numbers too large for JavaScript (the ad IDs of some channels) become strings. Takes time in
 * proportion to the text's length, and never throws.
 *
 * @param text the body as received
 * @returns the parsed value, or undefined where the text is not JSON (an HTML page, a cut-off answer)
 */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(mayHoldLongNumber(text) ? quoteLargeNumbers(text) : text);
	} catch {
		return undefined;
	}
}
