import fc from 'fast-check';
import { findPhoneNumbersInText } from 'libphonenumber-js';

import { findContacts, maskText, maskTexts, maskValue } from '../../../nodes/Laigu/records/contacts/index';
import type { Contacts } from '../../../nodes/Laigu/records/contacts/index';
import { readTexts } from '../../../nodes/Laigu/records/contacts/reading';
import {
	MAY_SAY_SAME,
	QQ_STRONG,
	QQ_WEAK,
	SAME_NUMBER,
	WECHAT_STRONG,
	WECHAT_WEAK,
	wordsIn,
} from '../../../nodes/Laigu/records/contacts/words';
import { readCorpus } from '../../corpus/contacts';
import type { Line } from '../../corpus/contacts';

type Kind = keyof Contacts;
type Finder = (texts: string[]) => Partial<Contacts>;

const KINDS: Kind[] = ['phones', 'wechats', 'qqs'];
const corpus = readCorpus('contacts.tsv', 'harmless.txt');
const second = readCorpus('contacts-unseen.tsv', 'harmless-unseen.txt');
const isHarmless = (line: Line) => KINDS.every((kind) => line[kind].length === 0);

/** The pattern for phone numbers in n8n's Guardrails node, actions/checks/pii.ts of n8n 2.41. */
const GUARDRAILS_PHONE = /\b[+]?[(]?[0-9]{3}[)]?[-\s.]?[0-9]{3}[-\s.]?[0-9]{4,6}\b/g;

/** Numbers as this package writes them: a mobile number of China without its code. */
const plainPhone = (text: string) => text.replace(/^\+86(?=1\d{10}$)/, '').replace(/^\+86/, '0');

const FINDERS: Record<string, Finder> = {
	'this package': findContacts,
	'libphonenumber-js': (texts) => ({
		phones: texts.flatMap((text) => findPhoneNumbersInText(text, 'CN').map(({ number }) => plainPhone(number.number))),
	}),
	'n8n Guardrails': (texts) => ({
		phones: texts.flatMap((text) => (text.match(GUARDRAILS_PHONE) ?? []).map((found) => found.replace(/[^\d+]/g, ''))),
	}),
};

/** How many of the contacts of a kind were found, and how many of those found are right; and how many harmless lines hold one. */
function measure(lines: Line[], finder: Finder, kind: Kind) {
	const results = lines.map((line) => ({ wanted: line[kind], found: finder(line.texts)[kind] ?? [], line }));
	const count = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0);
	const right = count(results.map(({ wanted, found }) => wanted.filter((value) => found.includes(value)).length));
	return {
		recall: right / count(results.map(({ wanted }) => wanted.length)),
		precision: right / count(results.map(({ found }) => found.length)),
		harmless: results.filter(({ found, line }) => found.length > 0 && isHarmless(line)).length,
	};
}

const toRow = ({ recall, precision, harmless }: ReturnType<typeof measure>) => ({
	recall: recall.toFixed(3),
	precision: precision.toFixed(3),
	'harmless lines hit': harmless,
});

test('the corpus has 400 lines and more, half of them without a contact', () => {
	expect(corpus.length).toBeGreaterThanOrEqual(400);
	const harmless = corpus.filter(isHarmless).length / corpus.length;
	expect(harmless).toBeGreaterThan(0.45);
	expect(harmless).toBeLessThan(0.55);
	expect(new Set(corpus.map(({ texts }) => JSON.stringify(texts))).size).toBe(corpus.length);
});

test.each([
	['first', corpus],
	['second', second],
])('finds what is in the %s corpus, and nothing else', (_, lines) => {
	const bounds: Record<Kind, [number, number]> = { phones: [0.98, 0.98], wechats: [0.92, 0.96], qqs: [0.92, 0.96] };
	for (const kind of KINDS) {
		const { recall, precision } = measure(lines, findContacts, kind);
		expect(recall).toBeGreaterThanOrEqual(bounds[kind][0]);
		expect(precision).toBeGreaterThanOrEqual(bounds[kind][1]);
	}
});

test('finds more phone numbers than libphonenumber-js and the pattern of n8n’s Guardrails node, and spoils no harmless line', () => {
	const rows = Object.entries(FINDERS).map(([name, finder]) => ({ name, ...measure(corpus, finder, 'phones') }));
	const accounts = (['wechats', 'qqs'] as const).map((kind) => ({ kind, ...measure(corpus, findContacts, kind) }));
	process.stdout.write(
		[
			...rows.map((row) => ({ of: `phones, ${row.name}`, ...toRow(row) })),
			...accounts.map((row) => ({ of: row.kind, ...toRow(row) })),
		]
			.map(
				(row) =>
					`${Object.entries(row)
						.map(([name, value]) => `${name} ${value}`)
						.join(' · ')}\n`,
			)
			.join(''),
	);
	const [ours, ...others] = rows;
	expect(ours.harmless).toBe(0);
	for (const other of others) expect(ours.recall).toBeGreaterThan(other.recall);
});

test('masking changes no line without a contact, and hides every contact in the others', () => {
	for (const line of [...corpus, ...second]) {
		const masked = maskTexts(line.texts);
		if (isHarmless(line)) expect(masked).toEqual(line.texts);
		const found = findContacts(line.texts);
		expect([line.texts, findContacts(masked)]).toEqual([line.texts, { phones: [], wechats: [], qqs: [] }]);
		if (!isHarmless(found as Line)) expect(masked).not.toEqual(line.texts);
		expect(maskTexts(masked)).toEqual(masked);
	}
});

/** Ways to write each digit. */
const SPELLINGS = [
	[...'0123456789'],
	[...'０１２３４５６７８９'],
	[...'⓪①②③④⑤⑥⑦⑧⑨'],
	[...'⓿❶❷❸❹❺❻❼❽❾'],
	[...'〇一二三四五六七八九'],
	[...'零幺两叁肆伍陆柒捌玖'],
	[...'𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗'],
	[...'𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡'],
	[...'⁰¹²³⁴⁵⁶⁷⁸⁹'],
	[...'0123456789'].map((digit) => `${digit}\uFE0F\u20E3`),
	[...'0123456789'].map((digit) => `\u200B${digit}`),
];
const GAPS = ['', ' ', '-', '.', ',', '，', '、', '/', '~', '·', '😊', '❤️', '  ', '\n', ' - ', '\u3000'];
const PREFIXES = ['', '+86', '+86 ', '0086 ', '86-', '(+86)'];
const FRAMES: Array<[string, string]> = [
	['', ''],
	['我电话', ''],
	['手机号：', '，谢谢'],
	['打 ', ' 找我'],
	['预算20万，', '王'],
];

const mobile = fc
	.tuple(fc.constantFrom(...'3456789'), fc.stringMatching(/^\d{9}$/))
	.map(([second, rest]) => `1${second}${rest}`);
const frame = fc.constantFrom(...FRAMES);

/** A number as people write it: each digit in any script, one kind of gap, wherever it stands. */
const spelled = fc
	.record({
		number: mobile,
		scripts: fc.array(fc.constantFrom(...SPELLINGS), { minLength: 11, maxLength: 11 }),
		mixed: fc.boolean(),
		gap: fc.constantFrom(...GAPS),
		everywhere: fc.boolean(),
		prefix: fc.constantFrom(...PREFIXES),
	})
	.map(({ number, scripts, mixed, gap, everywhere, prefix }) => {
		const digits = [...number].map((digit, at) => scripts[mixed ? at : 0][Number(digit)]);
		const text = digits
			.map((digit, at) => (at > 0 && (everywhere || at === 3 || at === 7) ? gap : '') + digit)
			.join('');
		return { number, text: prefix + text };
	});

test('any spelling of any mobile number is found and masked', () => {
	fc.assert(
		fc.property(spelled, frame, ({ number, text }, [before, after]) => {
			const whole = before + text + after;
			expect(findContacts([whole]).phones).toEqual([number]);
			const masked = maskText(whole);
			expect(masked.match(/\*/g)).toHaveLength(4);
			expect(findContacts([masked]).phones).toEqual([]);
			expect(maskText(masked)).toBe(masked);
		}),
		{ numRuns: 1_000 },
	);
});

test('a number that is split over two messages in a row is found and masked', () => {
	fc.assert(
		fc.property(mobile, fc.integer({ min: 1, max: 10 }), frame, (number, at, [before, after]) => {
			const texts = [before + number.slice(0, at), number.slice(at) + after];
			expect(findContacts(texts).phones).toEqual([number]);
			expect(maskTexts(texts).join('')).toBe(`${before}${number.slice(0, 3)}****${number.slice(7)}${after}`);
		}),
	);
});

const WECHAT_WORDS = [
	'微信',
	'微信号：',
	'薇：',
	'加v',
	'+V ',
	'vx:',
	'VX号 ',
	'wx ',
	'绿泡泡→',
	'卫星',
	'我的WeChat是',
	'威信❤',
	'徽信号是',
	'ＶＸ：',
];
const accountId = fc
	.tuple(fc.stringMatching(/^[a-hj-tw-z][a-z]{3,8}$/), fc.stringMatching(/^[_-]?[0-9]{2,6}$/))
	.map(([name, rest]) => name + rest)
	.filter((id) => !/^[vwqx]|^(?:app|id|me|my|add|no|is|hao)/.test(id));

test('a WeChat ID behind any word for WeChat is found and masked', () => {
	fc.assert(
		fc.property(fc.constantFrom(...WECHAT_WORDS), accountId, (word, id) => {
			expect(findContacts([word + id])).toEqual({ phones: [], wechats: [id], qqs: [] });
			const masked = maskText(word + id);
			expect(masked.startsWith(word + id.slice(0, 1))).toBe(true);
			expect(masked.slice(word.length)).not.toContain(id.slice(2, -2));
			expect(maskText(masked)).toBe(masked);
		}),
		{ numRuns: 1_000 },
	);
});

test('masking once more changes nothing, whatever stands in the texts', () => {
	const PIECES = [
		'1',
		'3',
		'8',
		'13800138000',
		'0013',
		'138',
		' ',
		'-',
		'.',
		',',
		'*',
		'***',
		'微信',
		'v',
		'vx',
		'QQ',
		'：',
		'号',
		'lilei2020',
		'abc',
		'一',
		'零',
		'+',
		'86',
		'@qq.com',
		'.com',
		'\n',
		'同号',
		'0571',
		'87654321',
		'转',
		'o',
		'l',
		'😊',
		'_',
		'123456',
	];
	const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''));
	fc.assert(
		fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (texts) => {
			const masked = maskTexts(texts);
			expect(maskTexts(masked)).toEqual(masked);
			masked.forEach((one, at) => expect([...one]).toHaveLength([...texts[at]].length));
		}),
		{ numRuns: 3_000 },
	);
});

test('a text without digits, letters and numerals is given back as it is', () => {
	const text = fc.string({ unit: fc.constantFrom(...'你好微信加我号同，。！？ \n😊*+@：绿泡企鹅扣') });
	fc.assert(fc.property(text, (plain) => maskText(plain) === plain));
});

test.each([
	['13800138000', '138****8000'],
	['+86 138-0013-8000', '138****8000'],
	['13800138000 / 15987654321', '138****8000 / 159****4321'],
	['+85291234567', '+85*****4567'],
	['lilei_2020', 'li******20'],
	['lilei2', 'l****2'],
	['12345', '1***5'],
	['1234', '****'],
	['小明同学', '****'],
	['', ''],
])('a field with %j becomes %j', (value, masked) => {
	expect(maskValue(value)).toBe(masked);
	expect(maskValue(masked)).toBe(masked);
});

test('a field is masked whatever stands in it, and not more than once', () => {
	const value = fc.string({ unit: fc.constantFrom(...'138 0*-+aZ_你，/@.') });
	fc.assert(
		fc.property(value, (text) => {
			const masked = maskValue(text);
			expect(maskValue(masked)).toBe(masked);
			for (const part of masked.split(/[\s,，/]+/)) expect(part.replaceAll('*', '').length).toBeLessThanOrEqual(7);
		}),
		{ numRuns: 2_000 },
	);
});

test('contacts are given once, in the order of the chat, with the capital letters that they have', () => {
	expect(
		findContacts(['微信LiLei_2020', '13800138000', '微信lilei_2020', '159 8765 4321', '１３８００１３８０００']),
	).toEqual({
		phones: ['13800138000', '15987654321'],
		wechats: ['LiLei_2020'],
		qqs: [],
	});
});

/** Processor time of a run in microseconds, the least of several. */
function costOf(text: string): number {
	const costs = Array.from({ length: 3 }, () => {
		const before = process.cpuUsage();
		findContacts([text]);
		maskText(text);
		const { user, system } = process.cpuUsage(before);
		return user + system;
	});
	return Math.min(...costs);
}

test.each([
	'1',
	'1 3 ',
	'13800138000 ',
	'一1',
	'l1o',
	'a',
	' ',
	'1***',
	'微信',
	'微信lilei2020 ',
	'v x ',
	'wxid_',
	'a.com.',
	'a@b.cn ',
	'+852 ',
	'13800138000同号',
])('the cost of %j over and over grows with its length alone', (piece) => {
	const text = piece.repeat(10_000 / piece.length);
	costOf(text);
	// quadratic, it would be sixteen times as much
	expect(costOf(text.repeat(4))).toBeLessThan(10 * costOf(text) + 10_000);
});

test('contacts that are known keep no other from being found', () => {
	const lines = [...corpus, ...second];
	let known = 0;
	for (const [index, { texts: first }] of lines.entries()) {
		const texts = [...first, ...lines[(index * 7 + 1) % lines.length].texts];
		const all = findContacts(texts);
		const written = KINDS.flatMap((kind) => all[kind]).filter(
			(value) => value.length >= 8 && texts.some((text) => text.includes(value)),
		);
		for (const given of [written, written.slice(0, 1), written.slice(1)]) {
			const found = findContacts(texts, () => given);
			const others = (contacts: Contacts) =>
				KINDS.map((kind) => contacts[kind].filter((value) => !given.includes(value)));
			expect({ texts, others: others(found) }).toEqual({ texts, others: others(all) });
		}
		known += written.length;
	}
	expect(known).toBeGreaterThan(100);
});

describe('quick looks leave nothing out', () => {
	const PIECES = [
		...'微薇威徽维維唯溦葳卫衛魏位v√w绿小q扣抠叩蔻秋球丘企鹅信訊讯星芯心杏♥x亻言ie人加j号泡色除款 .·・-~|/5，💚🛰🐧',
		...'同步样致就也都即是我的这个和跟与电机不意付',
		...['手机', '电话', '號码', '号码', '本机', '这个', '微信', 'chat', 'jia', '软件', '一样', '一致'],
	];
	const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''));

	test('words for WeChat and QQ, which are looked for where they can begin', () => {
		const groups = [WECHAT_STRONG, WECHAT_WEAK, QQ_STRONG, QQ_WEAK].map((words) => `(${words})`);
		const everywhere = new RegExp(groups.join('|'), 'gu');
		const plainly = (matches: Iterable<RegExpExecArray>) => Array.from(matches, (match) => [match.index, ...match]);
		fc.assert(
			fc.property(fc.array(texts, { minLength: 1, maxLength: 3 }), (parts) => {
				const reading = readTexts(parts);
				expect(plainly(wordsIn(reading))).toEqual(plainly(reading.plain.matchAll(everywhere)));
			}),
			{ numRuns: 3_000 },
		);
	});

	test('ways to say that the phone number is the WeChat ID', () => {
		fc.assert(
			fc.property(texts, (text) => {
				if (text.search(SAME_NUMBER) >= 0) expect(text).toMatch(MAY_SAY_SAME);
			}),
			{ numRuns: 10_000 },
		);
	});
});
