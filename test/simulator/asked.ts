import type { TimeForm } from './switches';
import { SECOND, parseBeijing, type Micros } from './time';

/** Digits are counted, so that milliseconds (13) are neither seconds nor microseconds by mistake. */
const FORMS: Record<TimeForm, { pattern: RegExp; read: (text: string) => Micros | undefined }> = {
	string: { pattern: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/, read: parseBeijing },
	stringMicroseconds: { pattern: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{6}$/, read: parseBeijing },
	epochSeconds: { pattern: /^\d{9,10}$/, read: (text) => Number(text) * SECOND },
	epochMicroseconds: { pattern: /^\d{15,16}$/, read: Number },
};

/**
 * The instant, in microseconds, that a query parameter asks for; undefined when it is in none of the accepted forms. Strings are Beijing time. "To the
 * second or the microsecond" is Laigu's API document; that strings are meant, and not an epoch, is not documented: a switch.
 */
export function readAskedTime(text: string, forms: readonly TimeForm[]): Micros | undefined {
	for (const form of forms) {
		if (FORMS[form].pattern.test(text)) return FORMS[form].read(text);
	}
	return undefined;
}
