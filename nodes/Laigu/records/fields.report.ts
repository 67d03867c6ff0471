import { field } from './field';
import type { Field, RecordTable } from './field';

/** Which of Laigu's reports on agents. */
export type Report = 'getAgentOnlineStats' | 'getAgentService';

/** What an item of a report is about. */
export type GroupBy = 'agent' | 'group' | 'day';

const figure = (name: string, from: string, label: string, merge: Field['merge'] = 'sum'): Field =>
	field(name, from, 'number', label, { merge });

/** Made by this package of the figures. */
const rate = (name: string, label: string): Field => field(name, [], 'number', label);

const AGENT_NAME = field('agentName', 'agent_name', 'name', 'Agent Name (客服)', { orId: 'agent_id' });
const GROUP_NAME = field('groupName', 'group_name', 'name', 'Group Name (客服组)', { orId: 'group_id' });
const WORK_NUMBER = field('workNumber', 'work_num', 'name', 'Work Number (工号)');
const AGENT_ID = field('agentId', 'agent_id', 'numericId', 'Agent ID (客服 ID)');
const GROUP_ID = field('groupId', 'group_id', 'numericId', 'Group ID (客服组 ID)');
const AGENTS = field('agents', [], 'number', 'Agents (客服人数)');
const DAY = field('day', [], 'id', 'Day (日期)');
const RANGE = [field('from', [], 'time', 'From (开始时间)'), field('to', [], 'time', 'To (结束时间)')];

/** The figures of each report and the rates behind them. Laigu does not document the units of the times: seconds, as far as can be seen. */
const FIGURES: Record<Report, readonly Field[]> = {
	getAgentService: [
		figure('conversations', 'conv_cnt', 'Conversations (对话数)'),
		figure('effectiveConversations', 'effective_conv_cnt', 'Effective Conversations (有效对话数)'),
		figure('missedConversations', 'missed_conv_cnt', 'Missed Conversations (遗漏对话数)'),
		figure('delayedConversations', 'delayed_conv_cnt', 'Delayed Conversations (延误对话数)'),
		figure('messages', 'msg_cnt', 'Messages (消息数)'),
		figure('durationSeconds', 'duration_time', 'Duration Seconds (对话持续时长)'),
		figure('leads', 'clues_cnt', 'Leads (线索数)'),
		figure('conversationsWithLeads', 'clue_conv_cnt', 'Conversations With Leads (线索对话数)'),
		figure('transfersIn', 'transfer_in_cnt', 'Transfers In (被动转接数)'),
		figure('transfersOut', 'transfer_out_cnt', 'Transfers Out (主动转接数)'),
		figure('remarks', 'remark_cnt', 'Remarks (备注数)'),
		figure('goodRatings', 'good_conv_cnt', 'Good Ratings (好评数)'),
		figure('mediumRatings', 'medium_conv_cnt', 'Medium Ratings (中评数)'),
		figure('badRatings', 'bad_conv_cnt', 'Bad Ratings (差评数)'),
		figure('goldConversations', 'gold_conv_cnt', 'Gold Conversations (金牌对话数)'),
		figure('silverConversations', 'silver_conv_cnt', 'Silver Conversations (银牌对话数)'),
		figure('bronzeConversations', 'bronze_conv_cnt', 'Bronze Conversations (铜牌对话数)'),
		figure('ungradedConversations', 'nograde_conv_cnt', 'Ungraded Conversations (无评级对话数)'),
		figure(
			'firstResponseSeconds',
			'conv_first_response_wait_time',
			'First Response Seconds (对话首次响应时长)',
			'firstResponse',
		),
		figure(
			'agentFirstResponseSeconds',
			'agent_first_response_wait_time',
			'Agent First Response Seconds (客服首次响应时长)',
			'firstResponse',
		),
		figure('averageResponseSeconds', 'avg_response_wait_time', 'Average Response Seconds (平均响应时长)', 'average'),
		rate('effectiveRate', 'Effective Rate (有效对话率)'),
		rate('missedRate', 'Missed Rate (遗漏率)'),
		rate('delayedRate', 'Delayed Rate (延误率)'),
		rate('leadRate', 'Lead Rate (线索对话率)'),
		rate('goodRatingRate', 'Good Rating Rate (好评率)'),
		rate('averageFirstResponseSeconds', 'Average First Response Seconds (平均首次响应时长)'),
	],
	getAgentOnlineStats: [
		figure('onlineSeconds', 'online_onduty', 'Online Seconds (在线时长)'),
		figure('invisibleSeconds', 'online_offduty', 'Invisible Seconds (隐身时长)'),
		figure('pushOnSeconds', 'pns_onduty', 'Push On Seconds (推送开启时长)'),
		figure('pushOffSeconds', 'pns_offduty', 'Push Off Seconds (推送关闭时长)'),
		figure('offlineSeconds', 'offline', 'Offline Seconds (离线时长)'),
		rate('onlineRate', 'Online Rate (在线率)'),
		rate('offlineRate', 'Offline Rate (离线率)'),
	],
};

/** What stands before the figures and behind them, and what identifies an item. */
const ABOUT: Record<GroupBy, { first: Field[]; last: Field[]; id: string }> = {
	agent: { first: [AGENT_NAME, GROUP_NAME, WORK_NUMBER], last: [...RANGE, AGENT_ID, GROUP_ID], id: 'agentId' },
	group: { first: [GROUP_NAME, AGENTS], last: [...RANGE, GROUP_ID], id: 'groupId' },
	day: { first: [AGENTS], last: [...RANGE, DAY], id: 'day' },
};

/** The items of a report, by what each of them is about. */
export function reportTable(report: Report, groupBy: GroupBy): RecordTable {
	const { first, last, id } = ABOUT[groupBy];
	return { kind: 'report', id, fields: [...first, ...FIGURES[report], ...last], leftOut: [] };
}

/** Everything that the items of a report can have, whatever they are about. */
export function wholeReportTable(report: Report): RecordTable {
	const fields = [AGENT_NAME, GROUP_NAME, WORK_NUMBER, AGENTS, ...FIGURES[report], ...RANGE, DAY, AGENT_ID, GROUP_ID];
	return { kind: 'report', id: 'agentId', fields, leftOut: [] };
}
