import {
	startSimulator,
	type LaiguClient,
	type LaiguConversation,
	type Simulator,
	type SimulatorOptions,
} from '../../simulator';

export const V2 = '/v2/conversations';
export const V1 = '/v1/conversations';
export const CLIENTS = '/v2/clients';
export const UPDATED = '/v2/clients/updated';
export const SERVICE = '/unified-api/datagateway/v1/reports/agent_service';
export const ONLINE = '/unified-api/datagateway/v1/reports/agent_online_stats';

export const WIDE = { from: '2000-01-01 00:00:00', to: '2099-01-01 00:00:00' };

export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	errno?: number;
	errmsg?: string;
	result?: unknown;
	rows?: Array<Record<string, number | string>>;
	next_page_token?: string | null;
	[field: string]: unknown;
}

type Query = Record<string, string | number>;

const running: Simulator[] = [];

/** Starts a simulator that stopAll() closes. */
export async function start(options: SimulatorOptions = {}): Promise<Simulator> {
	const simulator = await startSimulator(options);
	running.push(simulator);
	return simulator;
}

export async function stopAll(): Promise<void> {
	await Promise.all(running.splice(0).map(async (simulator) => await simulator.close()));
}

export function urlOf(simulator: Simulator, path: string, query: Query): string {
	const text = new URLSearchParams(
		Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
	).toString();
	return `${simulator.url}${path}${text === '' ? '' : `?${text}`}`;
}

/** A request with nothing added. */
export async function plain(
	simulator: Simulator,
	path: string,
	query: Query = {},
	headers: Record<string, string> = {},
): Promise<Reply> {
	const response = await fetch(urlOf(simulator, path, query), { headers, redirect: 'manual' });
	const text = await response.text();
	const isJson = text.startsWith('{') && text.endsWith('}');
	return {
		...(isJson ? (JSON.parse(text) as Record<string, unknown>) : {}),
		status: response.status,
		headers: response.headers,
		text,
	};
}

/** A request with the access token and the enterprise ID. */
export async function get(simulator: Simulator, path: string, query: Query = {}): Promise<Reply> {
	const { accessToken, enterpriseId } = simulator.account;
	return await plain(
		simulator,
		path,
		{ enterprise_id: enterpriseId, ...query },
		{ authorization: `Bearer ${accessToken}` },
	);
}

export function v2Query(window: { from: string; to: string } = WIDE, limit = 20, token = ''): Query {
	return { limit, from_tm: window.from, to_tm: window.to, page_token: token };
}

export function v1Query(window: { from: string; to: string } = WIDE, limit = 20, offset = 0): Query {
	return { limit, offset, conv_start_from_tm: window.from, conv_start_to_tm: window.to };
}

/** The list of a v2 or v1 answer in the default envelope. */
export function listOf<T = LaiguConversation>(reply: Reply): T[] {
	if (!Array.isArray(reply.result)) throw new Error(`no list in ${reply.text.slice(0, 200)}`);
	return reply.result as T[];
}

/** All pages of a v2 chain; stops after `most` pages. */
export async function chain<T = LaiguConversation>(
	simulator: Simulator,
	path: string,
	window: { from: string; to: string } = WIDE,
	limit = 20,
	most = 1_000,
): Promise<{ pages: T[][]; tokens: string[] }> {
	const pages: T[][] = [];
	const tokens: string[] = [];
	let token = '';
	do {
		const reply = await get(simulator, path, v2Query(window, limit, token));
		pages.push(listOf<T>(reply));
		token = reply.next_page_token ?? '';
		tokens.push(token);
	} while (token !== '' && pages.length < most);
	return { pages, tokens };
}

/** A conversation of an hour that ended then (Beijing time), or is open. */
export function conversation(id: number, end: string | null, more: Partial<LaiguConversation> = {}): LaiguConversation {
	return {
		conv_id: id,
		conv_start_tm: `${(end ?? '2026-03-10 00:00:00').slice(0, 11)}00:00:00.000000`,
		conv_end_tm: end,
		...more,
	};
}

/** A client with a phone; times in UTC. */
export function client(
	trackId: string,
	created: string,
	updated = created,
	more: Partial<LaiguClient> = {},
): LaiguClient {
	return { track_id: trackId, created_on: created, updated_on: updated, tel: '13800001234', ...more };
}

export const idsOf = (records: LaiguConversation[]): number[] => records.map(({ conv_id: id }) => id);
export const trackIdsOf = (records: LaiguClient[]): string[] => records.map(({ track_id: id }) => id);
