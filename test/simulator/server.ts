import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer, type Incoming, type World } from './endpoints';
import { arm, pickFault, spoil, type ArmedFault, type FaultRule, type FaultyAnswer } from './faults';
import { randomFrom } from './demo/random';
import { logLine, summarize } from './logLine';
import type { LoggedRequest, Simulator, SimulatorOptions } from './options';
import { pause } from './pause';
import { fullBucket, take, type Bucket, type RateLimit } from './rateLimit';
import { DEFAULT_SWITCHES } from './switches';
import { prepareData } from './data';
import { SimulatorPage } from './page/page';
import { microsOf } from './time';
import { DEMO_ACCOUNT } from './types';

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

function readRequest(request: IncomingMessage): { incoming: Incoming; url: string } {
	const url = request.url ?? '/';
	const cut = url.indexOf('?');
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(request.headers))
		headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
	const incoming = {
		method: request.method ?? 'GET',
		path: cut < 0 ? url : url.slice(0, cut),
		query: new URLSearchParams(cut < 0 ? '' : url.slice(cut + 1)),
		headers,
	};
	return { incoming, url };
}

async function send(response: ServerResponse, { status, body, headers, reset, dripMs }: FaultyAnswer): Promise<void> {
	if (response.destroyed) return;
	if (reset) {
		response.socket?.resetAndDestroy();
		return;
	}
	if (dripMs !== undefined) {
		response.writeHead(status, headers);
		for (const byte of Buffer.from(body)) {
			if (response.destroyed) return;
			response.write(Buffer.from([byte]));
			await pause(dripMs);
		}
		response.end();
		return;
	}
	response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
	response.end(body);
}

async function listen(server: Server, port: number, host: string): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	return (server.address() as AddressInfo).port;
}

/**
 * Starts a Laigu server in this process, on 127.0.0.1 unless told otherwise, and gives its handle when it listens. Without options: a free port, demo data up to now, the likeliest
 * reading of everything that Laigu's API document leaves open, no latency, no limit, no faults.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { now = () => new Date(), seed = 1, latencyMs = 0, rateLimit, log, onRequest, apiOpened = true } = options;
	const clock = typeof now === 'function' ? now : () => now;
	const account = { ...DEMO_ACCOUNT, ...options.account };
	const switches = { ...DEFAULT_SWITCHES, ...options.switches };
	const { store, advance } = prepareData(options, clock, account);
	const random = randomFrom(seed, 'faults');
	let faults: ArmedFault[] = (options.faults ?? []).map(arm);
	let limited: { limit: RateLimit; bucket: Bucket } | undefined;
	const requests: LoggedRequest[] = [];
	const host = options.host ?? '127.0.0.1';
	let port = 0;
	const address = (): string => `http://${host}:${port}`;
	const page = new SimulatorPage({ account, store, clock, advance, apiOpened, url: address }, options.page);

	function overLimit(): FaultRule | undefined {
		const limit = page.troubles.rateLimit ?? rateLimit;
		if (!limit) return undefined;
		const at = performance.now();
		const { bucket, taken } = take(limit, limited?.limit === limit ? limited.bucket : fullBucket(limit, at), at);
		limited = { limit, bucket };
		return taken ? undefined : { kind: limit.answer ?? '10014', retryAfterSeconds: limit.retryAfterSeconds };
	}

	function respond(incoming: Incoming, url: string): { given: FaultyAnswer; fault?: string } {
		advance();
		const world: World = { account, store, switches, apiOpened: !page.troubles.closed, now: microsOf(clock()) };
		const about = { path: incoming.path, port, switches };
		const tooMany = overLimit();
		const truly = (isFirstPage = false) => {
			const query = new URLSearchParams(incoming.query);
			if (isFirstPage && query.has('page_token')) query.set('page_token', '');
			return answer({ ...incoming, query }, world);
		};
		if (tooMany) return { given: spoil(tooMany, truly, about), fault: 'rateLimit' };
		const fault = pickFault([...faults, ...page.troubles.faults], url, random);
		if (fault) return { given: spoil(fault, truly, about), fault: fault.kind };
		return { given: { ...answer(incoming, world), headers: JSON_HEADERS } };
	}

	async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		if (await page.handle(request, response)) return;
		const startedAt = performance.now();
		request.resume();
		const { incoming, url } = readRequest(request);
		const { given, fault } = respond(incoming, url);
		const { status, errno, records } = given;
		const { method, path, headers } = incoming;
		const logged = {
			method,
			path,
			query: Object.fromEntries(incoming.query),
			url,
			headers,
			at: Date.now(),
			status,
			errno,
			fault,
			records,
		};
		requests.push(logged);
		onRequest?.(logged);
		const delay = latencyMs + (given.delayMs ?? 0);
		if (delay > 0) await pause(delay);
		await send(response, given);
		const tookMs = performance.now() - startedAt;
		page.log(logged, tookMs, given.note);
		log?.(logLine(summarize(logged, tookMs, given.note)));
	}

	const server = createServer((request, response) => {
		handle(request, response).catch((error: unknown) => {
			log?.(`the simulator itself failed: ${String(error)}`);
			response.destroy();
		});
	});
	// Longer than any client keeps a connection, so that no request meets a connection that is just being closed.
	server.keepAliveTimeout = 120_000;
	port = await listen(server, options.port ?? 0, host);

	return {
		url: address(),
		port,
		account,
		store,
		switches,
		page,
		requests,
		resetRequests: () => void requests.splice(0),
		addFault: (rule) => void faults.push(arm(rule)),
		clearFaults: () => void (faults = []),
		close: async () =>
			await new Promise<void>((resolve, reject) => {
				server.close((error) => (error ? reject(error) : resolve()));
				server.closeAllConnections();
			}),
	};
}
