import { parseArgs } from 'node:util';
import { runMain } from './lib/lifecycle.mjs';
import { startOwned } from './lib/owned-process.mjs';
import { repositoryRoot } from './lib/paths.mjs';

/** The tests that are worth running for longer than `npm test` does. */
const LONG_TESTS = ['test/engine/poll.histories.test.ts', 'test/unit/webhook/signature.test.ts', 'test/hostile/'];

/**
 * `npm run test:nightly`: the poll trigger through 1,000 random histories, 100,000 corrupted webhooks, and ten times as many hostile inputs as
 * `npm test` has, others each night; then all engine tests on the Chinese package, and the instructions of the hot paths are counted. `--histories 5000`, `--mutations 500000` and `--hostile 100` for more, `--seed` for the hostile inputs of a night
 * that found something. `npm test` has 100 histories and 5,000 webhooks, the histories and the hostile inputs always the same ones.
 */
async function nightly() {
	const { values } = parseArgs({
		options: {
			histories: { type: 'string', default: '1000' },
			mutations: { type: 'string', default: '100000' },
			hostile: { type: 'string', default: '10' },
			seed: { type: 'string', default: `${Date.now() % 2 ** 31}` },
		},
	});
	process.stdout.write(`Hostile inputs are drawn with --seed ${values.seed}.\n`);
	const tests = await run(['node_modules/jest/bin/jest.js', ...LONG_TESTS], {
		LAIGU_HISTORIES: values.histories,
		LAIGU_MUTATIONS: values.mutations,
		LAIGU_HOSTILE_FACTOR: values.hostile,
		LAIGU_HOSTILE_SEED: values.seed,
	});
	const inChinese =
		(await run(['scripts/build-zh.mjs'])) ||
		(await run(['node_modules/jest/bin/jest.js', 'test/engine'], { LAIGU_PACKAGE: 'zh' }));
	return (await run(['bench/instructions.mjs'])) || inChinese || tests;
}

async function run(args, env = {}) {
	const { ended } = startOwned(process.execPath, args, {
		cwd: repositoryRoot,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const code = await ended;
	return typeof code === 'number' ? code : 1;
}

await runMain(nightly);
