import { failureBody, listOf, v1Body, v2Body, withCounts, withFigures } from './envelope';
import { authenticate, type Family } from './auth';
import { Refusal, internalError, invalidParam, statusOf, wrongUrl } from './errors';
import { agentOnlineRows } from './onlineReport';
import { orderOf, CONVERSATION_ORDER } from './orders';
import { pageAfter, pageAt, readToken, writeToken } from './pages';
import { checkEnterprise, readLimit, readOffset, readWindow, required, type Asked } from './params';
import { agentServiceRows, agentsIn } from './report';
import type { Store } from './store';
import type { Switches } from './switches';
import { SECOND, type Micros } from './time';
import { firstWhere, positionsIn, type Order, type TimeIndex } from './timeIndex';
import type { Account, LaiguReportRow } from './types';

/** What the server is at the moment of a request. */
export interface World {
	account: Account;
	store: Store;
	switches: Switches;
	apiOpened: boolean;
	now: Micros;
}

export interface Incoming {
	method: string;
	/** Without the query. */
	path: string;
	query: URLSearchParams;
	/** Names in lower case. */
	headers: Record<string, string>;
}

export interface Answer {
	status: number;
	body: string;
	/** 0 for success. */
	errno: number;
	/** How many records or rows the body holds. */
	records: number;
	/** For the log only: why it was refused. */
	note?: string;
}

type Given = { body: unknown; records: number };
type Endpoint = (incoming: Incoming, world: World) => Given;

const V1 = { from: 'conv_start_from_tm', to: 'conv_start_to_tm' };
const PLAIN = { from: 'from_tm', to: 'to_tm' };

/** The positions of the asked window that are visible by now: a lag hides what is younger than it. */
function visible<T>(index: TimeIndex<T>, asked: Asked | undefined, { switches, now }: World): [number, number] {
	if (!asked) return [0, 0];
	const [low, high] = positionsIn(index.times, asked, switches);
	if (switches.lagSeconds <= 0) return [low, high];
	const latest = now - switches.lagSeconds * SECOND;
	return [
		low,
		Math.max(
			low,
			Math.min(
				high,
				firstWhere(index.times.length, (i) => index.times[i] > latest),
			),
		),
	];
}

const v1Single: Endpoint = ({ path, query }, { store, account, switches }) => {
	checkEnterprise(query, account.enterpriseId, switches);
	const id = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
	const repeated = switches.convIdInQuery === 'required' ? required(query, 'conv_id') : (query.get('conv_id') ?? id);
	const conversation = /^\d{1,15}$/.test(id) && repeated === id ? store.conversation(Number(id)) : undefined;
	if (!conversation) throw invalidParam('conv_id');
	return { body: v1Body(withCounts(conversation, switches.countsAs)), records: 1 };
};

const v1List: Endpoint = ({ query }, world) => {
	const { store, account, switches } = world;
	checkEnterprise(query, account.enterpriseId, switches);
	const offset = readOffset(query);
	const limit = readLimit(query);
	const asked = readWindow(query, V1, {
		forms: ['string'],
		widestHours: switches.v1WindowHours,
		reversed: switches.reversedWindow,
	});
	const index = switches.v1FiltersOn === 'end' ? store.byEnd : store.byStart;
	const list = index.window(...visible(index, asked, world), CONVERSATION_ORDER);
	const records = pageAt(list, offset, limit, switches).map((one) => withCounts(one, switches.countsAs));
	return { body: v1Body(listOf(records, switches)), records: records.length };
};

interface TokenList<T> {
	name: 'conversations' | 'clients';
	indexOf: (store: Store) => TimeIndex<T>;
	order: (switches: Switches) => Order<T>;
	shape: (record: T, switches: Switches) => unknown;
}

/** A v2 list: the three differ in their index, order and shape only. */
function v2List<T>({ name, indexOf, order, shape }: TokenList<T>): Endpoint {
	return ({ path, query }, world) => {
		const { store, account, switches, now } = world;
		checkEnterprise(query, account.enterpriseId, switches);
		const limit = readLimit(query);
		const rules = { forms: switches.timeForms, widestHours: switches.v2WindowHours, reversed: switches.reversedWindow };
		const asked = readWindow(query, PLAIN, rules);
		const token = required(query, 'page_token');

		const chain = [path, query.get('from_tm'), query.get('to_tm')].join('|');
		const given = token === '' ? undefined : readToken(token, chain);
		if (token !== '' && !given) throw invalidParam('page_token', 'a token that was not given for this query');
		const oldest = switches.tokenSeconds > 0 ? now - switches.tokenSeconds * SECOND : -Infinity;
		if (given && given.at < oldest) throw invalidParam('page_token', 'a token that is too old');
		const cursor = given?.cursor;

		const index = indexOf(store);
		const page = pageAfter(index.window(...visible(index, asked, world), order(switches)), cursor, limit, switches);
		const stuck = switches.repeatToken && token !== '';
		const next = stuck ? token : page.next && writeToken({ cursor: page.next, at: now }, chain);
		const records = page.records.map((record) => shape(record, switches));
		return { body: v2Body(name, listOf(records, switches), next, switches), records: records.length };
	};
}

function report(rowsOf: (asked: Asked, world: World) => LaiguReportRow[]): Endpoint {
	return ({ query }, world) => {
		if (world.switches.reportsNeedEnterprise) checkEnterprise(query, world.account.enterpriseId, world.switches);
		const asked = readWindow(query, PLAIN, {
			forms: ['string'],
			widestHours: 0,
			reversed: world.switches.reversedWindow,
		});
		const rows = asked ? rowsOf(asked, world) : [];
		const sent = rows.map((row) => withFigures(row, world.switches.countsAs));
		return { body: { rows: listOf(sent, world.switches) }, records: rows.length };
	};
}

const agentService = report((asked, world) => {
	const index = world.switches.reportsFilterOn === 'end' ? world.store.byEnd : world.store.byStart;
	const { store, switches } = world;
	return agentServiceRows(store.agents, index.slice(...visible(index, asked, world)), switches.firstResponse);
});

const agentOnline = report(({ from, to }, { store, now }) =>
	agentOnlineRows(agentsIn(store.agents, store.agents.length > 0 ? [] : store.conversations), from, to, now),
);

const ROUTES: ReadonlyArray<{ path: RegExp; family: Family; endpoint: Endpoint }> = [
	{ path: /^\/v1\/conversations$/, family: 'v1', endpoint: v1List },
	{ path: /^\/v1\/conversations\/[^/]+$/, family: 'v1', endpoint: v1Single },
	{
		path: /^\/v2\/conversations$/,
		family: 'v2',
		endpoint: v2List({
			name: 'conversations',
			indexOf: (store) => store.byEnd,
			order: () => CONVERSATION_ORDER,
			shape: (one, switches) => withCounts(one, switches.countsAs),
		}),
	},
	{
		path: /^\/v2\/clients$/,
		family: 'v2',
		endpoint: v2List({
			name: 'clients',
			indexOf: (store) => store.byCreated,
			order: orderOf,
			shape: (client) => client,
		}),
	},
	{
		path: /^\/v2\/clients\/updated$/,
		family: 'v2',
		endpoint: v2List({
			name: 'clients',
			indexOf: (store) => store.byUpdated,
			order: () => orderOf({ clientOrder: 'trackId' }),
			shape: (client) => client,
		}),
	},
	{ path: /^\/unified-api\/datagateway\/v1\/reports\/agent_online_stats$/, family: 'report', endpoint: agentOnline },
	{ path: /^\/unified-api\/datagateway\/v1\/reports\/agent_service$/, family: 'report', endpoint: agentService },
];

/** The answer with an errno: its body, and the HTTP status that the switch gives it. */
export function refuse(refusal: Refusal, path: string, switches: Switches): Answer {
	const family = /^\/(v1|v2)\//.exec(path)?.[1] as 'v1' | 'v2' | undefined;
	const body = JSON.stringify(failureBody(refusal.errno, refusal.message, family));
	return {
		status: statusOf(refusal.errno, switches.errnoStatus),
		body,
		errno: refusal.errno,
		records: 0,
		note: refusal.note,
	};
}

/**
 * Laigu's answer to a request: the endpoints of its API document, all GET. An account whose API is not opened gets errno 10012 everywhere; that this is how
 * Laigu says so is not documented.
 */
export function answer(incoming: Incoming, world: World): Answer {
	try {
		const route = ROUTES.find(({ path }) => path.test(incoming.path));
		if (!world.apiOpened) throw wrongUrl('the API is not opened for this account');
		if (!route || incoming.method !== 'GET') throw wrongUrl('no such endpoint');
		authenticate(incoming, route.family, world.account, world.switches);
		const { body, records } = route.endpoint(incoming, world);
		return { status: 200, body: JSON.stringify(body), errno: 0, records };
	} catch (error) {
		if (error instanceof Refusal) return refuse(error, incoming.path, world.switches);
		if (error instanceof URIError) return refuse(invalidParam('conv_id'), incoming.path, world.switches);
		return {
			...refuse(internalError(), incoming.path, world.switches),
			note: `a fault of the simulator itself: ${String(error)}`,
		};
	}
}
