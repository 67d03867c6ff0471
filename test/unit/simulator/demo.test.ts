import {
	DEMO_ACCOUNT,
	generateDemo,
	hasContact,
	type Demo,
	type LaiguConversation,
	type LaiguMessage,
} from '../../simulator';
import { HOUR, parseBeijing, parseUtc } from '../../simulator/time';
import { CLIENTS, V2, chain, idsOf, start, stopAll } from './helpers';

const NOW = Date.parse('2026-03-10T15:00:00+08:00') * 1000;
const at = (now: number, seed = 1): Demo => generateDemo({ now, account: DEMO_ACCOUNT, seed });

const demo = at(NOW);
const messages = demo.conversations.flatMap(({ conv_content: content }) => content ?? []);
const reachable = demo.clients.filter(hasContact);

const instant = (text: string): number => parseBeijing(text) ?? Number.NaN;

afterAll(stopAll);

describe('the demo data follows from seed, day and instant', () => {
	test('the same twice', () => {
		expect(at(NOW)).toEqual(demo);
	});

	test('other seeds give other data', () => {
		expect(at(NOW, 2).conversations[0]).not.toEqual(demo.conversations[0]);
	});

	test('later on the same day, the past is the same and there is more of it', () => {
		const later = at(NOW + 5 * HOUR);
		const byId = new Map(later.conversations.map((one) => [one.conv_id, one]));
		expect(later.conversations.length).toBeGreaterThan(demo.conversations.length);
		for (const one of demo.conversations) {
			const same = byId.get(one.conv_id);
			if (one.conv_end_tm === null) expect(same?.conv_start_tm).toBe(one.conv_start_tm);
			else expect(same).toEqual(one);
		}
		const created = new Map(later.clients.map((one) => [one.track_id, one.created_on]));
		for (const one of reachable) expect(created.get(one.track_id)).toBe(one.created_on);
	});

	test('nothing is in the future', () => {
		for (const { conv_start_tm: start, conv_end_tm: end } of demo.conversations) {
			expect(instant(start)).toBeLessThanOrEqual(NOW);
			if (end !== null) expect(instant(end)).toBeLessThanOrEqual(NOW);
		}
		for (const message of messages) expect(instant(message.timestamp)).toBeLessThanOrEqual(NOW);
		for (const one of demo.clients) {
			expect(parseUtc(one.updated_on)).toBeLessThanOrEqual(NOW);
			expect(parseUtc(one.created_on)).toBeLessThanOrEqual(parseUtc(one.updated_on) ?? 0);
		}
	});

	test('it reaches from forty days ago to the present day', () => {
		expect(demo.conversations[0].conv_start_tm.slice(0, 10)).toBe('2026-01-30');
		expect(demo.conversations.at(-1)?.conv_start_tm.slice(0, 10)).toBe('2026-03-10');
		expect(demo.conversations.length).toBeGreaterThan(1_000);
		expect(demo.conversations.length).toBeLessThan(1_400);
	});
});

describe('the demo data is like a real account', () => {
	const some = (test: (one: LaiguConversation) => boolean): number => demo.conversations.filter(test).length;
	const said = (pattern: RegExp): LaiguMessage | undefined => messages.find(({ content }) => pattern.test(content));

	test('two brand accounts, six agents, two groups', () => {
		expect(new Set(demo.conversations.map(({ main_channel: channel }) => channel))).toEqual(
			new Set(['redbook', 'douyin']),
		);
		expect(new Set(demo.clients.map(({ source, sub_source_name: name }) => `${source} ${name}`)).size).toBe(2);
		expect(new Set(demo.conversations.map(({ agent_ID: id }) => id)).size).toBe(6);
		expect(new Set(demo.conversations.map(({ group_id: id }) => id)).size).toBe(2);
		expect(demo.agents).toHaveLength(6);
	});

	test('open and missed conversations, quiet nights', () => {
		expect(some(({ conv_end_tm: end }) => end === null)).toBeGreaterThan(0);
		expect(some(({ missed }) => missed === 'true')).toBeGreaterThan(20);
		const night = some(({ conv_start_tm: start }) => Number(start.slice(11, 13)) < 6);
		const evening = some(({ conv_start_tm: start }) => Number(start.slice(11, 13)) >= 18);
		expect(night * 5).toBeLessThan(evening);
	});

	test('conv_id ascends with the start, and every key is there once', () => {
		const ids = idsOf(demo.conversations);
		expect([...ids].sort((a, b) => a - b)).toEqual(ids);
		expect(new Set(ids).size).toBe(ids.length);
		expect(new Set(demo.clients.map(({ track_id: id }) => id)).size).toBe(demo.clients.length);
		for (const { track_id: id } of demo.clients) expect(id).toMatch(/^[0-9A-Za-z]{27}$/);
	});

	test.each([
		['full width', /^[０-９]{11}$/],
		['spaces', /^1\d{2} \d{4} \d{4}$/],
		['dashes', /^1\d{2}-\d{4}-\d{4}$/],
		['+86', /^\+86/],
		['plain', /^1\d{10}$/],
	])('phones with %s', (_name, pattern) => {
		expect(reachable.some(({ tel }) => pattern.test(tel ?? ''))).toBe(true);
	});

	test('every phone is one that nobody has', () => {
		for (const { tel = '' } of reachable) {
			const digits = tel.normalize('NFKC').replace(/^\+86|\D/g, '');
			if (digits !== '') expect(digits).toMatch(/^1\d{2}0000\d{4}$/);
		}
	});

	test('WeChat, QQ, notes, ads, tags and custom fields', () => {
		expect(reachable.some(({ weixin }) => weixin)).toBe(true);
		expect(reachable.some(({ qq }) => qq)).toBe(true);
		expect(reachable.some(({ incoming_note_id: id, incoming_note_title: title }) => id && title)).toBe(true);
		expect(reachable.some((one) => one.advertiser_id && one.campaign_name && one.creativity_id)).toBe(true);
		for (const { tags = [], tags_detail: details = {} } of reachable)
			expect(Object.keys(details).map(Number).sort()).toEqual([...tags].sort());
		const custom = reachable.flatMap(({ custom: fields = {} }) => Object.values(fields));
		expect(custom.some(Array.isArray)).toBe(true);
		expect(custom.some((value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T.*Z$/.test(value))).toBe(true);
		expect(custom.every((value) => value.length > 0)).toBe(true);
	});

	test('fraction digits of client times vary', () => {
		const digits = new Set(reachable.map(({ created_on: created }) => /\.(\d+)Z/.exec(created)?.[1].length ?? 0));
		expect(digits).toEqual(new Set([0, 1, 2, 3, 6, 9]));
	});

	test('emoji, line breaks, commas, quotes, images, files, system messages and transfers', () => {
		for (const pattern of [/\p{Extended_Pictographic}/u, /\n/, /,/, /"/]) expect(said(pattern)).toBeDefined();
		const kinds = new Set(messages.map(({ content_type: kind }) => kind));
		expect(kinds).toEqual(new Set(['text', 'image', 'file']));
		expect(new Set(messages.map(({ from }) => from))).toEqual(new Set(['client', 'agent', 'system']));
		expect(messages.some(({ type }) => type === 'transfer')).toBe(true);
	});

	test('counts and leads follow from the messages', () => {
		for (const one of demo.conversations) {
			const content = one.conv_content ?? [];
			expect(one.conv_agent_msg_count).toBe(content.filter(({ from }) => from === 'agent').length);
			expect(one.conv_visitor_msg_count).toBe(content.filter(({ from }) => from === 'client').length);
			const times = content.map(({ timestamp }) => timestamp);
			expect([...times].sort()).toEqual(times);
			const phone = one.client_info?.tel;
			if (phone !== undefined) expect(content.some(({ content: text }) => text.includes(phone))).toBe(true);
			expect(one.conv_leads === '').toBe(!one.client_info?.tel && !one.client_info?.weixin && !one.client_info?.qq);
		}
		expect(some(({ summary_content: summary }) => Boolean(summary))).toBeGreaterThan(100);
		expect(new Set(demo.conversations.map(({ conv_quality_grade: grade }) => grade)).size).toBe(4);
	});

	test('whoever left a contact is a client, created then', () => {
		const seconds = new Set(messages.map(({ timestamp }) => instant(timestamp.slice(0, 19))));
		for (const one of reachable) expect(seconds.has(secondOf(one.created_on))).toBe(true);
	});
});

function secondOf(text: string): number {
	return Math.floor((parseUtc(text) ?? 0) / 1e6) * 1e6;
}

describe('size', () => {
	test('of the demo: each record once over the whole of it', async () => {
		const simulator = await start({ now: new Date(NOW / 1000) });
		const { pages } = await chain(simulator, V2, { from: '2026-01-01 00:00:00', to: '2026-04-01 00:00:00' });
		const ended = simulator.store.conversations.filter(({ conv_end_tm: end }) => end !== null);
		expect(idsOf(pages.flat())).toEqual(idsOf(ended));
		expect((await chain(simulator, CLIENTS)).pages.flat()).toHaveLength(reachable.length);
	});

	test('of 100,000 conversations: pages from anywhere', async () => {
		const simulator = await start({ now: new Date(NOW / 1000), days: 40, conversationsPerDay: 2_600 });
		expect(simulator.store.conversations.length).toBeGreaterThan(95_000);
		const { pages } = await chain(simulator, V2, undefined, 20, 300);
		const ids = idsOf(pages.flat());
		expect(ids).toHaveLength(6_000);
		expect(new Set(ids).size).toBe(6_000);
		const day = await chain(simulator, V2, { from: '2026-03-03 00:00:00', to: '2026-03-03 23:59:59' });
		expect(day.pages.flat().length).toBeGreaterThan(1_500);
	});
});
