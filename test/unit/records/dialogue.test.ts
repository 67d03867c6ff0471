import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { messagesOf, transcriptOf } from '../../../nodes/Laigu/records/dialogue';
import { deepFreeze } from '../helpers';
import { CONVERSATION } from './samples';

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

test('what is odd in a message is text, and no time is no time', () => {
	const message = { from: { toString: 1 }, timestamp: '0001-01-01T00:00:00Z', content: ['a\u0000'], agent_name: 7 };
	expect(messagesOf({ conv_content: [message, 'x', null] })).toEqual([{ index: 0, agentName: '7', content: '["a"]' }]);
	expect(transcriptOf({ conv_content: [message] }).transcript).toBe('Unknown: ["a"]');
});

describe('transcript', () => {
	test('tells with whom and when, and is a line a message', () => {
		const transcript = transcriptOf(CONVERSATION);
		expect(Object.keys(transcript)).toEqual([
			'conversationId',
			'customerName',
			'phone',
			'wechat',
			'channel',
			'agentName',
			'startedAt',
			'endedAt',
			'transcript',
		]);
		expect(transcript).toEqual({
			conversationId: 900001,
			customerName: '李雷',
			phone: '13800138000',
			wechat: 'lilei',
			channel: 'redbook',
			agentName: '林客服',
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

	test.each(['\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f', '\u001c', ' \n\n \n '])(
		'%j begins a new line nowhere',
		(lineBreak) => {
			const text = `one${lineBreak}two\n`;
			expect(lineOf({ from: 'system', content: text })).toBe('System: one two');
			expect(lineOf({ from: 'client', content: 'hi' }, { name: text })).toBe('Customer one two: hi');
			expect(lineOf({ from: 'agent', agent_name: text, content: 'hi' })).toBe('Agent one two: hi');
			expect(lineOf({ from: text, content_type: text, content: 'hi' })).toBe('one two: [one two] hi');
		},
	);

	test('knows the customer by name, by visitor name, or not at all', () => {
		const message = { from: 'client', content: 'hi' };
		expect(lineOf(message, { name: '李雷', visitor_name: '访客' })).toBe('Customer 李雷: hi');
		expect(lineOf(message, { name: '', visitor_name: '访客' })).toBe('Customer 访客: hi');
		expect(lineOf(message)).toBe('Customer: hi');
	});

	test('takes time that grows with the text and no faster', () => {
		const run = (length: number) => {
			const texts = [' ', '\n', ' \n', '\u200b', '\u3000', '\u2028 '].map((part) => `a${part.repeat(length)}b`);
			const started = process.cpuUsage();
			for (const text of texts)
				transcriptOf({
					client_info: { name: text, tel: text },
					conv_content: [{ from: text, content: text, agent_name: text }],
				});
			return process.cpuUsage(started).user;
		};
		run(10_000);
		// of a quadratic pattern the second would take a hundred times as long
		expect(run(200_000)).toBeLessThan(40 * Math.max(run(20_000), 2_000));
	});
});

describe('maxCharacters', () => {
	const conversation = (contents: string[]) => ({
		conv_content: contents.map((content) => ({ from: 'client', content })),
	});
	const cut = (contents: string[], most: number) => transcriptOf(conversation(contents), most).transcript as string;

	test('a transcript that fits stays whole', () => {
		expect(cut(['a', 'b'], 0)).toBe('Customer: a\nCustomer: b');
		expect(cut(['a', 'b'], 23)).toBe('Customer: a\nCustomer: b');
		expect(cut([], 5)).toBe('');
	});

	test('of a longer one the last messages stay, and how many there were before', () => {
		expect(cut(['a', 'b'], 22)).toBe('[1 earlier messages left out]\nCustomer: b');
		expect(cut(['a', 'b', 'c'], 11)).toBe('[2 earlier messages left out]\nCustomer: c');
	});

	test('a message longer than all that is allowed is cut at its end, and never within a character', () => {
		expect(cut(['a', 'too long'], 13)).toBe('[1 earlier messages left out]\nCustomer: too');
		expect(cut(['a', '🌱🌱🌱'], 13)).toBe('[1 earlier messages left out]\nCustomer: 🌱');
	});

	test('whatever the messages, no more than allowed stays, and no line in the middle is missing', () => {
		fc.assert(
			fc.property(
				fc.array(fc.string({ maxLength: 30 }), { maxLength: 20 }),
				fc.integer({ min: 1, max: 300 }),
				(contents, most) => {
					const whole = cut(contents, 0);
					const text = cut(contents, most);
					if (whole.length <= most) expect(text).toBe(whole);
					else {
						const [note, ...kept] = text.split('\n');
						expect(note).toBe(`[${contents.length - kept.length} earlier messages left out]`);
						expect(kept.join('\n').length).toBeLessThanOrEqual(most);
						expect(whole.split('\n').at(-kept.length)?.startsWith(kept[0])).toBe(true);
						if (kept.length > 1) expect(whole.endsWith(kept.join('\n'))).toBe(true);
					}
				},
			),
		);
	});
});
