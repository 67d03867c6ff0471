import { authKindsIn } from './auth';
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

/**
 * A request as one line for a person: time of day in Beijing, method, path, asked window, page, kind of authentication, what it gave and how long it took (milliseconds). Only named
 * parts of the query are written, and never the token, app_id or sign.
 */
export function logLine(request: LoggedRequest, tookMs: number, note?: string): string {
	const { query, headers, method, path, status, errno, fault, records } = request;
	const kinds = authKindsIn({ query: new URLSearchParams(query), headers });
	const outcome =
		status === 0
			? 'connection cut'
			: errno === 0 && status === 200
				? `${records} records`
				: errno === 0
					? 'no errno'
					: `errno ${errno}`;
	const parts = [
		formatBeijing(microsOf(new Date(request.at)), 3).slice(11),
		method,
		path,
		windowIn(query),
		query.limit === undefined ? '' : `limit ${query.limit}`,
		positionIn(query),
		kinds.length === 0 ? 'no auth' : kinds.join(' and '),
		`-> ${status === 0 ? '' : `${status} `}${outcome}`,
		`${tookMs.toFixed(1)} ms`,
		fault === undefined ? '' : `[fault: ${fault}]`,
		note === undefined ? '' : `(${note})`,
	];
	return parts.filter((part) => part !== '').join('  ');
}
