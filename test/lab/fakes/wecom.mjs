const LONGEST_TEXT = 2048;

/** WeCom answers with HTTP 200, whatever happens. */
const refusal = (errcode, errmsg) => ({ body: { errcode, errmsg } });

/**
 * @typedef {object} Robot
 * @property {string} key - of its webhook address
 * @property {Array<{ content: string, mentioned_list?: string[] }>} messages - what stands in its group
 * @property {(times: number) => void} busy - so many messages are refused as too many in a minute
 * @property {() => boolean} isBusy
 *
 * @param {string} key
 * @returns {Robot}
 */
export function createRobot(key) {
	let refusals = 0;
	return { key, messages: [], busy: (times) => void (refusals += times), isBusy: () => refusals > 0 && refusals-- > 0 };
}

/**
 * WeCom's group robots: they take text messages.
 *
 * @param {{ robots: Robot[] }} account
 * @returns {import('./outside.mjs').StandIn}
 */
export function createWecom({ robots }) {
	function answer({ method, path, query, json }) {
		if (method !== 'POST' || path !== '/cgi-bin/webhook/send') return { status: 404, body: {} };
		const robot = robots.find(({ key }) => key === query.get('key'));
		if (!robot) return refusal(93000, 'invalid webhook url');
		if (json?.msgtype !== 'text') return refusal(40008, 'invalid message type');
		const { content } = json.text ?? {};
		if (typeof content !== 'string' || content === '') return refusal(44004, 'content size out of limit');
		if (Buffer.byteLength(content) > LONGEST_TEXT) return refusal(40058, 'text.content exceed max length 2048');
		if (robot.isBusy()) return refusal(45009, 'api freq out of limit');
		robot.messages.push(json.text);
		return { body: { errcode: 0, errmsg: 'ok' } };
	}

	return { hosts: ['qyapi.weixin.qq.com'], answer };
}
