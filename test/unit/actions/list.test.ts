import type { IDataObject } from 'n8n-workflow';

import { listRecords } from '../../../nodes/Laigu/actions/shared/list';
import type { Order } from '../../../nodes/Laigu/lists/readRange';
import { evenly, FROM, HOUR, listServer, queryFor, v1, v2 } from '../lists/server';
import { clientOver } from '../helpers';

const RECORDS = evenly(100, FROM, 48 * HOUR);
const asIs = (record: IDataObject) => [record];

async function list(limit: number | undefined, endpoint = v2, order: Order = 'oldestFirst', count = 100) {
	const { client, asked } = clientOver(listServer(endpoint, () => RECORDS.slice(0, count)));
	const records = await listRecords(client, endpoint, queryFor(48 * HOUR, { order, limit }), asIs);
	return { ids: records.map((record) => record.conv_id), asked: asked.length, hints: [...client.run.hints] };
}

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

test.each([
	// the first page shows that the range holds more; of the window that holds enough of it all pages are read
	[1, 2],
	[19, 3],
	[20, 3],
	[21, 3],
	[40, 4],
	[50, 5],
])('a limit of %p costs %p requests', async (limit, requests) => {
	const { ids, asked, hints } = await list(limit);
	expect(ids).toEqual(range(1, limit));
	expect(asked).toBe(requests);
	expect(hints).toEqual([
		`The limit of ${limit} conversations was reached and there may be more. Turn on 'Return All', or raise 'Limit', to get them.`,
	]);
});

test('a limit that is just enough, or more than enough, leaves no hint', async () => {
	expect(await list(100)).toEqual({ ids: range(1, 100), asked: 5, hints: [] });
	expect(await list(500)).toEqual({ ids: range(1, 100), asked: 5, hints: [] });
	expect((await list(20, v2, 'oldestFirst', 20)).hints).toEqual([]);
});

test('no limit gives all, in either order and version', async () => {
	expect((await list(undefined)).ids).toEqual(range(1, 100));
	expect((await list(undefined, v1)).ids).toEqual(range(1, 100));
	expect((await list(undefined, v2, 'newestFirst')).ids).toEqual(range(1, 100).reverse());
});

test('a limit takes the newest where they come first', async () => {
	const { ids, asked, hints } = await list(3, v2, 'newestFirst');
	expect(ids).toEqual([100, 99, 98]);
	expect(asked).toBeLessThanOrEqual(3);
	expect(hints).toHaveLength(1);
});

test('the limit counts records, not the items that they become', async () => {
	const { client } = clientOver(listServer(v2, () => RECORDS));
	const items = await listRecords(client, v2, queryFor(48 * HOUR, { limit: 2 }), (record) => [record, record, record]);
	expect(items).toHaveLength(6);
});
