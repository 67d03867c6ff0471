import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { repositoryRoot } from '../scripts/lib/paths.mjs';
import { timeLoading } from './lib/processes.mjs';
import { fixed, measuredOn, median, reached, readOptions, toTable, writeReport } from './lib/report.mjs';
import { runMain } from '../scripts/lib/lifecycle.mjs';

await runMain(async () => {
	const { rounds } = readOptions({ rounds: 15 });

	const times = [];
	for (let round = 0; round <= rounds; round++) {
		const loaded = await timeLoading();
		if (round > 0) times.push(loaded);
	}
	const { stdout } = await promisify(execFile)('npm', ['pack', '--json', '--dry-run', '--ignore-scripts'], {
		cwd: repositoryRoot,
	});
	const [{ size }] = JSON.parse(stdout);
	const ms = median(times.map(({ start }) => start));
	const firstRun = median(times.map(({ firstRun }) => firstRun));
	const kB = size / 1000;

	await writeReport(
		'package',
		[
			`The median of ${rounds} loads by n8n's own loader, each in a fresh process that has n8n's modules already, and what \`npm pack\` gives. ${measuredOn()}`,
			toTable(
				['goal', 'measured', ''],
				[
					['loaded in at most 25 ms', `${fixed(ms, 1)} ms`, reached(ms <= 25)],
					['packed under 64 kB', `${fixed(kB, 1)} kB`, reached(kB < 64)],
				],
			),
			`Everything that the nodes load when they first run takes ${fixed(firstRun, 1)} ms more, once.`,
		].join('\n\n'),
	);
});
