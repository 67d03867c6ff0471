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
import { cancelledFault, faultOfErrno, faultOfStatus, networkFault, readRetryAfter, unreadableFault } from './faults';
import type { Fault } from './faults';
import { toNodeError } from './nodeError';
import { createThrottle, LONGEST_RETRY_AFTER, retryDelay } from './throttle';
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
	/** The first input item that fell and ends the run; nothing more is asked for the items after it. */
	firstFailedItem: number;
	/** Milliseconds since 1970: no retry is waited for beyond this instant. A poll has to end within its time budget. */
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

interface FullResponse {
	body: unknown;
	headers: Record<string, unknown>;
	statusCode: number;
}

/** Laigu documents no time-out; a page of 20 conversations is far from it. Milliseconds. */
const TIMEOUT = 60_000;

export const DEFAULT_MAX_RETRIES = 5;

/** Requests at once. */
export const DEFAULT_CONCURRENCY = 3;

/**
 * Begins a run: everything that the requests of one execution share.
 *
 * @param concurrency how many requests may be on their way at once
 */
export function beginRun(context: LaiguContext, concurrency: number = 1): Run {
	const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return {
		context,
		throttle: createThrottle(signal),
		limiter: createLimiter(concurrency),
		startedAt: Date.now() * MILLISECOND,
		firstFailedItem: Infinity,
		widest: new Map(),
	};
}

/** Node.js's code and text of what an HTTP helper of n8n threw. The thrown object holds the request with its secrets and goes no further. */
export function reasonOf(thrown: unknown): string {
	const parts: string[] = [];
	for (let error: unknown = thrown, depth = 0; error instanceof Error && depth < 4; error = error.cause, depth++) {
		parts.push(String('code' in error ? error.code : ''), error.message);
		// n8n 1.x keeps nothing but the texts of what it wraps
		if ('messages' in error && Array.isArray(error.messages)) parts.push(...error.messages.map(String));
	}
	return parts.join(' ');
}

function classify(response: FullResponse, credentials: ICredentialDataDecryptedObject): Outcome {
	const { statusCode } = response;
	const text = typeof response.body === 'string' ? response.body : JSON.stringify(response.body ?? '');
	const body = parseJson(text);
	const errno = errnoOf(body);
	if (errno !== 0) return { fault: faultOfErrno(errno, redactSecrets(credentials, errmsgOf(body)), statusCode) };
	if (statusCode >= 300) return { fault: faultOfStatus(statusCode) };
	return body === undefined ? { fault: unreadableFault('data', text) } : { body };
}

/**
 * Judges one answer: HTTP 200 with an errno, a status of 300 or above, and a body that is no JSON are all faults, with the wait that the
 * answer asks for.
 *
 * @param response status, headers and body as text
 * @param credentials whose secrets must not come back in a message
 */
export function checkResponse(response: FullResponse, credentials: ICredentialDataDecryptedObject): Outcome {
	const outcome = classify(response, credentials);
	if (outcome.fault) outcome.fault.retryAfterMs = readRetryAfter(response.headers['retry-after'], Date.now());
	return outcome;
}

/** Everything about a request to Laigu but the account, which the credential adds. */
export function requestFor(baseUrl: string, path: string, query: IDataObject): IHttpRequestOptions {
	return {
		method: 'GET',
		url: `${baseUrl}${path}`,
		qs: query,
		headers: { Accept: 'application/json' },
		encoding: 'text',
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
	maxRetries: number = DEFAULT_MAX_RETRIES,
): Promise<LaiguClient> {
	const { context, throttle } = run;
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

	let requests = 0;

	async function send(path: string, query: IDataObject): Promise<Outcome> {
		requests++;
		try {
			const request = requestFor(baseUrl, path, query);
			const response: unknown = await context.helpers.httpRequestWithAuthentication.call(context, 'laiguApi', request);
			return checkResponse(response as FullResponse, credentials);
		} catch (error) {
			return { fault: networkFault(reasonOf(error)) };
		}
	}

	/** One sending, with the instant at which it went. */
	async function sendInTurn(path: string, query: IDataObject, isOver: () => boolean) {
		return await run.limiter(async () => {
			await throttle.ready();
			const sentAt = Date.now();
			const outcome: Outcome = isOver() ? { fault: cancelledFault } : await send(path, query);
			return { sentAt, outcome };
		});
	}

	async function ask(path: string, query: IDataObject, isWanted = () => true): Promise<Outcome> {
		const isOver = () => throttle.isCancelled() || (itemIndex ?? 0) > run.firstFailedItem || !isWanted();
		for (let attempt = 0; ; attempt++) {
			const { sentAt, outcome } = await sendInTurn(path, query, isOver);
			const { fault } = outcome;
			if (fault && isOver()) return { fault: cancelledFault };
			const delay = fault ? retryDelay(attempt, fault) : 0;
			if (!fault?.isRateLimit) throttle.accepted();
			else if (delay <= LONGEST_RETRY_AFTER) throttle.refused(sentAt, delay);
			if (!fault?.isTemporary || attempt >= maxRetries) return outcome;
			if (delay > LONGEST_RETRY_AFTER || Date.now() + delay > (run.deadline ?? Infinity)) return outcome;
			if (!fault.isRateLimit) await throttle.wait(delay);
		}
	}

	return { ask, run, requests: () => requests, toError: (fault) => toNodeError(node, fault, itemIndex) };
}
