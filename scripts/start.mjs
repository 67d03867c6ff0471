import { ensureBuilt } from './lib/build.mjs';
import { describeError, UserError } from './lib/errors.mjs';
import { ensureInstalled, findInstallGap } from './lib/install.mjs';
import { runMain } from './lib/lifecycle.mjs';
import { requireNode } from './lib/node-version.mjs';
import { createProgress } from './lib/progress.mjs';
import { formatDuration } from './lib/units.mjs';
import { readStartOptions, startHelp } from './start/options.mjs';
import { openWorkspace } from './start/workspace.mjs';

const since = Date.now();
const say = (text) => process.stdout.write(text);

/** From a checkout to leads that a real n8n has fetched, in one go: see `startHelp`. */
async function start() {
	const options = readStartOptions(process.argv.slice(2));
	if (options.help) return void say(startHelp());
	await requireNode();
	const workspace = await openWorkspace(options);
	const progress = createProgress({ total: 6 });

	const gap = await findInstallGap();
	await progress.step(gap ? `Installing dependencies (${gap})` : 'Checking dependencies', (report) =>
		ensureInstalled({ report }),
	);
	await progress.step('Building the package', (report) => ensureBuilt({ report }));
	// what has just been installed may be used from here on, not before
	const { bringUpLab } = await import('./start/lab.mjs');
	const { editorScreen } = await import('./start/screen.mjs');

	const lab = await bringUpLab(workspace, progress);
	lab.demo.notes.forEach(progress.note);
	try {
		await showExamples(lab, progress);
	} catch (error) {
		if (options.once) throw error;
		// the editor is the place to find out why
		process.stderr.write(`\n${describeError(error)}\n`);
	}
	if (options.once) return;
	say(editorScreen(lab));
	const code = await lab.n8n.ended;
	throw new UserError(`n8n has ended by itself (${code}).`, { logFile: lab.n8n.logFile });
}

async function showExamples(lab, progress) {
	const { runLeads, runTranscripts } = await import('./start/demo.mjs');
	const { leadsScreen } = await import('./start/screen.mjs');
	const { leads, transcripts } = await progress.step('Running the examples in n8n', async () => ({
		leads: await runLeads(lab),
		transcripts: await runTranscripts(lab),
	}));
	say(leadsScreen(leads, { width: process.stdout.columns }));
	const faults = [...leads.faults, ...transcripts.faults];
	if (faults.length > 0)
		throw new UserError(`The rows are not right:\n${faults.map((fault) => `- ${fault}`).join('\n')}`, {
			logFile: lab.n8n.logFile,
		});
	say(
		`\nRight: the same leads as in the simulator, each once, and the same rows in the file.\nThe other example gave ${transcripts.count} transcripts. All this took ${formatDuration(Date.now() - since)}.\n`,
	);
}

await runMain(start);
