// waits of the package move the clock on instead of taking their time
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => {
		clock.now += ms;
		await Promise.resolve();
	},
}));

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator';
import { credentialsFor, Polling, startProcess, type PollingOptions } from './polling';

/** The true time, and how far n8n's clock is off. */
const clock = { now: 0, jump: 0 };
const START = Date.parse('2026-11-20T04:00:00.250Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NODE = 'node:Laigu Poll Trigger';

let simulator: Simulator;
const servers: Array<{ close: () => unknown }> = [];

async function open(options: SimulatorOptions = {}): Promise<void> {
	simulator = await startSimulator({ conversations: [], clients: [], now: () => new Date(clock.now), ...options });
	servers.push(simulator);
}

const polling = (options: Partial<PollingOptions> = {}) =>
	new Polling({
		simulator,
		...options,
		parameters: { event: 'conversationEnded', output: 'raw', ...options.parameters },
	});

const beijing = (time: number) => `${new Date(time + 8 * HOUR).toISOString().replace('T', ' ').slice(0, 23)}000`;

function end(id: number, more: object = {}): void {
	const at = beijing(clock.now);
	simulator.store.addConversation({ conv_id: id, conv_start_tm: at, conv_end_tm: at, ...more });
}

const ids = (items: IDataObject[]) => items.map(({ conv_id: id }) => id as number);
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const ascending = (numbers: number[]) => [...numbers].sort((one, other) => one - other);

beforeEach(() => {
	clock.now = START;
	clock.jump = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => clock.now + clock.jump);
});

afterEach(async () => {
	jest.restoreAllMocks();
	await Promise.all(servers.splice(0).map(async (server) => await server.close()));
});

describe("a clock of n8n's that is wrong during some polls", () => {
	it.each(
		[HOUR, DAY, 365 * DAY, -HOUR, -DAY, -365 * DAY].flatMap((jump) => [1, 3].map((length) => ({ jump, length }))),
	)('by $jump ms in $length of them loses nothing and repeats nothing', async ({ jump, length }) => {
		await open();
		const trigger = polling();
		await trigger.poll();
		const given: number[] = [];
		for (let count = 1; count <= 40; count++) {
			clock.now += MINUTE;
			end(count);
			clock.jump = count >= 5 && count < 5 + length ? jump : 0;
			given.push(...ids(await trigger.poll()));
		}
		expect(ascending(given)).toEqual(upTo(40));
	});

	it.each([HOUR, DAY, 365 * DAY])('by %d ms before a pause that hides it loses nothing', async (jump) => {
		await open();
		const trigger = polling();
		await trigger.poll();
		end(1);
		clock.jump = jump;
		const given = ids(await trigger.poll());
		clock.jump = 0;
		for (let count = 2; count <= 13; count++) {
			clock.now += 10 * MINUTE;
			end(count);
		}
		clock.now += 2 * jump;
		for (let poll = 0; poll < 10; poll++) {
			clock.now += MINUTE;
			given.push(...ids(await trigger.poll()));
		}
		expect(ascending(given)).toEqual(upTo(13));
	});
});

describe('a position in the future', () => {
	it('that something wrote is brought back and said, and what happens then comes', async () => {
		await open();
		const first = polling();
		await first.poll();
		end(1);
		clock.now += MINUTE;
		await first.poll();
		const staticData = first.staticData;
		const { cursor } = staticData[NODE] as { cursor: IDataObject };
		cursor.watermark = (clock.now + 30 * DAY) * 1_000;
		delete cursor.unconfirmed;
		const trigger = polling({ staticData });
		const given: number[] = [];
		for (let count = 2; count <= 10; count++) {
			clock.now += MINUTE;
			end(count);
			given.push(...ids(await trigger.poll()));
		}
		expect(given).toEqual(expect.arrayContaining([3, 4, 5, 6, 7, 8, 9, 10]));
	});
});

describe('what is kept', () => {
	const hostile: unknown[] = ['abc', 0, -1, 1e300, null, [], {}, { a: null }, true, [null], { from: 'x' }];
	const fields = [
		'reading',
		'seen',
		'proven',
		'clock',
		'heavy',
		'unconfirmed',
		'processes',
		'effort',
		'polls',
		'watermark',
	];

	it.each(fields)('is not believed: %s', async (field) => {
		await open();
		const first = polling();
		await first.poll();
		end(1);
		clock.now += MINUTE;
		await first.poll();
		for (const value of hostile) {
			const staticData = first.staticData;
			(staticData[NODE] as { cursor: IDataObject }).cursor[field] = value as IDataObject;
			const trigger = polling({ staticData });
			const before = simulator.requests.length;
			await trigger.poll();
			expect(simulator.requests.length - before).toBeLessThan(40);
			clock.now += MINUTE;
			const id = 100 + simulator.requests.length;
			end(id);
			expect(ids(await trigger.poll())).toContain(id);
		}
	});

	it.each(['text', 7, [], { laiguPollTrigger: 'mine' }, { laiguPollTrigger: { x: 7 } }])(
		'in the whole workflow may be anything: %j',
		async (global) => {
			await open();
			const trigger = polling({ staticData: { global, [NODE]: { cursor: global } } });
			await trigger.poll();
			end(1);
			clock.now += MINUTE;
			expect(ids(await trigger.poll())).toEqual([1]);
		},
	);

	it.each<[string, (sim: Simulator) => object]>([
		['by another host for the same account', ({ url }) => ({ baseUrl: url.replace('127.0.0.1', 'localhost') })],
		[
			'with the enterprise ID pasted anew',
			({ account }) => ({
				enterpriseId: `\u200b ${`${account.enterpriseId}`.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))} `,
			}),
		],
		['with the enterprise ID as a number', ({ account }) => ({ enterpriseId: Number(account.enterpriseId) })],
	])('belongs to the event and the enterprise: it goes on %s', async (_, changed) => {
		await open();
		const first = polling();
		await first.poll();
		end(1);
		clock.now += MINUTE;
		expect(ids(await first.poll())).toEqual([1]);
		end(2);
		clock.now += MINUTE;
		const credentials = { ...credentialsFor(simulator), ...changed(simulator) };
		const moved = polling({ staticData: first.staticData, credentials });
		expect(ids(await moved.poll())).toEqual([2]);
	});
});

describe('two triggers with one node ID', () => {
	it('both poll, at once too', async () => {
		await open();
		const one = polling({ nodeName: 'Laigu A' });
		const other = polling({ nodeName: 'Laigu B' });
		expect(await Promise.all([one.run(), other.run()])).toEqual([null, null]);
		for (const id of [1, 2]) {
			end(id);
			clock.now += MINUTE;
			const [first, second] = await Promise.all([one.poll(), other.poll()]);
			expect([ids(first), ids(second)]).toEqual([[id], [id]]);
		}
	});
});

describe('two live processes of n8n', () => {
	it('that take turns repeat nothing, and what one of them gave comes again once it is gone', async () => {
		await open();
		const processes = [await startProcess(), await startProcess()];
		let staticData: IDataObject = {};
		const given: number[] = [];
		async function pollBy(process: number) {
			const trigger = polling({ staticData, process: processes[process] });
			const items = ids(await trigger.poll());
			({ staticData } = trigger);
			given.push(...items);
			return items;
		}
		await pollBy(0);
		await pollBy(1);
		for (let count = 1; count <= 20; count++) {
			clock.now += MINUTE;
			end(count);
			await pollBy([0, 1, 1, 0, 0, 0, 1][count % 7]);
		}
		expect(given).toEqual(upTo(20));
		given.splice(0);
		end(21);
		expect(await pollBy(1)).toEqual([21]);
		for (let poll = 0; poll < 40; poll++) {
			clock.now += MINUTE;
			await pollBy(0);
		}
		expect(given).toEqual([21, 21]);
	});
});

describe('a poll that hangs', () => {
	it('is ended and told, and the next one works when Laigu is well again', async () => {
		await open();
		const trigger = polling({ budgetMs: () => 36_000 });
		await trigger.poll();
		end(1);
		clock.now += MINUTE;
		simulator.addFault({ kind: 'reset' });
		await expect(trigger.poll()).rejects.toThrow('The connection to Laigu was interrupted');
		simulator.clearFaults();
		expect(ids(await trigger.poll())).toEqual([1]);
	});

	it('does not keep later polls from coming for ever', async () => {
		await open();
		const silent: Server = createServer(() => {});
		await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
		servers.push({
			close: () => {
				silent.closeAllConnections();
				silent.close();
			},
		});
		const { port } = silent.address() as AddressInfo;
		const hanging = polling({ credentials: { ...credentialsFor(simulator), baseUrl: `http://127.0.0.1:${port}` } });
		const poll = hanging.run();
		const trigger = polling();
		expect(await trigger.run()).toBeNull();
		expect(simulator.requests).toHaveLength(0);
		clock.now += HOUR;
		await trigger.poll();
		end(1);
		clock.now += MINUTE;
		expect(ids(await trigger.poll())).toEqual([1]);
		silent.close();
		silent.closeAllConnections();
		await poll.catch(() => undefined);
	});
});

describe('filters', () => {
	it('keep what is wanted; the rest is read and not put out', async () => {
		await open();
		const trigger = polling({ parameters: { filters: { agents: 'lin', onlyWithContact: true } } });
		await trigger.poll();
		end(1, { agent_name: 'Lin', client_info: { tel: '13800138000' } });
		end(2, { agent_name: 'Wu', client_info: { tel: '13800138000' } });
		end(3, { agent_name: 'Lin' });
		clock.now += MINUTE;
		expect(ids(await trigger.poll())).toEqual([1]);
		end(4, { agent_name: 'Wu' });
		expect(await trigger.run()).toBeNull();
	});
});
