import { runMain } from './lib/lifecycle.mjs';
import { repositoryRoot } from './lib/paths.mjs';
import { startOwned } from './lib/owned-process.mjs';

/** `npm run simulator -- <flags>`: the Laigu simulator on its own, with its log in the terminal. */
async function simulator() {
	const args = ['--import', 'tsx', 'test/simulator/cli.ts', ...process.argv.slice(2)];
	const { ended } = startOwned(process.execPath, args, {
		cwd: repositoryRoot,
		stdio: ['inherit', 'inherit', 'inherit'],
	});
	return await ended;
}

await runMain(simulator);
