import { createHmac } from 'node:crypto';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * @typedef {object} GroupRobot
 * @property {any[]} messages - what stands in its group
 * @property {number[]} times - when each of them came, in milliseconds
 * @property {(times: number) => void} busy - so many messages are refused as too many
 */

/** A group that takes so many messages in any minute. */
function createGroup(perMinute) {
	let refusals = 0;
	const group = {
		messages: [],
		times: [],
		busy: (times) => void (refusals += times),
		/** Whether the message is taken. */
		take(message) {
			const now = Date.now();
			if (refusals > 0) {
				refusals -= 1;
				return false;
			}
			if (group.times.filter((time) => time > now - MINUTE_MS).length >= perMinute) return false;
			group.messages.push(message);
			group.times.push(now);
			return true;
		},
	};
	return group;
}

const bytes = (text) => Buffer.byteLength(text);

/**
 * WeCom's group robots: text of up to 2,048 bytes, files that were uploaded before, 20 messages a minute. It answers with HTTP 200, whatever happens
 * (https://developer.work.weixin.qq.com/document/path/91770).
 *
 * @param {{ keys: string[] }} account - of the robots' webhook addresses
 * @returns {import('./outside.mjs').StandIn & { robots: Record<string, GroupRobot>, uploads: Map<string, { name: string, bytes: number }> }} by key; by media_id
 */
export function createWecomRobots({ keys }) {
	const robots = Object.fromEntries(keys.map((key) => [key, createGroup(20)]));
	const uploads = new Map();
	const refusal = (errcode, errmsg) => ({ body: { errcode, errmsg } });

	function upload({ query, headers, text }) {
		if (query.get('type') !== 'file') return refusal(40004, 'invalid media type');
		const name = /name="media"; filename="([^"]+)"/.exec(text)?.[1];
		if (!/^multipart\/form-data/.test(headers['content-type'] ?? '') || !name)
			return refusal(44001, 'empty media data');
		const id = `media-${uploads.size + 1}`;
		uploads.set(id, { name, bytes: bytes(text) });
		return { body: { errcode: 0, errmsg: 'ok', type: 'file', media_id: id, created_at: `${Date.now()}` } };
	}

	function faultOf({ msgtype, text, file }) {
		if (msgtype === 'file') return uploads.has(file?.media_id) ? undefined : refusal(40007, 'invalid media_id');
		if (msgtype !== 'text') return refusal(40008, 'invalid message type');
		if (typeof text?.content !== 'string' || text.content === '') return refusal(44004, 'content size out of limit');
		return bytes(text.content) > 2048 ? refusal(40058, 'text.content exceed max length 2048') : undefined;
	}

	function answer(asked) {
		const robot = robots[asked.query.get('key')];
		if (asked.method !== 'POST' || !asked.path.startsWith('/cgi-bin/webhook/')) return { status: 404, body: {} };
		if (!robot) return refusal(93000, 'invalid webhook url');
		if (asked.path.endsWith('/upload_media')) return upload(asked);
		const fault = faultOf(asked.json ?? {});
		if (fault) return fault;
		const { msgtype } = asked.json;
		return robot.take({ msgtype, ...asked.json[msgtype] })
			? { body: { errcode: 0, errmsg: 'ok' } }
			: refusal(45009, 'api freq out of limit');
	}

	return { hosts: ['qyapi.weixin.qq.com'], answer, robots, uploads };
}

/**
 * @typedef {object} Protection - how a robot knows its sender: messages are signed, or have to hold a word
 * @property {string} [secret]
 * @property {string} [keyword]
 */

/**
 * DingTalk's custom robots, 20 messages a minute each (https://open.dingtalk.com/document/robots/custom-robot-access).
 *
 * @param {{ robots: Array<{ accessToken: string } & Protection> }} account
 * @returns {import('./outside.mjs').StandIn & { robots: Record<string, GroupRobot> }} by access token
 */
export function createDingtalkRobots({ robots: settings }) {
	const robots = Object.fromEntries(settings.map(({ accessToken }) => [accessToken, createGroup(20)]));
	const refusal = (errcode, errmsg) => ({ body: { errcode, errmsg } });

	function faultOf({ secret, keyword }, query, content) {
		if (keyword) return content.includes(keyword) ? undefined : refusal(310000, 'keywords not in content');
		const timestamp = query.get('timestamp');
		const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
		if (!/^\d{13}$/.test(timestamp ?? '') || Math.abs(Date.now() - timestamp) > HOUR_MS)
			return refusal(310000, 'invalid timestamp');
		return query.get('sign') === sign ? undefined : refusal(310000, 'sign not match');
	}

	function answer({ method, path, query, json }) {
		if (method !== 'POST' || path !== '/robot/send') return { status: 404, body: {} };
		const protection = settings.find(({ accessToken }) => accessToken === query.get('access_token'));
		if (!protection) return refusal(300001, 'token is not exist');
		if (json?.msgtype !== 'text' || !json.text?.content) return refusal(40035, 'missing parameter text');
		if (bytes(JSON.stringify(json)) > 20_000) return refusal(460101, 'message too long');
		const fault = faultOf(protection, query, json.text.content);
		if (fault) return fault;
		return robots[protection.accessToken].take(json.text)
			? { body: { errcode: 0, errmsg: 'ok' } }
			: refusal(130101, 'send too fast');
	}

	return { hosts: ['oapi.dingtalk.com'], answer, robots };
}

/**
 * Feishu's custom robots, 100 messages a minute each (https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot).
 *
 * @param {{ robots: Array<{ hook: string } & Protection> }} account - `hook`: the end of its webhook address
 * @returns {import('./outside.mjs').StandIn & { robots: Record<string, GroupRobot> }} by the end of the address
 */
export function createFeishuRobots({ robots: settings }) {
	const robots = Object.fromEntries(settings.map(({ hook }) => [hook, createGroup(100)]));
	const refusal = (code, msg) => ({ body: { code, msg, data: {} } });

	function faultOf({ secret, keyword }, { timestamp, sign, content }) {
		if (keyword) return content.text.includes(keyword) ? undefined : refusal(19024, 'Key Words Not Found');
		const expected = createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');
		const isNow = Math.abs(Date.now() - Number(timestamp) * 1000) <= HOUR_MS;
		if (isNow && sign === expected) return undefined;
		return refusal(19021, 'sign match fail or timestamp is not within one hour from current time');
	}

	function answer({ method, path, json }) {
		const robot = settings.find(({ hook }) => path === `/open-apis/bot/v2/hook/${hook}`);
		if (method !== 'POST' || !robot) return refusal(19001, 'param invalid: incoming webhook access token invalid');
		if (json?.msg_type !== 'text' || !json.content?.text) return refusal(9499, 'Bad Request');
		if (bytes(JSON.stringify(json)) > 20 * 1024) return refusal(9499, 'Bad Request');
		const fault = faultOf(robot, json);
		if (fault) return fault;
		return robots[robot.hook].take({ content: json.content.text })
			? { body: { StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' } }
			: refusal(11232, 'frequency limited psm');
	}

	return { hosts: ['open.feishu.cn'], answer, robots };
}
