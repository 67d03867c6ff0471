import assert from 'node:assert/strict';
import { dayOf, endedWithin } from '../examples/expected.mjs';
import { eventOf, publish, runToEnd, succeeded } from '../examples/running.mjs';
import { importChinese, refusal, refusalOfRun, waits } from './running.mjs';
import { CHANNELS, labelled } from './texts.mjs';

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

	await runToEnd(world, await importChinese(world, file, chosen));
	const [last, end] = robot.times.slice(-2);
	assert.ok(end - last >= 3_000, `${end - last} ms between two messages`);
}
