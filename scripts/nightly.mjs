import { parseArgs } from 'node:util';
import { runMain } from './lib/lifecycle.mjs';
import { startOwned } from './lib/owned-process.mjs';
import { repositoryRoot } from './lib/paths.mjs';

/** The tests that are worth running for longer than `npm test` does. */
const LONG_TESTS = ['test/engine/poll.histories.test.ts', 'test/unit/webhook/signature.test.ts'];

/**
 * `npm run test:nightly`: the poll trigger through 1,000 random histories, and 100,000 spoiled webhooks; `--histories 5000` and
 * `--mutations 500000` for more. `npm test` has 100 and 5,000 of them, the histories always the same ones.
 */
async function nightly() {
	const { values } = parseArgs({
		options: {
			histories: { type: 'string', default: '1000' },
			mutations: { type: 'string', default: '100000' },
		},
	});
	const { ended } = startOwned(process.execPath, ['node_modules/jest/bin/jest.js', ...LONG_TESTS], {
		cwd: repositoryRoot,
		env: { ...process.env, LAIGU_HISTORIES: values.histories, LAIGU_MUTATIONS: values.mutations },
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const code = await ended;
	return typeof code === 'number' ? code : 1;
}

await runMain(nightly);
