import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { signCredential, tokenCredential } from '../lab/credential.mjs';
import { hasContact, startSimulator } from '../simulator';
import type { LaiguClient, LaiguConversation, Simulator, SimulatorOptions } from '../simulator';
import { orderOf } from '../simulator/orders';
import { HOUR, SECOND, formatBeijing, formatUtc, parseBeijing, parseUtc } from '../simulator/time';
import type { Micros } from '../simulator/time';
import { runLaigu } from './engine';
import type { EngineOptions, EngineResult } from './engine';

const running: Simulator[] = [];

/** Starts a Laigu server that stopAll() closes. */
export async function start(options: SimulatorOptions = {}): Promise<Simulator> {
	const sim = await startSimulator(options);
	running.push(sim);
	return sim;
}

export async function stopAll(): Promise<void> {
	await Promise.all(running.splice(0).map(async (sim) => await sim.close()));
}

/** The right credential for a server. */
export const tokenOf: (sim: Simulator) => ICredentialDataDecryptedObject = tokenCredential;

/** The same account with app_id and sign in the place of the token. */
export const signOf: (sim: Simulator) => ICredentialDataDecryptedObject = signCredential;

/** Runs the Laigu node against a server with its right credential. */
export async function run(
	sim: Simulator,
	parameters: IDataObject,
	options: Partial<EngineOptions> = {},
): Promise<EngineResult> {
	return await runLaigu({
		credentials: tokenOf(sim),
		...options,
		parameters: parameters as EngineOptions['parameters'],
	});
}

/** As run(), for a run that must succeed. */
export async function succeed(
	sim: Simulator,
	parameters: IDataObject,
	options: Partial<EngineOptions> = {},
): Promise<EngineResult> {
	const result = await run(sim, parameters, options);
	if (result.error) throw new Error(`the run failed: ${result.error.message}. ${result.error.description ?? ''}`);
	return result;
}

/** An instant of Beijing time, in microseconds. */
export function beijing(text: string): Micros {
	const at = parseBeijing(text.length === 10 ? `${text} 00:00:00` : text);
	if (at === undefined) throw new Error(`no time: ${text}`);
	return at;
}

/** Two days of Beijing time that the records below lie in and around. */
export const FROM = beijing('2026-03-10');
export const TO = beijing('2026-03-12');
export const TWO_DAYS = { timeRange: 'custom', from: '2026-03-10T00:00:00+08:00', to: '2026-03-12T00:00:00+08:00' };

const EDGES: Micros[] = [-SECOND, -0.6 * SECOND, -1, 0, 0.3 * SECOND, SECOND];

/**
 * Instants in and around two days: evenly spread ones, some on and beside both ends, and some around every hour at which a reader may cut its windows.
 */
export function instants(): Micros[] {
	const all = new Set<Micros>();
	for (const edge of EDGES) for (const end of [FROM, FROM + 24 * HOUR, TO]) all.add(end + edge);
	for (let hour = 1; hour < 48; hour++) {
		all.add(FROM + hour * HOUR + 1_000_001 * hour);
		if (hour % 3 !== 0 && hour % 5 !== 0) continue;
		for (let second = -4; second <= 2; second++) {
			all.add(FROM + hour * HOUR + second * SECOND + (second % 2 === 0 ? 0 : 500_000));
		}
	}
	return [...all].sort((a, b) => a - b);
}

const isNearMidnight = (at: Micros) => Math.abs(((at - FROM + 12 * HOUR) % (24 * HOUR)) - 12 * HOUR) <= 2 * SECOND;

/** A conversation for each instant at which one ends; IDs do not quite follow time. Those around midnight end at the moment they begin. */
export function conversationsAt(ends: Micros[]): LaiguConversation[] {
	return ends.map((end, index) => ({
		conv_id: 9_000_000_000 + (index ^ 5),
		client_info: { name: `Guest ${index}` },
		agent_name: index % 2 ? 'Lin' : 'Chen',
		conv_start_tm: formatBeijing(isNearMidnight(end) ? end : end - ((index % 7) + 1) * 60 * SECOND),
		conv_end_tm: formatBeijing(end),
		conv_visitor_msg_count: index,
		converse_duration: `${index * 60}`,
		conv_content: [],
	}));
}

/** A customer for each instant at which one is created; each was last updated at the instant of another. */
export function clientsAt(created: Micros[]): LaiguClient[] {
	return created.map((at, index) => ({
		track_id: `track${String((index * 7919) % 99_991).padStart(22, '0')}`,
		name: `Guest ${index}`,
		tel: `138${String(index).padStart(8, '0')}`,
		created_on: formatUtc(at, 6),
		updated_on: formatUtc(created[created.length - 1 - index], 6),
	}));
}

/** A list that the node reads, and how the test finds for itself what must come back. */
export interface ListCase {
	name: string;
	path: string;
	parameters: IDataObject;
	key: 'conv_id' | 'track_id';
	/** The records of the server that the list is about. */
	timed(sim: Simulator): Timed[];
}

interface Timed {
	key: number | string;
	/** The instant by which the list filters. */
	at: Micros;
	/** Sorts as the server does. */
	order: number | string;
}

const conversations =
	(timeOf: (one: LaiguConversation, sim: Simulator) => string | null) =>
	(sim: Simulator): Timed[] =>
		sim.store.conversations.flatMap((one) => {
			const at = parseBeijing(timeOf(one, sim) ?? '');
			return at === undefined ? [] : [{ key: one.conv_id, at, order: one.conv_id }];
		});

const clients =
	(timeOf: (one: LaiguClient) => string, orderBy: (sim: Simulator) => Pick<Simulator['switches'], 'clientOrder'>) =>
	(sim: Simulator): Timed[] =>
		sim.store.clients.filter(hasContact).map((one) => ({
			key: one.track_id,
			at: parseUtc(timeOf(one)) ?? Number.NaN,
			order: orderOf(orderBy(sim)).keyOf(one),
		}));

const getAll = (resource: string, more: IDataObject = {}) => ({
	resource,
	operation: 'getAll',
	returnAll: true,
	output: 'raw',
	...more,
});

export const LISTS = {
	conversations: {
		name: 'conversations',
		path: '/v2/conversations',
		parameters: getAll('conversation'),
		key: 'conv_id',
		timed: conversations(({ conv_end_tm: end }) => end),
	},
	v1: {
		name: 'conversations by API v1',
		path: '/v1/conversations',
		parameters: getAll('conversation', { options: { apiVersion: 'v1' } }),
		key: 'conv_id',
		timed: conversations((one, { switches }) => (switches.v1FiltersOn === 'end' ? one.conv_end_tm : one.conv_start_tm)),
	},
	created: {
		name: 'created customers',
		path: '/v2/clients',
		parameters: getAll('customer', { timeField: 'created' }),
		key: 'track_id',
		timed: clients(
			({ created_on: created }) => created,
			({ switches }) => switches,
		),
	},
	updated: {
		name: 'updated customers',
		path: '/v2/clients/updated',
		parameters: getAll('customer', { timeField: 'updated' }),
		key: 'track_id',
		timed: clients(
			({ updated_on: updated }) => updated,
			() => ({ clientOrder: 'trackId' }),
		),
	},
} satisfies Record<string, ListCase>;

/** What a list must give for from ≤ t < to, sorted by key, whatever the server's switches. */
export function expected(sim: Simulator, list: ListCase, from = FROM, to = TO): Array<number | string> {
	return list
		.timed(sim)
		.filter(({ at }) => at >= from && at < to)
		.map(({ key }) => key)
		.sort(ascending);
}

/** Numbers by size, texts by code unit, as the server sorts. */
export const ascending = (a: number | string, b: number | string): number => (a < b ? -1 : Number(a > b));

/** The keys of raw records, in their order. */
export const keysOf = (json: IDataObject[], list: ListCase) =>
	json.map((record) => record[list.key] as number | string);
