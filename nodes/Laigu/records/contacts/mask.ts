import type { Contact } from './find';
import { readContacts } from './find';
import { textIndexOf } from './reading';
import type { Reading } from './reading';
import { lookAt, rangesWorthReading } from './worthReading';

/** What masking leaves of a contact. */
const ALREADY_MASKED = /^[^*]{0,3}\*{3,}[^*]{0,4}$/u;

/** What people put between several contacts in one field. */
export const TOKEN = /[^\s,，;；/、|()（）[\]【】:：]+/gu;

/**
 * How much of a contact stays readable, at its beginning and at its end: 138****8000, li******20, 1***5. Three asterisks at least stand
 * between, so that a masked contact is known as one.
 */
export function kept(value: string): { head: number; tail: number } {
	if (/^\+?\d{10,}$/.test(value) && value.length > 10) return { head: 3, tail: 4 };
	const { length } = [...value];
	if (length >= 8) return { head: 2, tail: 2 };
	return length >= 5 ? { head: 1, tail: 1 } : { head: 0, tail: 0 };
}

/** What is or could be one contact in a field, masked. */
function maskToken(token: string): string {
	if (ALREADY_MASKED.test(token)) return token;
	const characters = [...token];
	const { head, tail } = kept(token);
	return characters.map((one, at) => (at < head || at >= characters.length - tail ? one : '*')).join('');
}

/** The characters of a contact that are hidden, by position. */
function hiddenCharacters({ value, characters }: Contact): number[] {
	const { head, tail } = kept(value);
	// a plus is not among the characters
	const first = value.startsWith('+') ? head - 1 : head;
	return characters.slice(first, characters.length - tail);
}

/** One text with an asterisk for each of its characters that stand at some offsets. */
export function withAsterisks(text: string, offsets: number[]): string {
	let masked = '';
	let done = 0;
	for (const offset of offsets) {
		masked += `${text.slice(done, offset)}*`;
		done = offset + ((text.codePointAt(offset) as number) > 0xffff ? 2 : 1);
	}
	return masked + text.slice(done);
}

function hiddenOffsets(reading: Reading, contacts: Contact[], texts: number): number[][] {
	const hidden = new Set(contacts.flatMap(hiddenCharacters));
	const offsets: number[][] = Array.from({ length: texts }, () => []);
	for (const at of [...hidden].sort((a, b) => a - b)) offsets[textIndexOf(reading, at)].push(reading.offsets[at]);
	return offsets;
}

/** The texts with what is found in them masked; those without a contact are the same strings. */
function maskOnce(texts: readonly string[]): string[] {
	const masked = [...texts];
	for (const [first, last] of rangesWorthReading(texts.map(lookAt))) {
		const read = texts.slice(first, last);
		const { reading, contacts } = readContacts(read);
		if (contacts.length === 0) continue;
		hiddenOffsets(reading, contacts, read.length).forEach((offsets, index) => {
			masked[first + index] = withAsterisks(read[index], offsets);
		});
	}
	return masked;
}

/** The texts masked until nothing is found in them any more, which is after one round but for the oddest of texts. */
export function maskSeries(texts: readonly string[]): string[] {
	const masked = maskOnce(texts);
	return masked.every((text, index) => text === texts[index]) ? masked : maskSeries(masked);
}

/** A field that holds contacts and nothing else, masked: phone numbers in plain form, whatever else stands there by its parts. */
export function maskField(value: string): string {
	const { reading, contacts } = readContacts([value]);
	let masked = '';
	let done = 0;
	for (const { kind, value: phone, from, to } of contacts) {
		if (kind !== 'phone') continue;
		// a plus in front is part of the plain form, and so is a bracket around the country code of none
		masked +=
			value
				.slice(done, reading.offsets[from])
				.replace(/(?<![+＋(（])[+＋(（]+$/, '')
				.replace(TOKEN, maskToken) + maskToken(phone);
		done = to < reading.plain.length ? reading.offsets[to] : value.length;
	}
	return masked + value.slice(done).replace(TOKEN, maskToken);
}
