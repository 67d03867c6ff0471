import { lateFault, networkFault } from './faults';
import type { Fault } from './faults';

/** An answer as n8n's HTTP helpers give it, its body still to be read. */
export interface RawResponse {
	body: unknown;
	headers: Record<string, unknown>;
	statusCode: number;
}

/** An answer that was read to its end, whatever it says. */
export interface FullResponse extends RawResponse {
	/** Undefined where it was too large to be read. */
	body: string | undefined;
}

/** What n8n's helpers give for a body that is not read yet: a stream, in parts. */
interface ByteStream extends AsyncIterable<Uint8Array | string> {
	destroy?: () => unknown;
}

/** How long one request may take from its sending to the end of its answer, in milliseconds: a page of 20 conversations is far from it. */
export const TIMEOUT = 60_000;

/** Far beyond a page of 20 conversations or a report; in bytes, unpacked. */
const LARGEST_BODY = 100_000_000;

const isStream = (body: unknown): body is ByteStream =>
	typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

function discard(body: unknown): void {
	if (isStream(body)) body.destroy?.();
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

/**
 * Reads a body as text, and no more of it than any answer of Laigu's can have: packed, some kilobytes may stand for gigabytes.
 *
 * @param body as n8n's helper gives it: a stream, or text that was read already
 * @param largest in bytes
 * @returns undefined where it is larger
 * @throws whatever breaks the connection
 */
export async function readBody(body: unknown, largest: number = LARGEST_BODY): Promise<string | undefined> {
	if (!isStream(body)) return typeof body === 'string' ? body : '';
	const decoder = new TextDecoder();
	const parts: string[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		// leaving the loop lets go of the stream
		if (size > largest) return undefined;
		parts.push(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
	}
	return parts.join('') + decoder.decode();
}

/**
 * Sends a request and reads its answer to the end, within a time: n8n's own time-out counts from one byte to the next, so that a server
 * that sends one from time to time would be waited for without end.
 *
 * @param send hands the request to one of n8n's HTTP helpers, and asks it for a stream
 * @param timeout in milliseconds
 * @param signal ends the waiting when it is aborted
 */
export async function receive(
	send: () => Promise<RawResponse>,
	timeout: number,
	signal?: AbortSignal,
): Promise<{ response: FullResponse; fault?: undefined } | { fault: Fault }> {
	// a timer of Node.js's own, which keeps time for itself: by n8n's clock, a clock that is changed would end every request or none
	const over = AbortSignal.any([AbortSignal.timeout(Math.ceil(timeout)), ...(signal ? [signal] : [])]);
	let isOver = false;
	let raw: unknown;
	let endWaiting = () => {};
	async function answer() {
		try {
			const { body, headers, statusCode } = await send();
			raw = body;
			if (isOver) discard(raw);
			return { response: { headers, statusCode, body: await readBody(body) } };
		} catch (error) {
			return { fault: networkFault(reasonOf(error)) };
		}
	}
	const deadline = new Promise<{ fault: Fault }>((resolve) => {
		endWaiting = () => resolve({ fault: lateFault });
		if (over.aborted) endWaiting();
		else over.addEventListener('abort', endWaiting, { once: true });
	});
	try {
		return await Promise.race([answer(), deadline]);
	} finally {
		isOver = true;
		over.removeEventListener('abort', endWaiting);
		discard(raw);
	}
}
