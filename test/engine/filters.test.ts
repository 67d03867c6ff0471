import type { IDataObject } from 'n8n-workflow';

import { inEnglish } from '../chinese/english';
import type { LaiguClient, LaiguConversation, Simulator } from '../simulator';
import { formatBeijing, formatUtc, HOUR } from '../simulator/time';
import { FROM, start, stopAll, succeed, TO, TWO_DAYS } from './world';

/** 120 customers over two days, number 0 the newest: every third from Douyin, every fifth a VIP. */
const CLIENTS: LaiguClient[] = Array.from({ length: 120 }, (_, index) => ({
	track_id: `track${String(index).padStart(22, '0')}`,
	name: `Guest ${index}`,
	tel: index % 2 ? `138${String(index).padStart(8, '0')}` : '',
	weixin: '',
	qq: index % 2 ? '' : `${10_000 + index}`,
	source: index % 3 ? 'redbook' : 'douyin',
	tags: index % 5 ? [2] : [1, 2],
	tags_detail: { ...(index % 5 === 0 && { '1': 'VIP' }), '2': 'Other' },
	created_on: formatUtc(TO - ((index + 1) * HOUR) / 3, 6),
	updated_on: formatUtc(TO - ((index + 1) * HOUR) / 3, 6),
}));

const CONVERSATIONS: LaiguConversation[] = Array.from({ length: 120 }, (_, index) => ({
	conv_id: 9_000_000_000 + index,
	client_info: { name: `Guest ${index}`, ...(index % 4 ? {} : { tel: '13800138000' }) },
	agent_name: index % 2 ? 'Lin' : 'Chen',
	agent_ID: index % 2 ? 'a1' : 'a2',
	group_name: index % 3 ? 'Sales' : 'Service',
	main_channel: index % 3 ? 'redbook' : 'douyin',
	missed: index % 10 ? 'false' : 'true',
	conv_start_tm: formatBeijing(FROM + (index * HOUR) / 3),
	conv_end_tm: formatBeijing(FROM + ((index + 1) * HOUR) / 3),
	conv_content: [],
}));

let sim: Simulator;

beforeAll(async () => {
	sim = await start({ clients: CLIENTS, conversations: CONVERSATIONS });
});
beforeEach(() => {
	sim.resetRequests();
});
afterAll(stopAll);

const customers = (filters: unknown, more: IDataObject = {}) =>
	({ resource: 'customer', operation: 'getAll', returnAll: true, ...TWO_DAYS, filters, ...more }) as IDataObject;
const conversations = (filters: unknown, more: IDataObject = {}) => ({
	...customers(filters, more),
	resource: 'conversation',
});
const numbers = (json: IDataObject[]) =>
	json.map(({ name, customerName }) => Number(((name ?? customerName) as string).slice(6)));
const where = (fits: (index: number) => boolean) => CLIENTS.flatMap((_, index) => (fits(index) ? [index] : []));

test.each<[string, unknown, (index: number) => boolean]>([
	['a channel in any case', { channels: 'DouYin' }, (index) => index % 3 === 0],
	['several channels', { channels: 'douyin, redbook' }, () => true],
	['a list from an expression', { channels: '={{ ["douyin"] }}' }, (index) => index % 3 === 0],
	['a tag', { tags: 'vip' }, (index) => index % 5 === 0],
	["a tag's ID", { tags: '={{ [1] }}' }, (index) => index % 5 === 0],
	['a channel and a tag', { channels: 'douyin', tags: 'VIP' }, (index) => index % 15 === 0],
	['a channel that nobody came from', { channels: 'wecom' }, () => false],
])('customers by %s', async (_, filters, fits) => {
	const { json, hints } = await succeed(sim, customers(filters));
	const wanted = where(fits).reverse();
	expect(numbers(json)).toEqual(wanted);
	expect(hints).toEqual([`${wanted.length} of the 120 customers that were read pass 'Filters'.`]);
});

test.each<[string, unknown, (index: number) => boolean]>([
	['an agent', { agents: 'lin' }, (index) => index % 2 === 1],
	["an agent's ID", { agents: 'a2' }, (index) => index % 2 === 0],
	['a group', { groups: '={{ ["Service"] }}' }, (index) => index % 3 === 0],
	['missed ones', { onlyMissed: true }, (index) => index % 10 === 0],
	['contact', { onlyWithContact: true }, (index) => index % 4 === 0],
	[
		'missed ones of an agent with contact',
		{ onlyMissed: true, agents: 'Chen', onlyWithContact: true },
		(i) => i % 20 === 0,
	],
])('conversations by %s', async (_, filters, fits) => {
	const { json, hints } = await succeed(sim, conversations(filters));
	const wanted = where(fits);
	expect(numbers(json)).toEqual(wanted);
	expect(hints).toEqual([`${wanted.length} of the 120 conversations that were read pass 'Filters'.`]);
});

test('no filter lets all pass, and says nothing', async () => {
	for (const filters of [{}, { channels: '', agents: ' , ', tags: '={{ [] }}', onlyWithContact: false }]) {
		const { json, hints } = await succeed(sim, customers(filters));
		expect([json.length, hints]).toEqual([120, []]);
	}
});

describe('a limit', () => {
	test('counts what passes, and tells how many were searched', async () => {
		const { json, hints } = await succeed(sim, customers({ tags: 'VIP' }, { returnAll: false, limit: 7 }));
		// the newest first: 0, 5, 10, …
		expect(numbers(json)).toEqual([0, 5, 10, 15, 20, 25, 30]);
		expect(hints).toHaveLength(1);
		const [, looked] = /^7 of the (\d+) customers that were read pass 'Filters'\.$/.exec(inEnglish(hints[0])) ?? [];
		expect(Number(looked)).toBeGreaterThanOrEqual(31);
		expect(Number(looked)).toBeLessThan(120);
	});

	test('of which fewer pass reads the range to its end', async () => {
		const { json, hints } = await succeed(sim, customers({ tags: 'VIP' }, { returnAll: false, limit: 50 }));
		expect(json).toHaveLength(24);
		expect(hints).toEqual(["24 of the 120 customers that were read pass 'Filters'."]);
	});
});

test('a count is of what passes', async () => {
	const { json, hints } = await succeed(
		sim,
		customers({ channels: 'douyin' }, { output: 'count', countBy: 'channel' }),
	);
	expect(json).toEqual([expect.objectContaining({ channel: 'douyin', count: 40 })]);
	expect(hints).toEqual(["40 of the 120 customers that were read pass 'Filters'."]);
});

test('raw records that pass are as Laigu sent them', async () => {
	const { json } = await succeed(sim, customers({ tags: 'VIP' }, { output: 'raw' }));
	expect(json).toEqual(CLIENTS.filter((_, index) => index % 5 === 0).reverse());
});
