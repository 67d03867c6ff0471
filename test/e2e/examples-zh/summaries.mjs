import assert from 'node:assert/strict';
import { eventOf, publish, succeeded } from '../examples/running.mjs';
import { judge, UNANSWERABLE } from './model.mjs';
import { importChinese, makeTable, refusal } from './running.mjs';

/** A row for each conversation, written by DeepSeek or Qwen from what was masked. @param {any} world @param {string} file @returns {Promise<void>} */
export async function summaries(world, file) {
	const { credentials, models, simulator } = world;
	const names = 'conversationId customerName channel agentName endedAt summary intent nextStep'.split(' ');
	const { rows, chosen: table } = await makeTable(
		world,
		'对话小结',
		Object.fromEntries(names.map((name) => [name, 'string'])),
	);
	const talked = simulator.store.conversations.filter(
		({ conv_end_tm: end, conv_content: said }) => end && said.length > 3,
	);
	const [one, two, three] = talked;
	const say = (conversation, content) => ({
		...conversation,
		conv_content: [...conversation.conv_content, { ...conversation.conv_content.at(-1), content }],
	});
	const told = say(one, '我的电话 138 1234 5678，微信同号');
	const unanswerable = say(two, UNANSWERABLE);
	const silent = { ...three, conv_content: [] };
	const closed = (conversation) => eventOf(world, 'conversation.closed', conversation);
	const chosen = { credentials: { openAiApi: credentials.deepSeek } };
	assert.match(
		await refusal(world, file, closed(told), { ...chosen, values: { 模型: '' } }),
		/“模型”还没有填，例如 deepseek-chat；“数据表名称”还没有填/,
	);
	assert.deepEqual(models.asked, []);

	const values = { 数据表名称: '对话小结' };
	const published = await publish(world, await importChinese(world, file, { ...chosen, values, parameters: table }));
	await published.send(...[told, unanswerable, silent].map(closed));
	await succeeded(world, published, 3);
	const [asked] = models.asked.filter(({ question }) => question.includes('我的电话'));
	assert.deepEqual([asked.host, asked.model], ['api.deepseek.com', 'deepseek-chat']);
	assert.ok(asked.question.includes('138 **** 5678'), asked.question);
	for (const { question } of models.asked)
		assert.doesNotMatch(question.replace(/\[[^\]]*\]/g, '').replace(/[\s-]/g, ''), /1\d{10}/);

	const { summary, intent, next_step: nextStep } = judge(asked.question);
	const judged = (await rows()).map((row) => [row.conversationId, row.summary, row.intent, row.nextStep]);
	const expected = [
		[`${told.conv_id}`, summary, intent, nextStep],
		[`${unanswerable.conv_id}`, '没有写成', '', ''],
		[`${silent.conv_id}`, '没有聊天内容', '', ''],
	];
	const byId = (all) => all.toSorted(([a], [b]) => (a < b ? -1 : 1));
	assert.deepEqual(byId(judged), byId(expected));

	// the same conversation again, by Qwen: the row is brought up to date
	const withQwen = {
		credentials: { openAiApi: credentials.qwen },
		values: { ...values, 模型: 'qwen-plus' },
		parameters: table,
	};
	const second = await publish(world, await importChinese(world, file, withQwen));
	await second.send(closed({ ...say(told, '再见'), conv_tags: '' }));
	await succeeded(world, second, 1);
	const last = models.asked.at(-1);
	assert.deepEqual([last.host, last.model], ['dashscope.aliyuncs.com', 'qwen-plus']);
	const again = await rows();
	assert.equal(again.length, 3);
	assert.equal(
		again.find(({ conversationId }) => conversationId === `${told.conv_id}`).summary,
		judge(last.question).summary,
	);
}
