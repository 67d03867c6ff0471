// waits of the package move the clock on instead of taking their time
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => {
		clock.now += ms;
		await Promise.resolve();
	},
}));

import type { IDataObject, NodeApiError } from 'n8n-workflow';
import { startSimulator, type LaiguClient, type Simulator, type SimulatorOptions } from '../simulator';
import { ON_OLD_LINE } from './engine';
import { afterRestart, credentialsFor, Polling, type PollingOptions } from './polling';

const clock = { now: 0 };
const START = Date.parse('2026-11-20T04:00:00.250Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let simulator: Simulator;
const running: Simulator[] = [];
let skew = 0;

async function open(options: SimulatorOptions = {}): Promise<void> {
	simulator = await startSimulator({
		conversations: [],
		clients: [],
		now: () => new Date(clock.now + skew),
		...options,
	});
	running.push(simulator);
}

const polling = (options: Partial<PollingOptions> = {}) => new Polling({ simulator, ...options });

const beijing = (time: number) => `${new Date(time + 8 * HOUR).toISOString().replace('T', ' ').slice(0, 23)}000`;

/** A conversation that ended at a time of Laigu's clock, now unless told otherwise. */
function end(id: number, time = clock.now + skew): void {
	simulator.store.addConversation({ conv_id: id, conv_start_tm: beijing(time - HOUR), conv_end_tm: beijing(time) });
}

function change(trackId: string, time = clock.now + skew, more: Partial<LaiguClient> = {}): void {
	const at = new Date(time).toISOString();
	const created = simulator.store.client(trackId)?.created_on ?? at;
	simulator.store.upsertClient({ track_id: trackId, created_on: created, updated_on: at, tel: '13800138000', ...more });
}

const ids = (items: IDataObject[]) => items.map(({ conversationId, trackId }) => conversationId ?? trackId);

/** Polls a minute apart until nothing comes any more. */
async function drain(trigger: Polling, most = 200): Promise<unknown[][]> {
	const batches: unknown[][] = [];
	for (let quiet = 0; quiet < 2 && batches.length < most;) {
		clock.now += MINUTE;
		const items = await trigger.poll();
		quiet = items.length === 0 ? quiet + 1 : 0;
		if (items.length > 0) batches.push(ids(items));
	}
	return batches;
}

beforeEach(() => {
	clock.now = START;
	skew = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
});

afterEach(async () => {
	jest.restoreAllMocks();
	await Promise.all(running.splice(0).map(async (one) => await one.close()));
});

describe('the first poll', () => {
	it('gives nothing of what was there before, and everything that comes after', async () => {
		await open();
		end(1, clock.now - HOUR);
		end(2, clock.now - 1000);
		const trigger = polling();
		expect(await trigger.run()).toBeNull();
		end(3);
		clock.now += MINUTE;
		expect(ids(await trigger.poll())).toEqual([3]);
		clock.now += MINUTE;
		expect(await trigger.run()).toBeNull();
	});

	it.each([
		['Asia/Shanghai', '2026-11-20T11:00:00', [2]],
		['UTC', '2026-11-20T03:00:00', [2]],
		['America/New_York', '2026-11-19T22:00:00', [2]],
		['UTC', '2026-11-20T10:59:59+08:00', [1, 2]],
		['UTC', '2026-11-21T00:00:00', []],
	])("begins with Start From, in the workflow's zone (%s, %s)", async (timezone, startFrom, expected) => {
		await open();
		end(1, Date.parse('2026-11-20T02:59:59.999Z'));
		end(2, Date.parse('2026-11-20T03:00:00Z'));
		const trigger = polling({ timezone, parameters: { options: { startFrom } } });
		expect(ids(await trigger.poll())).toEqual(expected);
		expect(await trigger.run()).toBeNull();
	});

	it('says which of its parameters cannot work', async () => {
		await open();
		await expect(polling({ parameters: { options: { startFrom: 'soon' } } }).poll()).rejects.toThrow(
			"'Start From' is not a date and time",
		);
		await expect(polling({ parameters: { options: { overlapMinutes: -1 } } }).poll()).rejects.toThrow(
			"'Overlap Minutes' cannot be -1",
		);
		await expect(polling({ parameters: { event: 'somethingElse' } }).poll()).rejects.toThrow("'Trigger On' cannot be");
		expect(simulator.requests).toEqual([]);
	});
});

describe('a manual run', () => {
	it('gives the latest few, and leaves the cursor alone', async () => {
		await open();
		for (let count = 1; count <= 30; count++) end(count, clock.now - (40 - count) * HOUR);
		const trigger = polling();
		await trigger.poll();
		const before = trigger.staticData;
		expect(ids(await trigger.poll('manual'))).toEqual([30, 29, 28, 27, 26]);
		expect(trigger.staticData).toEqual(before);
	});

	it('gives nothing where there is nothing', async () => {
		await open();
		expect(await polling().run('manual')).toBeNull();
	});
});

describe('every event once', () => {
	it('that becomes visible late', async () => {
		await open({ switches: { lagSeconds: 290 } });
		const trigger = polling();
		await trigger.poll();
		const given: unknown[] = [];
		for (let count = 1; count <= 20; count++) {
			clock.now += MINUTE;
			end(count);
			given.push(...ids(await trigger.poll()));
		}
		given.push(...(await drain(trigger)).flat());
		for (let idle = 0; idle < 6; idle++) given.push(...(await drain(trigger)).flat());
		expect(given.sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
	});

	it('of many in one second, on several pages, when more of the same second come later', async () => {
		await open();
		const trigger = polling();
		await trigger.poll();
		clock.now += MINUTE;
		const second = clock.now;
		for (let count = 1; count <= 45; count++) end(100 - count, second);
		expect(ids(await trigger.poll())).toHaveLength(45);
		for (let count = 1; count <= 45; count++) end(200 - count, second);
		expect(ids(await trigger.poll())).toHaveLength(45);
		expect(await trigger.run()).toBeNull();
	});

	it.each([10, -10])('with a clock of Laigu that is %i minutes off', async (minutes) => {
		skew = minutes * MINUTE;
		await open({ switches: { lagSeconds: 1 } });
		end(1);
		clock.now += 2000;
		const trigger = polling();
		expect(await trigger.run()).toBeNull();
		end(2);
		clock.now += 2000;
		expect(ids(await trigger.poll())).toEqual([2]);
		for (let count = 3; count <= 40; count++) {
			clock.now += MINUTE;
			end(count);
			clock.now += 2000;
			expect(ids(await trigger.poll())).toEqual([count]);
		}
	});

	it('of a customer who is updated while the pages are read', async () => {
		let requests = 0;
		await open({
			onRequest: () => {
				// the 45 are on three pages by now
				if (++requests === 3) change('c01', clock.now + 500);
			},
		});
		const trigger = polling({ parameters: { event: 'customerUpdated' } });
		await trigger.poll();
		clock.now += MINUTE;
		for (let count = 10; count < 55; count++) change(`c${count}`);
		change('c01');
		const first = await trigger.poll();
		expect(new Set(ids(first)).size).toBe(46);
		clock.now += MINUTE;
		const second = await trigger.poll();
		expect(ids(second)).toEqual(['c01']);
		expect(second[0].updatedAt).not.toBe(first.find(({ trackId }) => trackId === 'c01')?.updatedAt);
		expect(await trigger.run()).toBeNull();
	});

	it('twice for a customer who is updated twice, not at all for one who is only seen again', async () => {
		await open();
		const trigger = polling({ parameters: { event: 'customerUpdated' } });
		await trigger.poll();
		change('c1');
		expect(ids(await trigger.poll())).toEqual(['c1']);
		expect(await trigger.run()).toBeNull();
		clock.now += 1;
		change('c1');
		expect(ids(await trigger.poll())).toEqual(['c1']);
		expect(await trigger.run()).toBeNull();
	});

	it('after a pause of days, oldest first, within the time of several polls', async () => {
		await open({ switches: { v2WindowHours: 12 }, onRequest: () => void (clock.now += 700) });
		const budgetMs = () => 36_000;
		const trigger = polling({ budgetMs });
		await trigger.poll();
		const all = Array.from({ length: 900 }, (_, index) => index + 1);
		for (const id of all) end(id, clock.now + id * 8 * MINUTE);
		clock.now += 6 * 24 * HOUR;
		const began = clock.now;
		const first = await trigger.poll();
		expect(first.length).toBeGreaterThan(0);
		if (!ON_OLD_LINE) expect(clock.now - began).toBeLessThan(36_000);
		const batches = [ids(first), ...(await drain(trigger))];
		expect(batches.length).toBeGreaterThan(1);
		expect(batches.flat()).toEqual(all);
	});

	it('in batches that one execution can hold, with a cursor that stays small', async () => {
		await open();
		const trigger = polling();
		await trigger.poll();
		for (let id = 1; id <= 2_600; id++) end(id, clock.now + Math.floor(id / 50) * 1000);
		clock.now += 3 * MINUTE;
		const batches = await drain(trigger);
		expect(batches.flat()).toHaveLength(2_600);
		// 8 bytes a record, twice: before the last batch and after it
		expect(JSON.stringify(trigger.staticData).length).toBeLessThan(2_600 * 8 * 2 + 10_000);
		clock.now += HOUR;
		end(9_999);
		await drain(trigger);
		clock.now += HOUR;
		end(10_000);
		await drain(trigger);
		expect(JSON.stringify(trigger.staticData).length).toBeLessThan(600);
	});
});

describe('when something goes wrong', () => {
	it('rate limiting ends the poll early with what was completed; the rest comes with the next', async () => {
		await open();
		const trigger = polling();
		await trigger.poll();
		for (let id = 1; id <= 40; id++) end(id, clock.now + id * HOUR);
		clock.now += 2 * 24 * HOUR;
		simulator.addFault({ kind: '10014', after: 3 });
		const first = ids(await trigger.poll());
		expect(first.length).toBeGreaterThan(0);
		expect(first.length).toBeLessThan(40);
		simulator.clearFaults();
		expect([...first, ...(await drain(trigger)).flat()]).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
	});

	it.each([
		['10011', { accessToken: 'another' }, 'Laigu did not accept the credential', 'credential-invalid'],
		['10012', {}, 'Laigu does not recognize this address', 'configuration-invalid'],
	])('errno %s is told as in the action node, and the cursor stays', async (errno, wrong, message, cause) => {
		await open({ apiOpened: errno !== '10012' });
		const trigger = polling({
			credentials: { ...credentialsFor(simulator), ...wrong },
			parameters: { options: { startFrom: '2026-11-19' } },
		});
		const error = await trigger.poll().catch((thrown: NodeApiError & { failure?: { cause: string } }) => thrown);
		expect(error).toMatchObject({ message, context: { data: { errno: Number(errno) } } });
		if (!ON_OLD_LINE) expect(error).toMatchObject({ failure: { cause } });
		expect(JSON.stringify(trigger.staticData)).not.toContain('watermark');
	});

	it('speaks of the trigger, not of fields that only the action node has', async () => {
		await open();
		const trigger = polling();
		await trigger.poll();
		simulator.addFault({ kind: '429' });
		await expect(trigger.poll()).rejects.toMatchObject({
			message: 'Laigu asked to slow down',
			description: expect.stringMatching(
				/^Nothing is lost: the next poll .* poll less often\. Laigu answered with HTTP 429\.$/,
			) as string,
		});
		simulator.clearFaults();
		simulator.switches.timeForms = ['epochSeconds'];
		await expect(trigger.poll()).rejects.toMatchObject({
			description: expect.stringMatching(/^Check 'Time Format' in the options\./) as string,
		});
		const inEpochs = polling({ parameters: { options: { timeFormat: 'epochSeconds' } } });
		expect(await inEpochs.run()).toBeNull();
	});

	it('a Laigu that needs most of a poll for one page gets there page by page', async () => {
		await open({ onRequest: () => void (clock.now += 25_000) });
		for (let id = 100; id <= 170; id++) end(id, START - 30_000);
		const trigger = polling({ budgetMs: () => 36_000, parameters: { options: { startFrom: '2026-11-20T11:59:25' } } });
		const given: unknown[] = [];
		for (let poll = 0; poll < 8; poll++) {
			const began = clock.now;
			given.push(...ids(await trigger.poll()));
			if (!ON_OLD_LINE) expect(clock.now - began).toBeLessThan(36_000);
			clock.now += MINUTE;
		}
		expect(given).toHaveLength(71);
		expect(new Set(given).size).toBe(71);
	});

	it('two polls at once read the list once', async () => {
		await open();
		const trigger = polling();
		await trigger.poll();
		end(1);
		const both = await Promise.all([trigger.run(), trigger.run()]);
		expect(both.filter((given) => given !== null)).toHaveLength(1);
	});
});

describe('the cursor', () => {
	it('is not that of another event or of another account', async () => {
		await open();
		const first = polling();
		await first.poll();
		end(1);
		change('c1');
		clock.now += MINUTE;
		const otherEvent = polling({ staticData: first.staticData, parameters: { event: 'customerCreated' } });
		expect(await otherEvent.run()).toBeNull();
		const credentials = { ...credentialsFor(simulator), accessToken: 'a newer one' };
		const renewed = polling({ staticData: first.staticData, credentials });
		await expect(renewed.poll()).rejects.toThrow('did not accept the credential');
		expect(renewed.staticData).toEqual(first.staticData);
		expect(ids(await polling({ staticData: first.staticData }).poll())).toEqual([1]);
	});

	it('survives a renamed node, at the price of what lies in the overlap', async () => {
		await open();
		const first = polling();
		await first.poll();
		end(1, clock.now + HOUR);
		clock.now += 2 * HOUR;
		await first.poll();
		await first.poll();
		end(2);
		clock.now += HOUR;
		end(3);
		const renamed = polling({ staticData: first.staticData, nodeName: 'Another Name' });
		expect(ids(await renamed.poll())).toEqual([2, 3]);
	});

	it('gives the last batch again after a restart, unless told not to; an earlier one never', async () => {
		await open();
		const first = polling();
		await first.poll();
		end(1);
		clock.now += MINUTE;
		expect(ids(await first.poll())).toEqual([1]);
		end(2);
		clock.now += MINUTE;
		expect(ids(await first.poll())).toEqual([2]);
		const staticData = afterRestart(first.staticData);
		const parameters = { options: { repeatAfterRestart: false } };
		expect(await polling({ staticData, parameters }).run()).toBeNull();
		expect(ids(await polling({ staticData }).poll())).toEqual([2]);
	});

	it('is begun anew where something else wrote over it', async () => {
		await open();
		const trigger = polling({ staticData: { 'node:Laigu Poll Trigger': { cursor: 'mine' } } });
		expect(await trigger.run()).toBeNull();
		end(1);
		expect(ids(await trigger.poll())).toEqual([1]);
	});
});

describe('items', () => {
	const template = {
		agent_name: 'Lin',
		conv_content: [{ from: 'client', timestamp: '2026-11-20 11:59:00.000000', content: 'Hi', content_type: 'text' }],
	};

	async function give(output: string, fields: string[] = []): Promise<IDataObject[]> {
		await open();
		const trigger = polling({ parameters: { output, fields, options: { startFrom: '2026-11-20' } } });
		for (const id of [1, 2]) {
			end(id);
			Object.assign(simulator.store.conversation(id) ?? {}, id === 1 ? template : { extra: 'x' });
		}
		simulator.store.touch();
		return await trigger.poll();
	}

	it('are shaped as those of the action node', async () => {
		expect((await give('simplified'))[0]).toMatchObject({
			conversationId: 1,
			endedAt: '2026-11-20T12:00:00.250+08:00',
			agentName: 'Lin',
		});
		expect((await give('raw'))[0]).toMatchObject({ conv_id: 1, agent_name: 'Lin' });
		expect(await give('selectedFields', ['agentName'])).toEqual([
			{ conversationId: 1, agentName: 'Lin' },
			{ conversationId: 2 },
		]);
		expect(await give('messages')).toEqual([expect.objectContaining({ conversationId: 1, content: 'Hi' })]);
		expect((await give('transcript'))[0].transcript).toBe('[2026-11-20 11:59:00] Customer: Hi');
		const rows = await give('spreadsheetRow');
		expect(Object.keys(rows[0])).toEqual(Object.keys(rows[1]));
		expect(rows.map(({ extra }) => extra)).toEqual(['', 'x']);
	});
});
