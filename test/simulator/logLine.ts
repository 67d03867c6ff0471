import { authKindsIn, type AuthKind } from './auth';
import { formatBeijing, microsOf } from './time';
import type { LoggedRequest } from './options';

const WINDOW_NAMES = [
	['from_tm', 'to_tm'],
	['conv_start_from_tm', 'conv_start_to_tm'],
] as const;

function windowIn(query: Record<string, string>): string {
	for (const [from, to] of WINDOW_NAMES) {
		if (from in query || to in query) return `${query[from] ?? '(missing)'} .. ${query[to] ?? '(missing)'}`;
	}
	return '';
}

function positionIn(query: Record<string, string>): string {
	if ('offset' in query) return `offset ${query.offset}`;
	if (!('page_token' in query)) return '';
	return query.page_token === '' ? 'first page' : 'next page';
}

/** A request as a person may see it. Only named parts of the query are in it, and never the token, app_id or sign. */
export interface RequestSummary {
	/** Time of day in Beijing, with milliseconds. */
	at: string;
	method: string;
	path: string;
	/** The asked window, page size and page. */
	asked: string[];
	auth: AuthKind[];
	/** 0 when the connection was cut. */
	status: number;
	errno: number;
	records: number;
	tookMs: number;
	fault?: string;
	/** Why it was refused. */
	note?: string;
}

/** What was asked and answered, and how long it took (milliseconds). */
export function summarize(request: LoggedRequest, tookMs: number, note?: string): RequestSummary {
	const { query, headers, method, path, status, errno, fault, records } = request;
	const limit = query.limit === undefined ? '' : `limit ${query.limit}`;
	return {
		at: formatBeijing(microsOf(new Date(request.at)), 3).slice(11),
		method,
		path,
		asked: [windowIn(query), limit, positionIn(query)].filter((part) => part !== ''),
		auth: authKindsIn({ query: new URLSearchParams(query), headers }),
		status,
		errno,
		records,
		tookMs,
		fault,
		note,
	};
}

function outcomeOf({ status, errno, records }: RequestSummary): string {
	if (status === 0) return 'connection cut';
	if (errno !== 0) return `errno ${errno}`;
	return status === 200 ? `${records} records` : 'no errno';
}

/** The same as one line. */
export function logLine(summary: RequestSummary): string {
	const { at, method, path, asked, auth, status, tookMs, fault, note } = summary;
	const parts = [
		at,
		method,
		path,
		...asked,
		auth.length === 0 ? 'no auth' : auth.join(' and '),
		`-> ${status === 0 ? '' : `${status} `}${outcomeOf(summary)}`,
		`${tookMs.toFixed(1)} ms`,
		fault === undefined ? '' : `[fault: ${fault}]`,
		note === undefined ? '' : `(${note})`,
	];
	return parts.filter((part) => part !== '').join('  ');
}
