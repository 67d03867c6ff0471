import type { IDataObject } from 'n8n-workflow';

/** A Laigu node that an agent has as a tool. The agent knows it by its name, with `_` for spaces. */
export interface AgentTool {
	name: string;
	parameters: IDataObject;
}

const fromAI = (key: string, description: string, type = 'string') =>
	`={{ $fromAI('${key}', '${description}', '${type}') }}`;

const RANGE: IDataObject = {
	timeRange: fromAI(
		'timeRange',
		'one of today, yesterday, last7Days, last30Days, thisWeek, lastWeek, thisMonth, lastMonth, custom',
	),
	from: fromAI('from', 'with custom: begin, ISO 8601 with offset; else empty'),
	to: fromAI('to', 'with custom: end, ISO 8601 with offset; else empty'),
};

const CONTACT: IDataObject = {
	value: fromAI('value', 'the phone number, WeChat, QQ or name'),
	timeRange: 'last30Days',
};

const described = (toolDescription: string): IDataObject => ({ descriptionType: 'manual', toolDescription });

/**
 * The set-up that the documents recommend: a tool for each kind of question, and left to the model what the question decides. Limits are such
 * that no answer is much longer than 8 kB: a Chinese character takes 3 bytes, an item of a count or a report about 170.
 */
export const TOOLS: AgentTool[] = [
	{
		name: 'Find customer',
		parameters: {
			...described('Who is it? Find customers (leads) of the last 30 days by phone, WeChat, QQ or name.'),
			resource: 'customer',
			operation: 'find',
			findBy: fromAI('findBy', 'one of phone, wechat, qq, name'),
			...CONTACT,
			limit: 5,
		},
	},
	{
		name: 'Last conversation',
		parameters: {
			...described('Read the last conversation with one customer, found by phone, WeChat, QQ or name.'),
			resource: 'conversation',
			operation: 'find',
			findBy: fromAI('findBy', 'one of phone, wechat, qq, name'),
			...CONTACT,
			limit: 1,
			output: 'transcript',
			options: { maxCharacters: 2400 },
		},
	},
	{
		name: 'Count leads',
		parameters: {
			...described(
				'How many new customers (leads) there are, by channel (douyin, redbook), account, campaign, note or day.',
			),
			resource: 'customer',
			operation: 'getAll',
			...RANGE,
			output: 'count',
			countBy: fromAI('countBy', 'one of channel, account, campaign, note, day'),
		},
	},
	{
		name: 'Count conversations',
		parameters: {
			...described('How many conversations ended, by channel, account, agent, group or day.'),
			resource: 'conversation',
			operation: 'getAll',
			...RANGE,
			output: 'count',
			countBy: fromAI('countBy', 'one of channel, account, agent, group, day'),
		},
	},
	{
		name: 'Latest leads',
		parameters: {
			...described('The newest customers (leads) with contact and origin.'),
			resource: 'customer',
			operation: 'getAll',
			timeRange: 'last7Days',
			limit: fromAI('limit', 'how many, 1 to 20', 'number'),
			output: 'selectedFields',
			fields: ['name', 'phone', 'wechat', 'qq', 'channel', 'account', 'campaign', 'note', 'createdAt'],
		},
	},
	{
		name: 'Latest conversations',
		parameters: {
			...described('What customers and agents wrote in the newest conversations.'),
			resource: 'conversation',
			operation: 'getAll',
			timeRange: 'last7Days',
			limit: fromAI('limit', 'how many, 1 to 5', 'number'),
			output: 'transcript',
			options: { maxCharacters: 400 },
		},
	},
	{
		name: 'Agent figures',
		parameters: {
			...described(
				'Conversations, missed ones, leads and response times of the agents. Rates are fractions, times are seconds.',
			),
			resource: 'report',
			operation: 'getAgentService',
			...RANGE,
			output: 'selectedFields',
			fields: [
				'agentName',
				'groupName',
				'conversations',
				'missedConversations',
				'missedRate',
				'leadRate',
				'averageFirstResponseSeconds',
			],
			groupBy: fromAI('groupBy', 'one of agent, group, day'),
		},
	},
	{
		name: 'Agent online times',
		parameters: {
			...described('How many seconds each agent was online and offline.'),
			resource: 'report',
			operation: 'getAgentOnlineStats',
			...RANGE,
			output: 'selectedFields',
			fields: ['agentName', 'onlineSeconds', 'offlineSeconds', 'onlineRate'],
		},
	},
];
