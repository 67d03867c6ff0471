import type { IDataObject } from 'n8n-workflow';

import { listRecords, moreHint, toRangeQuery } from '../../../nodes/Laigu/actions/shared/list';
import type { Order, RangeQuery } from '../../../nodes/Laigu/lists/readRange';
import { readOptions } from '../../../nodes/Laigu/parameters/options';
import { itemReader } from '../../../nodes/Laigu/parameters/reader';
import { evenly, FROM, HOUR, listServer, queryFor, v1, v2 } from '../lists/server';
import { clientOver } from '../helpers';
import { contextWith } from '../parameters/context';

const RECORDS = evenly(100, FROM, 48 * HOUR);
const asIs = (record: IDataObject) => [record];

async function list(limit: number | undefined, endpoint = v2, order: Order = 'oldestFirst', count = 100) {
	const { client, asked } = clientOver(listServer(endpoint, () => RECORDS.slice(0, count)));
	const listing = await listRecords(client, endpoint, queryFor(48 * HOUR, { order, limit }), asIs);
	return {
		ids: listing.items.map((record) => record.conv_id),
		asked: asked.length,
		more: moreHint(listing, limit, 'conversations'),
		listing,
	};
}

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

test.each([1, 19, 20, 21, 40, 50])('a limit of %p gives so many, and tells that there may be more', async (limit) => {
	const { ids, asked, more } = await list(limit);
	expect(ids).toEqual(range(1, limit));
	expect(asked).toBeLessThan(12);
	expect(more).toBe(
		`The limit of ${limit} conversations was reached, and there may be more. To get them, turn on 'Return All' or raise 'Limit'.`,
	);
});

test('a limit that is just enough, or more than enough, leaves no hint', async () => {
	for (const limit of [100, 500]) {
		const { ids, more, listing } = await list(limit);
		expect([ids, more]).toEqual([range(1, 100), undefined]);
		expect(listing).toMatchObject({ found: 100, looked: 100, isComplete: true });
	}
	expect((await list(20, v2, 'oldestFirst', 20)).more).toBeUndefined();
});

test('no limit gives all, in either order and version', async () => {
	expect((await list(undefined)).ids).toEqual(range(1, 100));
	expect((await list(undefined, v1)).ids).toEqual(range(1, 100));
	expect((await list(undefined, v2, 'newestFirst')).ids).toEqual(range(1, 100).reverse());
});

test('a limit takes the newest where they come first', async () => {
	const { ids, more } = await list(3, v2, 'newestFirst');
	expect(ids).toEqual([100, 99, 98]);
	expect(more).toBeDefined();
});

test('the limit counts records, not the items that they become', async () => {
	const { client } = clientOver(listServer(v2, () => RECORDS));
	const query: RangeQuery = queryFor(48 * HOUR, { limit: 2 });
	const { items, found } = await listRecords(client, v2, query, (record) => [record, record, record]);
	expect([items.length, found]).toEqual([6, 2]);
});

test('without an order of the user, a limit takes the newest, and everything comes oldest first', () => {
	const options = (given: IDataObject) => readOptions(itemReader(contextWith({ options: given }), 0));
	const asked = { from: 0, to: 1 };
	expect(toRangeQuery(asked, options({}), 50)).toMatchObject({ range: asked, order: 'newestFirst', limit: 50 });
	expect(toRangeQuery(asked, options({}), undefined).order).toBe('oldestFirst');
	expect(toRangeQuery(asked, options({ order: 'oldestFirst' }), 50).order).toBe('oldestFirst');
	expect(toRangeQuery(asked, options({ order: 'newestFirst' }), undefined).order).toBe('newestFirst');
});
