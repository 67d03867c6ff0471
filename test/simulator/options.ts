import type { FaultRule } from './faults';
import type { PageOptions, SimulatorPage } from './page/page';
import type { RateLimit } from './rateLimit';
import type { Store } from './store';
import type { Switches } from './switches';
import type { Account, LaiguClient, LaiguConversation } from './types';

export interface SimulatorOptions {
	/** 0, the default, takes a free one. */
	port?: number;
	/** 127.0.0.1 when not given. */
	host?: string;
	/** The server's clock: an instant, or a clock that runs; the real time when not given. */
	now?: Date | (() => Date);
	/** Of the demo data and of faults with a rate. */
	seed?: number;
	/** Days of demo data, today included. */
	days?: number;
	/** A mean: weekends are quieter. */
	conversationsPerDay?: number;
	/** In the place of the demo data; without clients there are none. */
	conversations?: LaiguConversation[];
	/** In the place of the demo data; without conversations there are none. */
	clients?: LaiguClient[];
	account?: Partial<Account>;
	switches?: Partial<Switches>;
	/** Every answer waits so long. */
	latencyMs?: number;
	rateLimit?: RateLimit;
	faults?: FaultRule[];
	/** Gets a readable line for each request; it never holds a secret. */
	log?: (line: string) => void;
	/** Whether Laigu opened the API for this account; if not, every path answers errno 10012. */
	apiOpened?: boolean;
	/** Whether the demo data continues while the server runs: conversations begin and end as their time comes. */
	live?: boolean;
	/** Called when a request was answered, before the answer goes out: the place to change the store in the middle of a chain of pages. */
	onRequest?: (request: LoggedRequest) => void;
	/** Of the page at the server's address. */
	page?: PageOptions;
}

export interface LoggedRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	/** Path and query as received. */
	url: string;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** Milliseconds since 1970, real time. */
	at: number;
	/** 0 when the connection was cut. */
	status: number;
	/** 0 for success, and for answers that carry none. */
	errno: number;
	/** The fault that corrupted the answer, or `rateLimit`. */
	fault?: string;
	records: number;
}

export interface Simulator {
	/** `http://127.0.0.1:<port>`, without a trailing slash. */
	url: string;
	port: number;
	account: Account;
	store: Store;
	/** Live: a change holds from the next request on. */
	switches: Switches;
	/** The page at the server's address: its buttons can be pressed from here, too. */
	page: SimulatorPage;
	/** Oldest first. */
	requests: LoggedRequest[];
	resetRequests(): void;
	addFault(rule: FaultRule): void;
	clearFaults(): void;
	close(): Promise<void>;
}
