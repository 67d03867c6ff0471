import type { Switches } from './switches';
import type { LaiguConversation, LaiguReportAgent, LaiguReportRow } from './types';

/** A first reply later than this counts as delayed; Laigu's own threshold is a setting of the account. */
export const DELAYED_AFTER_SECONDS = 60;

const GRADES = ['gold', 'silver', 'bronze'] as const;
const OPINIONS = ['good', 'medium', 'bad'] as const;

/** The agent of a conversation in the reports' columns; their IDs are numbers there, and strings in a conversation. */
export function agentOf(conversation: LaiguConversation): LaiguReportAgent {
	return {
		agent_id: Number(conversation.agent_ID ?? 0),
		agent_name: conversation.agent_name ?? '',
		group_id: Number(conversation.group_id ?? 0),
		group_name: conversation.group_name ?? '',
		work_num: '',
	};
}

/** The roster, then the agents who appear in the conversations only, by ID. */
export function agentsIn(
	roster: readonly LaiguReportAgent[],
	conversations: readonly LaiguConversation[],
): LaiguReportAgent[] {
	const known = new Map(roster.map((agent) => [agent.agent_id, agent]));
	for (const conversation of conversations) {
		const agent = agentOf(conversation);
		if (!known.has(agent.agent_id)) known.set(agent.agent_id, agent);
	}
	return [...known.values()].sort((a, b) => a.agent_id - b.agent_id);
}

const count = <T>(all: readonly T[], test: (one: T) => boolean): number =>
	all.reduce((sum, one) => sum + Number(test(one)), 0);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : Math.round(sum(values) / values.length));

/** How many leads a conversation's conv_leads names: its inner form is not documented, here it is a comma-separated text. */
export function leadsIn(conversation: LaiguConversation): number {
	return typeof conversation.conv_leads === 'string' && conversation.conv_leads !== ''
		? conversation.conv_leads.split(',').length
		: 0;
}

/** What the visitor thought of it: no field of a conversation says so, so it follows from conv_id; 0 to 2 as in OPINIONS, 3 for no answer. */
function opinionOf(conversation: LaiguConversation): number {
	return conversation.conv_id % 4;
}

function handedOverBy(name: string, conversation: LaiguConversation): boolean {
	return (conversation.conv_content ?? []).some(({ type, agent_name: by }) => type === 'transfer' && by === name);
}

/**
 * The rows of agent_service, one for each agent: every figure follows from the given conversations, so the rows add up to them. Columns: Laigu's API document;
 * durations in seconds, as it seems; the three waiting times are means, the first responses on demand sums.
 */
export function agentServiceRows(
	roster: readonly LaiguReportAgent[],
	conversations: readonly LaiguConversation[],
	firstResponse: Switches['firstResponse'] = 'mean',
): LaiguReportRow[] {
	const firstOf = firstResponse === 'mean' ? mean : sum;
	return agentsIn(roster, conversations).map((agent) => {
		const own = conversations.filter((conversation) => agentOf(conversation).agent_id === agent.agent_id);
		const waits = own.map(({ conv_first_resp_wait_in_secs: wait }) => wait).filter((wait) => typeof wait === 'number');
		const pauses = own.map(({ agent_resp_duration: pause }) => Number(pause ?? 0)).filter((pause) => pause > 0);
		const graded = Object.fromEntries(
			GRADES.map((grade) => [`${grade}_conv_cnt`, count(own, (one) => one.conv_quality_grade === grade)]),
		);
		const opinions = Object.fromEntries(
			OPINIONS.map((opinion, index) => [`${opinion}_conv_cnt`, count(own, (one) => opinionOf(one) === index)]),
		);
		return {
			...agent,
			conv_cnt: own.length,
			effective_conv_cnt: count(own, ({ effective }) => effective === 'true'),
			missed_conv_cnt: count(own, ({ missed }) => missed === 'true'),
			delayed_conv_cnt: count(waits, (wait) => wait > DELAYED_AFTER_SECONDS),
			msg_cnt: sum(own.map((one) => Number(one.conv_agent_msg_count ?? 0) + Number(one.conv_visitor_msg_count ?? 0))),
			duration_time: sum(own.map(({ converse_duration: duration }) => Number(duration ?? 0))),
			conv_first_response_wait_time: firstOf(waits),
			agent_first_response_wait_time: firstOf(waits),
			avg_response_wait_time: mean(pauses),
			...graded,
			nograde_conv_cnt: own.length - sum(Object.values(graded)),
			...opinions,
			clues_cnt: sum(own.map(leadsIn)),
			remark_cnt: count(own, ({ summary_content: summary }) => Boolean(summary)),
			transfer_in_cnt: count(own, (one) => (one.conv_content ?? []).some(({ type }) => type === 'transfer')),
			transfer_out_cnt: count(conversations, (one) => handedOverBy(agent.agent_name, one)),
			clue_conv_cnt: count(own, (one) => leadsIn(one) > 0),
		};
	});
}
