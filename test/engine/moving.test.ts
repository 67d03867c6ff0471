import type { Simulator } from '../simulator';
import { HOUR, formatBeijing, formatUtc } from '../simulator/time';
import { clientsAt, conversationsAt, FROM, keysOf, LISTS, start, stopAll, succeed, TWO_DAYS } from './world';
import type { ListCase } from './world';

afterEach(stopAll);

const TIMES = Array.from({ length: 120 }, (_, index) => FROM + HOUR + index * 60_000_000);
const LATER = FROM + 100 * HOUR;
const MORNING = { ...TWO_DAYS, to: '2026-03-10T11:00:00+08:00' };

/** Takes the list's first records out of the range, as an edit by an agent does. */
function takeAway(sim: Simulator, list: ListCase, from: number, count: number): Array<number | string> {
	const gone = list
		.timed(sim)
		.sort((a, b) => (a.order < b.order ? -1 : 1))
		.slice(from, from + count)
		.map(({ key }) => key);
	for (const conversation of sim.store.conversations) {
		if (gone.includes(conversation.conv_id)) conversation.conv_end_tm = formatBeijing(LATER);
	}
	for (const client of sim.store.clients) {
		if (gone.includes(client.track_id)) client.updated_on = client.created_on = formatUtc(LATER, 6);
	}
	sim.store.touch();
	return gone;
}

/** Reads a list that changes after its second page; what stays in the range must all come, once. */
async function readWhile(list: ListCase, change: (sim: Simulator) => Array<number | string>, options = {}) {
	let gone: Array<number | string> = [];
	const sim: Simulator = await start({
		conversations: conversationsAt(TIMES),
		clients: clientsAt(TIMES),
		onRequest: () => {
			if (sim.requests.length === 2) gone = change(sim);
		},
	});
	const all = list.timed(sim).map(({ key }) => key);
	const given = { ...(list.parameters.options as object | undefined), ...options };
	const { json } = await succeed(sim, { ...list.parameters, ...MORNING, options: given });
	const keys = keysOf(json, list);
	expect(gone.length).toBeGreaterThan(0);
	expect(new Set(keys).size).toBe(keys.length);
	for (const key of all.filter((one) => !gone.includes(one))) expect(keys).toContain(key);
	return sim;
}

describe.each(Object.values(LISTS) as ListCase[])('all $name that stay come once', (list) => {
	test.each([1, 3, 12])('when %i leave the pages that were read', async (count) => {
		const sim = await readWhile(list, (at) => takeAway(at, list, 2, count));
		expect(sim.requests.length).toBeLessThanOrEqual(16);
	});

	test('when the record at the seam of two pages leaves', async () => {
		await readWhile(list, (at) => takeAway(at, list, 36, 6));
	});

	test('when records leave while the newest are read first', async () => {
		await readWhile(list, (at) => takeAway(at, list, 2, 3), { order: 'newestFirst' });
	});

	test('when new ones appear before those that were read', async () => {
		await readWhile(list, (sim) => {
			const [conversation] = conversationsAt([FROM + 2 * HOUR + 1]);
			const [client] = clientsAt([FROM + 2 * HOUR + 1]);
			for (let index = 0; index < 5; index++) {
				sim.store.addConversation({ ...conversation, conv_id: index + 1 });
				sim.store.upsertClient({ ...client, track_id: `a${index}` });
			}
			return ['none of the old ones'];
		});
	});
});
