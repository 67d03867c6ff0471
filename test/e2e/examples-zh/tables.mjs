import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { n8nLibrary } from '../../lab/n8n-library.mjs';
import { dayOf, leadRow, pick, someLeads } from '../examples/expected.mjs';
import { eventOf, publish, runToEnd, succeeded, until } from '../examples/running.mjs';
import { failure, importChinese, makeTable, refusal, refusalOfRun, waits } from './running.mjs';
import { CHANNELS } from './texts.mjs';
import { ACCOUNTS } from './world.mjs';

const { appToken, tableId, fields: COLUMNS } = ACCOUNTS.feishu;
const ADDRESS = `https://example.feishu.cn/base/${appToken}?table=${tableId}&view=vewOnlyForTests`;

/** A customer as the Chinese examples write it into a table. */
function chineseRow(client) {
	const row = leadRow(client);
	return {
		线索编号: row.trackId,
		创建时间: row.createdAt.slice(0, 19).replace('T', ' '),
		姓名: row.name,
		电话: row.phone,
		微信: row.wechat,
		QQ: row.qq,
		渠道: CHANNELS[row.channel] ?? row.channel,
		账号: row.account,
		投放计划: row.campaign,
		笔记: row.note,
		标签: row.tags.replaceAll(', ', '、'),
		备注: row.comment,
	};
}

const byNumber = (rows) => rows.toSorted((a, b) => (a.线索编号 < b.线索编号 ? -1 : 1));

/** What may be wrong with the table's address, and the sentence that says so. */
const WRONG_ADDRESSES = [
	['', /“多维表格地址”还没有填/],
	['https://example.feishu.cn/wiki/wikcn123?table=tbl1', /这是知识库里的表格/],
	['https://example.feishu.cn/sheets/shtcn123', /应该有 \/base\//],
	['https://example.feishu.cn/base/bascn123', /应该有 table=tbl…/],
];

/** Records through refusals and for the same lead again; a wrong setting ends at once, in Chinese. @param {any} world @param {string} file @returns {Promise<void>} */
export async function leadToBitable(world, file) {
	const { feishu } = world;
	feishu.records.clear();
	const leads = someLeads(world, 4);
	const created = (lead) => eventOf(world, 'client.created', lead);
	for (const [address, expected] of WRONG_ADDRESSES)
		assert.match(await refusal(world, file, created(leads[0]), { values: { 多维表格地址: address } }), expected);
	const elsewhere = ADDRESS.replace(tableId, 'tblOther');
	assert.match(
		await refusal(world, file, created(leads[0]), { values: { 多维表格地址: elsewhere } }),
		new RegExp(`线索 ${leads[0].track_id} 没有写进飞书。找不到这张数据表.*1254041 TableIdNotFound`),
	);
	assert.equal(feishu.records.size, 0);

	const workflow = await importChinese(world, file, {
		values: { 多维表格地址: ADDRESS },
		parameters: waits('等 5 分钟'),
	});
	const published = await publish(world, workflow);
	const events = leads.map(created);
	const records = () => byNumber([...feishu.records.values()]);
	feishu.busy(2);
	await published.send(...events);
	await published.send(events[0]);
	await succeeded(world, published, 4);
	assert.deepEqual(records(), byNumber(leads.map(chineseRow)));

	const renamed = { ...leads[0], name: '改名', comment: '' };
	await published.send(created(renamed));
	await succeeded(world, published, 5);
	assert.deepEqual(records(), byNumber([renamed, ...leads.slice(1)].map(chineseRow)));

	feishu.busy(12);
	await published.send(created(leads[0]));
	assert.match(await failure(world, published, 6), /飞书连续 12 次没有接收。飞书的回答：1254290 TooManyRequest$/);
}

/** Several leads in one poll, each in its record, those that Feishu refused after a wait. @param {any} world @param {string} file @returns {Promise<void>} */
export async function leadToBitableByPolling(world, file) {
	const { feishu, lab, simulator } = world;
	feishu.records.clear();
	for (const [address, expected] of WRONG_ADDRESSES)
		assert.match(await refusalOfRun(world, file, { values: { 多维表格地址: address } }), expected);
	assert.equal(feishu.records.size, 0);

	const { day } = dayOf(1);
	const since = Date.parse(`${day}T00:00:00+08:00`);
	const workflow = await importChinese(world, file, {
		values: { 多维表格地址: ADDRESS },
		parameters: {
			...waits('等 5 分钟'),
			新线索: (parameters) => ({ options: { ...parameters.options, startFrom: `${day}T00:00:00` } }),
		},
	});
	const leads = simulator.store.clients.filter(
		({ created_on: created, tel, weixin, qq }) => Date.parse(created) >= since && (tel || weixin || qq),
	);
	assert.ok(leads.length > 5, `${leads.length} leads`);
	feishu.busy(3);
	await lab.client.activate(workflow.id, { timeoutMs: 120_000 });
	await until('the execution to end', async () => {
		const [one] = await lab.client.executions(workflow.id);
		return one && !['new', 'running', 'waiting'].includes(one.status) ? one : undefined;
	});
	await lab.client.deactivate(workflow.id);
	const [{ id, status }] = await lab.client.executions(workflow.id);
	assert.equal(status, 'success', JSON.stringify((await lab.client.execution(id)).data.resultData.error));
	assert.deepEqual(byNumber([...feishu.records.values()]), byNumber(leads.map(chineseRow)));
}

const sheetOf = async ({ lab, line }, name) => {
	const xlsx = await n8nLibrary(line, '@e965/xlsx', 'xlsx');
	const book = xlsx.read(await readFile(join(lab.n8n.filesFolder, name)));
	return xlsx.utils.sheet_to_json(Object.values(book.Sheets)[0], { defval: '' });
};

/** Yesterday's leads in both, once, however often it runs. @param {any} world @param {string} file @returns {Promise<void>} */
export async function dailyLeads(world, file) {
	const { simulator } = world;
	const texts = 'trackId name phone wechat qq channel account campaign note tags comment'.split(' ');
	const columns = Object.fromEntries(texts.map((name) => [name, 'string']));
	const { rows, chosen } = await makeTable(world, '每天线索', { ...columns, leadCreatedAt: 'date' });
	assert.match(await refusalOfRun(world, file, { values: { 文件夹: ' ' } }), /“数据表名称”还没有填；“文件夹”还没有填/);

	const { day } = dayOf(1);
	const isOfDay = ({ created_on: time }) =>
		new Date(Date.parse(time) + 8 * 3_600_000).toISOString().slice(0, 10) === day;
	const [one] = simulator.store.clients.filter(isOfDay);
	const hostile = '=HYPERLINK("https://example.com","王芳")';
	simulator.store.upsertClient({ ...one, track_id: 'hostile', tel: '13800138000', name: hostile, comment: '-1+1' });
	const leads = simulator.store.clients.filter(isOfDay).filter(({ tel, weixin, qq }) => tel || weixin || qq);
	assert.ok(leads.length > 2);
	const workflow = await importChinese(world, file, { values: { 数据表名称: ' 每天线索' }, parameters: chosen });
	await runToEnd(world, workflow);
	await runToEnd(world, workflow);
	const byTrackId = (all) => all.toSorted((a, b) => (a.trackId < b.trackId ? -1 : 1));
	assert.deepEqual(
		byTrackId((await rows()).map((row) => pick(row, texts))),
		byTrackId(leads.map((lead) => pick(leadRow(lead), texts))),
	);
	const written = await sheetOf(world, `来鼓线索-${day}.xlsx`);
	const inert = written.find(({ 线索编号: id }) => id === 'hostile');
	assert.deepEqual([inert.姓名, inert.备注, inert.电话], [`'${hostile}`, "'-1+1", '13800138000']);
	const plain = (row) => ({
		...row,
		标签: row.标签.replaceAll(', ', '、'),
		...(row === inert && { 姓名: hostile, 备注: '-1+1' }),
	});
	assert.deepEqual(byNumber(written.map(plain)), byNumber(leads.map(chineseRow)));
	assert.deepEqual(Object.keys(written[0]), COLUMNS);
}

/** The sums in the group, then the file with a row for each agent. @param {any} world @param {string} file @returns {Promise<void>} */
export async function dailyReport(world, file) {
	const { credentials, simulator, wecom } = world;
	const chosen = { credentials: { httpQueryAuth: credentials['robot-of-reports'] } };
	assert.match(await refusalOfRun(world, file, { ...chosen, values: { 文件夹: '' } }), /“文件夹”还没有填/);
	assert.match(
		await refusalOfRun(world, file, { credentials: { httpQueryAuth: credentials.wrongRobot } }),
		/客服日报没有全部发出去。机器人的 key 不对.*93000/,
	);
	await runToEnd(world, await importChinese(world, file, chosen));

	const { day, from, to } = dayOf(1);
	const query = new URLSearchParams({ from_tm: from, to_tm: to, enterprise_id: `${simulator.account.enterpriseId}` });
	const response = await fetch(`${simulator.url}/unified-api/datagateway/v1/reports/agent_service?${query}`, {
		headers: { authorization: `Bearer ${simulator.account.accessToken}` },
	});
	const { rows: agents } = await response.json();
	const total = (field) => agents.reduce((sum, agent) => sum + agent[field], 0);
	const rows = await sheetOf(world, `客服日报-${day}.xlsx`);
	assert.deepEqual(
		rows.map((row) => [row.客服, row.对话数, row.遗漏对话数, row.线索数]),
		agents.map((agent) => [agent.agent_name, agent.conv_cnt, agent.missed_conv_cnt, agent.clues_cnt]),
	);
	const { messages } = wecom.robots['robot-of-reports'];
	const text = messages.find(({ msgtype }) => msgtype === 'text').content.split('\n');
	assert.equal(text[0], `【客服日报】${day}`);
	assert.ok(text[1].startsWith(`对话 ${total('conv_cnt')} 个`), text[1]);
	const rate = ((total('missed_conv_cnt') / total('conv_cnt')) * 100).toFixed(1);
	assert.equal(text[2], `遗漏 ${total('missed_conv_cnt')} 个（${rate}%）`);
	assert.equal(text[3], `线索 ${total('clues_cnt')} 条`);
	const { media_id: id } = messages.find(({ msgtype }) => msgtype === 'file');
	assert.equal(messages.length, 2);
	assert.ok(wecom.uploads.get(id).bytes > 3_000);
}
