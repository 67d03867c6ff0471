import type { Closed } from './closed';
import { Kind } from './characters';
import type { Reading } from './reading';

/** Words in Latin letters that are written onto a number: tel13800138000, vx13800138000, 13800138000v. */
const LETTERS_BEFORE =
	/^(?:(?:jia|j)?(?:vx?|wx)|qq?|tel|phone|mobile|mob|cell|call|wechat|weixin|whatsapp|ws|dianhua|dh|lxdh|shouji|sjh?|no|hp|ph|[tpm])$/;
const LETTERS_AFTER = /^(?:vx?|wx|qq?|wechat|weixin|tel|ext)$/;

/** What the number behind it is a number of, where that is no phone: orders, parcels, cards, papers, goods, accounts on other platforms. */
const NUMBER_OF_SOMETHING_ELSE = new RegExp(
	`(?:${[
		'(?:订单?|运|快递|物流|包裹|取件|发货|退款|退货|流水|交易|序列|批次?|货|款|型|编|工|学|房|房间|车牌|合同|发票|税|证件?|身份证|执照|备案|许可证|会员|预约|兑换|优惠|激活|邀请|核销|票|卡|银行卡|储蓄卡|信用卡)(?:单|卡)?(?:号码?|编号|id|码)',
		'订单|运单|单号|身份证|银行卡|储蓄卡|信用卡|条形?码|验证码|二维码|流水',
		'(?:抖音|抖店|小红书|红书|快手|微博|b站|哔哩哔哩|淘宝|天猫|京东|拼多多|闲鱼|知乎|游戏|yy|steam)\\s?(?:(?:账|帐|店)?(?:号|id|uid|户)|(?=:))',
		'(?<![a-z])(?:uid|isbn|imei|sku|sn|订单id)',
	].join('|')})(?:码|是|为|:|#|no\\.?|(?<![a-z])[a-z]{1,5}-|[\\s(（【[<「])*$`,
);

const PRICE_BEFORE = /[¥$€£]\s?$/;
const FILE_ENDING = /^\.(?:jpe?g|png|gif|webp|pdf|docx?|xlsx?|pptx?|txt|csv|zip|rar|mp[34])(?![a-z0-9])/;
const AMOUNT_AFTER = /^\s?(?:元|块钱|万元|亿|人民币|rmb)/;

const AROUND = 24;

const isClosed = ({ addresses, remnants }: Closed, at: number) => addresses[at] === 1 || remnants[at] === 1;

/** Whether a phone number may begin at a position, going by what stands in front of it. */
export function mayStandAfter({ plain, kinds }: Reading, closed: Closed, from: number): boolean {
	if (from === 0) return true;
	const before = plain.slice(Math.max(0, from - AROUND), from);
	if (isClosed(closed, from - 1) || /(?:_|[a-z]=)$/.test(before) || PRICE_BEFORE.test(before)) return false;
	if (kinds[from - 1] === Kind.letter) return LETTERS_BEFORE.test(/(?<![a-z])[a-z]+$/.exec(before)?.[0] ?? '');
	return !NUMBER_OF_SOMETHING_ELSE.test(before);
}

/** Whether a phone number may end at a position, going by what stands behind it. */
export function mayStandBefore({ plain, kinds }: Reading, closed: Closed, to: number): boolean {
	if (to === plain.length) return true;
	const after = plain.slice(to, to + AROUND);
	if (isClosed(closed, to) || /^[_%]/.test(after) || FILE_ENDING.test(after) || AMOUNT_AFTER.test(after)) return false;
	return kinds[to] !== Kind.letter || LETTERS_AFTER.test(/^[a-z]+/.exec(after)?.[0] ?? '');
}

/** Calling codes in use (ITU-T E.164), without that of China. */
const CALLING_CODE =
	/^(?:[17]|2(?:[07]|[1-689]\d)|3(?:[0-469]|[578]\d)|4(?:[013-9]|2\d)|5(?:[1-8]|[09]\d)|6(?:[0-6]|[789]\d)|8(?:[124]|[0578]\d)|9(?:[0-58]|[679]\d))/;

/** How long numbers are behind the codes that Chinese customers have most. */
const NATIONAL_NUMBER = new Map([
	['1', /^[2-9]\d{2}[2-9]\d{6}$/],
	['7', /^\d{10}$/],
	['33', /^\d{9}$/],
	['39', /^\d{8,11}$/],
	['44', /^\d{9,10}$/],
	['49', /^\d{7,12}$/],
	['60', /^\d{8,10}$/],
	['61', /^\d{9}$/],
	['65', /^\d{8}$/],
	['66', /^\d{8,9}$/],
	['81', /^\d{9,10}$/],
	['82', /^\d{8,10}$/],
	['852', /^\d{8}$/],
	['853', /^\d{8}$/],
	['886', /^\d{8,9}$/],
]);

/** Landlines of China with its code in front; its mobile numbers are given without. */
const CHINESE_LANDLINE = /^86(?:0?(?:10|2\d)[1-9]\d{7}|0?[3-9]\d\d[1-9]\d{6,7})$/;

/** Whether digits begin with a calling code, and continue with as many as numbers there have. */
export function isInternational(digits: string): boolean {
	if (CHINESE_LANDLINE.test(digits)) return true;
	const code = CALLING_CODE.exec(digits)?.[0];
	return (
		code !== undefined &&
		(NATIONAL_NUMBER.get(code) ?? /^\d{6,12}$/).test(digits.slice(code.length)) &&
		digits.length <= 15
	);
}
