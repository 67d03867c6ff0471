import { NodeOperationError } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	NodeApiError,
} from 'n8n-workflow';

import { baseUrlOf, findCredentialFlaw, redactSecrets } from '../../../credentials/LaiguApi.credentials';
import { errmsgOf, errnoOf } from './answer';
import { createLimiter } from '../shared/concurrency';
import type { Limiter } from '../shared/concurrency';
import { cancelledFault, endlessFault, faultOfErrno, faultOfStatus, tooLargeFault, unreadableFault } from './faults';
import type { Fault } from './faults';
import { toNodeError } from './nodeError';
import { receive, TIMEOUT } from './receive';
import type { FullResponse, RawResponse } from './receive';
import { DEFAULT_RETRY, mayRetry, readRetryAfter, retryDelay } from './retry';
import { createThrottle } from './throttle';
import type { Throttle } from './throttle';
import { MILLISECOND } from '../shared/time';
import type { Micros } from '../shared/time';
import { parseJson } from '../shared/json';

/** What n8n gives to a node that talks to Laigu: in a run, in a list search, in a poll. */
export type LaiguContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** A checked answer, or the reason why there is none. */
export type Outcome = { body: unknown; fault?: undefined } | { fault: Fault };

/** What the requests of one run share: their pace, and how many of them may be on their way at once. */
export interface Run {
	context: LaiguContext;
	throttle: Throttle;
	/** Where each request takes its place while it is on its way. */
	limiter: Limiter;
	/** When the run began, in microseconds since 1970: what changes while it reads gets a later time than that. */
	startedAt: Micros;
	/** The first input item that failed and ends the run; nothing more is asked for the items after it. */
	firstFailedItem: number;
	/**
	 * Milliseconds since 1970: no retry is waited for beyond this instant, and no answer for long. A poll has to end within its time budget.
	 */
	deadline?: number;
	/** The widest window that Laigu accepted after it refused a wider one, by path; in microseconds. */
	widest: Map<string, Micros>;
}

/** Laigu's API, as one input item uses it. */
export interface LaiguClient {
	/**
	 * Sends one request until it is answered, refused for good, or out of retries. Never throws for an answer, whatever it is.
	 *
	 * @param isWanted asked before each sending: once it is false nothing is sent any more
	 */
	ask(path: string, query: IDataObject, isWanted?: () => boolean): Promise<Outcome>;
	/** Requests sent so far for this input item, retries included. */
	requests(): number;
	/** The error to throw for a fault. */
	toError(fault: Fault): NodeApiError;
	run: Run;
}

/** A request that was begun before the deadline of its run gets so long at least, in milliseconds. */
const LEAST_TIMEOUT = 10_000;

/** No input item is so large that it takes so long, in milliseconds; a server that always sends a little more would keep it forever. */
const LONGEST_RUN = 24 * 3_600_000;

/**
 * Begins a run: everything that the requests of one execution share.
 *
 * @param concurrency how many requests may be on their way at once
 */
export function beginRun(context: LaiguContext, concurrency: number = 1): Run {
	const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return {
		context,
		throttle: createThrottle(concurrency, signal),
		limiter: createLimiter(concurrency),
		startedAt: Date.now() * MILLISECOND,
		firstFailedItem: Infinity,
		widest: new Map(),
	};
}

function classify({ statusCode, body: text }: FullResponse, credentials: ICredentialDataDecryptedObject): Outcome {
	if (text === undefined) return { fault: tooLargeFault };
	const body = parseJson(text);
	const errno = errnoOf(body);
	if (errno !== 0) return { fault: faultOfErrno(errno, redactSecrets(credentials, errmsgOf(body)), statusCode) };
	if (statusCode >= 300) return { fault: faultOfStatus(statusCode) };
	return body === undefined ? { fault: unreadableFault('data', text) } : { body };
}

/**
 * Classifies one answer: HTTP 200 with an errno, a status of 300 or above, and a body that is no JSON are all faults, with the wait that the
 * answer asks for.
 *
 * @param response status, headers and body as text
 * @param credentials whose secrets must not come back in a message
 */
export function checkResponse(response: FullResponse, credentials: ICredentialDataDecryptedObject): Outcome {
	const outcome = classify(response, credentials);
	if (!outcome.fault) return outcome;
	return { fault: { ...outcome.fault, retryAfterMs: readRetryAfter(response.headers['retry-after'], Date.now()) } };
}

/**
 * Everything about a request to Laigu but the account, which the credential adds. The body comes as a stream: n8n's helper would read any
 * size of it, and wait forever as long as a byte comes from time to time.
 */
export function requestFor(baseUrl: string, path: string, query: IDataObject): IHttpRequestOptions {
	return {
		method: 'GET',
		url: `${baseUrl}${path}`,
		qs: query,
		headers: { Accept: 'application/json' },
		encoding: 'stream',
		json: false,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT,
	};
}

/**
 * Opens Laigu for one input item.
 *
 * @param run the run whose pace the requests keep to
 * @param itemIndex the input item, or undefined outside a run
 * @param maxRetries how often a request is sent again when Laigu is busy or the connection breaks
 * @throws NodeOperationError when the credential has a flaw that needs no request to be seen
 */
export async function openLaigu(
	run: Run,
	itemIndex: number | undefined,
	maxRetries: number = DEFAULT_RETRY.limit,
): Promise<LaiguClient> {
	const { context, throttle } = run;
	const policy = { ...DEFAULT_RETRY, limit: maxRetries };
	const node = context.getNode();
	const credentials = await context.getCredentials('laiguApi', itemIndex ?? 0);
	const flaw = findCredentialFlaw(credentials);
	if (flaw) {
		const { message, description } = flaw;
		throw new NodeOperationError(node, itemIndex === undefined ? message : `${message} [Item ${itemIndex}]`, {
			description,
			itemIndex,
		});
	}
	const baseUrl = baseUrlOf(credentials);

	// not by n8n's clock, which may be changed meanwhile
	const openedAt = performance.now();
	let requests = 0;

	async function send(path: string, query: IDataObject): Promise<Outcome> {
		requests++;
		const request = requestFor(baseUrl, path, query);
		const received = await receive(
			async () =>
				(await context.helpers.httpRequestWithAuthentication.call(context, 'laiguApi', request)) as RawResponse,
			Math.min(TIMEOUT, Math.max(LEAST_TIMEOUT, (run.deadline ?? Infinity) - Date.now())),
			throttle.signal,
		);
		return received.fault ? received : checkResponse(received.response, credentials);
	}

	/** One sending, with the instant at which it went, and how long the answer took in milliseconds. */
	async function sendInTurn(path: string, query: IDataObject, isOver: () => boolean) {
		return await run.limiter(async () => {
			await throttle.ready();
			const sentAt = Date.now();
			const since = performance.now();
			const outcome: Outcome = isOver() ? { fault: cancelledFault } : await send(path, query);
			return { sentAt, took: performance.now() - since, outcome };
		});
	}

	async function ask(path: string, query: IDataObject, isWanted = () => true): Promise<Outcome> {
		const isOver = () => throttle.isCancelled() || (itemIndex ?? 0) > run.firstFailedItem || !isWanted();
		for (let attempt = 0; ; attempt++) {
			if (performance.now() - openedAt > LONGEST_RUN) return { fault: endlessFault };
			const { sentAt, took, outcome } = await sendInTurn(path, query, isOver);
			const { fault } = outcome;
			if (fault && isOver()) return { fault: cancelledFault };
			const delay = fault ? retryDelay(attempt, fault) : 0;
			if (!fault?.isRateLimit) throttle.accepted(took);
			else if (delay <= policy.maxRetryAfter) throttle.refused(sentAt, delay);
			if (!fault || !mayRetry(attempt, fault, policy) || Date.now() + delay > (run.deadline ?? Infinity))
				return outcome;
			if (!fault.isRateLimit) await throttle.wait(delay);
		}
	}

	return { ask, run, requests: () => requests, toError: (fault) => toNodeError(node, fault, itemIndex) };
}
