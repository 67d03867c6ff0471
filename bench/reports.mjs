import { startEngine, startServer } from './lib/processes.mjs';
import { fixed, measuredOn, median, reached, readOptions, toTable, writeReport } from './lib/report.mjs';
import { runMain } from '../scripts/lib/lifecycle.mjs';
import { tokenCredential } from '../test/lab/credential.mjs';

const DAYS = 30;
const GOAL = 2.5;

await runMain(async () => {
	const { rounds } = readOptions({ rounds: 5 });
	const server = await startServer({ count: 3_000, days: DAYS, latencyMs: 50 });
	const engine = await startEngine();
	const range = { timeRange: 'custom', from: '2026-01-01', to: '2026-01-31' };

	async function timeWith(concurrency) {
		const what = { resource: 'report', operation: 'getAgentService', groupBy: 'day', ...range };
		const parameters = { ...what, options: { concurrency } };
		const { ms } = await engine.run({ kind: 'laigu', parameters, credentials: tokenCredential(server) });
		return ms;
	}

	const figures = { 1: [], 3: [] };
	for (let round = 0; round <= rounds; round++)
		for (const concurrency of [1, 3]) {
			const ms = await timeWith(concurrency);
			// the first round only warms up
			if (round > 0) figures[concurrency].push(ms);
		}
	await engine.stop();
	await server.stop();

	const faster = median(figures[1].map((ms, index) => ms / figures[3][index]));
	await writeReport(
		'reports',
		[
			`Agent service by day, ${DAYS} days, every answer after 50 ms; medians of ${rounds} rounds. ${measuredOn()}`,
			toTable(
				['Concurrency', 'time'],
				[1, 3].map((concurrency) => [concurrency, `${fixed(median(figures[concurrency]) / 1000)} s`]),
			),
			toTable(
				['goal', 'measured', ''],
				[[`3 at once: ${GOAL} times as fast as one after the other`, fixed(faster), reached(faster >= GOAL)]],
			),
		].join('\n\n'),
	);
});
