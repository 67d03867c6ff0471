import { mkdir } from 'node:fs/promises';
import { runMain } from './lib/lifecycle.mjs';
import { startOwned } from './lib/owned-process.mjs';
import { repositoryRoot } from './lib/paths.mjs';
import { resultsFile, resultsFolder } from './lib/results.mjs';

const JEST = 'node_modules/jest/bin/jest.js';

/** Those of the engine tests in which most messages come; `npm run test:nightly` runs all of them on the Chinese package. */
const CHINESE_TESTS = ['test/engine/(badInput|credentialTest|errors|find|items|retries|tool|trigger\\w*)\\.test'];

/**
 * Runs jest in a process of its own.
 *
 * @param {string} name - under which the results are kept
 * @param {string[]} args - for jest
 * @param {NodeJS.ProcessEnv} [env] - besides the present environment
 * @returns {Promise<number>} jest's exit code
 */
async function jest(name, args, env = {}) {
	const { ended } = startOwned(process.execPath, [JEST, '--json', `--outputFile=${resultsFile(name)}`, ...args], {
		cwd: repositoryRoot,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const code = await ended;
	return typeof code === 'number' ? code : 1;
}

/**
 * `npm test`: sets everything up, then runs all tests with the coverage gate, some of the engine's on the Chinese package, and the engine's
 * on the oldest n8n that is supported. `npm test -- <jest's arguments>` runs only those.
 */
async function test() {
	await mkdir(resultsFolder, { recursive: true });
	const args = process.argv.slice(2);
	if (args.length > 0) return await jest('chosen', args);
	const code = await jest('all', ['--coverage', '--coverageReporters=text-summary', '--coverageReporters=lcov']);
	process.stderr.write('\nTests of requests, messages and events again, on the Chinese package:\n');
	const built = startOwned(process.execPath, ['scripts/build-zh.mjs'], {
		cwd: repositoryRoot,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	if ((await built.ended) !== 0) return 1;
	const inChinese = await jest('chinese', CHINESE_TESTS, { LAIGU_PACKAGE: 'zh' });
	process.stderr.write('\nThe engine tests again, on n8n-core and n8n-workflow of n8n 1.123:\n');
	return (await jest('old-line', ['test/engine'], { LAIGU_N8N_LINE: '1' })) || inChinese || code;
}

await runMain(test);
