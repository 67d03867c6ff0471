import { authenticationFailed } from './errors';
import type { Switches } from './switches';
import type { Account } from './types';

/** Which generation of the API a path belongs to: they take app_id and sign in different places. */
export type Family = 'v1' | 'v2' | 'report';

export type AuthKind = 'bearer' | 'app_id+sign';

interface Presented {
	query: URLSearchParams;
	/** Header names in lower case. */
	headers: Record<string, string>;
}

function bearerIn({ headers }: Presented): string | undefined {
	const header = headers.authorization;
	return header === undefined ? undefined : (/^Bearer (\S+)$/.exec(header)?.[1] ?? '');
}

function pair(appId: string | null | undefined, sign: string | null | undefined): [string, string] | undefined {
	return appId == null && sign == null ? undefined : [appId ?? '', sign ?? ''];
}

/**
 * The kinds of authentication that a request carries, whether or not they are right; for the log and for the check.
 */
export function authKindsIn(request: Presented): AuthKind[] {
	const { query, headers } = request;
	const kinds: AuthKind[] = [];
	if (bearerIn(request) !== undefined) kinds.push('bearer');
	if (pair(query.get('app_id'), query.get('sign')) ?? pair(headers['x-app-id'], headers['x-sign']))
		kinds.push('app_id+sign');
	return kinds;
}

/**
 * How the request is authenticated: the access token, or app_id + sign (v1: query; v2 and reports: headers X-App-ID and X-Sign), either one being enough
 * (Laigu's API document). Throws errno 10011 for anything else, for both at once, and for a secret in a v2 or report URL: whether Laigu minds those two is
 * not documented, but a client must never send them.
 */
export function authenticate(request: Presented, family: Family, account: Account, switches: Switches): AuthKind {
	const { query, headers } = request;
	const inQuery = pair(query.get('app_id'), query.get('sign'));
	const inHeaders = pair(headers['x-app-id'], headers['x-sign']);
	const bearer = bearerIn(request);

	if (family !== 'v1' && inQuery) throw authenticationFailed(`app_id or sign in the URL of a ${family} endpoint`);
	if (bearer !== undefined && (inQuery ?? inHeaders)) throw authenticationFailed('both kinds of authentication sent');

	if (bearer !== undefined) {
		if (bearer !== account.accessToken) throw authenticationFailed('wrong access token');
		return 'bearer';
	}
	const sent = family === 'v1' ? inQuery : inHeaders;
	if (!sent) {
		const misplaced = family === 'v1' && inHeaders;
		throw authenticationFailed(misplaced ? 'v1 wants app_id and sign in the query' : 'no authentication sent');
	}
	if (family === 'report' && switches.reportsAccept === 'bearer')
		throw authenticationFailed('the reports accept the access token only');
	if (sent[0] !== account.appId || sent[1] !== account.sign) throw authenticationFailed('wrong app_id or sign');
	return 'app_id+sign';
}
