import { ENDS, ENVELOPES } from '../simulator';
import type { Simulator, Switches } from '../simulator';
import { HOUR } from '../simulator/time';
import { acceptedWindows, isInOrder, windowOf } from './asked';
import {
	ascending,
	clientsAt,
	conversationsAt,
	expected,
	FROM,
	instants,
	keysOf,
	LISTS,
	start,
	stopAll,
	succeed,
	TO,
	TWO_DAYS,
} from './world';
import type { ListCase } from './world';

const TIMES = instants();
const CONVERSATIONS = conversationsAt(TIMES);
const CLIENTS = clientsAt(TIMES);

afterEach(stopAll);

/** Reads the whole list under the given switches and compares it with what the server holds. */
async function check(
	list: ListCase,
	switches: Partial<Switches>,
	options: Record<string, unknown> = {},
): Promise<Simulator> {
	const sim = await start({ conversations: [...CONVERSATIONS], clients: [...CLIENTS], switches });
	const given = { ...(list.parameters.options as object | undefined), ...options };
	const { json } = await succeed(sim, { ...list.parameters, ...TWO_DAYS, options: given });
	const keys = keysOf(json, list);
	const wanted = expected(sim, list);
	expect([...keys].sort(ascending)).toEqual(wanted);
	expect(isInOrder(sim, list, keys, options.order === 'newestFirst')).toBe(true);
	expect(sim.requests.length).toBeGreaterThanOrEqual(3);
	return sim;
}

const V2_LISTS: ListCase[] = [LISTS.conversations, LISTS.created, LISTS.updated];
const ALL_LISTS: ListCase[] = [...V2_LISTS, LISTS.v1];

test('the data has enough records for three pages and some on every edge', () => {
	expect(TIMES.length).toBeGreaterThan(150);
	expect(new Set(CONVERSATIONS.map(({ conv_id: id }) => id)).size).toBe(TIMES.length);
	expect(new Set(CLIENTS.map(({ track_id: id }) => id)).size).toBe(TIMES.length);
});

// the two lists of customers differ in path, filter and order only
describe.each(V2_LISTS.slice(0, 2))('all $name come once and in order', (list) => {
	test.each(ENVELOPES.flatMap((envelope) => ENDS.map((ends) => ({ envelope, ends }))))(
		'with the list under $envelope and ends read as $ends',
		async ({ envelope, ends }) => {
			await check(list, { envelope, ends });
		},
	);
});

describe.each(ALL_LISTS)('all $name come once and in order', (list) => {
	test.each<Partial<Switches>>([
		...ENDS.map((ends) => ({ ends, comparePrecision: 'seconds' as const })),
		{ lastToken: 'absent' },
		{ lastToken: 'null' },
		{ countsAs: 'string' },
		{ successErrno: 'absent' },
		{ errnoStatus: 'http' },
		{ reversedWindow: 'empty' },
		{ clientOrder: 'trackId' },
		{ clientOrder: 'shuffled' },
		{ emptyPageInMiddle: true },
		{ movingPages: true, movesTowards: 'later' },
		{ movingPages: true, movesTowards: 'earlier' },
	])('with %j', async (switches) => {
		await check(list, switches);
	});

	test.each(ENDS)('newest first with ends read as %s', async (ends) => {
		await check(
			list,
			{ ends, comparePrecision: ends === 'exclusive' ? 'seconds' : 'microseconds' },
			{ order: 'newestFirst' },
		);
	});

	test('newest first from a server with moving pages and a narrow window', async () => {
		await check(
			list,
			{ movingPages: true, movesTowards: 'later', v2WindowHours: 5, clientOrder: 'shuffled' },
			{ order: 'newestFirst' },
		);
	});
});

describe.each(V2_LISTS)('all $name come once whatever the widest window', (list) => {
	test.each([168, 24, 5].flatMap((v2WindowHours) => ENDS.map((ends) => ({ v2WindowHours, ends }))))(
		'of $v2WindowHours hours, with ends read as $ends',
		async ({ v2WindowHours, ends }) => {
			const sim = await check(list, { v2WindowHours, ends, errnoStatus: ends === 'exclusive' ? 'http' : 'ok' });
			const refused = sim.requests.filter(({ errno }) => errno !== 0).length;
			// halving finds a width at once, and it is kept for the run
			expect(refused).toBeLessThanOrEqual(v2WindowHours === 168 ? 0 : v2WindowHours === 24 ? 2 : 5);
		},
	);

	test('and a width that the user gives is never exceeded, so that nothing is refused', async () => {
		const sim = await check(list, { v2WindowHours: 5 }, { windowHours: 5, concurrency: 4 });
		expect(sim.requests.filter(({ errno }) => errno !== 0)).toEqual([]);
		for (const { from, to } of acceptedWindows(sim)) expect(to - from).toBeLessThanOrEqual(5 * HOUR);
	});
});

describe('all conversations of API v1 come once', () => {
	test.each((['end', 'start'] as const).flatMap((v1FiltersOn) => ENDS.map((ends) => ({ v1FiltersOn, ends }))))(
		'when it filters on the $v1FiltersOn and reads ends as $ends',
		async ({ v1FiltersOn, ends }) => {
			const sim = await check(LISTS.v1, { v1FiltersOn, ends });
			expect(sim.requests.filter(({ errno }) => errno !== 0)).toEqual([]);
			for (const request of sim.requests) {
				const { from, to } = windowOf(request);
				expect(to - from).toBeLessThanOrEqual(12 * HOUR);
			}
		},
	);

	test('in windows of the width that the user gives', async () => {
		const sim = await check(LISTS.v1, { v1WindowHours: 24 }, { windowHours: 24 });
		expect(acceptedWindows(sim)).toHaveLength(3);
	});
});

describe.each(V2_LISTS)('all $name come once in every form of time', (list) => {
	test.each(
		(['string', 'stringMicroseconds', 'epochSeconds', 'epochMicroseconds'] as const).flatMap((form) =>
			ENDS.map((ends) => ({ form, ends })),
		),
	)('$form, with ends read as $ends', async ({ form, ends }) => {
		await check(
			list,
			{
				timeForms: [form],
				ends,
				comparePrecision: ends === 'startExclusive' ? 'seconds' : 'microseconds',
				v2WindowHours: 24,
			},
			{ timeFormat: form },
		);
	});
});

test.each(V2_LISTS)(
	'exactly one full page of $name comes, even if its answer never speaks of a next one',
	async (list) => {
		const times = TIMES.filter((at) => at >= FROM && at < TO).slice(0, 20);
		const sim = await start({
			conversations: conversationsAt(times),
			clients: clientsAt(times),
			switches: { lastToken: 'absent' },
		});
		const { json } = await succeed(sim, { ...list.parameters, ...TWO_DAYS });
		expect(keysOf(json, list).sort(ascending)).toEqual(expected(sim, list));
		expect(json).toHaveLength(20);
	},
);
