import { Kind, kindIn, readCharacter } from './characters';
import { readContacts } from './find';
import { maskField, maskSeries } from './mask';
import { lookAt, rangesWorthReading } from './worthReading';

export { accountsIn, maskAccounts } from './knownAccounts';

/** How a person can be reached, each once, in the order of the chat. */
export interface Contacts {
	/** 13800138000, 01012345678, +85291234567 */
	phones: string[];
	wechats: string[];
	qqs: string[];
}

/** The first of those values that differ in nothing but case. */
function distinct(values: string[]): string[] {
	const seen = new Set<string>();
	return values.filter((value) => seen.size < seen.add(value.toLowerCase()).size);
}

/** Stands for a known contact: part of no number and of no account. */
const TAKEN_OUT = '\uFFFD';

/** Whether a value continues with the character beside it: with a digit in any script, a Latin letter, or a sign that joins. */
const goesOn = (text: string, at: number): boolean =>
	at >= 0 &&
	at < text.length &&
	(kindIn(readCharacter(text.charCodeAt(at))) >= Kind.letter || '_+@.-'.includes(text[at]));

/** A text without a value, wherever it stands by itself. */
function without(text: string, value: string): string {
	let left = '';
	let from = 0;
	for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, from)) {
		const end = at + value.length;
		const isPart = goesOn(text, at - 1) || goesOn(text, end);
		left += text.slice(from, at) + (isPart ? value : TAKEN_OUT);
		from = end;
	}
	return left + text.slice(from);
}

/**
 * Contact details in texts that one person wrote one after the other; a number that is split over two neighbouring texts counts.
 *
 * @param known gives contacts that need not be found, as they may stand in the texts: where nothing else can be one, the texts are not read closely
 */
export function findContacts(texts: readonly string[], known: () => readonly string[] = () => []): Contacts {
	const looks = texts.map(lookAt);
	const ranges = rangesWorthReading(looks);
	const isAllKnown = () => {
		const values = known();
		if (values.length === 0) return false;
		const others = texts.map((text, index) => {
			const left = values.reduce(without, text);
			return left === text ? looks[index] : lookAt(left);
		});
		return rangesWorthReading(others).length === 0;
	};
	if (ranges.length === 0 || isAllKnown()) return { phones: [], wechats: [], qqs: [] };
	const found = ranges.flatMap(([first, last]) => readContacts(texts.slice(first, last)).contacts);
	const valuesOf = (kind: string) =>
		distinct(found.filter((contact) => contact.kind === kind).map(({ value }) => value));
	return { phones: valuesOf('phone'), wechats: valuesOf('wechat'), qqs: valuesOf('qq') };
}

/**
 * Masks the contacts in texts that one person wrote one after the other; one that is split over two neighbouring texts counts.
 *
 * @returns a text for each, with `*` for what is hidden and everything else as it was; masking once more changes nothing
 */
export function maskTexts(texts: readonly string[]): string[] {
	return maskSeries(texts);
}

/**
 * Masks the contacts in a text, in the spelling that they have: 138****8000, 1-3-8-*-*-*-*-8-0-0-0, li*****20.
 *
 * @returns the text with `*` for what is hidden and everything else as it was; masking once more changes nothing
 */
export function maskText(text: string): string {
	return maskSeries([text])[0];
}

/**
 * Masks a value that is a contact by its field, whatever it looks like: of eleven digits and more the first three and last four stay, of
 * eight characters and more the first two and last two, of five and more the first and the last, of fewer none.
 *
 * @returns e.g. `138****8000` for `138 0013 8000`; masking once more changes nothing
 */
export function maskValue(value: string): string {
	return maskField(value);
}
