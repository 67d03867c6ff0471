import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Whether the engine's tests run on the Chinese package. */
const IS_CHINESE = process.env.LAIGU_PACKAGE === 'zh';

const DICTIONARY = JSON.parse(readFileSync(path.resolve(__dirname, '../../i18n/zh-CN.json'), 'utf8')) as Record<
	string,
	string
>;

interface Entry {
	english: string;
	pattern: RegExp;
	/** The numbers of what is filled in, in the order of the Chinese text. */
	slots: number[];
	weight: number;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What is filled in may be anything but the end of one sentence and the beginning of the next. */
const FILLED = '((?:(?!(?:。|\\.) )[\\s\\S])*?)';

function entryOf([english, chinese]: [string, string]): Entry {
	const parts = chinese.split(/\{(\d+)\}/);
	const texts = parts.filter((_, index) => index % 2 === 0);
	const body = texts.map(escaped).join(FILLED);
	return {
		english,
		pattern: new RegExp(`^${body}$`),
		slots: parts.filter((_, index) => index % 2 === 1).map(Number),
		weight: texts.join('').length,
	};
}

/** Those with most words of their own come first: what has few fits much. */
const ENTRIES = Object.entries(DICTIONARY)
	.filter(([, chinese]) => /\p{Script=Han}/u.test(chinese))
	.map(entryOf)
	.sort((one, other) => other.weight - one.weight);

/** No message is longer, in characters; what is longer is data. */
const LONGEST = 3_000;

/** What stands between texts that were put together, in Chinese and in English. */
const SEPARATORS = [
	['、', ', '],
	[', ', ', '],
	['. ', '. '],
	[' ', ' '],
];

/** What an error that a language model is told has between what happened and what to do. */
const DETAILS = '\n\nDetails: ';

/** Where a text stands: two English texts may be one in Chinese, and then a name has its capitals, and a word in the middle of a sentence has none. */
type Place = 'alone' | 'name' | 'inside';

const isFit = (english: string, place: Place) =>
	place === 'alone' || (place === 'name' ? /^'?[A-Z]/.test(english) : !/^[A-Z][a-z]+$/.test(english));

function whole(text: string, place: Place): string | undefined {
	for (const { english, pattern, slots } of ENTRIES) {
		const found = isFit(english, place) ? pattern.exec(text) : null;
		if (!found) continue;
		const placeOf = (slot: number): Place => (english.includes(`'{${slot}}'`) ? 'name' : 'inside');
		const filled = slots.map((slot, index) => [slot, inEnglish(found[index + 1], placeOf(slot))] as const);
		return english.replace(/\{(\d+)\}/g, (_, slot) => filled.find(([each]) => each === Number(slot))?.[1] ?? '');
	}
	return undefined;
}

/**
 * A text of the Chinese package in the words of the English one.
 *
 * @param text one text, or several put together
 */
export function inEnglish(text: string, place: Place = 'alone'): string {
	if (!IS_CHINESE || text.length > LONGEST || !/\p{Script=Han}/u.test(text)) return text;
	if (text.startsWith('{"')) {
		const look = (_: string, value: unknown) => (typeof value === 'string' ? inEnglish(value) : value);
		return JSON.stringify(JSON.parse(text, look));
	}
	const [, name, rest] = /^(\w*Error: )([\s\S]*)$/.exec(text) ?? [];
	if (name) return name + inEnglish(rest, place);
	const [before, ...details] = text.split(DETAILS);
	if (details.length > 0) return inEnglish(before, place) + DETAILS + inEnglish(details.join(DETAILS), place);
	const marked = /^([\s\S]*?)( \[Item \d+\])$/.exec(text);
	if (marked) return inEnglish(marked[1], place) + marked[2];
	const found = whole(text, place);
	if (found !== undefined) return found;
	for (const [separator, english] of SEPARATORS) {
		for (let at = text.indexOf(separator); at !== -1; at = text.indexOf(separator, at + 1)) {
			const first = whole(text.slice(0, at), place);
			if (first !== undefined) return first + english + inEnglish(text.slice(at + separator.length), place);
		}
	}
	return text;
}

/**
 * An English text as the package that is tested says it.
 *
 * @param text one that fills in nothing
 */
export const asSaid = (text: string): string => (IS_CHINESE ? DICTIONARY[text] : text);

/** For tests of how something is said in English, and not of what the package does: they are left out for the Chinese one. */
export const testInEnglish = IS_CHINESE ? test.skip : test;
