import { oneLine, withoutUnseen } from '../shared/text';
import { asText } from './values';

/** What most of them are: nothing, or a number that needs nothing done. */
const PLAIN_NUMBER = /^\d{0,15}$/;

const WIDE = /[\uff01-\uff5e]/g;

/** What people write between the digits of one number: blanks, dots, dashes and brackets. */
const SEPARATORS = /[\s.\u00b7\u2022\u2024\u2027\u3002\u30fb\uff65\u2010-\u2015\u2212()[\]\u3010\u3011\u3014\u3015-]/g;

/** Digits with such separators, each as long as it goes. */
const WRITTEN = /[+\d\s.\u00b7\u2022\u2024\u2027\u3002\u30fb\uff65\u2010-\u2015\u2212()[\]\u3010\u3011\u3014\u3015-]+/g;

/** What may be one number once its parts are joined: at most 15 digits with a country code (E.164), at most 12 without (0571 8765 4321). */
const ONE_NUMBER = /^(?:\+\d{1,15}|00\d{1,15}|(?:86)?1[3-9]\d{9}|\d{1,12})$/;

const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

const CHINAS_MOBILE = /^\+86(?=1[3-9]\d{9}$)/;

/** One number without its separators; anything else as it stands, and a bracket that belongs to the words beside it. */
function joined(written: string, at: number, text: string): string {
	const digits = written.replace(SEPARATORS, '');
	if (!ONE_NUMBER.test(digits)) return written;
	const closing = at > 0 && /^[)\]】〕]/.test(written) ? written[0] : '';
	const opening = at + written.length < text.length && /[([【〔]$/.test(written) ? written.slice(-1) : '';
	return closing + digits.replace(CHINAS_MOBILE, '') + opening;
}

/**
 * A phone number as a CRM can compare it: full-width characters made plain, invisible ones, blanks, dots, dashes and brackets taken out, +86 taken off
 * a mobile number. Nothing is guessed: a text that is no such number comes back with just that done to it, and two numbers in one field stay apart.
 *
 * @param value what the customer or the agent wrote
 * @returns e.g. `13800138000` for `＋86 (138) 0013-8000`; '' where there is none
 */
export function cleanPhone(value: unknown): string {
	if (typeof value === 'string' && PLAIN_NUMBER.test(value)) return value;
	const text = oneLine(asText(value));
	if (PLAIN_NUMBER.test(text) || typeof value === 'object') return text;
	const plain = withoutUnseen(text).replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
	const cleaned = plain.replace(WRITTEN, joined).trim();
	return SAYS_SOMETHING.test(cleaned) ? cleaned : '';
}
