import { pick, text, type Random } from './random';

const DIGITS = '零一二三四五六七八九';
const spoken = (phone: string): string => phone.replace(/\d/g, (digit) => DIGITS[Number(digit)]);

/** Lines with a contact in them, written as people do who do not want it to be found. */
const HIDDEN: ReadonlyArray<(phone: string, wechat: string) => string> = [
	(phone) => `我电话${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)},下午联系`,
	(_, wechat) => `加我V❤ ${wechat} 发报价`,
	(phone) => `${spoken(phone)} 打给我就行`,
	(phone, wechat) => `微信同号${phone},或者搜 ${wechat}`,
	(phone) => `${[...phone].join('.')} 晚上七点以后打`,
	(_, wechat) => `薇信:${wechat}(别发广告)`,
];

/** A customer's line with a contact that Laigu does not see. */
export function hiddenContact(random: Random): string {
	const phone = `1380000${text(random, '0123456789', 4)}`;
	const wechat = `wx_demo_${text(random, 'abcdefghjkmnpqrstuvwxyz23456789', 6)}`;
	return pick(random, HIDDEN)(phone, wechat);
}
