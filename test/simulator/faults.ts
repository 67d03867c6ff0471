import { gzipSync } from 'node:zlib';
import { internalError, tooManyRequests } from './errors';
import { refuse, type Answer } from './endpoints';
import type { Switches } from './switches';

export const FAULT_KINDS = [
	'10014',
	'429',
	'10015',
	'500',
	'502html',
	'reset',
	'slow',
	'truncated',
	'emptyBody',
	'wrongShape',
	'redirect',
	'drip',
	'bomb',
	'noToken',
	'newTokens',
	'otherRecord',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** When and how the server misbehaves. With neither times nor rate it does so on every matching request. */
export interface FaultRule {
	kind: FaultKind;
	/** How many requests it hits in all. */
	times?: number;
	/** The share of matching requests that it hits, 0 to 1, drawn from the seed. */
	rate?: number;
	/** Against path and query as received. */
	match?: RegExp;
	/** A Retry-After header, for 10014, 429, 500 and 502html; as text to be sent as it is. */
	retryAfterSeconds?: number | string;
	/** For slow: how long it waits before the true answer; 3000 when not given. For drip: how long before each byte; 1000. */
	delayMs?: number;
	/** How many matching requests pass first. */
	after?: number;
	/** For redirect: where to; another host name of this server when not given. */
	location?: string;
}

/** A rule with its memory. */
export interface ArmedFault {
	rule: FaultRule;
	seen: number;
	hits: number;
}

/** A rule that has met no request yet. */
export function arm(rule: FaultRule): ArmedFault {
	return { rule, seen: 0, hits: 0 };
}

/** The first rule that hits this request (path and query as received); the rules remember what they saw. `random` gives 0 <= n < 1. */
export function pickFault(faults: ArmedFault[], url: string, random: () => number): FaultRule | undefined {
	for (const fault of faults) {
		const { match, times, rate, after = 0 } = fault.rule;
		// A pattern with the g flag remembers where it stopped, which would let every second request pass.
		if (match && url.search(match) < 0) continue;
		fault.seen += 1;
		if (fault.seen <= after || fault.hits >= (times ?? Infinity)) continue;
		if (rate !== undefined && random() >= rate) continue;
		fault.hits += 1;
		return fault.rule;
	}
	return undefined;
}

/** What a faulty answer is made of; `reset` means no answer at all, the connection is cut. */
export interface FaultyAnswer extends Omit<Answer, 'body'> {
	body: string | Buffer;
	headers: Record<string, string>;
	reset?: boolean;
	delayMs?: number;
	/** The answer goes byte by byte, each after so many milliseconds. */
	dripMs?: number;
}

/** Some hundred kilobytes that unpack to 300 MB. */
const bomb = (): Buffer => gzipSync(Buffer.alloc(300_000_000, ' '));
let packedBomb: Buffer | undefined;

let newTokens = 0;

/** The answer with another `next_page_token`, wherever it has one; with one at the top where it has none. */
function withToken({ body, ...given }: Answer, token: unknown): Answer {
	const parsed = JSON.parse(body) as Record<string, unknown>;
	const inner = Object.values(parsed).find(
		(value): value is Record<string, unknown> =>
			typeof value === 'object' && value !== null && 'next_page_token' in value,
	);
	(inner ?? parsed).next_page_token = token;
	return { ...given, body: JSON.stringify(parsed) };
}

/** The answer with every conv_id raised by one. */
const withOtherRecord = ({ body, ...given }: Answer): Answer => ({
	...given,
	body: body.replace(/("conv_id":"?)(\d+)/g, (_, key: string, id: string) => `${key}${Number(id) + 1}`),
});

const PLAIN = { 'content-type': 'text/plain; charset=utf-8' };
const HTML = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const BAD_GATEWAY =
	'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n';

/**
 * The answer that a fault gives in the place of the true one. `truly` gives that one, or the one to the first page of the same list; `port` is the server's, for the redirect.
 */
export function spoil(
	rule: FaultRule,
	truly: (isFirstPage?: boolean) => Answer,
	about: { path: string; port: number; switches: Switches },
): FaultyAnswer {
	const retry: Record<string, string> =
		rule.retryAfterSeconds === undefined ? {} : { 'retry-after': String(rule.retryAfterSeconds) };
	const plain = (status: number, body: string, headers: Record<string, string>): FaultyAnswer => ({
		status,
		body,
		errno: 0,
		records: 0,
		headers,
	});
	switch (rule.kind) {
		case '10014':
			return { ...refuse(tooManyRequests(), about.path, about.switches), headers: { ...JSON_TYPE, ...retry } };
		case '10015':
			return { ...refuse(internalError(), about.path, about.switches), headers: { ...JSON_TYPE, ...retry } };
		case '429':
			return plain(429, 'Too Many Requests', { ...PLAIN, ...retry });
		case '500':
			return plain(500, 'Internal Server Error', { ...PLAIN, ...retry });
		case '502html':
			return plain(502, BAD_GATEWAY, { ...HTML, ...retry });
		case 'reset':
			return { ...plain(0, '', {}), reset: true };
		case 'slow':
			return { ...truly(), headers: JSON_TYPE, delayMs: rule.delayMs ?? 3_000 };
		case 'truncated': {
			const whole = truly();
			return { ...whole, body: whole.body.slice(0, Math.ceil(whole.body.length / 2)), records: 0, headers: JSON_TYPE };
		}
		case 'emptyBody':
			return plain(200, '', JSON_TYPE);
		case 'wrongShape':
			return plain(200, '{"status":"ok","total":3,"items":{"first":1}}', JSON_TYPE);
		case 'redirect':
			return plain(302, '', { location: rule.location ?? `http://localhost:${about.port}/moved` });
		case 'drip':
			return { ...truly(), headers: JSON_TYPE, dripMs: rule.delayMs ?? 1_000 };
		case 'bomb':
			packedBomb ??= bomb();
			return { ...plain(200, '', { ...JSON_TYPE, 'content-encoding': 'gzip' }), body: packedBomb };
		case 'noToken':
			return { ...withToken(truly(), {}), headers: JSON_TYPE };
		case 'newTokens':
			return { ...withToken(truly(true), `new-${++newTokens}`), headers: JSON_TYPE };
		case 'otherRecord':
			return { ...withOtherRecord(truly()), headers: JSON_TYPE };
	}
}
