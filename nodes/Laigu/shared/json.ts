import type { IDataObject } from 'n8n-workflow';

/** Whether a value of an answer is a JSON object: no list, not null. */
export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a number of so many digits may stand. Long digits inside a string are no number; looking at each of them would take longer than parsing. */
const MAY_BE_LARGE = /(?:^|[:,[])\s*-?\d{16}/;

/**
 * Parses JSON without losing digits: whole numbers too large for JavaScript (the ad IDs of some channels) become strings.
 *
 * @param text the body as received
 * @returns the parsed value, or undefined where the text is not JSON (an HTML page, a cut-off answer)
 */
export function parseJson(text: string): unknown {
	const exact = MAY_BE_LARGE.test(text)
		? text.replace(/"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
				/^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
			)
		: text;
	try {
		return JSON.parse(exact);
	} catch {
		return undefined;
	}
}
