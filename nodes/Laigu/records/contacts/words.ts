import { GREEN_HEART, PENGUIN, SATELLITE, TEXT_BREAK } from './characters';
import type { Reading } from './reading';

/** What may stand between the characters of a word: 微 信, v.x, w♥x */
const THIN = `[\\s.·・\\-~|/♥${GREEN_HEART}\uFFFC]{0,2}`;

const NO_LETTER_BEFORE = '(?<![a-z])';

/** WeChat, and what people write so that a platform does not see it. */
export const WECHAT_STRONG = [
	`[微薇威徽维維唯溦葳卫衛魏位v√w]${THIN}(?:信|訊|讯)`,
	`[微薇威徽维溦葳卫衛]${THIN}[星芯心杏♥]`,
	`[微薇威]${THIN}x(?![a-z])`,
	`微${THIN}亻${THIN}言`,
	`${NO_LETTER_BEFORE}[vw](?:ei)?${THIN}[芯心♥信](?:x(?![a-z]))?`,
	`${NO_LETTER_BEFORE}we${THIN}chat`,
	`${NO_LETTER_BEFORE}wei${THIN}xin`,
	// in pinyin, i or u follows an x: +vxiaomei is v and xiaomei
	`${NO_LETTER_BEFORE}[wv](?:x(?:in(?![a-z])|(?![iu]))|${THIN}x(?![a-z]))`,
	`${NO_LETTER_BEFORE}jia${THIN}(?:vx?|wx)(?![a-z])`,
	'绿(?:色)?(?:泡泡?|聊天?(?:软件)?|软件|app|图标)',
	'小绿(?:泡|软件)',
	SATELLITE,
	GREEN_HEART,
].join('|');

/** Words that are WeChat only where an ID follows at once. */
export const WECHAT_WEAK = [
	'[微薇葳溦]',
	// 加v and +v go together with letters behind them: 加vlilei2020
	'(?<=[加+十珈伽嘉佳家私扣][\\s]?)v',
	`${NO_LETTER_BEFORE}(?<!\\d)v(?![a-z])`,
].join('|');

export const WECHAT = `${WECHAT_STRONG}|${WECHAT_WEAK}`;

export const QQ_STRONG = [
	`${NO_LETTER_BEFORE}q${THIN}q(?![a-z])`,
	`[扣抠叩蔻][扣抠叩蔻]`,
	'扣q',
	'[秋球丘]{2}',
	'企鹅',
	PENGUIN,
	`(?:${NO_LETTER_BEFORE}q|扣)号码?`,
].join('|');

export const QQ_WEAK = `${NO_LETTER_BEFORE}(?<!\\d)q(?![a-z])|[扣抠](?!除|款|费|子)`;

export const QQ = `${QQ_STRONG}|${QQ_WEAK}`;

/** A group for each: strong and weak words for WeChat, strong and weak words for QQ. */
const WORD = `(${WECHAT_STRONG})|(${WECHAT_WEAK})|(${QQ_STRONG})|(${QQ_WEAK})`;

const WORD_AT = new RegExp(WORD, 'uy');

/** The words for WeChat and QQ in what was read. They are looked for where one can begin, which is in few places. */
export function wordsIn({ plain, wordStarts }: Pick<Reading, 'plain' | 'wordStarts'>): RegExpExecArray[] {
	const found: RegExpExecArray[] = [];
	let end = 0;
	for (const at of wordStarts) {
		if (at < end) continue;
		WORD_AT.lastIndex = at;
		const word = WORD_AT.exec(plain);
		if (word === null) continue;
		found.push(word);
		end = at + word[0].length;
	}
	return found;
}

/** Signs and blanks, but no end of a sentence and no asterisks that hide something. */
const SEPARATORS = `[^\\p{L}\\p{N}*?!。${TEXT_BREAK}]|[*!](?![*!]{2})`;

const LATIN_CONNECTORS = [
	'id',
	'is',
	'no',
	'number',
	'account',
	'hao',
	'h',
	'add',
	'me',
	'my',
	'vx',
	'wx',
	'v',
	'wechat',
	'weixin',
	'app',
];

/** What stands between the word and the value, bounded: 号是：, 加我，, → */
export const CONNECTORS = new RegExp(
	[
		`(?:[/和或跟与、+&,]\\s?(?:${WECHAT_STRONG}|${QQ_STRONG})|(?:${WECHAT_STRONG}|${QQ_STRONG})(?=号?[同都]))?`,
		// the longer ones first: what is taken is not given back
		'(?:号码|一下|(?:手机|电话)号?码?|',
		`[号是为為我的就账帐賬户加搜索名字联系吧哦呢哈呀啊呐啦这个這個在如下给你您请都也发用叫和与同方式可以填写留麻烦直接添聊]`,
		`|(?<![a-z])(?:${LATIN_CONNECTORS.join('|')})(?![a-z0-9_-])`,
		`|${SEPARATORS}`,
		'){0,16}',
	].join(''),
	'uy',
);

/** Connectors that announce a value. */
export const ANNOUNCING = /[:=→号是为為]|(?<![a-z])(?:id|is)(?![a-z])/;

/** What stands between a word and its value, without words. */
const SIGNS = `[^\\p{L}\\p{N}${TEXT_BREAK}]{0,4}`;

const PHONE_WORD = '(?:手机|电话|號码|号码|手机号码?|电话号码?|本机|这个|同号)';

/** Part of each way to say that the phone number is the WeChat ID: a quick look, since most texts do not say so. */
export const MAY_SAY_SAME = new RegExp(
	`同|一[样致]|${PHONE_WORD}[就也都即是]|是(?:我的?)?${PHONE_WORD}|这个?就?是`,
	'u',
);

/** Says that the phone number is the WeChat ID: 微信同号, 同v, 手机号就是微信. */
export const SAME_NUMBER = new RegExp(
	[
		'(?<![不非没])(?:',
		`(?:${WECHAT})(?:[和跟与/]?${PHONE_WORD})?号?(?:也|都)?同(?:号|步|一?个?号|手机|电话|名)?(?!意|时|事|城|学|款)`,
		`|(?:也|都)?同(?:号|步|是)?(?:${WECHAT})`,
		`|${PHONE_WORD}(?:[就也都即]是?|是)(?:我的?)?(?:${WECHAT})(?:号)?(?!支|公|群|付|转)`,
		`|(?:${WECHAT})(?:号)?[就也都即]?是(?:我的?)?${PHONE_WORD}`,
		`|(?:${WECHAT})(?:号)?(?:和|跟|与)?${PHONE_WORD}(?:号)?一样`,
		`|${PHONE_WORD}[和跟与/]?(?:${WECHAT})号?(?:也|都)?(?:一样|同步|一致|同)(?!意|时|事|城|学|款)`,
		`|(?<=^|${TEXT_BREAK})这个?就?是我的?(?:${WECHAT})号?(?=$|[^\\p{L}\\p{N}])(?!${SIGNS}[a-z0-9])`,
		`|[电手机]微同号|微[电手机]同号|同号`,
		')',
	].join(''),
	'gu',
);
