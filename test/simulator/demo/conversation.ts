import { SECOND, formatBeijing, type Micros } from '../time';
import type { Account, LaiguConversation, LaiguMessage } from '../types';
import { TAGS, type Agent } from './cast';
import type { Line } from './dialogue';
import type { Person } from './person';
import { chance, pick, whole, type Random } from './random';

/** Everything that is settled about a conversation when it begins; times in microseconds. */
export interface Plan {
	id: number;
	start: Micros;
	person: Person;
	agent: Agent;
	/** Who handed it over, if anybody did. */
	former: Agent;
	lines: Line[];
	missed: boolean;
	/** For what is drawn at its end. */
	random: Random;
}

export interface Told {
	conversation: LaiguConversation;
	/** When the contact was left, if it was by now; microseconds. */
	leadAt?: Micros;
	/** The last thing that happened in it by now; microseconds. */
	lastAt: Micros;
}

interface Timed {
	at: Micros;
	line: Line;
}

function timed({ start, lines }: Plan, random: Random): Timed[] {
	let at = start;
	return lines.map((line) => {
		at += line.waitSeconds * SECOND + whole(random, 1, 999_999);
		return { at, line };
	});
}

function messageOf({ at, line }: Timed, { agent, former }: Plan): LaiguMessage {
	const by = line.type === 'transfer' ? former.agent_name : line.from === 'agent' ? agent.agent_name : '';
	return {
		from: line.from,
		timestamp: formatBeijing(at),
		content: line.content,
		content_type: line.content_type,
		type: line.type,
		agent_name: by,
	};
}

/** Seconds from a visitor's message to the agent's next one, for every time that an agent answered. */
function answerTimes(messages: Timed[]): number[] {
	const waits: number[] = [];
	let asked: Micros | undefined;
	for (const { at, line } of messages) {
		if (line.from === 'client') asked ??= at;
		if (line.from === 'agent' && asked !== undefined) {
			waits.push(Math.round((at - asked) / SECOND));
			asked = undefined;
		}
	}
	return waits;
}

function clientInfo({ nickname, name, contact }: Person, lead: boolean): Record<string, string> {
	const info = { visitor_name: nickname, name, ...(lead ? contact : undefined) };
	return Object.fromEntries(Object.entries(info).filter(([, value]) => value !== ''));
}

function leadsText(person: Person, lead: boolean): string {
	if (!lead || !person.contact) return '';
	const { tel, weixin, qq } = person.contact;
	return [tel && `电话:${tel}`, weixin && `微信:${weixin}`, qq && `QQ:${qq}`].filter(Boolean).join(',');
}

/** The conversation as the API shows it at `now` (microseconds): what has not happened yet is not in it, and until its last message it is open. */
export function tell(plan: Plan, now: Micros, account: Account): Told {
	const { id, start, person, agent, missed, random } = plan;
	const all = timed(plan, random);
	const end = all[all.length - 1].at + (missed ? whole(random, 300, 1_800) * SECOND : 0);
	const closing = {
		grade: pick(random, ['gold', 'silver', 'silver', 'bronze', 'nograde']),
		summary: chance(random, 0.45),
		rating: random(),
	};
	const ended = end <= now;
	const messages = all.filter(({ at }) => at <= now);
	const lastAt = ended ? end : (messages.at(-1)?.at ?? start);
	const leadAt = messages.find(({ line }) => line.lead)?.at;
	const lead = leadAt !== undefined;
	const waits = answerTimes(messages);
	const from = (who: Line['from']) => messages.filter(({ line }) => line.from === who).length;
	const { ad, brand, note } = person;
	const summarised = ended && !missed && closing.summary;

	const conversation: LaiguConversation = {
		enterprise_id: account.enterpriseId,
		dev_client_id: person.devClientId,
		visitor_tags: (lead ? person.tagIds : []).map((tag) => TAGS[tag]),
		client_id: person.clientId,
		client_info: clientInfo(person, lead),
		agent_account: agent.account,
		agent_name: agent.agent_name,
		agent_ID: String(agent.agent_id),
		agent_nick_name: agent.nickname,
		group_id: String(agent.group_id),
		group_name: agent.group_name,
		conv_id: id,
		advertiser_id: ad?.advertiser_id ?? '',
		advertiser_name: ad?.advertiser_name ?? '',
		campaign_id: ad?.campaign_id ?? '',
		campaign_name: ad?.campaign_name ?? '',
		creativity_id: ad?.creativity_id ?? '',
		creativity_name: ad?.creativity_name ?? '',
		conv_start_tm: formatBeijing(start),
		conv_end_tm: ended ? formatBeijing(end) : null,
		conv_first_resp_wait_in_secs: waits[0] ?? null,
		conv_content: messages.map((message) => messageOf(message, plan)),
		conv_agent_msg_count: from('agent'),
		conv_visitor_msg_count: from('client'),
		conv_quality_grade: missed || !ended ? 'nograde' : closing.grade,
		conv_leads: leadsText(person, lead),
		conv_tags: lead ? (closing.rating < 0.5 ? '高意向,预约到店' : '高意向') : '',
		summary_content: summarised
			? `${brand.channelName}咨询:${lead ? '已留联系方式,\n请尽快跟进' : '未留资,"再看看"'}`
			: '',
		summary_update_at: summarised ? formatBeijing(end) : null,
		source_type: ad ? 'ad' : note ? 'note' : 'direct',
		source_field: ad?.creativity_id ?? note?.id ?? '',
		agent_resp_duration: waits.length === 0 ? 0 : Math.round(waits.reduce((sum, wait) => sum + wait, 0) / waits.length),
		effective: String(from('client') > 1 && from('agent') > 0),
		missed: String(missed),
		converse_duration: ended ? Math.round((end - start) / SECOND) : 0,
		app_name: '',
		main_channel: brand.source,
		sub_channel: brand.id,
	};
	return { conversation, leadAt, lastAt };
}
