import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Pool } from 'undici';
import { pause } from './pause';
import { AUTOMATION_EVENT, type WebhookEvent } from './senderEvents';

/** The names that Laigu's documents give to the header, which contradict each other. */
export const HEADER_NAMES = ['Meiqia-Signature', 'Laigu-Signature', 'Laigu-Sign', 'Meiqia-Sign'] as const;

/**
 * `right`; `missing`: no header; `empty`: a header that says nothing; `wrong`: made with another secret; `stale`: of an earlier body;
 * `reencoded`: of the same JSON written in another way; `hmac`: the kind that Laigu does not use; `disagreeing`: a right one, and another beside it.
 */
export const SIGNATURES = ['right', 'missing', 'empty', 'wrong', 'stale', 'reencoded', 'hmac', 'disagreeing'] as const;

export type SignatureMode = (typeof SIGNATURES)[number];

export interface SenderOptions {
	/** The trigger's URL. */
	url: string;
	/** Without one nothing is signed. */
	secret?: string;
	header?: string;
	/** Of every event; when not given `right`, and `missing` for the automation's event, which Laigu does not sign. */
	signature?: SignatureMode;
	gzip?: boolean;
	contentType?: string;
	/** Beside the others. */
	headers?: Record<string, string>;
	/** Connections, all kept alive: so many deliveries at once. */
	atOnce?: number;
	/** After anything but 200 the event is sent once more, so much later; without it never. A sibling product of Laigu waits 60 s, and then drops the event. */
	retryAfterMs?: number;
	/** An answer that is not whole by then counts as none; 30 seconds without a sign of life when not given. */
	timeoutMs?: number;
}

export interface Attempt {
	/** 0 when there was no answer. */
	status: number;
	text: string;
	ms: number;
}

export interface Delivered {
	event: WebhookEvent;
	/** One, or two where the first was not answered with 200. */
	attempts: Attempt[];
	last: Attempt;
}

export interface Sender {
	/** Sends one event, and once more if need be. */
	deliver: (event: WebhookEvent) => Promise<Delivered>;
	/** Sends a body as it stands, with nothing but the given headers. */
	post: (body: Buffer | string, headers: Record<string, string | string[]>) => Promise<Attempt>;
	/** Sends all of them, `atOnce` at a time; the results are in the events' order. */
	deliverAll: (events: readonly WebhookEvent[]) => Promise<Delivered[]>;
	close: () => Promise<void>;
}

const sha1 = (...parts: Array<Buffer | string>): string => {
	const hash = createHash('sha1');
	for (const part of parts) hash.update(part);
	return hash.digest('hex');
};

/** Laigu's signature: SHA-1 over the body's bytes and then the secret, 40 lower-case hex (Laigu's webhook document). */
export function signatureFor(raw: Buffer | string, secret: string): string {
	return sha1(raw, secret);
}

/** The signature headers of a body, right or corrupted. */
export function signatureHeaders(
	raw: Buffer,
	{
		secret = '',
		header = HEADER_NAMES[0],
		signature = 'right',
	}: Pick<SenderOptions, 'secret' | 'header' | 'signature'>,
): Record<string, string> {
	const right = signatureFor(raw, secret);
	const pretty = (): string => JSON.stringify(JSON.parse(raw.toString()), null, 1);
	const values: Record<SignatureMode, string | undefined> = {
		right: secret === '' ? undefined : right,
		missing: undefined,
		empty: '',
		wrong: signatureFor(raw, `${secret}, another`),
		stale: signatureFor(Buffer.concat([raw, Buffer.from(' ')]), secret),
		reencoded: signature === 'reencoded' ? signatureFor(pretty(), secret) : undefined,
		hmac: sha1(secret, raw),
		disagreeing: right,
	};
	const value = values[signature];
	if (value === undefined) return {};
	if (signature !== 'disagreeing') return { [header]: value };
	const other = HEADER_NAMES.find((name) => name.toLowerCase() !== header.toLowerCase()) ?? '';
	return { [header]: value, [other]: sha1(right) };
}

function deadline(ms: number | undefined): { signal?: AbortSignal; forget: () => void } {
	if (ms === undefined) return { forget: () => undefined };
	const controller = new AbortController();
	const timer = setTimeout(() => controller.abort(new Error(`no whole answer within ${ms / 1000} s`)), ms);
	return { signal: controller.signal, forget: () => clearTimeout(timer) };
}

/** Sends events as Laigu does: POST, one event each, over connections that stay open. Close it in the end. */
export function openSender(options: SenderOptions): Sender {
	const {
		url,
		gzip: packed = false,
		contentType = 'application/json; charset=utf-8',
		atOnce = 1,
		retryAfterMs,
		timeoutMs,
	} = options;
	const { origin, pathname, search } = new URL(url);
	const pool = new Pool(origin, { connections: atOnce, pipelining: 1, headersTimeout: 30_000, bodyTimeout: 30_000 });

	async function post(body: Buffer | string, headers: Record<string, string | string[]>): Promise<Attempt> {
		const since = performance.now();
		const { signal, forget } = deadline(timeoutMs);
		try {
			const answer = await pool.request({ method: 'POST', path: pathname + search, body, headers, signal });
			return { status: answer.statusCode, text: await answer.body.text(), ms: performance.now() - since };
		} catch (error) {
			return { status: 0, text: error instanceof Error ? error.message : String(error), ms: performance.now() - since };
		} finally {
			forget();
		}
	}

	async function deliver(event: WebhookEvent): Promise<Delivered> {
		const raw = Buffer.from(JSON.stringify(event.body));
		const { signature = event.name === AUTOMATION_EVENT ? 'missing' : 'right' } = options;
		const headers = {
			'content-type': contentType,
			'user-agent': 'Go-http-client/1.1',
			...signatureHeaders(raw, { ...options, signature }),
			...(packed && { 'content-encoding': 'gzip' }),
			...options.headers,
		};
		const body = packed ? await promisify(gzip)(raw) : raw;
		const first = await post(body, headers);
		if (first.status === 200 || retryAfterMs === undefined) return { event, attempts: [first], last: first };
		await pause(retryAfterMs);
		const second = await post(body, headers);
		return { event, attempts: [first, second], last: second };
	}

	async function deliverAll(events: readonly WebhookEvent[]): Promise<Delivered[]> {
		const results: Delivered[] = [];
		let next = 0;
		const work = async (): Promise<void> => {
			while (next < events.length) {
				const place = next++;
				results[place] = await deliver(events[place]);
			}
		};
		await Promise.all(Array.from({ length: Math.min(atOnce, events.length) }, work));
		return results;
	}

	return { deliver, deliverAll, post, close: async () => await pool.close() };
}
