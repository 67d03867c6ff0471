import type { IDataObject } from 'n8n-workflow';

import { hasContact } from '../simulator';
import type { Simulator } from '../simulator';
import { parseBeijing, parseUtc } from '../simulator/time';
import { beijing, start, stopAll, succeed } from './world';

const RANGE = { timeRange: 'custom', from: '2026-03-04T00:00:00+08:00', to: '2026-03-10T15:00:00+08:00' };
const [FROM, TO] = [beijing('2026-03-04'), beijing('2026-03-10 15:00:00')];

let sim: Simulator;

beforeAll(async () => {
	sim = await start({ now: new Date('2026-03-10T15:00:00+08:00'), days: 9 });
});
afterAll(stopAll);

const isIn = (at: number | undefined) => at !== undefined && at >= FROM && at < TO;
const customers = () => sim.store.clients.filter((one) => hasContact(one) && isIn(parseUtc(one.created_on)));
const conversations = () => sim.store.conversations.filter((one) => isIn(parseBeijing(one.conv_end_tm ?? '')));

const count = async (resource: string, countBy: string, more: IDataObject = {}) =>
	await succeed(sim, { resource, operation: 'getAll', ...RANGE, output: 'count', countBy, ...more });
const sum = (items: IDataObject[], name: string) => items.reduce((total, item) => total + Number(item[name]), 0);

test.each(['channel', 'account', 'advertiser', 'campaign', 'creative', 'day', 'note'])(
	'customers by %s',
	async (countBy) => {
		const { json, hints } = await count('customer', countBy);
		expect([sum(json, 'count'), sum(json, 'leads')]).toEqual([customers().length, customers().length]);
		expect(sum(json, 'withPhone')).toBe(customers().filter(({ tel }) => Boolean(tel)).length);
		expect(new Set(json.map((item) => item[countBy])).size).toBe(json.length);
		expect(hints).toEqual([]);
	},
);

test.each(['channel', 'account', 'agent', 'group', 'day'])('conversations by %s', async (countBy) => {
	for (const apiVersion of ['v1', 'v2']) {
		const { json } = await count('conversation', countBy, { options: { apiVersion } });
		expect(sum(json, 'count')).toBe(conversations().length);
		expect(sum(json, 'leads')).toBe(conversations().filter(({ conv_leads: leads }) => Boolean(leads)).length);
		if (countBy === 'agent')
			for (const { agent, count: own } of json)
				expect(own).toBe(conversations().filter(({ agent_name: name }) => name === agent).length);
	}
});

test('by day every day of the range is there, in its order', async () => {
	const { json } = await count('customer', 'day', { from: '2026-02-27T00:00:00+08:00' });
	expect(json.map(({ day }) => day)).toEqual([
		'2026-02-27',
		'2026-02-28',
		...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((day) => `2026-03-0${day}`),
		'2026-03-10',
	]);
	expect(json[0]).toMatchObject({ from: '2026-02-27T00:00:00.000+08:00', count: 0 });
});

test('all of the range is counted, and all counts come, whatever Limit says', async () => {
	const { json, hints } = await count('customer', 'account', { returnAll: false, limit: 1 });
	const all = (await count('customer', 'account', { returnAll: true })).json;
	expect(all).toHaveLength(2);
	expect([json, hints]).toEqual([all, []]);
	expect(Number(all[0].count)).toBeGreaterThanOrEqual(Number(all[1].count));
});

test('records that come twice, and windows that Laigu refuses, count once', async () => {
	const expected = (await count('customer', 'day', { returnAll: true })).json;
	for (const switches of [{ v2WindowHours: 7 }, { movingPages: true }, { ends: 'exclusive' }] as const) {
		const other = await start({ now: new Date('2026-03-10T15:00:00+08:00'), days: 9, switches });
		for (const order of ['oldestFirst', 'newestFirst']) {
			const { json } = await succeed(other, {
				resource: 'customer',
				operation: 'getAll',
				...RANGE,
				output: 'count',
				countBy: 'day',
				options: { order, concurrency: 4 },
			});
			expect(json).toEqual(expected);
		}
	}
});
