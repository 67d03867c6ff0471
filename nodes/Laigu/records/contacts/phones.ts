import { TEXT_BREAK } from './characters';
import type { Closed, Span } from './closed';
import { isInternational, mayStandAfter, mayStandBefore } from './context';
import type { Group } from './digits';
import { isSomethingElse } from './lists';
import type { Reading } from './reading';

/** A phone number in what was read, from its country code on. */
export interface Phone extends Span {
	/** Plain form: 13800138000, 01012345678, +85291234567. */
	value: string;
	/** Positions of its characters, one each, without a plus. */
	characters: number[];
}

/** A number that stands in groups of digits beside one another. */
interface Candidate {
	value: string;
	/** The groups that it is written in, country code included. */
	groups: Group[];
	/** How many of the first digits are no part of the plain form: 86, 0086. */
	prefix: number;
	/** Whether it is grouped as phone numbers are: in one piece, 138 0013 8000, 010-12345678. */
	isUsual: boolean;
}

const MOBILE = /^(?:(?:00)?86)?(1[3-9]\d{9})$/;

/** Area codes are 010, 020 to 029, and of four digits from 03 on. */
const LANDLINE = /^(0(?:10|2\d)|0[3-9]\d\d)([1-9]\d{6,7})$/;

/** Numbers of Hong Kong, Macau and Taiwan, with the code that is dialled for abroad instead of a plus. */
const DIALLED_ABROAD = /^00(?=85[23]|886)/;

/** E.164 allows for 15, here with 00 in front. */
const MOST_DIGITS = 17;
const FEWEST_DIGITS = 8;

/** The groups without those that hold the country code alone. */
function withoutPrefix(groups: Group[], prefix: number): Group[] {
	let length = 0;
	return groups.filter(({ digits }) => (length += digits.length) > prefix);
}

function mobile(groups: Group[], digits: string): Candidate | undefined {
	const value = MOBILE.exec(digits)?.[1];
	if (value === undefined) return undefined;
	const prefix = digits.length - value.length;
	const [first, ...others] = withoutPrefix(groups, prefix).map((group) => group.digits.length);
	const isUsual = others.length === 0 || ((first === 3 || first === prefix + 3) && others.join() === '4,4');
	return { value, groups, prefix, isUsual };
}

function landline(groups: Group[], digits: string): Candidate | undefined {
	const [, areaCode, number] = LANDLINE.exec(digits) ?? [];
	if (areaCode === undefined || (areaCode.length === 3 && number.length === 7)) return undefined;
	const [first, ...others] = groups.map((group) => group.digits);
	// subscribers' numbers begin with 2 to 8; where the number is set apart as one, it need not be so
	const isPlausible = /^[2-8]/.test(number);
	const isApart = first === areaCode && (isPlausible || others.length === 1);
	const isSpelledOut = groups.every((group) => group.digits.length === 1);
	if (!isApart && !isSpelledOut && !(isPlausible && others.length === 0)) return undefined;
	return { value: digits, groups, prefix: 0, isUsual: !isSpelledOut && others.length < 3 };
}

function international(groups: Group[], digits: string, hasPlus: boolean): Candidate | undefined {
	if (!hasPlus && !digits.startsWith('00')) return undefined;
	const prefix = hasPlus ? 0 : (DIALLED_ABROAD.exec(digits)?.[0].length ?? 0);
	const isPlain = groups.slice(1).every(({ gap }) => /^[ ().-]{1,3}$/.test(gap ?? ''));
	if ((!hasPlus && prefix === 0) || !isPlain || !isInternational(digits.slice(prefix))) return undefined;
	return { value: `+${digits.slice(prefix)}`, groups, prefix, isUsual: true };
}

/** How long a number that begins with these digits can be; 0 where there is none. */
function mostDigits(digits: string): number {
	if (digits.startsWith('1')) return /^1[3-9]/.test(digits) || digits.length === 1 ? 11 : 0;
	if (digits.startsWith('8')) return digits[1] === '6' || digits.length === 1 ? 13 : 0;
	if (digits.startsWith('00')) return MOST_DIGITS;
	return digits.startsWith('0') ? 12 : 0;
}

const PLUS_BEFORE = /(?:^|[^a-z0-9])\+[ (]{0,2}$/;

/** What could be a number from a group on, the longest first, whatever stands around it. */
function candidatesAt({ plain }: Reading, groups: Group[], first: number): Candidate[] {
	const { from } = groups[first];
	const before = plain.slice(Math.max(0, from - 4), from);
	const hasPlus = before.includes('+') && PLUS_BEFORE.test(before);
	const found: Candidate[] = [];
	let most = 0;
	let digits = '';
	for (let last = first; last < groups.length; last++) {
		const group = groups[last];
		if (group.isRemnant || (last > first && group.gap === undefined)) break;
		digits += group.digits;
		if (last < first + 3) most = hasPlus ? MOST_DIGITS : mostDigits(digits);
		if (digits.length > most) break;
		if (digits.length < (hasPlus ? FEWEST_DIGITS : 11)) continue;
		const written = groups.slice(first, last + 1);
		const candidate = international(written, digits, hasPlus) ?? mobile(written, digits) ?? landline(written, digits);
		if (candidate) found.unshift(candidate);
	}
	return found;
}

/**
 * Whether a number is set apart from the digits beside it. One that is grouped in the usual way is, unless it is joined to them; any other
 * one only by something that is not in between its own digits. Else it could be the middle of a longer number.
 */
function isApart(
	{ value, groups, prefix, isUsual }: Candidate,
	gap: string | undefined,
	neighbour: Group | undefined,
	isBehind: boolean,
): boolean {
	if (neighbour === undefined || gap === undefined) return true;
	const hasInside = (fits: (own: string) => boolean) =>
		withoutPrefix(groups, prefix).some((group, index) => index > 0 && fits(group.gap ?? ''));
	for (const strong of [TEXT_BREAK, '\n']) if (gap.includes(strong)) return !hasInside((own) => own.includes(strong));
	// an extension: 010-12345678-801
	if (isBehind && value.startsWith('0') && neighbour.digits.length < 5) return true;
	if (isUsual) return gap !== '-' && gap !== '_' && !(isBehind && gap === '.' && neighbour.digits.length < 3);
	return gap !== '' && !hasInside((own) => own === gap);
}

function toPhone({ value, groups, prefix }: Candidate): Phone {
	const all: number[] = [];
	for (const { from, to } of groups) for (let at = from; at < to; at++) all.push(at);
	return { value, characters: all.slice(prefix), from: all[0], to: all[all.length - 1] + 1 };
}

/** Finds the phone numbers among groups of digits, in order; they do not overlap. */
export function findPhones(reading: Reading, groups: Group[], closed: Closed): Phone[] {
	const phones: Phone[] = [];
	/** The first group behind the last number found. */
	let next = 0;
	const isFree = (candidate: Candidate, first: number) => {
		const behind = first + candidate.groups.length;
		const { from } = groups[first];
		const { to } = groups[behind - 1];
		return (
			((first > 0 && first === next) || isApart(candidate, groups[first].gap, groups[first - 1], false)) &&
			(isApart(candidate, groups[behind]?.gap, groups[behind], true) ||
				candidatesAt(reading, groups, behind).length > 0) &&
			mayStandAfter(reading, closed, from) &&
			mayStandBefore(reading, closed, to) &&
			!isSomethingElse(withoutPrefix(candidate.groups, candidate.prefix))
		);
	};
	let first = 0;
	while (first < groups.length) {
		const found = candidatesAt(reading, groups, first).find((candidate) => isFree(candidate, first));
		if (found) {
			phones.push(toPhone(found));
			next = first + found.groups.length;
		}
		first += found?.groups.length ?? 1;
	}
	return phones;
}
