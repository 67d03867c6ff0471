// waits of the package move the clock on instead of taking their time
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => {
		clock.now += ms;
		await Promise.resolve();
	},
}));

import { startSimulator, type Simulator } from '../simulator';
import { ON_OLD_LINE } from './engine';
import { afterRestart, Polling } from './polling';

const clock = { now: 0 };
const START = Date.parse('2026-11-20T04:00:00.250Z');
const MINUTE = 60_000;

/** n8n's own: what it gives a poll, and what it gives one where polls are durable. */
const BUDGETS = { usual: 300_000, durable: 36_000 };

let simulator: Simulator;

beforeEach(() => {
	clock.now = START;
	jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
});

afterEach(async () => {
	jest.restoreAllMocks();
	await simulator.close();
});

interface Flood {
	records: number;
	/** Milliseconds that Laigu takes for a page. */
	page: number;
	budget?: number;
	/** Which share of the answers fails. */
	faults?: number;
	/** How long page tokens are good for, in seconds. */
	tokenSeconds?: number;
	/** After which polls n8n is restarted. */
	restarts?: number[];
	/** How far Laigu's clock is ahead of n8n's, in milliseconds. */
	skew?: number;
}

interface Outcome {
	/** How often each customer came. */
	counts: Map<string, number>;
	/** The polls until all had come, those after the flood too. */
	polls: number;
	longest: number;
	bytes: number;
	/** How many had come after each poll. */
	reached: number[];
}

/** Lets very many customers be updated in one instant and some after it, and polls a minute apart until all have come. */
async function flood({ records, page, budget = BUDGETS.usual, skew = 0, ...more }: Flood): Promise<Outcome> {
	simulator = await startSimulator({
		conversations: [],
		clients: [],
		now: () => new Date(clock.now + skew),
		switches: { tokenSeconds: more.tokenSeconds ?? 0 },
		onRequest: () => void (clock.now += page),
	});
	const trigger = (staticData = {}) =>
		new Polling({
			simulator,
			staticData,
			budgetMs: () => budget,
			parameters: { event: 'customerUpdated', output: 'raw' },
		});
	let polling = trigger();
	await polling.poll();
	if (more.faults) simulator.addFault({ kind: '10015', rate: more.faults });
	const update = (track_id: string) => {
		const updated_on = new Date(clock.now + skew).toISOString();
		simulator.store.upsertClient({ track_id, created_on: updated_on, updated_on, tel: '1' });
	};
	clock.now += MINUTE;
	for (let id = 0; id < records; id++) update(`c${(id * 7_919) % 1_000_003}`);

	const outcome: Outcome = { counts: new Map(), polls: 0, longest: 0, bytes: 0, reached: [] };
	const LATER = 10;
	while (outcome.counts.size < records + LATER && outcome.polls < 400) {
		clock.now += MINUTE;
		if (outcome.polls < LATER) update(`a${outcome.polls}`);
		const began = clock.now;
		for (const { track_id: id } of await polling.poll()) {
			outcome.counts.set(`${id as string}`, (outcome.counts.get(`${id as string}`) ?? 0) + 1);
		}
		outcome.polls++;
		outcome.longest = Math.max(outcome.longest, clock.now - began);
		outcome.bytes = Math.max(outcome.bytes, JSON.stringify(polling.staticData).length);
		outcome.reached.push(outcome.counts.size);
		if (more.restarts?.includes(outcome.polls)) polling = trigger(afterRestart(polling.staticData));
	}
	if (process.env.LAIGU_FIGURES) {
		const { polls, longest, bytes } = outcome;
		process.stdout.write(`${JSON.stringify({ records, page, budget, ...more, polls, longest, bytes })}\n`);
	}
	return outcome;
}

const repeated = ({ counts }: Outcome) => [...counts.values()].filter((count) => count > 1).length;

// ten thousand records are five hundred pages, more than once
jest.setTimeout(120_000);

describe('very many records in one instant', () => {
	it.each<Flood & { most: number }>([
		{ records: 660, page: 1_000, most: 12 },
		{ records: 2_100, page: 300, most: 12 },
		{ records: 2_100, page: 300, budget: BUDGETS.durable, skew: 10 * MINUTE, most: 12 },
		{ records: 2_100, page: 300, skew: -10 * MINUTE, most: 12 },
		{ records: 10_000, page: 1_000, budget: BUDGETS.durable, faults: 0.1, most: 40 },
	])('come once, and so does what comes after them: %j', async ({ most, ...one }) => {
		const outcome = await flood(one);
		expect(outcome.counts.size).toBe(one.records + 10);
		expect(repeated(outcome)).toBe(0);
		expect(outcome.polls).toBeLessThanOrEqual(most);
		expect(outcome.longest).toBeLessThan(one.budget ?? BUDGETS.usual);
		expect(outcome.bytes).toBeLessThan(300_000);
		// until all of the flood has come, each poll gets further than the one before
		const rising = outcome.reached.filter((count) => count <= one.records);
		expect(new Set(rising).size).toBe(rising.length);
	});

	it('come again only from the batch before a restart', async () => {
		const outcome = await flood({ records: 4_000, page: 1_000, restarts: [2, 4, 5] });
		expect(outcome.counts.size).toBe(4_010);
		expect(Math.max(...outcome.counts.values())).toBeLessThanOrEqual(3);
		expect(repeated(outcome)).toBeLessThan(3 * 700);
		expect(outcome.bytes).toBeLessThan(300_000);
	});

	it.each<Flood>([
		{ records: 500, page: 1_000, budget: BUDGETS.durable, tokenSeconds: 20 },
		{ records: 1_200, page: 1_000, budget: BUDGETS.usual, tokenSeconds: 20, faults: 0.02 },
	])('come once although Laigu forgets where a poll stopped: %j', async (one) => {
		const outcome = await flood(one);
		expect(outcome.counts.size).toBe(one.records + 10);
		expect(repeated(outcome)).toBe(0);
		expect(outcome.longest).toBeLessThan(one.budget ?? BUDGETS.usual);
	});

	it('are told of where no poll can ever get through them; without a budget, a poll gets through', async () => {
		const outcome = flood({ records: 1_000, page: 1_000, budget: BUDGETS.durable, tokenSeconds: 20 });
		// n8n 1.x sets polls no budget: a poll continues for as long as it needs
		if (!ON_OLD_LINE)
			await expect(outcome).rejects.toMatchObject({ message: 'Laigu is too slow for the poll to make progress' });
		else expect((await outcome).counts.size).toBe(1_010);
	});
});
