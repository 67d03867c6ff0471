import type { IDataObject } from 'n8n-workflow';

import type { LaiguConversation } from '../simulator';
import { agentOnlineRows } from '../simulator/onlineReport';
import { DAY, formatBeijing, parseUtc } from '../simulator/time';
import { AGENTS } from '../simulator/demo/cast';
import type { Facts } from './facts';

/** A question that a person asks an agent, and how a capable model answers it. */
export interface Task {
	question: string;
	/** The call that the model makes. */
	call(facts: Facts): { tool: string; arguments: IDataObject };
	/** What the model reads in the tool's output. */
	answer(items: IDataObject[]): unknown;
	/** The same from the server's own data. */
	truth(facts: Facts): unknown;
}

const named = (timeRange: string) => ({ timeRange, from: '', to: '' });

/** How many records have each value, without those that have none. */
function tally<T>(records: T[], valueOf: (record: T) => string | undefined): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const record of records) counts[valueOf(record) ?? ''] = (counts[valueOf(record) ?? ''] ?? 0) + 1;
	return counts;
}

const most = (counts: Record<string, number>) => Math.max(...Object.values(counts));
const figuresOf = (items: IDataObject[], name: string, figure: string): Record<string, number> =>
	Object.fromEntries(items.map((item) => [item[name] as string, Number(item[figure])]));
const missedIn = (all: LaiguConversation[]) => all.filter(({ missed }) => missed === 'true');
const dayOf = (micros: number) => formatBeijing(micros).slice(0, 10);

/** A line of a transcript without time, speaker and type. */
const contentOf = (line: string) => line.replace(/^\[.{19}\] [^:]+: (\[\w+\] )?/, '');
const lastOf = (transcript: unknown) => contentOf(`${transcript as string}`.split('\n').at(-1) ?? '');

/** The ten questions. `Facts` are of a server whose data ends now. */
export const TASKS: Task[] = [
	{
		question: 'How many leads came from Douyin yesterday?',
		call: () => ({ tool: 'Count_leads', arguments: { ...named('yesterday'), countBy: 'channel' } }),
		answer: (items) => items.find(({ channel }) => channel === 'douyin')?.count,
		truth: ({ leads, today }) => leads(today - DAY, today).filter(({ source }) => source === 'douyin').length,
	},
	{
		question: 'Who is this phone number?',
		call: ({ phone }) => ({ tool: 'Find_customer', arguments: { findBy: 'phone', value: phone } }),
		answer: (items) => items.filter(({ trackId }) => trackId).map(({ trackId, name }) => [trackId, name]),
		truth: ({ customer }) => [[customer.track_id, customer.name]],
	},
	{
		question: 'Summarise the last conversation of this phone number.',
		call: ({ phone }) => ({
			tool: 'Last_conversation',
			arguments: { findBy: 'phone', value: `+86 ${phone.slice(0, 3)}-${phone.slice(3)}` },
		}),
		answer: ([{ conversationId, transcript }]) => [
			conversationId,
			`${transcript as string}`.split('\n').map(contentOf),
		],
		truth: ({ lastConversation: { conv_id: id, conv_content: messages = [] } }) => [
			id,
			messages.map(({ content }) => content.replace(/\s*\n\s*/g, ' ')),
		],
	},
	{
		question: 'Which agent missed the most conversations in the last seven days?',
		call: () => ({ tool: 'Agent_figures', arguments: { ...named('last7Days'), groupBy: 'agent' } }),
		answer: (items) => {
			const counts = figuresOf(items, 'agentName', 'missedConversations');
			return Object.keys(counts).filter((name) => counts[name] === most(counts));
		},
		truth: ({ ended, today }) => {
			const counts = tally(missedIn(ended(today - 6 * DAY)), ({ agent_name: name }) => name);
			return AGENTS.map(({ agent_name: name }) => name).filter((name) => counts[name] === most(counts));
		},
	},
	{
		question: 'How many conversations were missed on each of the last seven days?',
		call: () => ({ tool: 'Agent_figures', arguments: { ...named('last7Days'), groupBy: 'day' } }),
		answer: (items) => items.map(({ day, missedConversations }) => [day, missedConversations]),
		truth: ({ ended, today }) =>
			[6, 5, 4, 3, 2, 1, 0].map((back) => {
				const day = today - back * DAY;
				return [dayOf(day), missedIn(ended(day, day + DAY)).length];
			}),
	},
	{
		question: 'Which group turned the larger share of its conversations into leads yesterday?',
		call: () => ({ tool: 'Agent_figures', arguments: { ...named('yesterday'), groupBy: 'group' } }),
		answer: (items) => items.map(({ groupName, leadRate }) => [groupName, leadRate]),
		truth: ({ ended, today }) =>
			[...new Set(AGENTS.map(({ group_name: name }) => name))].map((name) => {
				const own = ended(today - DAY, today).filter(({ group_name: group }) => group === name);
				const leads = own.filter(({ conv_leads: found }) => Boolean(found));
				return [name, Math.round((leads.length / own.length) * 10_000) / 10_000];
			}),
	},
	{
		question: 'Which campaigns brought leads in the last seven days, and how many?',
		call: () => ({ tool: 'Count_leads', arguments: { ...named('last7Days'), countBy: 'campaign' } }),
		answer: (items) => figuresOf(items, 'campaign', 'count'),
		truth: ({ leads, today }) => tally(leads(today - 6 * DAY), ({ campaign_name: name }) => name),
	},
	{
		question: 'Who are the twenty newest leads?',
		call: () => ({ tool: 'Latest_leads', arguments: { limit: 20 } }),
		answer: (items) => items.flatMap(({ trackId }) => trackId ?? []),
		truth: ({ leads, today }) =>
			leads(today - 6 * DAY)
				.sort((one, other) => (parseUtc(other.created_on) ?? 0) - (parseUtc(one.created_on) ?? 0))
				.slice(0, 20)
				.map(({ track_id: id }) => id),
	},
	{
		question: 'What did customers write in the last five conversations?',
		call: () => ({ tool: 'Latest_conversations', arguments: { limit: 5 } }),
		answer: (items) => items.flatMap(({ conversationId: id, transcript }) => (id ? [[id, lastOf(transcript)]] : [])),
		truth: ({ ended, today }) =>
			ended(today - 6 * DAY)
				.sort((one, other) => ((one.conv_end_tm ?? '') < (other.conv_end_tm ?? '') ? 1 : -1))
				.slice(0, 5)
				.map(({ conv_id: id, conv_content: messages }) => [id, messages?.at(-1)?.content.replace(/\s*\n\s*/g, ' ')]),
	},
	{
		question: 'How many hours was each agent online the day before yesterday?',
		call: ({ today }) => ({
			tool: 'Agent_online_times',
			arguments: { timeRange: 'custom', from: isoOf(today - 2 * DAY), to: isoOf(today - DAY) },
		}),
		answer: (items) => items.map(({ agentName, onlineSeconds }) => [agentName, Number(onlineSeconds) / 3600]),
		truth: ({ today }) =>
			agentOnlineRows(AGENTS, today - 2 * DAY, today - DAY, today).map((row) => [
				row.agent_name,
				Number(row.online_onduty) / 3600,
			]),
	},
];

const isoOf = (micros: number) => `${formatBeijing(micros).slice(0, 19).replace(' ', 'T')}+08:00`;
