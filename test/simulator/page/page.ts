import type { IncomingMessage, ServerResponse } from 'node:http';
import { summarize, type RequestSummary } from '../logLine';
import type { LoggedRequest } from '../options';
import { openSender, type Attempt } from '../sender';
import type { Store } from '../store';
import { microsOf, type Micros } from '../time';
import type { Account } from '../types';
import { ACTIONS, eventOf, isAction, type ActionName, type Done } from './actions';
import { PAGE_HEADERS, readPageFile } from './files';
import { PageRefusal, checkWebhookUrl, isFromThisMachine, requireOwnAction, requireOwnPage } from './guard';
import { newestRows, type Destination, type Snapshot, type Webhook } from './snapshot';
import { Stream } from './stream';
import { Troubles, isTrouble } from './troubles';

const REQUESTS_KEPT = 100;
const ANSWER_WITHIN_MS = 20_000;
const ANSWER_CHARACTERS = 300;
const MOST_BYTES = 64 * 1024;
/** What is shorter stands in any text by chance. */
const LEAST_SECRET = 6;
const JSON_TYPE = { ...PAGE_HEADERS, 'content-type': 'application/json; charset=utf-8' };

export const DEMO_SECRET = 'demo-signing-secret-not-a-real-one';

export interface PageOptions {
	/** Where events go when nobody has entered anything else. */
	webhook?: Partial<Webhook>;
	/** Whether events may go to other machines. */
	webhooksAnywhere?: boolean;
}

/** What came of a button. */
export interface Outcome {
	action: ActionName;
	record: Done['record'];
	/** What the customer has written. */
	text?: string;
	/** The event's name; absent where Laigu sends none. */
	event?: string;
	/** What the webhook answered; status 0 for no answer. Absent when no webhook is entered, or no event is sent. */
	answer?: Attempt;
}

interface PageWorld {
	account: Account;
	store: Store;
	/** The server's clock. */
	clock: () => Date;
	/** Brings live data up to the present. */
	advance: () => void;
	apiOpened: boolean;
	url: () => string;
}

/** The page at the server's address: its files, its buttons and switches, and what it shows. */
export class SimulatorPage {
	readonly troubles: Troubles;

	readonly #world: PageWorld;

	readonly #anywhere: boolean;

	readonly #stream: Stream;

	readonly #requests: Array<RequestSummary & { number: number }> = [];

	#webhook: Webhook;

	#destination?: Destination;

	#latest: Micros = 0;

	#requestCount = 0;

	#eventCount = 0;

	/** Throws PageRefusal for a webhook URL that is not allowed. */
	constructor(world: PageWorld, { webhook = {}, webhooksAnywhere = false }: PageOptions = {}) {
		this.#world = world;
		this.#anywhere = webhooksAnywhere;
		const { url = '', secret = DEMO_SECRET } = webhook;
		this.#webhook = { url: checkWebhookUrl(url, webhooksAnywhere), secret };
		this.troubles = new Troubles({ closed: !world.apiOpened });
		this.#stream = new Stream(() => {
			world.advance();
			return JSON.stringify(this.snapshot());
		});
	}

	/** Where events go from now on, and how they are signed; what is not given stays. Throws PageRefusal for a URL that is not allowed. */
	setWebhook({ url = this.#webhook.url, secret = this.#webhook.secret }: Partial<Webhook>): void {
		this.#webhook = { url: checkWebhookUrl(url, this.#anywhere), secret };
		this.#stream.changed();
	}

	/** Tells the person where to look for what came of an event. */
	setDestination(destination: Destination): void {
		this.#destination = destination;
		this.#stream.changed();
	}

	/** All that the page shows at this moment. */
	snapshot(): Snapshot {
		const { account, store, url } = this.#world;
		const { accessToken, appId, sign, enterpriseId } = account;
		return {
			credential: { baseUrl: url(), enterpriseId, accessToken, appId, sign },
			webhook: this.#webhook,
			destination: this.#destination,
			troubles: this.troubles.state,
			...newestRows(store),
			requests: this.#requests,
		};
	}

	/** Notes a request to the API for the page's log. */
	log(request: LoggedRequest, tookMs: number, note?: string): void {
		const summary = summarize(request, tookMs, note);
		this.#requests.unshift({
			...summary,
			path: this.#withoutSecrets(summary.path),
			asked: summary.asked.map((part) => this.#withoutSecrets(part)),
			note: summary.note && this.#withoutSecrets(summary.note),
			number: ++this.#requestCount,
		});
		this.#requests.splice(REQUESTS_KEPT);
		this.#stream.changed();
	}

	/** Does what a button does: changes the account, and sends the event as Laigu does. Throws PageRefusal when there is no record to do it to. */
	async act(action: ActionName, text = ''): Promise<Outcome> {
		const { store, account, clock, advance } = this.#world;
		advance();
		this.#latest = Math.max(microsOf(clock()), this.#latest + 1);
		const world = { store, account, now: this.#latest, text };
		const done: Done = ACTIONS[action](world);
		this.#stream.changed();
		const event = eventOf(done, world, ++this.#eventCount);
		const outcome = { action, record: done.record, text: done.text, event: event?.name };
		if (!event || this.#webhook.url === '') return outcome;

		const sender = openSender({ ...this.#webhook, timeoutMs: ANSWER_WITHIN_MS });
		try {
			const { last } = await sender.deliver(event);
			return { ...outcome, answer: { ...last, text: this.#withoutSecrets(last.text).slice(0, ANSWER_CHARACTERS) } };
		} finally {
			await sender.close();
		}
	}

	/** Answers a request for the page, and says whether it was one. */
	async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
		const path = (request.url ?? '/').split('?', 1)[0];
		const isPage = path === '/' ? isVisit(request) : path.startsWith('/simulator/');
		if (!isPage || !isFromThisMachine(request)) return false;
		try {
			await this.#answer(path, request, response);
		} catch (error) {
			if (!(error instanceof PageRefusal)) throw error;
			const { status, reason, message } = error;
			response.writeHead(status, JSON_TYPE).end(JSON.stringify({ reason, message }));
		}
		return true;
	}

	async #answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
		const [, area, name] = /^\/simulator\/(actions|troubles|webhook)(?:\/(\w+))?$/.exec(path) ?? [];
		if (area) {
			requireOwnAction(request);
			const changed = await this.#change(area, name ?? '', await readJson(request));
			response.writeHead(200, JSON_TYPE).end(JSON.stringify(changed));
			return;
		}
		requireOwnPage(request);
		if (path === '/simulator/events') {
			this.#stream.add(request, response);
			return;
		}
		const file = await readPageFile(path);
		if (!file) throw new PageRefusal(404, 'path', 'The page has nothing there.');
		response.writeHead(200, { ...PAGE_HEADERS, 'content-type': file.type, 'content-length': file.content.length });
		response.end(request.method === 'HEAD' ? undefined : file.content);
	}

	async #change(area: string, name: string, given: Record<string, unknown>): Promise<object> {
		const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
		// what is in the page's fields goes along with each button, so that it holds even if it has just been typed
		const { url, secret } = (given.webhook ?? {}) as Record<string, unknown>;
		this.setWebhook({ url: textOf(url), secret: textOf(secret) });
		if (area === 'webhook') return this.#webhook;
		if (area === 'actions' && isAction(name)) return await this.act(name, textOf(given.text));
		if (area === 'troubles' && isTrouble(name)) {
			this.troubles.set(name, given.on === true);
			this.#stream.changed();
			return this.troubles.state;
		}
		throw new PageRefusal(404, 'path', 'The page has nothing there.');
	}

	#withoutSecrets(text: string): string {
		const { accessToken, appId, sign } = this.#world.account;
		const secrets = [accessToken, appId, sign, this.#webhook.secret].filter(({ length }) => length >= LEAST_SECRET);
		return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
	}
}

/** Whether a request to the root is somebody who looks in; one with a credential is a client of the API that has lost its way. */
function isVisit({ method, url, headers }: IncomingMessage): boolean {
	const [, query = ''] = (url ?? '').split('?', 2);
	const carried = [headers.authorization, headers['x-app-id'], new URLSearchParams(query).get('app_id')];
	return (method === 'GET' || method === 'HEAD') && carried.every((credential) => credential == null);
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > MOST_BYTES) throw new PageRefusal(413, 'tooLarge', 'That is too much at once.');
		chunks.push(chunk);
	}
	try {
		const value: unknown = JSON.parse(Buffer.concat(chunks).toString());
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
	} catch {
		// told below
	}
	throw new PageRefusal(400, 'json', 'This wants a JSON object.');
}
