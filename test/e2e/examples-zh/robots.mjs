import assert from 'node:assert/strict';
import { leadRow, phoneOf, someLeads } from '../examples/expected.mjs';
import { eventOf, publish, succeeded } from '../examples/running.mjs';
import { failure, importChinese, refusal, waits } from './running.mjs';
import { CHANNELS, labelled, masked } from './texts.mjs';
import { ACCOUNTS } from './world.mjs';

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

/** A robot that asks for a word instead of a signature gets the message unsigned. */
async function tellsUnsigned(world, file, group, filledIn) {
	const [lead] = someLeads(world, 1);
	const published = await publish(world, await importChinese(world, file, filledIn));
	await published.send(eventOf(world, 'client.created', lead));
	await succeeded(world, published, 1);
	assert.deepEqual(
		group.messages.map(({ content }) => content),
		[leadMessage(lead)],
	);
}

/** @param {any} world @param {string} file @returns {Promise<void>} */
export async function leadToDingtalk(world, file) {
	const { credentials, dingtalk } = world;
	const chosen = { credentials: { httpQueryAuth: credentials['dingtalk signed'] } };
	const [{ secret }] = ACCOUNTS.dingtalk.robots;
	const filledIn = { ...chosen, values: { 加签密钥: ` ${secret}` } };
	await tellsLeads(world, file, {
		group: dingtalk.robots.signed,
		filledIn,
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
	await tellsUnsigned(world, file, dingtalk.robots['by-keyword'], {
		credentials: { httpQueryAuth: credentials['dingtalk by-keyword'] },
		values: { 安全设置: '关键词' },
	});

	const [lead] = someLeads(world, 1);
	const stubborn = await importChinese(world, file, { ...filledIn, parameters: waits('等 11 分钟') });
	const published = await publish(world, stubborn);
	dingtalk.robots.signed.busy(12);
	await published.send(eventOf(world, 'client.created', lead));
	assert.match(
		await failure(world, published),
		new RegExp(`线索 ${lead.track_id} 的提醒没有发出去。钉钉连续 12 次没有接收。钉钉的回答：130101 send too fast$`),
	);
}

/** @param {any} world @param {string} file @returns {Promise<void>} */
export async function leadToFeishuRobot(world, file) {
	const { feishuRobots } = world;
	const address = (hook) => `https://open.feishu.cn/open-apis/bot/v2/hook/${hook}`;
	const [{ hook, secret }, byKeyword] = ACCOUNTS.feishuRobots.robots;
	const 机器人地址 = address(hook);
	await tellsLeads(world, file, {
		group: feishuRobots.robots[hook],
		filledIn: { values: { 机器人地址, 签名密钥: secret } },
		contentOf: ({ content }) => content,
		wait: '等 70 秒',
		broken: [{ values: { 机器人地址, 签名密钥: 'wrong' } }, /没有发出去。签名校验没有通过.*19021/],
		unfilled: [
			[{}, /“机器人地址”要填完整的地址.*；“签名密钥”还没有填/],
			[{ values: { 机器人地址 } }, /：“签名密钥”还没有填。$/],
			[{ values: { 机器人地址, 安全设置: '加签' } }, /“安全设置”只能填：签名校验、关键词、IP 白名单/],
		],
	});
	await tellsUnsigned(world, file, feishuRobots.robots[byKeyword.hook], {
		values: { 机器人地址: address(byKeyword.hook), 安全设置: '关键词' },
	});
}
