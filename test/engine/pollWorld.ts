import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type LaiguClient, type LaiguConversation, type Simulator } from '../simulator';
import { afterRestart, Polling, startProcess, type PollingProcess } from './polling';
import { FLOOD, OVERLAP_SECONDS, type Arrival, type History, type Step } from './pollHistory';

/** The true time, in milliseconds; a wait of the package moves it on. And how far n8n's clock is off. */
export const clock = { now: 0, jump: 0 };

/** Two processes of n8n. They stand for as many as are needed: a restarted one is another one to whoever reads the static data. */
let processes: PollingProcess[] = [];

const NODE = 'node:Laigu Poll Trigger';
const MICROS = 1_000;

interface Pending {
	/** By Laigu's clock, milliseconds. */
	time: number;
	visibleAt: number;
	micros: number;
	customer: number;
}

/** What a cursor says of what is still to come. */
interface Waiting {
	reading?: unknown;
	heavy?: { isDone?: boolean };
	unconfirmed?: Array<{ by: string }>;
}

type Saved = Record<string, IDataObject | undefined>;

/** Plays a history against a simulator, and keeps the books of what has to arrive. */
export class World {
	/** How often each event arrived. */
	readonly arrived = new Map<string, number>();

	/** How often each may arrive: once, and once more for each restart after which the documents allow it. */
	readonly allowed = new Map<string, number>();

	/** What has to arrive. */
	readonly due = new Set<string>();

	polls = 0;

	errors = 0;

	/** The largest static data, in bytes. */
	largest = 0;

	/** The longest poll, in milliseconds. */
	longestPoll = 0;

	/** The last batch of each process that the saved cursor knows of. */
	readonly #savedBatches: string[][] = [[], []];

	/** What n8n has in its database. */
	#saved: IDataObject = {};

	/** What n8n has in its memory. */
	#memory: IDataObject = {};

	readonly #hasPolled = [false, false];

	#current: 0 | 1 = 0;

	#jump: Step['jump'] = { seconds: 0, request: 0 };

	#simulator!: Simulator;

	#pending: Pending[] = [];

	#midway: Step['midway'] = [];

	#requests = 0;

	#count = 0;

	#isActive = false;

	#startFrom?: number;

	/** When each event happened, by Laigu's clock. */
	readonly #times = new Map<string, number>();

	constructor(readonly history: History) {}

	async open(): Promise<void> {
		const { switches, latency } = this.history;
		if (processes.length === 0) processes = [await startProcess(), await startProcess()];
		this.#simulator = await startSimulator({
			conversations: [],
			clients: [],
			switches,
			now: () => new Date(this.#laigu()),
			onRequest: () => {
				clock.now += latency;
				this.#requests++;
				if (this.#requests === this.#jump.request) clock.jump = this.#jump.seconds * 1000;
				for (const { request, customer } of this.#midway)
					if (request === this.#requests) this.#update(customer, this.#laigu(), 0);
			},
		});
		if (this.history.startFrom !== undefined) this.#startFrom = clock.now - this.history.startFrom * 1000;
	}

	async close(): Promise<void> {
		await this.#simulator.close();
	}

	/** What Laigu holds before the trigger is switched on. */
	async activate(): Promise<void> {
		const span = Math.max(3_600, this.history.startFrom ?? 0) * 1_500;
		for (const arrival of this.history.before) this.#plan(arrival, this.#laigu() - span, span);
		this.#show();
		let given: string[] = [];
		for (let attempt = 0; !this.#isActive; attempt++) {
			given = await this.#poll();
			this.#isActive = this.errors === attempt;
			clock.now += 1000;
			this.#show();
		}
		this.#save(given);
	}

	async play({ gap, arrivals, midway, faults, jump, forgets, process, end }: Step): Promise<void> {
		const from = this.#laigu();
		for (const arrival of arrivals) this.#plan(arrival, from, gap * 1000);
		clock.now += gap * 1000;
		this.#show();
		this.#simulator.clearFaults();
		for (const fault of faults) this.#simulator.addFault(fault);
		this.#simulator.switches.tokenSeconds = forgets ? 0.5 : 0;
		this.#midway = this.history.event === 'customerUpdated' ? midway : [];
		this.#jump = jump;
		this.#current = this.history.processes === 2 ? process : 0;
		const kind = end === 'cutOff' && !this.history.repeatAfterRestart ? 'restart' : end;
		const given = await this.#poll(kind === 'unsaved' || kind === 'cutOff');
		this.#midway = [];
		this.#jump = { seconds: 0, request: 0 };
		this.#simulator.clearFaults();
		this.#simulator.switches.tokenSeconds = 0;
		if (kind !== 'unsaved' && (given.length > 0 || this.#savesAlways)) this.#save(given);
		if (kind === 'goesOn') return;
		const { instance } = this.#process;
		this.#saved = afterRestart(this.#saved, instance);
		this.#hasPolled[this.#current] = false;
		if (kind === 'lost') this.#loseNodeData();
		else if (this.history.repeatAfterRestart) this.#allow(this.#savedBatches[this.#current]);
		this.#savedBatches[this.#current] = [];
		this.#memory = this.#saved;
	}

	/** Quiet polls until twice nothing came. */
	async settle(): Promise<void> {
		for (let quiet = 0; quiet < 2 || this.#pending.length > 0; this.polls++) {
			if (this.polls > 600) throw new Error('It never comes to rest.');
			clock.now += 4 * 60_000;
			this.#show();
			if (this.history.processes === 2) this.#current = this.#current === 0 ? 1 : 0;
			const given = await this.#poll();
			this.#save(given);
			quiet = given.length === 0 ? quiet + 1 : 0;
			const { cursor } = this.#memory[NODE] as { cursor: Waiting };
			// nothing came because the poll is still on its way, or because it waits to see whether another process is gone, or for all of a flood
			const isWaiting = cursor.unconfirmed?.some(({ by }) => !processes.some(({ instance }) => instance === by));
			if (cursor.reading !== undefined || isWaiting || (cursor.heavy && !cursor.heavy.isDone)) quiet = 0;
		}
	}

	get staticDataSize(): number {
		return JSON.stringify(this.#memory).length;
	}

	/** With two processes n8n reads the static data from its database for each poll, and so saves them after each. */
	get #savesAlways(): boolean {
		return this.history.savesAlways || this.history.processes === 2;
	}

	get #process(): PollingProcess {
		return processes[this.#current];
	}

	#laigu(): number {
		return clock.now + this.history.skew * 1000;
	}

	#polling(): Polling {
		const { event, repeatAfterRestart, budget } = this.history;
		const startFrom = this.#startFrom === undefined ? undefined : new Date(this.#startFrom).toISOString();
		return new Polling({
			simulator: this.#simulator,
			staticData: this.#memory,
			process: this.#process,
			budgetMs: () => budget,
			parameters: {
				event,
				output: 'raw',
				options: { overlapMinutes: OVERLAP_SECONDS / 60, repeatAfterRestart, ...(startFrom && { startFrom }) },
			},
		});
	}

	#loseNodeData(): void {
		const { [NODE]: _lost, ...staticData } = this.#saved as Saved;
		const copies = staticData.global?.laiguPollTrigger as Record<string, Record<string, { watermark: number }>>;
		const [{ watermark }] = Object.values(copies).flatMap((byName) => Object.values(byName));
		// the copy may be older than what was returned, and the marks of many are not in it
		const isKnown = (key: string) => this.arrived.has(key) || this.allowed.get(key) === 0;
		this.#allow(
			[...this.#times]
				.filter(([key, time]) => isKnown(key) && time * MICROS >= watermark - 2_000_000)
				.map(([key]) => key),
		);
		this.#saved = staticData;
	}

	#allow(keys: string[]): void {
		for (const key of keys) this.allowed.set(key, (this.allowed.get(key) ?? 1) + 1);
	}

	#save(batch: string[]): void {
		this.#saved = this.#memory;
		if (batch.length > 0) this.#savedBatches[this.#current] = batch;
	}

	/** A process that polls for the first time takes what another one handed out last for lost. */
	#allowAtFirst(): void {
		if (this.#hasPolled[this.#current]) return;
		this.#hasPolled[this.#current] = true;
		if (this.history.processes === 2 && this.history.repeatAfterRestart)
			this.#allow(this.#savedBatches[1 - this.#current]);
	}

	async #poll(isCutOff = false): Promise<string[]> {
		this.polls++;
		this.#requests = 0;
		this.#allowAtFirst();
		const polling = this.#polling();
		const startedAt = clock.now;
		clock.jump = this.#jump.request === 0 ? this.#jump.seconds * 1000 : 0;
		try {
			const records = await polling.poll();
			this.#memory = polling.staticData;
			const keys = records.map((record) => this.#keyOf(record));
			if (!isCutOff) for (const key of keys) this.arrived.set(key, (this.arrived.get(key) ?? 0) + 1);
			return keys;
		} catch (error) {
			if ((error as Error).constructor.name !== 'NodeApiError') throw error;
			this.errors++;
			return [];
		} finally {
			clock.jump = 0;
			this.longestPoll = Math.max(this.longestPoll, clock.now - startedAt);
		}
	}

	#keyOf(record: IDataObject): string {
		if (this.history.event === 'conversationEnded') return `${record.conv_id as number}`;
		return this.history.event === 'customerCreated'
			? `${record.track_id as string}`
			: `${record.track_id as string}@${record.updated_on as string}`;
	}

	/** Times on whole seconds, on odd microseconds and in the same second, all of them. */
	#plan({ at, late, customer, more }: Arrival, from: number, span: number): void {
		const time = from + Math.floor(at * span);
		for (let index = 0; index <= more; index++) {
			const micros = more < FLOOD ? [0, 999_999, 333_333][index % 3] : 0;
			const second = Math.min(Math.floor(time / 1000) * 1000, from + span - 1000);
			this.#pending.push({ time: second, visibleAt: second + 1000 + late * 1000, micros, customer: customer + index });
		}
	}

	#show(): void {
		const lag = (this.history.switches.lagSeconds ?? 0) * 1000;
		const isVisible = ({ visibleAt }: Pending) => visibleAt + lag <= this.#laigu();
		const visible = this.#pending.filter(isVisible);
		this.#pending = this.#pending.filter((one) => !isVisible(one));
		for (const one of visible.sort((a, b) => a.time - b.time || a.micros - b.micros)) this.#put(one);
	}

	#put({ time, micros, customer }: Pending): void {
		const iso = new Date(time).toISOString().slice(0, 19);
		const stamp = `${iso}.${`${micros}`.padStart(6, '0')}Z`;
		if (this.history.event === 'customerUpdated') return this.#update(customer, time, micros);
		const number = ++this.#count;
		if (this.history.event === 'conversationEnded') {
			const beijing = new Date(time + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
			// an ID that says nothing of the order in which conversations end
			const id = 1_000_000 + ((number * 7_919) % 100_003);
			const conversation: LaiguConversation = {
				conv_id: id,
				conv_start_tm: beijing,
				conv_end_tm: `${beijing}.${`${micros}`.padStart(6, '0')}`,
			};
			this.#simulator.store.addConversation(conversation);
			return this.#expect(`${id}`, time);
		}
		const client: LaiguClient = {
			track_id: `t${(number * 7_919) % 100_003}`,
			created_on: stamp,
			updated_on: stamp,
			tel: '1',
		};
		this.#simulator.store.upsertClient(client);
		this.#expect(client.track_id, time);
	}

	#update(customer: number, time: number, micros: number): void {
		const trackId = `c${(customer * 7_919) % 10_007}`;
		const old = this.#simulator.store.client(trackId);
		const stamp = `${new Date(time).toISOString().slice(0, 19)}.${`${micros}`.padStart(6, '0')}Z`;
		if (old && old.updated_on >= stamp) return;
		// a change that another one has overtaken before it was read can no longer be seen
		if (old) {
			const key = `${trackId}@${old.updated_on}`;
			if (!this.arrived.has(key)) this.due.delete(key);
		}
		this.#simulator.store.upsertClient({
			track_id: trackId,
			created_on: old?.created_on ?? stamp,
			updated_on: stamp,
			tel: '1',
		});
		this.#expect(`${trackId}@${stamp}`, time);
	}

	#expect(key: string, time: number): void {
		this.#times.set(key, time);
		const start = this.#startFrom;
		if (start === undefined ? this.#isActive : time >= Math.floor(start / 1000) * 1000 + 1000) this.due.add(key);
		// in the second that holds Start From only the microseconds decide
		else if (start !== undefined && time >= Math.floor(start / 1000) * 1000) this.allowed.set(key, 1);
		else this.allowed.set(key, 0);
	}
}
