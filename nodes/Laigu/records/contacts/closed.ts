import { Kind } from './characters';
import { HIDING_ASTERISKS } from './digits';
import { allMatches } from './matches';
import type { Reading } from './reading';

/** A part of what was read: from the first character to before the last. */
export interface Span {
	from: number;
	to: number;
}

/** What the finder must not take for a contact, or for a part of one. */
export interface Closed {
	/** 1 for the characters of web and mail addresses, by position. */
	addresses: Uint8Array;
	/** 1 for the characters that an earlier masking left of a contact. */
	remnants: Uint8Array;
	/** The numbers in front of @qq.com: they are addresses, and QQ numbers as well. */
	qqMail: Span[];
}

/** Plain ASCII without blanks. */
const TOKEN = /[!-~]+/g;

/** Where an address gives itself away. Endings are those common in Chinese chats; a dot in a sentence makes no address. */
const ADDRESS_MARK =
	/:\/\/|www\.|\.(?:com|cn|net|org|edu|gov|top|xyz|cc|me|io|vip|shop|app|link|tv|co|info|site|club|ltd|store|hk|tw)(?![a-z0-9-])/g;

const HOST_CHARACTER = /[a-z0-9.-]/;
const MAILBOX_CHARACTER = /[a-z0-9._%+-]/;

function startOf(token: string, end: number, characters: RegExp, first: number): number {
	let start = end;
	while (start > first && characters.test(token[start - 1])) start--;
	return start;
}

/** The addresses in a token, which is plain ASCII without blanks. */
function addressesIn(token: string): Array<Span & { isQqMail: boolean }> {
	const found: Array<Span & { isQqMail: boolean }> = [];
	let searched = 0;
	for (const { 0: mark, index } of allMatches(ADDRESS_MARK, token)) {
		if (index < searched) continue;
		const host = startOf(token, index, mark === '://' ? /[a-z]/ : HOST_CHARACTER, searched);
		const isDomain = mark.startsWith('.');
		if (isDomain && host === index) continue;
		const mailbox = isDomain && token[host - 1] === '@' ? startOf(token, host - 1, MAILBOX_CHARACTER, searched) : host;
		const isMail = mailbox < host - 1;
		const end = index + mark.length;
		const goesOn = !isMail && (!isDomain || /[/?#:]/.test(token.charAt(end)));
		const to = goesOn ? token.length : end;
		const isQqMail =
			isMail &&
			/^(?:vip\.)?qq\.com$/.test(token.slice(host, end)) &&
			/^[1-9]\d{4,10}$/.test(token.slice(mailbox, host - 1));
		found.push({ from: mailbox, to, isQqMail });
		searched = to;
	}
	return found;
}

/** Closes the web and mail addresses in one text. */
function closeAddresses(reading: Reading, text: string, textIndex: number, closed: Closed): void {
	if (!text.includes('.') && !text.includes('://')) return;
	const { offsets, textStarts } = reading;
	const last = (textStarts[textIndex + 1] ?? reading.plain.length + 1) - 1;
	let at = textStarts[textIndex];
	const positionOf = (offset: number) => {
		while (at < last && offsets[at] < offset) at++;
		return at;
	};
	for (const { 0: token, index } of allMatches(TOKEN, text)) {
		if (!token.includes('.') && !token.includes('://')) continue;
		for (const address of addressesIn(token.toLowerCase())) {
			const from = positionOf(index + address.from);
			const mailboxEnd = positionOf(index + token.indexOf('@', address.from));
			const to = positionOf(index + address.to);
			closed.addresses.fill(1, from, to);
			if (address.isQqMail) closed.qqMail.push({ from, to: mailboxEnd });
		}
	}
}

const isValue = (kind: number) => kind >= Kind.letter;

/** What masking keeps at most in front of the asterisks, and behind them; a country code can stand in one piece with the former. */
const KEPT = { head: 3, tail: 4, code: 4 };

/**
 * Marks what stands on both sides of asterisks that hide something, so that a masked text is not found again: 138****8000, 1 3 8 * * * * 8 0 0 0.
 */
function markRemnants({ plain, kinds }: Reading, remnants: Uint8Array): void {
	let head = -1;
	let asterisks = 0;
	for (let at = 0; at < plain.length; at++) {
		if (plain[at] === '*') asterisks++;
		else if (kinds[at] !== Kind.separator) {
			if (isValue(kinds[at]) && head >= 0 && asterisks >= HIDING_ASTERISKS && mark(1, at, KEPT.tail, 0))
				mark(-1, head, KEPT.head, KEPT.code);
			head = isValue(kinds[at]) ? at : -1;
			asterisks = 0;
		}
	}

	/** Marks up to so many characters in a direction, and some more in the first group, whole groups only; whether there was one. */
	function mark(step: 1 | -1, from: number, most: number, more: number): boolean {
		let left = most;
		let start = from;
		while (left > 0) {
			// digits of one script are a group; letters are one with the digits among them
			const fits = (at: number) => (kinds[start] === Kind.letter ? isValue(kinds[at]) : kinds[at] === kinds[start]);
			const longest = start === from ? most + more : left;
			let end = start;
			while (isValue(kinds[end]) && fits(end) && Math.abs(end - start) <= longest) end += step;
			const length = Math.abs(end - start);
			if (length > longest || length === 0) break;
			remnants.fill(1, Math.min(start, end - step), Math.max(start, end - step) + 1);
			left -= length;
			start = end;
			while (kinds[start] === Kind.separator && Math.abs(start - end) < most && plain[start] !== '*') start += step;
		}
		return left < most;
	}
}

/** Closes what looks like a contact and is none. */
export function findClosed(reading: Reading, texts: readonly string[]): Closed {
	const length = reading.plain.length;
	const closed: Closed = { addresses: new Uint8Array(length), remnants: new Uint8Array(length), qqMail: [] };
	texts.forEach((text, index) => closeAddresses(reading, text, index, closed));
	if (reading.plain.includes('*')) markRemnants(reading, closed.remnants);
	return closed;
}
