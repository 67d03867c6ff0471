import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { lines } from '../lab/lines.mjs';
import { missedConversation, openLeads } from './examples-zh/alarms.mjs';
import { historyToMysql, historyToPostgres } from './examples-zh/history.mjs';
import { leadToDingtalk, leadToFeishuRobot, leadToWecom } from './examples-zh/robots.mjs';
import { chineseExamples, readChinese } from './examples-zh/running.mjs';
import { summaries } from './examples-zh/summaries.mjs';
import { dailyLeads, dailyReport, leadToBitable, leadToBitableByPolling } from './examples-zh/tables.mjs';
import { startWorld } from './examples-zh/world.mjs';

/** All of them share one n8n. Those that change what others read, or read what others change, follow one another. */
const CHECKS = {
	'daily-agent-report-to-wecom-and-excel.json': dailyReport,
	'daily-leads-to-data-table-and-excel.json': dailyLeads,
	'conversation-history-to-postgres.json': historyToPostgres,
	'conversation-history-to-mysql.json': historyToMysql,
	'new-lead-to-wecom-robot.json': leadToWecom,
	'new-lead-to-dingtalk-robot.json': leadToDingtalk,
	'new-lead-to-feishu-robot.json': leadToFeishuRobot,
	'missed-conversation-alarm.json': missedConversation,
	'new-lead-to-feishu-bitable.json': leadToBitable,
	'new-lead-to-feishu-bitable-by-polling.json': leadToBitableByPolling,
	'conversation-summary-by-model.json': summaries,
	'open-leads-in-chats.json': openLeads,
};

test('every Chinese example has its test', async () => {
	assert.deepEqual(await chineseExamples(), Object.keys(CHECKS).toSorted());
});

for (const [name, line] of Object.entries(lines).filter(([one]) => one === 'current' || one === 'legacy')) {
	describe(`n8n ${line.n8n} (${name})`, { timeout: 1_500_000 }, () => {
		let world;
		before(async () => {
			world = await startWorld(line);
		});
		after(() => world?.close());

		test('it knows every node of the examples in its version', async () => {
			const versions = new Map();
			for (const { name: type, version } of await world.lab.client.nodeTypes())
				versions.set(type, [...(versions.get(type) ?? []), ...[version].flat()]);
			for (const file of await chineseExamples()) {
				for (const { name: node, type, typeVersion } of (await readChinese(file)).nodes)
					assert.ok(versions.get(type)?.includes(typeVersion), `${file}: ${node} (${type} ${typeVersion})`);
			}
		});

		for (const [file, check] of Object.entries(CHECKS)) test(file, async () => await check(world, file));

		test('nothing wanted to leave the machine', () => assert.deepEqual(world.outside.refused, []));
	});
}
