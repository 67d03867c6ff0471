import type { IDataObject } from 'n8n-workflow';

import { filterFor } from '../../../nodes/Laigu/records/filter';
import { messagesOf, transcriptOf } from '../../../nodes/Laigu/records/dialogue';
import { shaperFor } from '../../../nodes/Laigu/records/shape';
import type { Output, ShapeSettings } from '../../../nodes/Laigu/records/shape';
import { conversationTable, customerTable, reportTable } from '../../../nodes/Laigu/records/tables';
import { reportWriterFor } from '../../../nodes/Laigu/records/reportGroups';
import { deepFreeze } from '../helpers';

const said = (contents: unknown[], more: IDataObject = {}): IDataObject =>
	deepFreeze({ conv_id: 1, ...more, conv_content: contents.map((content) => ({ from: 'client', content })) });
const shaped = (record: IDataObject, output: Output, more: Partial<ShapeSettings> = {}) =>
	shaperFor(conversationTable, { output, ...more })(record)[0];
const simple = (record: IDataObject, more: Partial<ShapeSettings> = {}) => shaped(record, 'simplified', more);

const CHAT = ['我电话138 0013 8000', '加v：wang_fang88', 'QQ 1234567890', '再说一次 13800138000'];

describe('contacts that a customer mentioned', () => {
	test('are lists in simplified form, joined by comma in rows, and only looked for if wanted', () => {
		expect(simple(said(CHAT))).toEqual({
			mentionedPhones: ['13800138000'],
			mentionedWechats: ['wang_fang88'],
			mentionedQqs: ['1234567890'],
			conversationId: 1,
		});
		const two = said(['13800138000 或者 13900139000']);
		for (const output of ['spreadsheetRow', 'databaseRow'] as const)
			expect(shaped(two, output).mentionedPhones).toBe('13800138000, 13900139000');
		expect(shaped(said([]), 'spreadsheetRow').mentionedPhones).toBe('');
		expect(shaped(said([]), 'databaseRow').mentionedPhones).toBeNull();
		expect(shaped(two, 'selectedFields', { fields: ['mentionedPhones'] })).toEqual({
			mentionedPhones: ['13800138000', '13900139000'],
			conversationId: 1,
		});
		expect(simple(two, { findContacts: false })).toEqual({ conversationId: 1 });
	});

	test.each<[IDataObject]>([
		[{ client_info: { tel: '+86 138-0013-8000', weixin: 'Wang_Fang88', qq: 1234567890 } }],
		[{ client_info: { tel: '13900139000/138 0013 8000', weixin: 'wang_fang88 ', qq: '1234567890' } }],
		[{ conv_leads: '电话:13800138000,微信:wang_fang88,QQ:1234567890' }],
		[{ conv_leads: { tel: '13800138000', weixin: 'wang_fang88', list: ['1234567890'] } }],
	])("are not repeated where Laigu's own fields hold them: %j", (more) => {
		expect(simple(said(CHAT, more))).not.toHaveProperty('mentionedPhones');
		expect(simple(said(CHAT, more))).not.toHaveProperty('mentionedWechats');
		expect(simple(said(CHAT, more))).not.toHaveProperty('mentionedQqs');
	});

	test('are those that the customer wrote, not the agent or the system', () => {
		for (const from of ['agent', 'system', 'robot', '', null])
			expect(simple({ conv_id: 1, conv_content: [{ from, content: CHAT[0] }] })).toEqual({ conversationId: 1 });
	});

	test('are found where a number is split over two messages', () => {
		expect(simple(said(['我的电话是1380013', '8000']))).toMatchObject({ mentionedPhones: ['13800138000'] });
	});

	test('do no harm where contents are odd', () => {
		expect(simple(said([null, 5, { a: 1 }, ['13800138000']]))).toEqual({ conversationId: 1 });
	});
});

test('open leads are conversations without a contact of their own, but with one in the chat', () => {
	const isOpen = filterFor(conversationTable, { onlyOpenLeads: true });
	expect(isOpen?.(said(CHAT))).toBe(true);
	expect(isOpen?.(said(CHAT, { client_info: { weixin: 'other_one' } }))).toBe(false);
	expect(isOpen?.(said(CHAT.slice(0, 1), { conv_leads: '13800138000' }))).toBe(false);
	expect(isOpen?.(said(['多少钱'], { client_info: {} }))).toBe(false);
	expect(filterFor(customerTable, { onlyOpenLeads: true })?.(said(CHAT))).toBe(false);
});

describe('masking', () => {
	const SECRETS = ['13800138000', '138 0013 8000', 'wang_fang88', '1234567890'];
	const hostile = deepFreeze({
		conv_id: 13800138000,
		client_info: {
			name: '王芳13800138000',
			tel: '138 0013 8000',
			weixin: 'wang_fang88',
			qq: 1234567890,
			mobile: 13800138000,
		},
		agent_name: '微信 wang_fang88',
		agent_account: '13800138000',
		dev_client_id: '13800138000',
		summary_content: '电话 138 0013 8000，微信wang_fang88',
		conv_leads: { tel: '13800138000', list: ['QQ1234567890'] },
		conv_tags: ['13800138000'],
		new_field: { deep: [{ phone: '138 0013 8000' }] },
		phone: 'mine 13800138000',
		conv_content: [
			...CHAT.map((content) => ({ from: 'client', content })),
			{ from: 'agent', agent_name: '林 13800138000', content: '是 13800138000 吗?微信 wang_fang88' },
			{ from: 'client', content: '1380013' },
			{ from: 'client', content: '8000' },
		],
	});

	test.each(['simplified', 'spreadsheetRow', 'databaseRow', 'messages', 'transcript'] as const)(
		'leaves no contact in any text of %s',
		(output) => {
			const items = shaperFor(conversationTable, { output, maskContacts: true })(hostile);
			// the ID of the conversation is a number that only looks like a phone
			const text = JSON.stringify(items.map(({ conversationId, ...rest }) => [conversationId === 13800138000, rest]));
			for (const secret of SECRETS) expect(text).not.toContain(secret);
			expect(text).toContain('138****8000');
		},
	);

	test('keeps beginnings and ends, what is no contact, and the record', () => {
		const masked = simple(hostile, { maskContacts: true });
		expect(masked).toMatchObject({
			customerName: '王芳138****8000',
			phone: '138****8000',
			conversationId: 13800138000,
		});
		expect(masked.wechat).toMatch(/^wa\*+88$/);
		expect(masked.qq).toMatch(/^\d{1,3}\*{3,}\d{2,4}$/);
		expect(masked.externalCustomerId).toBe('138****8000');
		expect(simple(said(['89平多少钱']), { maskContacts: true })).toEqual(simple(said(['89平多少钱'])));
	});

	test.each(['simplified', 'spreadsheetRow', 'databaseRow', 'messages', 'transcript'] as const)(
		'hides accounts of the record without a word for them beside, in %s',
		(output) => {
			const record = deepFreeze({
				conv_id: 1,
				client_info: { name: 'Wang_Fang88', weixin: 'wang_fang88', qq: 1234567890, remark: '1234567890' },
				summary_content: '回访 ｗａｎｇ_fang88（1234567890）',
				custom_field: ['WANG_FANG88', 1234567890],
				conv_content: [
					{ from: 'agent', agent_name: '林', content: '您的微信是多少' },
					{ from: 'client', content: 'wang_fang88' },
					{ from: 'client', content: '加v：other_one77' },
					{ from: 'agent', agent_name: '林', content: '好的，other_one77 和 1234567890' },
				],
			});
			const text = JSON.stringify(shaperFor(conversationTable, { output, maskContacts: true })(record))
				.normalize('NFKC')
				.toLowerCase();
			for (const account of ['wang_fang88', 'other_one77', '1234567890']) expect(text).not.toContain(account);
		},
	);

	test('hides in the head of a transcript what is an account by the dialogue alone', () => {
		const record = said(['加v：other_one77'], { client_info: { name: 'other_one77' } });
		const [head] = shaperFor(conversationTable, { output: 'transcript', maskContacts: true })(record);
		expect(head.customerName).toBe('ot*******77');
		expect(head.transcript).not.toContain('other_one77');
		const [open] = shaperFor(conversationTable, { output: 'transcript' })(record);
		expect(open.customerName).toBe('other_one77');
	});

	test('leaves longer words, addresses and short numbers alone that hold an account of the record', () => {
		const client_info = { weixin: 'lilei_20', qq: '12345' };
		const contents = ['lilei_2020', 'a@lilei_20.cn', 'https://x.cn/lilei_20', '预算12345', '112345'];
		expect(messagesOf(said(contents, { client_info }), true).map(({ content }) => content)).toEqual(contents);
		expect(messagesOf(said(['是lilei_20。'], { client_info }), true)[0].content).toBe('是li****20。');
	});

	test('of a number that is split over two messages hides both parts', () => {
		const record = said(['1380013', '8000 这个']);
		const contents = messagesOf(record, true).map(({ content }) => content as string);
		expect(contents.join('')).toMatch(/^138\*+8000 这个$/);
		expect(transcriptOf(record, 0, true).transcript).not.toContain('1380013');
	});

	test('works on customers, with custom fields as numbers, and on reports', () => {
		const customer = deepFreeze({
			name: '微信wang_fang88',
			tel: '13800138000',
			comment: '138 0013 8000',
			custom: { 备用电话: 13800138000, 预算: 50000 },
			track_id: '2abcdefghijklmnopqrstuvwxyz',
		});
		const [masked] = shaperFor(customerTable, { output: 'simplified', maskContacts: true })(customer);
		expect(masked).toMatchObject({
			phone: '138****8000',
			custom: { 备用电话: '138****8000', 预算: 50000 },
			trackId: '2abcdefghijklmnopqrstuvwxyz',
		});
		for (const secret of SECRETS) expect(JSON.stringify(masked)).not.toContain(secret);
		const settings = { report: 'getAgentService', groupBy: 'agent' } as const;
		expect(reportTable('getAgentService', 'agent').id).toBe('agentId');
		const item = { agentName: '林13800138000', conversations: 5, agentId: 7 };
		expect(reportWriterFor(settings, { output: 'simplified', maskContacts: true })(item)).toEqual({
			agentName: '林138****8000',
			conversations: 5,
			agentId: 7,
		});
	});

	test('leaves raw as it came', () => {
		expect(shaped(hostile, 'raw', { maskContacts: true })).toBe(hostile);
	});
});
