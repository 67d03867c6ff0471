import { describeError, UserError } from './lib/errors.mjs';
import { runMain } from './lib/lifecycle.mjs';
import { createProgress } from './lib/progress.mjs';
import { formatDuration } from './lib/units.mjs';
import { sendLead } from './start/arrival.mjs';
import { runLeads, runTranscripts } from './start/demo.mjs';
import { bringUpLab } from './start/lab.mjs';
import { readStartOptions, startHelp } from './start/options.mjs';
import { editorScreen, leadsScreen } from './start/screen.mjs';
import { openWorkspace } from './start/workspace.mjs';

const say = (text) => process.stdout.write(text);

/** From a checkout to leads that a real n8n has fetched, in one go: see `startHelp`. */
async function start() {
	const options = readStartOptions(process.argv.slice(2));
	if (options.help) return void say(startHelp());
	const workspace = await openWorkspace(options);
	const progress = createProgress({ total: 5 });
	const lab = await bringUpLab(workspace, progress);
	lab.demo.notes.forEach(progress.note);
	try {
		await showExamples(lab, progress, options);
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

async function showExamples(lab, progress, { once }) {
	const { leads, transcripts } = await progress.step('Running the examples in n8n', async () => ({
		leads: await runLeads(lab),
		transcripts: await runTranscripts(lab),
	}));
	say(leadsScreen(leads, { width: process.stdout.columns }));
	const title = once ? 'Sending a lead to n8n, and waiting for the next poll' : 'Sending a lead to n8n';
	const sent = await progress.step(title, async () => await sendLead(lab, { polled: once }));
	const faults = [...leads.faults, ...transcripts.faults, ...sent.faults];
	if (faults.length > 0)
		throw new UserError(`The rows are not right:\n${faults.map((fault) => `- ${fault}`).join('\n')}`, {
			logFile: lab.n8n.logFile,
		});
	say(
		`\nRight: the same leads as in the simulator, each once, and the same rows in the file.\nThe other example gave ${transcripts.count} transcripts.\n${sent.name}, sent by webhook, is in the table "${lab.demo.table.name}", once. All this took ${formatDuration(process.uptime() * 1000)}.\n`,
	);
}

await runMain(start);
