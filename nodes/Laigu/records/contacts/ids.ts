import { range } from 'lodash';

import type { Reading } from './reading';

/** What a WeChat ID is made of: a letter first, then letters, digits, _ and -; 6 to 20 in all. */
const WECHAT_ID = /^[a-z][a-z0-9_-]{5,19}$/;
const LONGEST = 20;
const SHORTEST = 6;

/** Words that stand behind WeChat in Latin letters and are no ID. */
const NO_ID = new Set(
	(
		'please thanks thank number account wechat weixin official program programs payment channel channels moments contact contacts service ' +
		'taobao tiktok douyin kuaishou weibo xiaohongshu redbook alipay zhifubao gongzhonghao xiaochengxu shipinhao friend friends group groups ' +
		'before after tomorrow android samsung iphone xiaomi huawei windows macbook telegram whatsapp facebook instagram twitter business ' +
		'welcome discount student teacher english chinese'
	).split(' '),
);

/** Names of goods that continue with digits. */
const GOODS =
	/^(?:iphone|ipad|macbook|airpods?|huawei|xiaomi|redmi|oppo|vivo|honor|galaxy|samsung|mate|rtx|gtx|switch|ps|xbox|kindle|nike|adidas|type-?c|usb|wifi|windows|win|word|excel|ppt|pdf|office|wps|work|android|ios|mp|model|size|class|level|version|ver)[-_]?\d/;

/** Whether a text in lower case can be a WeChat ID, and is no common word or product. */
export const isAccountId = (text: string): boolean => WECHAT_ID.test(text) && !NO_ID.has(text) && !GOODS.test(text);

/** Whether a text has what words do not have. */
export const hasMark = (text: string): boolean => /[\d_-]/.test(text);

const TOKEN = /[a-z0-9_-]{1,21}/y;

/** l-i-l-e-i */
const SPELLED_OUT = /^[a-z](?:-[a-z0-9]){4,}$/;

/** Blanks and signs between the parts of an ID, where it is written in parts. */
const BETWEEN = /[^\p{L}\p{N}_*?!。,\uE003]{1,3}|\*{1,2}/uy;

/** Signs in the place of nothing, without a blank: li.lei2020. */
const TIGHT = /^[.·・~*|♥\uFFFC]{1,2}$/;

function match(pattern: RegExp, text: string, at: number): string | undefined {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0];
}

/**
 * The WeChat ID that begins at a position, in one piece or written in parts: l i l e i 2 0 2 0, lilei 2020, li.lei_88.
 *
 * @param isTaken whether a character is part of something else
 * @returns the positions of its characters; undefined where there is none
 */
export function readId({ plain }: Reading, from: number, isTaken: (at: number) => boolean): number[] | undefined {
	const characters: number[] = [];
	const parts: string[] = [];
	let at = from;
	for (;;) {
		const part = match(TOKEN, plain, at);
		if (part === undefined || range(at, at + part.length).some(isTaken) || characters.length + part.length > LONGEST)
			break;
		for (let index = 0; index < part.length; index++) characters.push(at + index);
		parts.push(part);
		at += part.length;
		const gap = match(BETWEEN, plain, at);
		const next = gap === undefined ? undefined : match(TOKEN, plain, at + gap.length);
		if (gap === undefined || next === undefined || !goesOn(parts, gap, next)) break;
		at += gap.length;
	}
	// a longer token begins here, or continues: no ID
	if (match(TOKEN, plain, at) !== undefined && parts.length === 0) return undefined;
	if (SPELLED_OUT.test(parts[0]))
		characters.splice(0, characters.length, ...characters.filter((one) => plain[one] !== '-'));
	while (characters.length > 0 && plain[characters[characters.length - 1]] === '-') characters.pop();
	const text = characters.map((position) => plain[position]).join('');
	// words of a sentence are no parts of an ID
	const isSentence = parts.length > 1 && !/\d/.test(text) && parts.some((part) => part.length > 2);
	return isAccountId(text) && !isSentence ? characters : undefined;
}

/** Whether a part belongs to the parts before it. */
function goesOn(parts: string[], gap: string, next: string): boolean {
	// a word and its number: 微信号是我的QQ 12345678
	if (parts.length === 1 && parts[0] === 'qq') return false;
	const length = parts.join('').length;
	const isShort = (part: string) => part.length <= 3;
	if (TIGHT.test(gap)) return length < SHORTEST || /^\d{1,8}$/.test(next) || (parts.every(isShort) && isShort(next));
	const endsInDigits = parts.length > 1 && !/\d/.test(parts.join('')) && /^\d{1,6}$/.test(next);
	return length < SHORTEST || endsInDigits || (parts.every((part) => part.length === 1) && next.length <= 2);
}
