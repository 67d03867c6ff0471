const PAGE = 20;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BEIJING_MS = 8 * HOUR_MS;

/**
 * The leads that a Laigu server has for the last seven days, read over its API by a reader of its own that shares nothing
 * with the nodes: what their rows are checked against.
 *
 * @param {{ url: string, account: { accessToken: string, enterpriseId: string | number } }} server
 * @param {number} now - milliseconds since 1970; where "the last seven days" are counted from
 * @returns {Promise<Array<Record<string, any>>>} as Laigu sent them, each track_id once
 * @throws when the server answers with anything but a list
 */
export async function readLeads({ url, account }, now) {
	const { from, to } = lastSevenDays(now);
	const leads = new Map();
	for (let token = ''; ;) {
		const query = new URLSearchParams({
			enterprise_id: String(account.enterpriseId),
			limit: String(PAGE),
			from_tm: beijingText(from),
			to_tm: beijingText(to + 1000),
			page_token: token,
		});
		const response = await fetch(`${url}/v2/clients?${query}`, {
			headers: { authorization: `Bearer ${account.accessToken}` },
		});
		const { errno, errmsg, result, next_page_token: next } = await response.json();
		if (errno !== 0 || !Array.isArray(result)) throw new Error(`The simulator answered errno ${errno}: ${errmsg}`);
		for (const lead of result) {
			const created = Date.parse(lead.created_on);
			if (created >= from && created < to) leads.set(lead.track_id, lead);
		}
		if (!next) return [...leads.values()];
		token = next;
	}
}

/**
 * The range that the nodes call "last 7 days": today and the six days before, from midnight in Beijing until now.
 *
 * @param {number} now - milliseconds since 1970
 * @returns {{ from: number, to: number }} from ≤ t < to, milliseconds since 1970
 */
export function lastSevenDays(now) {
	const today = Math.floor((now + BEIJING_MS) / DAY_MS) * DAY_MS - BEIJING_MS;
	return { from: today - 6 * DAY_MS, to: now };
}

/**
 * A time as Laigu's API wants it.
 *
 * @param {number} time - milliseconds since 1970
 * @returns {string} `YYYY-MM-DD HH:mm:ss`, Beijing time
 */
export function beijingText(time) {
	return new Date(time + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ');
}
