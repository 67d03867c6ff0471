import type { IDataObject } from 'n8n-workflow';
import { parseLaiguTime, toBeijingText, toIso } from '../shared/time';
import { withLead } from './lead';
import { isEmpty, simpleFields, simpleName, textOf, withoutEmpty } from './names';
import { isObject } from '../shared/json';

const contentOf = (message: IDataObject): string =>
	typeof message.content === 'string'
		? message.content
		: isEmpty(message.content)
			? ''
			: JSON.stringify(message.content);

const messageList = (record: IDataObject): IDataObject[] =>
	Array.isArray(record.conv_content) ? (record.conv_content as unknown[]).filter(isObject) : [];

/** What a conversation tells of its customer: `client_info`, or nothing. */
export const clientInfo = (record: IDataObject): IDataObject =>
	isObject(record.client_info) ? record.client_info : {};

/** Where a record tells how to reach its customer: in `client_info` of a conversation, else in the record itself. */
export const personOf = (record: IDataObject): IDataObject =>
	isObject(record.client_info) ? record.client_info : record;

/** Tags come as names, as IDs or as objects, which is not documented; names are taken where there are any. */
function tagNames(tags: IDataObject[string]): IDataObject[string] {
	if (!Array.isArray(tags)) return tags;
	return tags.map((tag: unknown) => (isObject(tag) && !isEmpty(tag.name) ? tag.name : tag));
}

/**
 * A conversation (对话) in simplified form: names in camelCase, times in ISO 8601, counts as numbers, `lead` and `attribution`. Its messages
 * are left out, their counts stay; forms that are not documented (`conv_leads`, `effective`, …) pass through as they come.
 *
 * @param record the record as Laigu sent it; it is not changed
 */
export function simplifyConversation(record: IDataObject): IDataObject {
	const person = clientInfo(record);
	const named: IDataObject = {};
	for (const [field, value] of Object.entries(person)) named[simpleName(field)] = value;
	const simple = simpleFields(record, {
		first: ['conv_id', 'conv_start_tm', 'conv_end_tm'],
		leftOut: ['conv_content'],
		replaced: {
			client_info: named,
			visitor_tags: tagNames(record.visitor_tags),
			conv_tags: tagNames(record.conv_tags),
		},
	});
	return withLead(simple, person, record);
}

/**
 * The messages of a conversation, one object each, in the API's order.
 *
 * @param record the conversation as Laigu sent it
 * @returns `conversationId`, `index` (from 0), `from` (`client`, `agent`, `system`), `agentName`, `sentAt` (ISO 8601), `contentType`,
 * `content`; what Laigu did not send is left out
 */
export function messagesOf(record: IDataObject): IDataObject[] {
	return messageList(record).map((message, index) => {
		const sentAt = parseLaiguTime(message.timestamp);
		return withoutEmpty({
			conversationId: record.conv_id,
			index,
			from: message.from,
			agentName: message.agent_name,
			sentAt: sentAt === undefined ? message.timestamp : toIso(sentAt),
			contentType: message.content_type,
			content: contentOf(message),
		});
	});
}

/** The name under which Laigu knows the customer: the one an agent noted, else the one the customer has on the channel. */
export function customerNameOf(person: IDataObject): string {
	return textOf(person.name) || textOf(person.visitor_name);
}

function speakerOf(message: IDataObject, customerName: string): string {
	switch (message.from) {
		case 'agent':
			return isEmpty(message.agent_name) ? 'Agent' : `Agent ${message.agent_name as string}`;
		case 'client':
			return customerName ? `Customer ${customerName}` : 'Customer';
		case 'system':
			return 'System';
		default:
			return isEmpty(message.from) ? 'Unknown' : `${message.from as string}`;
	}
}

/** The last lines of a text that fit, behind a line that tells how many were left out. A single line that is too long is cut at its end. */
function truncateStart(lines: string[], most: number): string {
	let length = -1;
	let kept = 0;
	while (kept < lines.length && length + 1 + lines[lines.length - 1 - kept].length <= most)
		length += 1 + lines[lines.length - 1 - kept++].length;
	if (kept === lines.length) return lines.join('\n');
	const last = kept > 0 ? lines.slice(-kept) : [lines[lines.length - 1].slice(0, most)];
	return [`[${lines.length - last.length} earlier messages left out]`, ...last].join('\n');
}

/**
 * A conversation as text, a line per message, for a person or a language model to read: `[2026-11-22 10:42:33] Agent Lin: …`, in Beijing
 * time. Line breaks inside a message become spaces; what is not text is marked with its type.
 *
 * @param record the conversation as Laigu sent it
 * @param maxCharacters the longest text, of which the end is kept; 0 for all of it
 * @returns `conversationId`, `startedAt`, `endedAt` (left out while it is open), `transcript` ('' where Laigu sent no messages)
 */
export function transcriptOf(record: IDataObject, maxCharacters = 0): IDataObject {
	const customerName = customerNameOf(clientInfo(record));
	const lines = messageList(record).map((message) => {
		const sentAt = parseLaiguTime(message.timestamp);
		const type =
			isEmpty(message.content_type) || message.content_type === 'text' ? '' : `[${message.content_type as string}] `;
		const content = contentOf(message)
			.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
			.trim();
		return `${sentAt === undefined ? '' : `[${toBeijingText(sentAt)}] `}${speakerOf(message, customerName)}: ${type}${content}`;
	});
	const named = simpleFields({
		conv_id: record.conv_id,
		conv_start_tm: record.conv_start_tm,
		conv_end_tm: record.conv_end_tm,
	});
	return { ...named, transcript: truncateStart(lines, maxCharacters || Infinity) };
}

/** The columns that every row of conversations has, in this order. */
export const CONVERSATION_COLUMNS = [
	'conversationId',
	'startedAt',
	'endedAt',
	'customerName',
	'phone',
	'wechat',
	'qq',
	'channel',
	'account',
	'agentName',
	'agentId',
	'agentAccount',
	'agentNickName',
	'groupName',
	'groupId',
	'convVisitorMsgCount',
	'convAgentMsgCount',
	'convFirstRespWaitSeconds',
	'agentRespDuration',
	'converseDuration',
	'effective',
	'missed',
	'convQualityGrade',
	'convLeads',
	'convTags',
	'visitorTags',
	'summaryContent',
	'summaryUpdateAt',
	'advertiser',
	'campaign',
	'creative',
	'advertiserId',
	'campaignId',
	'creativityId',
	'sourceType',
	'sourceField',
	'clientId',
	'devClientId',
	'enterpriseId',
];
