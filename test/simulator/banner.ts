import type { Simulator } from './options';
import { hasContact } from './store';
import { SECOND, formatBeijing, microsOf } from './time';

const DAY_MS = 86_400_000;

/** What a person needs when the server has started: where it is, what to put into the credential, a request to try, what is in it. */
export function banner({ url, account, store }: Simulator, now: Date): string {
	const { conversations, clients } = store;
	const open = conversations.filter(({ conv_end_tm: end }) => end === null).length;
	const from = formatBeijing(microsOf(new Date(now.getTime() - DAY_MS)), 0);
	const to = formatBeijing(microsOf(now) + SECOND, 0);
	const query = `enterprise_id=${account.enterpriseId}&limit=5&from_tm=${from}&to_tm=${to}&page_token=`.replaceAll(
		' ',
		'%20',
	);
	const starts = conversations.map(({ conv_start_tm: start }) => start);
	return [
		`Laigu simulator at ${url}`,
		'Open that in a browser: leads and conversations at the push of a button, and what is asked here, live.',
		'',
		'Demo credential (made up, good for this server only): either the access token, or app_id with sign',
		`  Base URL       ${url}`,
		`  Enterprise ID  ${account.enterpriseId}`,
		`  Access Token   ${account.accessToken}`,
		`  App ID         ${account.appId}`,
		`  Sign           ${account.sign}`,
		'',
		'Try it: conversations that ended in the last 24 hours',
		`  curl -H 'Authorization: Bearer ${account.accessToken}' '${url}/v2/conversations?${query}'`,
		'',
		`It holds ${conversations.length} conversations (${open} open), ${clients.filter(hasContact).length} customers and ${store.agents.length} agents,`,
		starts.length === 0
			? 'with no conversation yet.'
			: `conversations begun from ${starts[0].slice(0, 16)} to ${starts[starts.length - 1].slice(0, 16)}, Beijing time.`,
		'Ctrl-C ends it. All flags: npm run simulator -- --help',
		'',
	].join('\n');
}
