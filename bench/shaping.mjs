import { startEngine, startServer } from './lib/processes.mjs';
import { fixed, measuredOn, median, reached, readOptions, toTable, writeReport } from './lib/report.mjs';
import { runMain } from '../scripts/lib/lifecycle.mjs';
import { tokenCredential } from '../test/lab/credential.mjs';

/** The largest share of a run's processor time that making items may take, by output. */
const GOALS = { databaseRow: 0.1, spreadsheetRow: 0.1, simplified: 0.12 };

/** The most that looking for contacts may add to the processor time of a run. */
const MOST_FOR_CONTACTS = 0.1;

await runMain(async () => {
	const { rounds, records } = readOptions({ rounds: 3, records: 100_000 });
	const server = await startServer({ count: records, days: 100 });
	const credentials = tokenCredential(server);
	const range = await server.rangeOf(records);
	const engine = await startEngine({ flags: ['--max-old-space-size=8000'] });

	async function run(output, findContacts, more = {}) {
		const options = { concurrency: 8, findContacts };
		const what = { resource: 'conversation', operation: 'getAll', returnAll: true, output };
		await server.reset();
		return await engine.run({ kind: 'laigu', parameters: { ...what, ...range, options }, credentials, ...more });
	}

	const shares = Object.fromEntries(Object.keys(GOALS).map((output) => [output, []]));
	const added = [];
	for (let round = 0; round <= rounds; round++) {
		const without = await run('databaseRow', false);
		const withContacts = await run('databaseRow', true);
		const profiles = {};
		for (const output of Object.keys(GOALS))
			profiles[output] = (await run(output, false, { measure: 'profile' })).shares;
		// the first round only warms up
		if (round === 0) continue;
		added.push(withContacts.cpuMs / without.cpuMs - 1);
		for (const output of Object.keys(GOALS)) shares[output].push(profiles[output]);
	}
	await engine.stop();
	await server.stop();

	const parts = [...new Set(Object.values(shares).flatMap((all) => all.flatMap(Object.keys)))];
	const shareOf = (output, part) => median(shares[output].map((profile) => profile[part] ?? 0));
	parts.sort((one, other) => shareOf('databaseRow', other) - shareOf('databaseRow', one));
	const contacts = median(added);
	await writeReport(
		'shaping',
		[
			`Processor time of runs that read ${records.toLocaleString('en')} conversations, from profiles of V8; medians of ${rounds} rounds. ${measuredOn()}`,
			toTable(
				['part', ...Object.keys(GOALS)],
				parts.map((part) => [part, ...Object.keys(GOALS).map((output) => percent(shareOf(output, part)))]),
			),
			toTable(
				['goal', 'measured', ''],
				[
					...Object.entries(GOALS).map(([output, most]) => [
						`shaping as \`${output}\`, contacts off: at most ${percent(most, 0)}`,
						percent(shareOf(output, 'shaping')),
						reached(shareOf(output, 'shaping') <= most),
					]),
					[
						`\`findContacts\` adds at most ${percent(MOST_FOR_CONTACTS, 0)} to a run that makes \`databaseRow\``,
						percent(contacts),
						reached(contacts <= MOST_FOR_CONTACTS),
					],
				],
			),
		].join('\n\n'),
	);
});

function percent(share, digits = 1) {
	return `${fixed(share * 100, digits)} %`;
}
