import assert from 'node:assert/strict';
import { dayOf, endedWithin, leadRow, phoneOf, someLeads } from '../examples/expected.mjs';
import { eventOf, publish, runToEnd, succeeded } from '../examples/running.mjs';
import { importChinese, refusal, refusalOfRun, waits } from './running.mjs';
import { ACCOUNTS } from './world.mjs';

const CHANNELS = { redbook: '小红书', douyin: '抖音' };

/** What the group may read of a phone, a WeChat or a QQ. */
function masked(contact) {
	const [head, tail] = /^\+?\d{11,}$/.test(contact)
		? [3, 4]
		: contact.length >= 8
			? [2, 2]
			: contact.length >= 5
				? [1, 1]
				: [0, 0];
	const hidden = contact.length - head - tail;
	return `${contact.slice(0, head)}${'*'.repeat(hidden)}${contact.slice(head + hidden)}`;
}

const labelled = (head, lines) =>
	[head, ...lines.filter(([, value]) => `${value ?? ''}` !== '').map((line) => line.join('：'))].join('\n');

function leadMessage(client) {
	const { name, phone, wechat, qq, channel, account, campaign, note, createdAt } = leadRow(client);
	const text = labelled('【新线索】', [
		['姓名', name],
		['电话', masked(phone)],
		['微信', masked(wechat)],
		['QQ', masked(qq)],
		['来源', [CHANNELS[channel] ?? channel, account].filter(Boolean).join(' · ')],
		['投放计划', campaign],
		['笔记', note],
		['时间', createdAt.slice(0, 16).replace('T', ' ')],
	]);
	return `${text}\n完整号码请到来鼓查看`;
}

/** Names that push at the limits: long, with pictures, with a number in it. */
const longWinded = (lead) => ({
	...lead,
	track_id: 'long-winded',
	tel: '１３８ 1234 5678',
	name: '小王 ＋86 138-1234.5678',
	sub_source_name: '🏠'.repeat(300),
	incoming_note_title: '全屋定制'.repeat(300),
	campaign_name: '春季'.repeat(300),
});

/** Each lead is told once, through refusals, without its contacts and within the robot's length; the wrong settings end in Chinese. */
async function tellsLeads(world, file, { group, filledIn, contentOf, wait, broken, unfilled }) {
	const leads = someLeads(world, 4);
	const created = (lead) => eventOf(world, 'client.created', lead);
	for (const [settings, expected] of unfilled)
		assert.match(await refusal(world, file, created(leads[0]), settings), expected);
	assert.match(await refusal(world, file, created({ ...leads[0], track_id: `wrong-${file}` }), broken[0]), broken[1]);
	assert.deepEqual(group.messages, []);

	const published = await publish(
		world,
		await importChinese(world, file, { ...filledIn, parameters: { ...waits(wait) } }),
	);
	const [first, ...others] = [...leads, longWinded(leads[0])].map(created);
	group.busy(2);
	await published.send(first);
	await succeeded(world, published, 1);
	await published.send(...others);
	await published.send(first);
	await succeeded(world, published, leads.length + 1);
	// the same lead under another event: it is known, as n8n remembered it alone
	await published.send(created(leads[0]));
	await succeeded(world, published, leads.length + 2);

	const told = group.messages.map(contentOf);
	assert.equal(told.length, leads.length + 1);
	const [long] = told.filter((text) => text.includes('🏠'));
	assert.deepEqual(told.filter((text) => text !== long).toSorted(), leads.map(leadMessage).toSorted());
	assert.ok(Buffer.byteLength(long) <= 2048, `${Buffer.byteLength(long)} bytes`);
	assert.match(long, /^【新线索】\n姓名：小王 ＋86 138-\*{4}\.5678\n电话：138\*{4}5678\n/);
	for (const { tel, weixin, qq } of leads) {
		for (const secret of [phoneOf(tel), tel, weixin.length > 2 ? weixin : '', qq].filter(Boolean))
			assert.ok(!told.some((text) => text.includes(secret) || phoneOf(text).includes(secret)), secret);
	}
}

/** @param {any} world @param {string} file @returns {Promise<void>} */
export async function leadToWecom(world, file) {
	const { credentials, wecom } = world;
	await tellsLeads(world, file, {
		group: wecom.robots['robot-of-leads'],
		filledIn: { credentials: { httpQueryAuth: credentials['robot-of-leads'] }, values: { 提醒谁: 'zhang, li' } },
		contentOf: ({ content, mentioned_list: who }) => {
			assert.deepEqual(who, ['zhang', 'li']);
			return content;
		},
		wait: '等 70 秒',
		broken: [{ credentials: { httpQueryAuth: credentials.wrongRobot } }, /没有发出去。机器人的 key 不对.*93000/],
		unfilled: [
			[
				{ credentials: { httpQueryAuth: credentials.wrongRobot }, values: { 提醒谁: '13800138000' } },
				/^还不能运行。请打开节点“要填写”：“提醒谁”要填成员账号/,
			],
		],
	});
}

/** @param {any} world @param {string} file @returns {Promise<void>} */
export async function leadToDingtalk(world, file) {
	const { credentials, dingtalk } = world;
	const chosen = { credentials: { httpQueryAuth: credentials.dingtalk } };
	await tellsLeads(world, file, {
		group: dingtalk,
		filledIn: { ...chosen, values: { 加签密钥: ` ${ACCOUNTS.dingtalk.secret}` } },
		contentOf: ({ content }) => content,
		wait: '等 11 分钟',
		broken: [
			{ ...chosen, values: { 加签密钥: 'SECwrong' } },
			/没有发出去。没有通过机器人的安全设置.*310000 sign not match/,
		],
		unfilled: [
			[chosen, /“加签密钥”还没有填/],
			[{ ...chosen, values: { 加签密钥: 'abc' } }, /“加签密钥”应该以 SEC 开头/],
			[{ ...chosen, values: { 安全设置: '没有' } }, /“安全设置”只能填：加签、关键词、IP 地址/],
		],
	});
}

/** @param {any} world @param {string} file @returns {Promise<void>} */
export async function leadToFeishuRobot(world, file) {
	const { hook, secret } = ACCOUNTS.feishuRobot;
	const address = `https://open.feishu.cn/open-apis/bot/v2/hook/${hook}`;
	await tellsLeads(world, file, {
		group: world.feishuRobot,
		filledIn: { values: { 机器人地址: address, 签名密钥: secret } },
		contentOf: ({ content }) => content,
		wait: '等 70 秒',
		broken: [{ values: { 机器人地址: address, 签名密钥: 'wrong' } }, /没有发出去。签名校验没有通过.*19021/],
		unfilled: [
			[{}, /“机器人地址”要填完整的地址.*；“签名密钥”还没有填/],
			[{ values: { 机器人地址: address } }, /：“签名密钥”还没有填。$/],
		],
	});
}

function alarmMessage(conversation) {
	const { client_info: person } = conversation;
	return labelled('【遗漏对话】', [
		['顾客', person.name || person.visitor_name],
		[
			'来源',
			[CHANNELS[conversation.main_channel] ?? conversation.main_channel, conversation.sub_channel]
				.filter(Boolean)
				.join(' · '),
		],
		['客服组', conversation.group_name],
		['客服', conversation.agent_name],
		['开始', conversation.conv_start_tm.slice(0, 16)],
		['结束', conversation.conv_end_tm.slice(0, 16)],
		['顾客发了', `${conversation.conv_visitor_msg_count} 条消息`],
		['联系方式', person.tel || person.weixin || person.qq ? '留了，请马上联系' : '没留'],
		['对话编号', conversation.conv_id],
	]);
}

/** Missed conversations raise one alarm each, answered ones none. @param {any} world @param {string} file @returns {Promise<void>} */
export async function missedConversation(world, file) {
	const { credentials, simulator, wecom } = world;
	const closed = simulator.store.conversations.filter(({ conv_end_tm: end }) => end);
	const missed = closed.filter((one) => one.missed === 'true').slice(0, 3);
	const answered = closed.filter((one) => one.missed === 'false').slice(0, 2);
	assert.deepEqual([missed.length, answered.length], [3, 2]);
	const event = (one) => eventOf(world, 'conversation.closed', one);
	const chosen = { credentials: { httpQueryAuth: credentials['robot-of-alarms'] } };
	assert.match(
		await refusal(world, file, event(missed[0]), { ...chosen, values: { 提醒谁: '@all，13800138000' } }),
		/还不能运行.*“提醒谁”要填成员账号/,
	);

	const robot = wecom.robots['robot-of-alarms'];
	const published = await publish(
		world,
		await importChinese(world, file, { ...chosen, parameters: waits('等 70 秒') }),
	);
	const [first, ...events] = [...missed, ...answered].map(event);
	robot.busy(1);
	await published.send(first);
	await succeeded(world, published, 1);
	await published.send(...events);
	await published.send(first);
	await succeeded(world, published, missed.length);
	await published.send(event(missed[0]));
	await succeeded(world, published, missed.length + 1);
	const byContent = (a, b) => (a.content < b.content ? -1 : 1);
	const expected = missed.map((one) => ({ msgtype: 'text', content: alarmMessage(one), mentioned_list: ['@all'] }));
	assert.deepEqual(robot.messages.toSorted(byContent), expected.toSorted(byContent));
}

/** Yesterday's conversations with a contact in the chat alone, eight a message, paced, masked. @param {any} world @param {string} file @returns {Promise<void>} */
export async function openLeads(world, file) {
	const { credentials, simulator, wecom } = world;
	const { from, to } = dayOf(1);
	const withoutContact = endedWithin(world, from, to).filter(
		({ client_info: { tel, weixin, qq }, conv_leads: leads }) => !tel && !weixin && !qq && !leads,
	);
	const spoken = withoutContact.slice(0, 9);
	assert.equal(spoken.length, 9, 'nine conversations without a contact');
	for (const [index, one] of spoken.entries()) {
		const said = { ...one.conv_content[0], from: 'client', content: `我的电话 1380013800${index}，名字长也不怕` };
		const client_info = { ...one.client_info, name: `${'长名字'.repeat(20)}${index}` };
		simulator.store.addConversation({ ...one, client_info, conv_content: [...one.conv_content, said] });
	}
	const chosen = { credentials: { httpQueryAuth: credentials['robot-of-open-leads'] } };
	assert.match(
		await refusalOfRun(world, file, { ...chosen, values: { 提醒谁: '13800138000' } }),
		/“提醒谁”要填成员账号/,
	);

	const robot = wecom.robots['robot-of-open-leads'];
	robot.busy(1);
	await runToEnd(world, await importChinese(world, file, { ...chosen, parameters: waits('等 70 秒') }));
	const texts = robot.messages.map(({ content }) => content);
	const all = texts.join('\n');
	const count = Number(/昨天共 (\d+) 个对话/.exec(all)[1]);
	assert.ok(count >= 9);
	assert.equal(texts.length, Math.ceil(count / 8));
	assert.equal(all.match(/^● /gm).length, count);
	for (const { conv_id: id } of spoken) assert.ok(all.includes(`  ${id}`), `${id}`);
	assert.ok(all.includes('138****8000') && !/138001380\d{2}/.test(all), all);
	for (const text of texts) assert.ok(Buffer.byteLength(text) <= 2048, `${Buffer.byteLength(text)} bytes`);
}
