import { withoutUnseen } from './text';

/** What stands before a token in a header. */
const SCHEME = /^(?:authorization:\s*)?(?:bearer\s+)+/i;

/**
 * A text as somebody meant to paste it: without the invisible characters and the blanks around it that came along, and without the "Bearer" of
 * the header that a token was copied from.
 *
 * @returns '' for anything but a text or a number
 */
export function pastedText(value: unknown): string {
	if (typeof value !== 'string' && typeof value !== 'number') return '';
	const visible = withoutUnseen(`${value}`).replace(/\p{Cc}/gu, ' ');
	return visible.trim().replace(SCHEME, '');
}

/** A token, an ID or a key as somebody meant to paste it: as {@link pastedText}, and without blanks in the middle, where a line was broken. */
export const pastedKey = (value: unknown): string => pastedText(value).replace(/\s/g, '');
