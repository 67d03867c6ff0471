import type { IDataObject } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { HOUR, SECOND } from '../simulator/time';
import { clientsAt, conversationsAt, FROM, LISTS, start, stopAll, succeed, TWO_DAYS } from './world';
import type { ListCase } from './world';

/** 90 records over two days, in an order that neither IDs nor places tell. */
const TIMES = Array.from({ length: 90 }, (_, index) => FROM + ((index * 37) % 90) * (HOUR / 2) + SECOND);

let sim: Simulator;

beforeAll(async () => {
	sim = await start({ conversations: conversationsAt(TIMES), clients: clientsAt(TIMES) });
});
afterAll(stopAll);

/** The times of the records that came, as their place in time. */
function placesOf(list: ListCase, json: IDataObject[]): number[] {
	const byKey = new Map(list.timed(sim).map(({ key, at }) => [key, at]));
	const sorted = [...byKey.values()].sort((one, other) => one - other);
	return json.map((record) => sorted.indexOf(byKey.get(record[list.key] as number | string) ?? Number.NaN));
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const newest = (count: number) => upTo(count).map((index) => TIMES.length - 1 - index);

describe.each(Object.values(LISTS) as ListCase[])('$name', (list) => {
	const ask = async (more: IDataObject) => {
		const options = {
			...(list.parameters.options as IDataObject | undefined),
			...(more.options as IDataObject | undefined),
		};
		return placesOf(list, (await succeed(sim, { ...list.parameters, ...TWO_DAYS, ...more, options })).json);
	};
	const LIMIT = { returnAll: false, limit: 25 };

	test.each<[string, IDataObject, number[]]>([
		['a Limit alone gives the newest, newest first', LIMIT, newest(25)],
		['Return All alone gives all, oldest first', {}, upTo(90)],
		['a Limit with Oldest First gives the oldest', { ...LIMIT, options: { order: 'oldestFirst' } }, upTo(25)],
		['Return All with Newest First turns all round', { options: { order: 'newestFirst' } }, newest(90)],
	])('%s', async (_, more, wanted) => {
		expect(await ask(more)).toEqual(wanted);
	});
});
