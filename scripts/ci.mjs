import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { ensureNode } from './lib/node-runtime.mjs';
import { NODES } from './lib/nodes.mjs';
import { onEnd, runMain } from './lib/lifecycle.mjs';
import { startOwned } from './lib/owned-process.mjs';
import { repositoryRoot } from './lib/paths.mjs';
import { readResults, readTapResults, resultsFile, resultsFolder } from './lib/results.mjs';
import { formatDuration } from './lib/units.mjs';

/** The other Nodes that the package is for; the tests run on the machine's own one first. */
const OTHER_NODES = NODES.filter(({ version }) => version.split('.')[0] !== process.versions.node.split('.')[0]);

/** The test command of the README, just as a newcomer types it: it installs, builds, and runs the package checks and the scan as well. */
async function npmTest() {
	const child = spawn('npm', ['test'], {
		cwd: repositoryRoot,
		stdio: ['ignore', 'inherit', 'inherit'],
		shell: process.platform === 'win32',
	});
	onEnd(() => child.kill());
	const [code] = await once(child, 'exit');
	return code === 0;
}

async function script(name, ...args) {
	const { ended } = startOwned(process.execPath, [`scripts/${name}.mjs`, ...args], {
		cwd: repositoryRoot,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	return (await ended) === 0;
}

/** The tests that run the package's own code; the others check files and tools. As in .github/workflows/ci.yml. */
const WHAT_NODE_MATTERS_TO = ['test/engine', 'test/unit/(?!scripts|simulator)'];

/** A stage that passes or fails as a whole. */
const asOne = (isPassed) => ({ passed: isPassed ? 1 : 0, failed: isPassed ? 0 : 1, failures: [] });

/** A stage of test runs: what they counted, and one more failure where a run ended badly for a reason of its own (the coverage gate). */
function countedBy(isPassed, ...results) {
	const sum = (key) => results.reduce((total, result) => total + result[key], 0);
	return {
		passed: sum('passed'),
		failed: sum('failed') || (isPassed ? 0 : 1),
		failures: results.flatMap(({ failures }) => failures),
	};
}

async function onNode({ version, minimum }) {
	const { node } = await ensureNode({ version, minimum });
	const jest = [
		'node_modules/jest/bin/jest.js',
		'--json',
		`--outputFile=${resultsFile('node')}`,
		...WHAT_NODE_MATTERS_TO,
	];
	await rm(resultsFile('node'), { force: true });
	const { ended } = startOwned(node, jest, { cwd: repositoryRoot, stdio: ['ignore', 'ignore', 'inherit'] });
	return countedBy((await ended) === 0, await readResults('node'));
}

/** The runs of `npm test`, by the names of their results. */
const TEST_RUNS = ['all', 'chinese', 'old-line'];

const STAGES = [
	['npm test', async () => countedBy(await npmTest(), ...(await Promise.all(TEST_RUNS.map(readResults))))],
	['npm run lint', async () => asOne(await script('lint'))],
	...OTHER_NODES.map((node) => [`tests on Node ${node.version}`, () => onNode(node)]),
	['npm start -- --once', async () => asOne(await script('start', '--once'))],
	['npm run test:e2e', async () => countedBy(await script('e2e'), await readTapResults('e2e'))],
];

/** Everything that has to pass before a change lands. Runs every stage, whatever the first of them says, and adds up their tests. */
async function ci() {
	await rm(resultsFolder, { recursive: true, force: true });
	const total = { passed: 0, failed: 0 };
	const lines = [];
	for (const [name, stage] of STAGES) {
		const since = Date.now();
		console.log(`\n=== ${name}`);
		const { passed, failed, failures } = await stage().catch((error) => {
			console.error(error);
			return asOne(false);
		});
		total.passed += passed;
		total.failed += failed;
		lines.push(
			`${failed === 0 ? 'passed' : 'FAILED'}  ${name}: ${passed} passed, ${failed} failed, ${formatDuration(Date.now() - since)}`,
			...failures.map((failure) => `  - ${failure}`),
		);
	}
	console.log(`\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
	return total.failed === 0 ? 0 : 1;
}

await runMain(ci);
