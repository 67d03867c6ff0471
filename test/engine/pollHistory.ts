import fc from 'fast-check';
import { ENDS, ENVELOPES, type FaultKind, type Switches } from '../simulator';

/** What happens in Laigu and in n8n between two polls, and what becomes of the second. */
export interface Step {
	/** Seconds since the last poll. */
	gap: number;
	arrivals: Arrival[];
	/** Updates while the poll is reading: before which request, of which customer. */
	midway: Array<{ request: number; customer: number }>;
	faults: Array<{ kind: FaultKind; times: number; after: number }>;
	/** How far n8n's clock is off during this poll, in seconds, and from which request on; 0 for the poll's beginning. */
	jump: { seconds: number; request: number };
	/** Whether Laigu has forgotten all page tokens by then. */
	forgets: boolean;
	/** Which of the processes polls, where there are two. */
	process: 0 | 1;
	/**
	 * `unsaved`: n8n dies before it has saved or started anything; `cutOff`: after it saved, in the middle of the execution; `restart`: after the
	 * execution; `lost`: as restart, and the node was renamed, so that its own static data is gone.
	 */
	end: 'goesOn' | 'unsaved' | 'cutOff' | 'restart' | 'lost';
}

/** A conversation that ends, or a customer who is created or updated. */
export interface Arrival {
	/** Where in the gap, from 0 to 1; many share a second. */
	at: number;
	/** Seconds until the API shows it. */
	late: number;
	/** Which customer, where it is an update. */
	customer: number;
	/** How many more in the same second, or in the same instant where they are very many. */
	more: number;
}

/** From so many on, all of an arrival happen in one instant. */
export const FLOOD = 100;

/** One random history. */
export interface History {
	event: 'conversationEnded' | 'customerCreated' | 'customerUpdated';
	switches: Partial<Switches>;
	/** Laigu's clock against n8n's, in seconds. */
	skew: number;
	/** Of each request, in milliseconds. */
	latency: number;
	budget: number;
	/** Whether n8n also saves what a poll leaves that gave nothing, as n8n 2.x with durable cursors does. */
	savesAlways: boolean;
	/** How many processes of n8n take turns in polling. */
	processes: 1 | 2;
	repeatAfterRestart: boolean;
	/** Seconds before the first poll. */
	startFrom?: number;
	before: Arrival[];
	steps: Step[];
}

export const OVERLAP_SECONDS = 300;

const MINUTE = 60;
const DAY = 86_400;

const arrival = fc.record<Arrival>({
	at: fc.constantFrom(0, 0.1, 0.5, 0.5, 0.77, 0.999, 1),
	late: fc.oneof(
		{ weight: 3, arbitrary: fc.constant(0) },
		{ weight: 1, arbitrary: fc.integer({ min: 1, max: OVERLAP_SECONDS - 10 }) },
	),
	customer: fc.nat(7),
	more: fc.oneof(
		{ weight: 24, arbitrary: fc.nat(2) },
		{ weight: 2, arbitrary: fc.integer({ min: 18, max: 45 }) },
		{ weight: 1, arbitrary: fc.integer({ min: FLOOD, max: 500 }) },
	),
});

const JUMPS = [3_600, DAY, 365 * DAY].flatMap((seconds) => [seconds, -seconds]);

const KINDS: FaultKind[] = [
	'10014',
	'429',
	'10015',
	'500',
	'502html',
	'reset',
	'truncated',
	'emptyBody',
	'wrongShape',
	'redirect',
];

const step = fc.record<Step>({
	gap: fc.oneof(
		{ weight: 8, arbitrary: fc.integer({ min: 1, max: 10 * MINUTE }) },
		{ weight: 1, arbitrary: fc.integer({ min: 3_600, max: 4 * DAY }) },
	),
	arrivals: fc.array(arrival, { maxLength: 4 }),
	midway: fc.array(fc.record({ request: fc.integer({ min: 1, max: 4 }), customer: fc.nat(7) }), { maxLength: 2 }),
	faults: fc.array(
		fc.record({ kind: fc.constantFrom(...KINDS), times: fc.integer({ min: 1, max: 8 }), after: fc.nat(3) }),
		{ maxLength: 1 },
	),
	jump: fc.record({
		seconds: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.constantFrom(...JUMPS) }),
		request: fc.constantFrom(0, 0, 1, 3),
	}),
	forgets: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
	process: fc.constantFrom(0 as const, 1 as const),
	end: fc.oneof(
		{ weight: 6, arbitrary: fc.constant('goesOn' as const) },
		{
			weight: 4,
			arbitrary: fc.constantFrom('unsaved' as const, 'cutOff' as const, 'restart' as const, 'lost' as const),
		},
	),
});

const switches: fc.Arbitrary<Partial<Switches>> = fc.record({
	ends: fc.constantFrom(...ENDS),
	comparePrecision: fc.constantFrom('microseconds' as const, 'seconds' as const),
	envelope: fc.constantFrom(...ENVELOPES),
	errnoStatus: fc.constantFrom('ok' as const, 'http' as const),
	v2WindowHours: fc.constantFrom(0, 0, 1, 12),
	// not 'absent': a window of a few seconds with exactly one full page and no word of a token stays unreadable on purpose
	lastToken: fc.constantFrom('empty' as const, 'null' as const),
	clientOrder: fc.constantFrom('created' as const, 'trackId' as const, 'shuffled' as const),
	emptyPageInMiddle: fc.boolean(),
	movingPages: fc.boolean(),
	lagSeconds: fc.constantFrom(0, 1, 5),
});

/** Random histories of everything that the issue names. */
export const histories: fc.Arbitrary<History> = fc.record({
	event: fc.constantFrom('conversationEnded' as const, 'customerCreated' as const, 'customerUpdated' as const),
	switches,
	skew: fc.oneof(fc.constant(0), fc.integer({ min: -12 * MINUTE, max: 12 * MINUTE })),
	latency: fc.constantFrom(20, 20, 1_000, 3_000),
	budget: fc.constantFrom(300_000, 36_000),
	savesAlways: fc.boolean(),
	processes: fc.constantFrom(1 as const, 1 as const, 2 as const),
	repeatAfterRestart: fc.boolean(),
	startFrom: fc.option(fc.integer({ min: 0, max: 3 * DAY }), { nil: undefined }),
	before: fc.array(arrival, { maxLength: 4 }),
	steps: fc.array(step, { minLength: 2, maxLength: 10 }),
});
