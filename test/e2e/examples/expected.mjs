import { setTimeout as sleep } from 'node:timers/promises';

const BEIJING_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

const LONGEST_TEST_MS = 10 * 60_000;

/** Waits for midnight in Beijing where it is near: "yesterday" has to be the same day all through the tests. @returns {Promise<void>} */
export async function awayFromMidnight() {
	const left = DAY_MS - ((Date.now() + BEIJING_MS) % DAY_MS);
	if (left < LONGEST_TEST_MS) await sleep(left + 1000);
}

/** A phone's own digits, as a person would write them down. @param {string} [text] @returns {string} */
export const phoneOf = (text = '') =>
	text
		.normalize('NFKC')
		.replace(/\D/g, '')
		.replace(/^86(?=1\d{10}$)/, '');

/** Laigu's UTC as Beijing time with its offset. @param {string} utc @returns {string} */
export const beijingIso = (utc) => new Date(Date.parse(utc) + BEIJING_MS).toISOString().replace('Z', '+08:00');

/**
 * The midnights of Beijing.
 *
 * @param {number} daysAgo - 0 is today
 * @returns {{ day: string, from: string, to: string }} `from` and `to` as Laigu writes the times of conversations
 */
export function dayOf(daysAgo) {
	const day = (ago) => new Date(Date.now() + BEIJING_MS - ago * DAY_MS).toISOString().slice(0, 10);
	return { day: day(daysAgo), from: `${day(daysAgo)} 00:00:00`, to: `${day(daysAgo - 1)} 00:00:00` };
}

/**
 * A customer as the examples write it into a table: empty text where Laigu knows nothing.
 *
 * @param {any} client - as Laigu sends it
 * @returns {Record<string, string>}
 */
export function leadRow(client) {
	return {
		trackId: client.track_id,
		createdAt: beijingIso(client.created_on),
		name: client.name,
		phone: phoneOf(client.tel),
		wechat: client.weixin,
		qq: client.qq,
		channel: client.source,
		account: client.sub_source_name,
		campaign: client.campaign_name,
		note: client.incoming_note_title,
		tags: client.tags.map((tag) => client.tags_detail[tag]).join(', '),
		comment: client.comment,
	};
}

/** The same for a spreadsheet: the time as a person in Beijing writes it. @param {any} client @returns {Record<string, string>} */
export function sheetRow(client) {
	const row = leadRow(client);
	return { ...row, createdAt: row.createdAt.slice(0, 19).replace('T', ' ') };
}

/** An object's named fields. @param {Record<string, any>} object @param {string[]} names @returns {Record<string, any>} */
export const pick = (object, names) => Object.fromEntries(names.map((name) => [name, object[name]]));

/**
 * A conversation as the examples write it into PostgreSQL.
 *
 * @param {any} conversation - as Laigu sends it
 * @returns {Record<string, string | number | null>} times to the millisecond, Beijing
 */
export function conversationRow(conversation) {
	const { client_info: person = {} } = conversation;
	const text = (value) => (value === undefined || value === '' ? null : String(value));
	const number = (value) => (value === undefined || value === null || value === '' ? null : Number(value));
	return {
		conversationId: String(conversation.conv_id),
		startedAt: conversation.conv_start_tm.slice(0, 23),
		endedAt: conversation.conv_end_tm.slice(0, 23),
		customerName: text(person.name || person.visitor_name),
		phone: text(phoneOf(person.tel)),
		wechat: text(person.weixin),
		qq: text(person.qq),
		channel: text(conversation.main_channel),
		account: text(conversation.sub_channel),
		campaign: text(conversation.campaign_name),
		agentName: text(conversation.agent_name),
		groupName: text(conversation.group_name),
		customerMessages: number(conversation.conv_visitor_msg_count),
		agentMessages: number(conversation.conv_agent_msg_count),
		firstResponseSeconds: number(conversation.conv_first_resp_wait_in_secs),
		missed: text(conversation.missed),
		tags: text(conversation.conv_tags?.split(',').join(', ')),
		summary: text(conversation.summary_content),
	};
}

/** The statement that reads the rows back in the form of `conversationRow`, by ID. */
export const SELECT_ROWS = `SELECT "conversationId"::text,
	to_char("startedAt" AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS.MS') AS "startedAt",
	to_char("endedAt" AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS.MS') AS "endedAt",
	"customerName", phone, wechat, qq, channel, account, campaign, "agentName", "groupName",
	"customerMessages", "agentMessages", "firstResponseSeconds", missed, tags, summary
	FROM laigu_conversations ORDER BY laigu_conversations."conversationId"`;

/** Conversations that ended within a range of Laigu's times, by ID. @returns {any[]} */
export const endedWithin = ({ simulator }, from, to) =>
	simulator.store.conversations
		.filter(({ conv_end_tm: end }) => end && end >= from && end < to)
		.sort((a, b) => a.conv_id - b.conv_id);

/**
 * Customers with a contact, of all kinds: with a phone, a WeChat, a QQ.
 *
 * @param {any} world
 * @param {number} count
 * @returns {any[]} as Laigu sends them
 */
export function someLeads({ simulator }, count) {
	const leads = simulator.store.clients.filter(({ tel, weixin, qq }) => tel || weixin || qq);
	const kinds = ['qq', 'weixin', 'tel'].map((field) => leads.find((lead) => lead[field]));
	return [...new Set([...kinds, ...leads])].slice(0, count);
}

/** What customers write who do not want the platform to see it, and how it is read. */
const HIDDEN = [
	{ said: ['我电话幺三八 零零零零 幺二三四,下午联系'], found: { phones: '13800001234' }, masked: '138****1234' },
	{ said: ['加我V❤ wx_demo_hidden 发报价'], found: { wechats: 'wx_demo_hidden' }, masked: 'wx**********en' },
	{ said: ['1380000', '5678 打给我'], found: { phones: '13800005678' }, masked: '138****5678' },
];

/**
 * Lets customers of yesterday write contacts that Laigu does not see, each in a conversation of its own that ended without one.
 *
 * @param {{ store: any }} simulator
 * @returns {Array<{ conversation: any, found: Record<string, string>, masked: string }>} by the conversation's ID; `found`: the columns of the example
 */
export function hideContacts({ store }) {
	const { from, to } = dayOf(1);
	const silent = endedWithin({ simulator: { store } }, from, to).filter(
		({ client_info: { tel, weixin, qq }, conv_content: said }) => !tel && !weixin && !qq && said.length > 3,
	);
	return HIDDEN.map(({ said, found, masked }, at) => {
		const { conv_content: before, ...rest } = silent[at];
		const written = before.filter(({ from: who }) => who !== 'client');
		const last = written.at(-1);
		const lines = said.map((content) => ({ ...last, from: 'client', type: 'message', agent_name: '', content }));
		const conversation = { ...rest, conv_content: [...written, ...lines], conv_visitor_msg_count: lines.length };
		store.addConversation(conversation);
		return { conversation, found, masked };
	});
}
