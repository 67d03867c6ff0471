import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runMain } from './lib/lifecycle.mjs';
import { startOwned } from './lib/owned-process.mjs';
import { repositoryRoot } from './lib/paths.mjs';

/** `npm run bench`: every measurement in bench/, one after the other. What follows `--` goes to each. */
async function bench() {
	const names = await readdir(join(repositoryRoot, 'bench'));
	for (const name of names.filter((file) => file.endsWith('.mjs'))) {
		const args = [`bench/${name}`, ...process.argv.slice(2)];
		const { ended } = startOwned(process.execPath, args, {
			cwd: repositoryRoot,
			stdio: ['ignore', 'inherit', 'inherit'],
		});
		if ((await ended) !== 0) return 1;
	}
	return 0;
}

await runMain(bench);
