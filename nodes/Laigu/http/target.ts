/** An address that every reader of URLs takes for the same host: scheme, two slashes, host. */
const ABSOLUTE = /^https?:\/\/[^\s/?#@\\]+(?:[/?#]|$)/i;

/** A path that every reader of URLs takes for a path: it may begin with one slash, and no colon or backslash is in it. */
const PATH = /^(?!\/\/)[^\s:?#\\]*(?:[?#]|$)/;

/** Whether a whole address names its host so plainly that every reader of URLs finds the same. */
export const isPlainHost = (address: string): boolean =>
	ABSOLUTE.test(address) && !address.split(/[?#]/, 1)[0].includes('\\') && !/\p{Cc}/u.test(address);

/**
 * Where a request goes, however it was written, as far as every reader of URLs agrees: n8n's helpers, the axios of each n8n and Node.js resolve
 * what is neither a whole address nor a clean path in different ways.
 *
 * @param address `url` or `uri` of the request
 * @param baseURL what a path is added to
 * @returns undefined where readers could disagree
 */
export function targetOf(address: unknown, baseURL: unknown): URL | undefined {
	const text = address instanceof URL ? address.href : address;
	if (typeof text !== 'string' || /\p{Cc}/u.test(text)) return undefined;
	if (isPlainHost(text)) return URL.canParse(text) ? new URL(text) : undefined;
	if (!PATH.test(text) || baseURL === undefined) return undefined;
	const base = targetOf(baseURL, undefined);
	return base && new URL(`${base.origin}${base.pathname}`.replace(/\/?$/, '/') + text.replace(/^\//, ''));
}
