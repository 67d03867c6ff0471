import assert from 'node:assert/strict';
import { n8nLibrary } from '../../lab/n8n-library.mjs';
import { conversationRow, dayOf, endedWithin, SELECT_ROWS } from '../examples/expected.mjs';
import { runToEnd } from '../examples/running.mjs';
import { queryDatabase } from '../examples/world.mjs';
import { importChinese, refusalOfRun } from './running.mjs';

const WRONG_DAYS = [
	[{}, /“开始日期”要写成 2026-01-31 这样；“结束日期”要写成 2026-01-31 这样/],
	[{ 开始日期: '2026-02-30', 结束日期: '2026-03-01' }, /“开始日期”要写成 2026-01-31 这样。$/],
	[{ 开始日期: '2026-03-02', 结束日期: '2026-03-01' }, /“开始日期”在“结束日期”之后/],
	[{ 开始日期: '2026-01-01', 结束日期: '2026-02-01' }, /一次最多 31 天/],
];

/** The days in the table, however often it runs, and what may be wrong with them. @returns {Promise<any[]>} what has to be in the table */
async function runTwice(world, file) {
	for (const [values, expected] of WRONG_DAYS) assert.match(await refusalOfRun(world, file, { values }), expected);
	// the simulator's conversations begin five days ago: the first days have none
	const [first, last] = [dayOf(7), dayOf(2)];
	const workflow = await importChinese(world, file, { values: { 开始日期: first.day, 结束日期: ` ${last.day}` } });
	await runToEnd(world, workflow);
	await runToEnd(world, workflow);
	const rows = endedWithin(world, first.from, last.to).map(conversationRow);
	assert.ok(rows.length > 20);
	return rows;
}

/** @param {any} world @param {string} file @returns {Promise<void>} */
export async function historyToPostgres(world, file) {
	const expected = await runTwice(world, file);
	assert.deepEqual(await queryDatabase(world, 'postgres', SELECT_ROWS), expected);
	const [{ comment }] = await queryDatabase(
		world,
		'postgres',
		"SELECT col_description('laigu_conversations'::regclass, 1) AS comment",
	);
	assert.equal(comment, '顾客姓名');
}

/** @param {any} world @param {string} file @returns {Promise<void>} */
export async function historyToMysql(world, file) {
	const expected = await runTwice(world, file);
	const mysql = await n8nLibrary(world.line, 'mysql2/promise');
	const { user, password, port, database } = world.mariadb;
	const connection = await mysql.createConnection({
		...{ host: '127.0.0.1', user, password, port, database },
		...{ dateStrings: true, supportBigNumbers: true, bigNumberStrings: true },
	});
	try {
		const [rows] = await connection.query(`SELECT ${Object.keys(expected[0]).join(', ')} FROM laigu_conversations
			ORDER BY conversationId`);
		const toTheSecond = (row) => ({
			...row,
			startedAt: row.startedAt.slice(0, 19),
			endedAt: row.endedAt.slice(0, 19),
		});
		assert.deepEqual(
			rows.map((row) => ({ ...row, conversationId: `${row.conversationId}` })),
			expected.map(toTheSecond),
		);
		const [[column]] = await connection.query("SHOW FULL COLUMNS FROM laigu_conversations LIKE 'customerName'");
		assert.equal(column.Comment, '顾客姓名');
	} finally {
		await connection.end();
	}
}
