import { Kind, TEXT_BREAK } from './characters';
import type { Closed, Span } from './closed';
import { mayStandBefore } from './context';
import type { Group } from './digits';
import { hasMark, isAccountId, readId } from './ids';
import { allMatches } from './matches';
import type { Phone } from './phones';
import type { Reading } from './reading';
import { ANNOUNCING, CONNECTORS, wordsIn } from './words';

/** A WeChat ID or a QQ number in what was read. */
export interface Account extends Span {
	kind: 'wechat' | 'qq';
	/** In lower case. */
	value: string;
	/** Positions of its characters, one each. */
	characters: number[];
}

/** What is known before accounts are looked for. */
export interface Known {
	reading: Reading;
	closed: Closed;
	groups: Group[];
	phones: Phone[];
}

/** The IDs that WeChat gives itself. */
const INTERNAL_ID = /(?<![a-z0-9_])wxid_[a-z0-9]{5,25}(?![a-z0-9_])/g;

/** A QQ number; WeChat takes one as an ID, too. */
const QQ_NUMBER = /^[1-9]\d{4,10}$/;

/** Behind a number, it makes an amount of it. */
const UNIT =
	/^\s?(?:[元块万亿个粉人岁年月日点分秒米克斤折件套天位条楼室步次张页%]|[kw](?![a-z])|kg|g(?![a-z])|cm|mm|ml|rmb)/;

/** 加v, and what stands for it: letters behind such a v are the ID. */
const ADDING = /[加+十珈伽嘉佳家私扣我的]\s?$/;

/** Behind the word, it makes it another thing than an account. */
const NO_ACCOUNT = /^[\s]*(?:支付|公众|公號|小程序|视频|群|转|红包|付|收|运动|读书|朋友圈|客服|吗|多少|发|聊|扫)/;
const ENDS_WORD = /^(?:$|[^\p{L}\p{N}]|号|同|也|加|联系|搜)/u;

/** Between a phone number and the word that makes a WeChat ID of it: 13800138000（微信）, 13800138000 加我微信 */
const SAID_OF_PHONE = /^(?:[\s(【[/:]|,(?=[可能加也])|可以?|能|这?个?[是加也就有]|我的?|的){0,8}$/;
/** An ID and what makes it one: lilei2020 是我微信, lilei2020（微信号） */
const SAID_OF_ID = /(?<![a-z0-9_-])([a-z][a-z0-9_-]{5,19})(?:[\s,]{0,2}[这那]?个?就?是我?的?|\s?\()\s?$/;

/** A word for WeChat or QQ, and where its value could begin. */
interface Place {
	kind: Account['kind'];
	from: number;
	to: number;
	/** Where the value would begin. */
	at: number;
	/** Whether the word means the account by itself. */
	isStrong: boolean;
	/** Whether something says that a value comes: a colon, 号, 是, 加 before the word. */
	isAnnounced: boolean;
	/** Whether letters follow the letters of the word with nothing between. */
	isGlued: boolean;
	/** Whether the value would be in the text behind that of the word; it has to be all of it. */
	isInNextText: boolean;
}

/** What a search has found so far, and what it looks things up in. */
interface Search extends Known {
	accounts: Account[];
	accountAt: Map<number, Account>;
	phoneAt: Map<number, Phone>;
	groupAt: Map<number, number>;
	/** 1 for what belongs to a contact. */
	taken: Uint8Array;
}

const isClosed = ({ closed }: Known, at: number) => closed.addresses[at] === 1 || closed.remnants[at] === 1;

function add(search: Search, kind: Account['kind'], characters: number[], value?: string): true {
	for (const at of characters) search.taken[at] = 1;
	const text = value ?? characters.map((at) => search.reading.plain[at]).join('');
	const [from] = characters;
	const account = { kind, value: text, characters, from, to: characters[characters.length - 1] + 1 };
	search.accounts.push(account);
	search.accountAt.set(from, account);
	return true;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

function placeBehind(
	{ reading: { plain, kinds } }: Known,
	kind: Account['kind'],
	from: number,
	to: number,
	isStrong: boolean,
): Place {
	CONNECTORS.lastIndex = to;
	const connectors = CONNECTORS.exec(plain)?.[0] ?? '';
	let at = to + connectors.length;
	const isInNextText = plain[at] === TEXT_BREAK;
	if (isInNextText)
		do at++;
		while (kinds[at] === Kind.separator && plain[at] !== TEXT_BREAK && plain[at] !== '*');
	const isAdded = ADDING.test(plain.slice(Math.max(0, from - 2), from));
	const isGlued = at === to && kinds[to - 1] === Kind.letter && kinds[to] === Kind.letter;
	return { kind, from, to, at, isStrong, isAnnounced: isAdded || ANNOUNCING.test(connectors), isGlued, isInNextText };
}

/** Whether a value that ends at a position is where it has to be: anywhere behind the word, or all of the next text. */
function isInPlace({ reading: { plain, kinds } }: Known, { isInNextText }: Place, end: number): boolean {
	if (!isInNextText) return true;
	let at = end;
	while (kinds[at] === Kind.separator && plain[at] !== TEXT_BREAK) at++;
	return at >= plain.length || plain[at] === TEXT_BREAK;
}

/** Whether a group continues others that are all of one length, with the same between them: 12 34 56 78 9. */
function isEven(before: Group[], { digits, gap }: Group): boolean {
	const [{ digits: first }, second] = before;
	const isOfOneLength = before.every((group) => group.digits.length === first.length);
	return digits.length <= first.length && isOfOneLength && (second === undefined || second.gap === gap);
}

/** The groups from one on that are one number: people write it in one piece, or in several short ones. */
function numberGroups({ reading, closed, groups, taken }: Search, first: number): Group[] {
	const found: Group[] = [];
	let length = 0;
	for (let index = first; index < groups.length; index++) {
		const group = groups[index];
		const size = group.digits.length;
		const follows = group.gap !== undefined && !group.gap.includes(TEXT_BREAK) && length + size <= 11;
		// behind five digits or more, one or two are a number of their own, unless all are written so
		const belongs = length < 5 || (length < 8 && size > 2) || isEven(found, group);
		if (group.isRemnant || taken[group.from] === 1 || (index > first && !(follows && belongs))) break;
		found.push(group);
		length += size;
	}
	const end = found.at(-1)?.to;
	return end !== undefined && mayStandBefore(reading, closed, end) ? found : [];
}

/** Reads a number behind a word: a QQ number, or one that WeChat takes as an ID. */
function readNumber(search: Search, place: Place): boolean {
	const { kind, at, isStrong, isAnnounced } = place;
	const phone = search.phoneAt.get(at);
	if (phone) {
		if (!isInPlace(search, place, phone.to)) return false;
		// a QQ number of eleven digits that is a mobile number is one
		return kind === 'qq' || phone.value.startsWith('0') || add(search, kind, phone.characters, phone.value);
	}
	const first = search.groupAt.get(at);
	if (first === undefined) return false;
	const known = search.accountAt.get(at);
	if (known && known.kind !== kind) return add(search, kind, known.characters, known.value);
	const groups = numberGroups(search, first);
	const digits = groups.map((group) => group.digits).join('');
	const end = groups.at(-1)?.to ?? at;
	const { plain } = search.reading;
	const isSure = isStrong || isAnnounced || (kind === 'qq' && groups.length === 1 && digits.length > 5);
	// 扣1111 is what one types to be counted
	const isCount = !isStrong && /^(\d)\1+$/.test(digits);
	if (
		!isSure ||
		isCount ||
		!QQ_NUMBER.test(digits) ||
		UNIT.test(plain.slice(end, end + 4)) ||
		!isInPlace(search, place, end)
	)
		return false;
	if (kind === 'wechat' && digits.length < 6) return false;
	return add(
		search,
		kind,
		groups.flatMap(({ from, to }) => range(from, to)),
		digits,
	);
}

/** Reads a WeChat ID behind a word. */
function readAccountId(search: Search, place: Place): boolean {
	const { at, from, isStrong, isAnnounced, isGlued } = place;
	const { plain, kinds } = search.reading;
	if (kinds[at] !== Kind.letter) return false;
	const characters = readId(
		search.reading,
		at,
		(position) => search.taken[position] === 1 || isClosed(search, position),
	);
	if (!characters) return false;
	const end = characters[characters.length - 1] + 1;
	const isWord = !hasMark(characters.map((position) => plain[position]).join(''));
	const mayBeWord = isGlued ? /[加+]\s?$/.test(plain.slice(Math.max(0, from - 2), from)) : isStrong || isAnnounced;
	// more words around it: a sentence
	const isInSentence =
		/^\s*[a-z]/.test(plain.slice(end, end + 4)) ||
		(!isAnnounced && /[a-z]\s$/.test(plain.slice(Math.max(0, from - 2), from)));
	if (isWord && (!mayBeWord || isInSentence)) return false;
	return isInPlace(search, place, end) && add(search, 'wechat', characters);
}

/** Reads what stands before a word: a phone number or an ID of which it is said that it is the WeChat ID. */
function readBefore(search: Search, { from, to, isStrong }: Place, phone: Phone | undefined): boolean {
	const { plain } = search.reading;
	const after = plain.slice(to, to + 8);
	if (NO_ACCOUNT.test(after) || !ENDS_WORD.test(after)) return false;
	if (phone && !phone.value.startsWith('0') && from - phone.to <= 8 && SAID_OF_PHONE.test(plain.slice(phone.to, from)))
		return add(search, 'wechat', phone.characters, phone.value);
	const start = Math.max(0, from - 40);
	const said = isStrong ? SAID_OF_ID.exec(plain.slice(start, from)) : null;
	if (!said || !hasMark(said[1]) || !isAccountId(said[1])) return false;
	const characters = range(start + said.index, start + said.index + said[1].length);
	return !characters.some((at) => search.taken[at] === 1 || isClosed(search, at)) && add(search, 'wechat', characters);
}

/** Finds WeChat IDs and QQ numbers by the words for them, which stand in front of them as a rule. */
export function findAccounts(known: Known): Account[] {
	const { reading, closed, groups, phones } = known;
	const words = wordsIn(reading);
	const internalIds = allMatches(INTERNAL_ID, reading.plain);
	if (words.length + internalIds.length + closed.qqMail.length === 0) return [];
	const search: Search = {
		...known,
		accounts: [],
		accountAt: new Map(),
		phoneAt: new Map(phones.map((phone) => [phone.from, phone])),
		groupAt: new Map(groups.map((group, index) => [group.from, index])),
		taken: new Uint8Array(reading.plain.length),
	};
	for (const { characters } of phones) for (const at of characters) search.taken[at] = 1;
	for (const { from, to } of closed.qqMail) add(search, 'qq', range(from, to));
	for (const { 0: id, index } of internalIds)
		if (!isClosed(search, index)) add(search, 'wechat', range(index, index + id.length));
	let passed = 0;
	for (const { 0: word, 1: wechat, 2: wechatWeak, 3: qq, index: from } of words) {
		const to = from + word.length;
		while (passed < phones.length && phones[passed].to <= from) passed++;
		if (search.taken[from] === 1 || isClosed(search, from) || isClosed(search, to - 1)) continue;
		const isWechat = wechat !== undefined || wechatWeak !== undefined;
		const place = placeBehind(search, isWechat ? 'wechat' : 'qq', from, to, wechat !== undefined || qq !== undefined);
		if (readNumber(search, place) || !isWechat || readAccountId(search, place)) continue;
		readBefore(search, place, phones[passed - 1]);
	}
	return search.accounts;
}
