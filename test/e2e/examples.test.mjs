import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { exampleFiles, readExample } from '../lab/examples.mjs';
import { lines } from '../lab/lines.mjs';
import { dailyTranscripts, history, nightly, transcripts } from './examples/archives.mjs';
import {
	deletedCustomer,
	leadsToCsv,
	leadsToSpreadsheet,
	newLeadToCsv,
	newLeadToDataTable,
	newLeadToFeishu,
	newLeadToSheets,
} from './examples/leads.mjs';
import { missedConversation, missedLeads, newLeadToWecom } from './examples/messages.mjs';
import { dailyReport, summaryToHubspot } from './examples/reports.mjs';
import { saysWhatIsMissing } from './examples/running.mjs';
import { startWorld } from './examples/world.mjs';

/** All of them share one n8n and run at once. */
const SIDE_BY_SIDE = {
	'closed-conversation-to-ai-summary-and-hubspot.json': summaryToHubspot,
	'conversations-with-transcripts.json': transcripts,
	'customer-deleted-row-removed.json': deletedCustomer,
	'daily-agent-report-to-spreadsheet-and-mail.json': dailyReport,
	'ended-conversations-to-daily-transcripts.json': dailyTranscripts,
	'leads-to-csv.json': leadsToCsv,
	'leads-to-spreadsheet-every-morning.json': leadsToSpreadsheet,
	'leads-that-laigu-missed.json': missedLeads,
	'missed-conversation-alarm.json': missedConversation,
	'new-lead-by-webhook-to-csv.json': newLeadToCsv,
	'new-lead-by-webhook-to-google-sheets.json': newLeadToSheets,
	'new-lead-to-data-table.json': newLeadToDataTable,
	'new-lead-to-feishu-bitable.json': newLeadToFeishu,
	'new-lead-to-wecom-group-robot.json': newLeadToWecom,
	'nightly-conversations-to-postgres.json': nightly,
};

/** Examples with something to fill in besides credentials, what they say when it was not, and what is left to fill in where they have a default. */
const UNFILLED = {
	'conversation-history-day-by-day.json': [/firstDay, such as 2026-01-31/, { firstDay: '31.1.2026' }],
	'customer-deleted-row-removed.json': [/address of your Google spreadsheet in spreadsheet/, {}],
	'daily-agent-report-to-spreadsheet-and-mail.json': [/sends the mail in from; .* receive the mail in to/, {}],
	'leads-that-laigu-missed.json': [/address of your Google spreadsheet in spreadsheet/, {}],
	'new-lead-by-webhook-to-google-sheets.json': [
		/address of your Google spreadsheet in spreadsheet/,
		{ sheet: 'Leads' },
	],
	'new-lead-to-data-table.json': [/name of your data table in table/, { table: ' ' }],
	'new-lead-to-feishu-bitable.json': [/app token of your Bitable in appToken; .* begins with tbl/, { tableId: 'abc' }],
};

/** n8n is killed meanwhile. */
const ALONE = { 'conversation-history-day-by-day.json': history };

test('every example has its test', async () => {
	assert.deepEqual((await exampleFiles()).toSorted(), Object.keys({ ...SIDE_BY_SIDE, ...ALONE }).toSorted());
});

test('every example with something to fill in is started unfilled, too', async () => {
	const withChecks = [];
	for (const file of await exampleFiles())
		if ((await readExample(file)).nodes.some(({ name }) => name === 'Say what is missing')) withChecks.push(file);
	assert.deepEqual(withChecks.toSorted(), Object.keys(UNFILLED).toSorted());
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
			for (const file of await exampleFiles()) {
				for (const { name: node, type, typeVersion } of (await readExample(file)).nodes)
					assert.ok(versions.get(type)?.includes(typeVersion), `${file}: ${node} (${type} ${typeVersion})`);
			}
		});

		for (const [file, [message, filledIn]] of Object.entries(UNFILLED))
			test(`${file}: says what is missing, and does nothing`, async () =>
				await saysWhatIsMissing(world, file, { message, filledIn }));

		describe('side by side', { concurrency: true }, () => {
			for (const [file, check] of Object.entries(SIDE_BY_SIDE)) test(file, async () => await check(world, file));
		});

		for (const [file, check] of Object.entries(ALONE)) test(file, async () => await check(world, file));

		test('nothing wanted to leave the machine', () => assert.deepEqual(world.outside.refused, []));
	});
}
