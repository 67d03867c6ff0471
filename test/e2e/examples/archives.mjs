import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fields } from '../../lab/examples.mjs';
import { itemsOf } from '../../lab/workflow.mjs';
import { conversationRow, dayOf, endedWithin, SELECT_ROWS } from './expected.mjs';
import { importExample, runToEnd, until } from './running.mjs';
import { queryDatabase } from './world.mjs';

const TO_NOW = '9';

/** The twenty conversations of seven days that ended last, the newest first, each with its dialogue. @param {any} world @param {string} file @returns {Promise<void>} */
export async function transcripts(world, file) {
	const items = itemsOf(await runToEnd(world, await importExample(world, file)), 'Get conversations');
	const ended = endedWithin(world, dayOf(6).from, TO_NOW)
		.toSorted((a, b) => (a.conv_end_tm < b.conv_end_tm ? 1 : -1))
		.slice(0, 20);
	assert.deepEqual(
		items.map(({ conversationId }) => conversationId),
		ended.map(({ conv_id: id }) => id),
	);
	for (const [index, { transcript }] of items.entries()) requireDialogue(transcript, ended[index]);
}

/** From Start From on, every conversation is in the file of the day on which it ended. @param {any} world @param {string} file @returns {Promise<void>} */
export async function dailyTranscripts(world, file) {
	const { lab } = world;
	const { day, from } = dayOf(2);
	const workflow = await importExample(world, file, {
		parameters: { 'When a conversation ended': { options: { startFrom: `${day}T00:00:00` } } },
	});
	const ended = endedWithin(world, from, TO_NOW);
	await lab.client.activate(workflow.id, { timeoutMs: 120_000 });
	const files = async () => {
		const names = (await readdir(lab.n8n.filesFolder)).filter((name) => name.startsWith('laigu-transcripts-'));
		return await Promise.all(
			names.map(async (name) => [name, await readFile(join(lab.n8n.filesFolder, name), 'utf8')]),
		);
	};
	const written = await until('every transcript to be in a file', async () => {
		const found = await files();
		return found.reduce((sum, [, text]) => sum + headsIn(text).length, 0) >= ended.length ? found : undefined;
	});
	await lab.client.deactivate(workflow.id);

	const byDay = {};
	for (const one of ended) (byDay[`laigu-transcripts-${one.conv_end_tm.slice(0, 10)}.txt`] ??= []).push(one);
	assert.deepEqual(new Set(written.map(([name]) => name)), new Set(Object.keys(byDay)));
	for (const [name, text] of written) {
		assert.deepEqual(headsIn(text).toSorted(), byDay[name].map(({ conv_id: id }) => String(id)).toSorted());
		for (const part of text.split(/^(?=## Conversation )/m)) {
			const [, id] = /^## Conversation (\d+)/.exec(part);
			requireDialogue(part.split('\n').slice(2).join('\n').trim(), world.simulator.store.conversation(Number(id)));
		}
	}
}

const headsIn = (text) => [...text.matchAll(/^## Conversation (\d+), /gm)].map(([, id]) => id);

/** A line for each message, with its words. */
function requireDialogue(transcript, { conv_id: id, conv_content: messages }) {
	const lines = transcript.split('\n');
	assert.equal(lines.length, messages.length, `lines of ${id}`);
	for (const [index, { content, timestamp }] of messages.entries()) {
		assert.ok(lines[index].startsWith(`[${timestamp.slice(0, 19)}] `), lines[index]);
		assert.ok(lines[index].endsWith(content.replace(/\s*\n+\s*/g, ' ').trim()), lines[index]);
	}
}

/** Seven days of conversations in the table; a second night updates and doubles nothing. @param {any} world @param {string} file @returns {Promise<void>} */
export async function nightly(world, file) {
	const { credentials, simulator } = world;
	const workflow = await importExample(world, file, { credentials: { postgres: credentials.nightly } });
	const ended = endedWithin(world, dayOf(6).from, TO_NOW);
	await runToEnd(world, workflow);
	assert.deepEqual(await queryDatabase(world, 'nightly', SELECT_ROWS), ended.map(conversationRow));
	await requireTypes(world);

	// the other examples read these records, too: a copy takes their place only here
	const { conv_id: id } = ended.at(-1);
	simulator.store.addConversation({ ...simulator.store.conversation(id), summary_content: "Called back: 'yes'" });
	await runToEnd(world, workflow);
	const again = endedWithin(world, dayOf(6).from, TO_NOW).map(conversationRow);
	assert.equal(again.at(-1).summary, "Called back: 'yes'");
	assert.deepEqual(await queryDatabase(world, 'nightly', SELECT_ROWS), again);
}

/** The output goes into columns of these types although nothing is set for it, and none is left out. */
async function requireTypes(world) {
	const columns = await queryDatabase(
		world,
		'nightly',
		"SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'laigu_conversations'",
	);
	const types = Object.fromEntries(columns.map(({ column_name: name, data_type: type }) => [name, type]));
	const typed = {
		startedAt: 'timestamp with time zone',
		endedAt: 'timestamp with time zone',
		summaryUpdatedAt: 'timestamp with time zone',
		firstResponseSeconds: 'integer',
		averageResponseSeconds: 'double precision',
		durationSeconds: 'double precision',
		customerMessages: 'integer',
		agentMessages: 'integer',
		conversationId: 'bigint',
		customerId: 'bigint',
		enterpriseId: 'bigint',
	};
	for (const [name, type] of Object.entries(types)) assert.equal(type, typed[name] ?? 'text', name);
	for (const name of Object.keys(typed)) {
		assert.ok(name in types, name);
		if (name === 'summaryUpdatedAt') continue;
		const [{ filled }] = await queryDatabase(
			world,
			'nightly',
			`SELECT count("${name}")::integer AS filled FROM laigu_conversations`,
		);
		assert.ok(filled > 0, `${name} is empty everywhere`);
	}
}

const DAYS = 6;

/** Every day in the table, although n8n is killed in the middle of the third one. @param {any} world @param {string} file @returns {Promise<void>} */
export async function history(world, file) {
	const { credentials, lab, simulator, onRequest } = world;
	const workflow = await importExample(world, file, {
		credentials: { postgres: credentials.history },
		parameters: {
			'Every 20 seconds': { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } },
			'Fill in': fields({ firstDay: dayOf(DAYS).day, patienceMinutes: 0.1 }),
		},
	});
	const broken = dayOf(DAYS - 2);
	// the node asks from a second earlier, as nobody knows whether Laigu counts the ends in
	const isOf = (day, { query }) => query.to_tm === day.to;
	let killed;
	onRequest((request) => {
		if (killed || !isOf(broken, request)) return;
		killed = lab.n8n.ended;
		process.kill(-lab.n8n.pid, 'SIGKILL');
	});
	simulator.resetRequests();
	await lab.client.activate(workflow.id, { timeoutMs: 120_000 });
	await until('the third day to be begun', () => killed);
	await killed;
	const before = await daysDone(world);
	const asked = simulator.requests.length;
	await lab.start();
	const done = await until('every day to be done', async () => {
		const days = await daysDone(world);
		return days.length === DAYS ? days : undefined;
	});
	await lab.client.deactivate(workflow.id);

	const days = Array.from({ length: DAYS }, (_, index) => dayOf(DAYS - index));
	const expected = days.map(({ day, from, to }) => ({ day, conversations: endedWithin(world, from, to).length }));
	assert.deepEqual(before, expected.slice(0, 2));
	assert.deepEqual(done, expected);
	assert.ok(isOf(broken, simulator.requests[asked]), 'it goes on at the day it was at');
	const rows = endedWithin(world, days[0].from, days.at(-1).to).map(conversationRow);
	assert.deepEqual(await queryDatabase(world, 'history', SELECT_ROWS), rows);
}

const daysDone = (world) =>
	queryDatabase(
		world,
		'history',
		"SELECT to_char(day, 'YYYY-MM-DD') AS day, conversations FROM laigu_history WHERE done_at IS NOT NULL ORDER BY 1",
	);
