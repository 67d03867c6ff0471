import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runMain } from './lib/lifecycle.mjs';
import { startOwned } from './lib/owned-process.mjs';
import { repositoryRoot } from './lib/paths.mjs';
import { resultsFolder, tapFile } from './lib/results.mjs';

/** Test files at once: each has its n8n, its folder and its ports to itself, and much of the time waits for them. */
const AT_ONCE = 2;

async function everyTestFile() {
	const names = await readdir(join(repositoryRoot, 'test/e2e'));
	return names.filter((name) => name.endsWith('.test.mjs')).map((name) => `test/e2e/${name}`);
}

/** `npm run test:e2e`: real n8n processes on loopback, two test files at once. `npm run test:e2e -- <file>` runs only that. */
async function e2e() {
	await mkdir(resultsFolder, { recursive: true });
	const chosen = process.argv.slice(2);
	const files = chosen.length > 0 ? chosen : await everyTestFile();
	const args = [
		'--test',
		`--test-concurrency=${AT_ONCE}`,
		'--test-reporter=spec',
		'--test-reporter-destination=stdout',
		'--test-reporter=tap',
		`--test-reporter-destination=${tapFile('e2e')}`,
		...files,
	];
	const { ended } = startOwned(process.execPath, args, {
		cwd: repositoryRoot,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const code = await ended;
	return typeof code === 'number' ? code : 1;
}

await runMain(e2e);
