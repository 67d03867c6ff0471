import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensurePrograms } from '../scripts/lib/debian.mjs';
import { onEnd, runMain } from '../scripts/lib/lifecycle.mjs';
import { fixed, reached, toTable, writeReport } from './lib/report.mjs';

/*
 * Counts the instructions of the two hot paths: neither the clock nor other work on the machine matters. Without V8's compilers the same work takes the
 * same instructions, but for some in a thousand. Fails where a path takes a quarter more than when its figure was last written down here.
 */

/** Instructions of each path, as a multiple of those of `JSON.parse` of the same text. */
const PATHS = {
	records: { title: 'from a page to its records', usual: 3.2 },
	rows: { title: 'from a record to its row', usual: 3.1 },
};

const MOST = 1.25;
const [FEW, MANY] = [2, 6];
const FLAGS = ['--jitless', '--no-expose-wasm', '--predictable', '--single-threaded'];

const run = promisify(execFile);

async function instructionsOf(valgrind, file, work, times) {
	const program = fileURLToPath(new URL('lib/work.cjs', import.meta.url));
	const tool = ['--tool=callgrind', '--callgrind-out-file=/dev/null'];
	const { stderr } = await run(valgrind, [...tool, process.execPath, ...FLAGS, program, file, work, `${times}`]);
	const counted = /Collected : (\d+)/.exec(stderr)?.[1];
	if (counted === undefined) throw new Error(`valgrind did not count:\n${stderr.slice(-2_000)}`);
	return Number(counted);
}

/** Of doing the work once, without what it takes to start. */
async function costOf(valgrind, file, work) {
	const few = await instructionsOf(valgrind, file, work, FEW);
	const many = await instructionsOf(valgrind, file, work, MANY);
	return (many - few) / (MANY - FEW);
}

await runMain(async () => {
	const { valgrind } = await ensurePrograms(['valgrind']);
	const { tsImport } = await import('tsx/esm/api');
	const { DEMO_ACCOUNT, generateDemo } = await tsImport('../test/simulator/index.ts', import.meta.url);
	const folder = await mkdtemp(join(tmpdir(), 'laigu-instructions-'));
	onEnd(() => rm(folder, { recursive: true, force: true }));
	const file = join(folder, 'conversations.json');
	const now = Date.parse('2026-01-06T00:00:00+08:00') * 1000;
	const { conversations } = generateDemo({ now, account: DEMO_ACCOUNT, days: 2, conversationsPerDay: 40 });
	await writeFile(file, JSON.stringify(conversations.slice(0, 40)));

	const plain = await costOf(valgrind, file, 'plain');
	const rows = [];
	for (const [work, { title, usual }] of Object.entries(PATHS)) {
		const measured = (await costOf(valgrind, file, work)) / plain;
		rows.push({ title, usual, measured, isReached: measured <= usual * MOST });
	}
	await writeReport(
		'instructions',
		toTable(
			['path', '`JSON.parse` times', `at most ${MOST} times the usual`, ''],
			rows.map(({ title, usual, measured, isReached }) => [
				title,
				fixed(measured, 1),
				fixed(usual * MOST, 1),
				reached(isReached),
			]),
		),
	);
	return rows.every(({ isReached }) => isReached) ? 0 : 1;
});
