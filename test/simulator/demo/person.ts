import { ADDRESSES, BRANDS, COMMENTS, NAMES, NICKNAMES, TAGS, type Ad, type Brand, type Note } from './cast';
import { chance, pick, randomFrom, text, whole, type Random } from './random';

export interface Contact {
	/** As the person wrote it. */
	tel: string;
	weixin: string;
	qq: string;
}

/** Somebody who writes to a brand account: what is known of them from the first message on, and the contact they will leave, if any. */
export interface Person {
	trackId: string;
	clientId: number;
	devClientId: string;
	brand: Brand;
	nickname: string;
	name: string;
	age: string;
	gender: string;
	address: string;
	comment: string;
	contact?: Contact;
	ad?: Ad;
	note?: Note;
	tagIds: number[];
	custom: Record<string, string | string[]>;
	/** Digits after the second in the person's times: the API varies. */
	fractionDigits: number;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The first seven digits of numbers that are given to nobody in earnest; what follows is drawn. */
const PHONE_STARTS = ['1380000', '1390000', '1580000', '1770000', '1880000'];

const PHONE_WRITINGS: ReadonlyArray<(phone: string) => string> = [
	(phone) => phone,
	(phone) => phone,
	(phone) => phone,
	(phone) => `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`,
	(phone) => `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`,
	(phone) => `+86 ${phone}`,
	(phone) => `+86${phone}`,
	(phone) => phone.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
];

function phoneOf(random: Random): string {
	return pick(random, PHONE_WRITINGS)(pick(random, PHONE_STARTS) + text(random, '0123456789', 4));
}

function contactOf(random: Random): Contact | undefined {
	if (!chance(random, 0.6)) return undefined;
	const kind = random();
	const weixin = `wx_demo_${text(random, 'abcdefghjkmnpqrstuvwxyz23456789', 6)}`;
	if (kind < 0.6) return { tel: phoneOf(random), weixin: '', qq: '' };
	if (kind < 0.8) return { tel: '', weixin, qq: '' };
	if (kind < 0.94) return { tel: phoneOf(random), weixin, qq: '' };
	return { tel: '', weixin: '', qq: `10000${text(random, '0123456789', 5)}` };
}

function customOf(random: Random, brand: Brand, atMs: number): Record<string, string | string[]> {
	const custom: Record<string, string | string[]> = {};
	if (chance(random, 0.5)) {
		const choices =
			brand.source === 'redbook' ? ['厨房', '衣帽间', '儿童房', '"榻榻米"'] : ['周岁照', '全家福', '孕妇照'];
		custom[brand.source === 'redbook' ? '定制空间' : '拍摄项目'] = choices.filter(() => chance(random, 0.5));
	}
	if (chance(random, 0.4)) custom['预算'] = pick(random, ['3-5万', '5-10万', '10万以上', '还没想好,先了解']);
	if (chance(random, 0.3)) custom['期望到店日期'] = new Date(atMs + whole(random, 1, 30) * 86_400_000).toISOString();
	// Laigu leaves out custom values that are empty.
	return Object.fromEntries(Object.entries(custom).filter(([, value]) => value.length > 0));
}

/**
 * The person who first wrote in the given place: a day (days since 1970, Beijing) and a number within it. The same place and seed give the same person.
 */
export function personAt(seed: number, day: number, place: number): Person {
	const random = randomFrom(seed, 'person', day, place);
	const brand = BRANDS[chance(random, 0.58) ? 0 : 1];
	const paid = chance(random, 0.4);
	const contact = contactOf(random);
	const tagIds = Object.keys(TAGS)
		.map(Number)
		.filter((id) => id !== 1519 && chance(random, 0.22));
	return {
		trackId: `2${text(random, BASE62, 26)}`,
		clientId: day * 100_000 + place,
		devClientId: chance(random, 0.2) ? `crm-${day}-${place}` : '',
		brand,
		nickname: pick(random, NICKNAMES),
		name: contact && chance(random, 0.6) ? pick(random, NAMES) : '',
		age: chance(random, 0.3) ? String(whole(random, 22, 45)) : '',
		gender: pick(random, ['F', 'F', 'M', '']),
		address: contact ? pick(random, ADDRESSES) : '',
		comment: contact ? pick(random, COMMENTS) : '',
		contact,
		ad: paid ? pick(random, brand.ads) : undefined,
		note: !paid && brand.notes.length > 0 ? pick(random, brand.notes) : undefined,
		tagIds: contact ? [1519, ...tagIds] : tagIds,
		custom: customOf(random, brand, day * 86_400_000),
		fractionDigits: pick(random, [0, 1, 2, 3, 3, 6, 9]),
	};
}
