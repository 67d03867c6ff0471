import { minBy, sortedIndexBy } from 'lodash';

import { findAccounts } from './accounts';
import { findClosed } from './closed';
import { digitGroups } from './digits';
import { allMatches } from './matches';
import { findPhones } from './phones';
import type { Phone } from './phones';
import { readTexts, textIndexOf } from './reading';
import type { Reading } from './reading';
import { MAY_SAY_SAME, SAME_NUMBER } from './words';

/** A contact, and where it stands. */
export interface Contact {
	kind: 'phone' | 'wechat' | 'qq';
	/** Plain form. */
	value: string;
	/** Position of its first character in what was read, country code included. */
	from: number;
	to: number;
	/** Positions of the characters of the plain form, one each, without a plus. */
	characters: number[];
}

/** The phone number that a statement at a position is about: the nearest in its text, before or behind; else in the text before or behind. */
function phoneMeant(reading: Reading, phones: Phone[], at: number): Phone | undefined {
	const text = textIndexOf(reading, at);
	const behind = sortedIndexBy<{ from: number }>(phones, { from: at }, 'from');
	const distanceOf = (phone: Phone) => Math.abs(textIndexOf(reading, phone.from) - text);
	const near = phones.slice(Math.max(0, behind - 1), behind + 1).filter((phone) => distanceOf(phone) < 2);
	return minBy(near, distanceOf);
}

/** Of a mobile or foreign number, of which it is said that it is the WeChat ID as well. */
function sameNumbers(reading: Reading, phones: Phone[]): Contact[] {
	if (phones.length === 0 || !MAY_SAY_SAME.test(reading.plain)) return [];
	return allMatches(SAME_NUMBER, reading.plain).flatMap(({ index }) => {
		const phone = phoneMeant(reading, phones, index);
		return phone && !phone.value.startsWith('0') ? [{ ...phone, kind: 'wechat' as const }] : [];
	});
}

/** WeChat IDs with the capital letters that they are written with. */
function asWritten(reading: Reading, texts: readonly string[], { kind, value, characters }: Contact): string {
	if (kind !== 'wechat' || !/[a-z]/.test(value)) return value;
	return characters
		.map((at) => {
			const text = texts[textIndexOf(reading, at)];
			const written = String.fromCodePoint(text.codePointAt(reading.offsets[at]) as number).normalize('NFKC');
			return /^[A-Z]$/.test(written) ? written : reading.plain[at];
		})
		.join('');
}

/**
 * The contacts in texts that follow one another.
 *
 * @returns what was read, and the contacts in order of appearance
 */
export function readContacts(texts: readonly string[]): { reading: Reading; contacts: Contact[] } {
	const reading = readTexts(texts);
	const closed = findClosed(reading, texts);
	const groups = digitGroups(reading, closed.addresses, closed.remnants);
	const phones = findPhones(reading, groups, closed);
	const found: Contact[] = [
		...phones.map((phone) => ({ ...phone, kind: 'phone' as const })),
		...findAccounts({ reading, closed, groups, phones }),
		...sameNumbers(reading, phones),
	];
	const contacts = found.map((contact) => ({ ...contact, value: asWritten(reading, texts, contact) }));
	return { reading, contacts: contacts.sort((a, b) => a.from - b.from) };
}
