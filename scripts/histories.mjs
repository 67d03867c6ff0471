import { runMain } from './lib/lifecycle.mjs';
import { startOwned } from './lib/owned-process.mjs';
import { repositoryRoot } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';

/**
 * `npm run test:histories`: the poll trigger through 1,000 random histories, for every night. `npm run test:histories -- 5000` plays more. `npm test`
 * plays 100, always the same ones.
 */
async function histories() {
	await prepare({ build: true });
	const [count = '1000'] = process.argv.slice(2);
	const { ended } = startOwned(
		process.execPath,
		['node_modules/jest/bin/jest.js', 'test/engine/poll.histories.test.ts'],
		{
			cwd: repositoryRoot,
			env: { ...process.env, LAIGU_HISTORIES: count },
			stdio: ['ignore', 'inherit', 'inherit'],
		},
	);
	const code = await ended;
	return typeof code === 'number' ? code : 1;
}

await runMain(histories);
