import type { IDataObject } from 'n8n-workflow';

import { messagesOf, simplifyConversation, transcriptOf } from '../../../nodes/Laigu/records/conversation';
import { deepFreeze } from '../helpers';
import { CONVERSATION } from './samples';

test('a conversation in simplified form: names, numbers and times of the contract, without its messages', () => {
	expect(simplifyConversation(CONVERSATION)).toEqual({
		conversationId: 900001,
		startedAt: '2017-04-20T10:42:33.465+08:00',
		endedAt: '2017-04-20T10:52:33.000+08:00',
		enterpriseId: 12345,
		clientId: 5,
		clientInfo: { visitorName: '访客5', name: '李雷', tel: '138 0013 8000', weixin: 'lilei' },
		agentId: 7,
		agentName: '林客服',
		agentAccount: 'lin@example.com',
		agentNickName: '小林',
		groupId: 1,
		groupName: '售前',
		convFirstRespWaitSeconds: 12,
		agentRespDuration: 8.5,
		converseDuration: 600,
		convAgentMsgCount: 2,
		convVisitorMsgCount: 0,
		convQualityGrade: 'gold',
		convLeads: { tel: true },
		convTags: ['价格', '投诉', 4],
		effective: false,
		missed: 0,
		mainChannel: 'redbook',
		subChannel: '植光护肤',
		advertiserId: 66,
		campaignName: '夏季',
		lead: { phone: '13800138000', wechat: 'lilei' },
		attribution: { channel: 'redbook', account: '植光护肤', advertiser: '66', campaign: '夏季' },
	});
});

test('which and when come first', () => {
	expect(Object.keys(simplifyConversation(CONVERSATION)).slice(0, 3)).toEqual([
		'conversationId',
		'startedAt',
		'endedAt',
	]);
});

test.each<[IDataObject, IDataObject]>([
	[{}, {}],
	[{ conv_id: 1, conv_end_tm: null }, { conversationId: 1 }],
	[
		{ conv_id: 1, client_info: null, conv_tags: 'a,b' },
		{ conversationId: 1, convTags: 'a,b' },
	],
	[{ conv_id: 1, client_info: 'x', conv_content: 'x' }, { conversationId: 1 }],
])('what is absent or of another form in %j does no harm', (record, simple) => {
	expect(simplifyConversation(deepFreeze(record))).toEqual(simple);
});

test('messages come one by one, in order, with what Laigu sent of each', () => {
	expect(messagesOf(CONVERSATION)).toEqual([
		{
			conversationId: 900001,
			index: 0,
			from: 'client',
			sentAt: '2017-04-20T10:42:33.465+08:00',
			contentType: 'text',
			content: '你好\r\n\n请问  价格？',
		},
		{
			conversationId: 900001,
			index: 1,
			from: 'agent',
			agentName: '林客服',
			sentAt: '2017-04-20T10:42:45.000+08:00',
			contentType: 'text',
			content: '您好！',
		},
		{
			conversationId: 900001,
			index: 2,
			from: 'agent',
			sentAt: '2017-04-20T10:42:50.000+08:00',
			contentType: 'image',
			content: 'https://img.example.com/p.png',
		},
		{ conversationId: 900001, index: 3, from: 'system', content: '对话结束' },
		{
			conversationId: 900001,
			index: 4,
			from: 'robot',
			sentAt: 'soon',
			contentType: 'card',
			content: '{"title":"卡片","url":"u"}',
		},
		{ conversationId: 900001, index: 5 },
	]);
});

test.each([undefined, null, [], 'text', {}])(
	'a message list that is %j gives no messages and an empty transcript',
	(list) => {
		const record = deepFreeze({ conv_id: 1, conv_content: list });
		expect(messagesOf(record)).toEqual([]);
		expect(transcriptOf(record)).toEqual({ conversationId: 1, transcript: '' });
	},
);

describe('transcript', () => {
	test('is a line a message: when, who, what', () => {
		expect(transcriptOf(CONVERSATION)).toEqual({
			conversationId: 900001,
			startedAt: '2017-04-20T10:42:33.465+08:00',
			endedAt: '2017-04-20T10:52:33.000+08:00',
			transcript: [
				'[2017-04-20 10:42:33] Customer 李雷: 你好 请问  价格？',
				'[2017-04-20 10:42:45] Agent 林客服: 您好！',
				'[2017-04-20 10:42:50] Agent: [image] https://img.example.com/p.png',
				'System: 对话结束',
				'robot: [card] {"title":"卡片","url":"u"}',
				'Unknown: ',
			].join('\n'),
		});
	});

	const lineOf = (message: IDataObject, client: IDataObject = {}) =>
		transcriptOf(deepFreeze({ client_info: client, conv_content: [message] })).transcript;

	test.each(['\n', '\r\n', '\r', '\u2028', '\u2029', ' \n\n \n '])(
		'%j in a message does not begin a new line',
		(lineBreak) => {
			expect(lineOf({ from: 'system', content: `one${lineBreak}two\n` })).toBe('System: one two');
		},
	);

	test('knows the customer by name, by visitor name, or not at all', () => {
		const message = { from: 'client', content: 'hi' };
		expect(lineOf(message, { name: '李雷', visitor_name: '访客' })).toBe('Customer 李雷: hi');
		expect(lineOf(message, { name: '', visitor_name: '访客' })).toBe('Customer 访客: hi');
		expect(lineOf(message)).toBe('Customer: hi');
	});
});
