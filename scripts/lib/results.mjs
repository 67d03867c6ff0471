import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { repositoryRoot } from './paths.mjs';

/** Where test runs leave their results for whoever adds them up: inside node_modules, so that they vanish with it, and in no package. */
export const resultsFolder = join(repositoryRoot, 'node_modules', '.cache', 'n8n-nodes-laigu', 'results');

/** The file with the results of one run of jest. */
export const resultsFile = (name) => join(resultsFolder, `${name}.json`);

/** The file with the results of one run of Node's own test runner. */
export const tapFile = (name) => join(resultsFolder, `${name}.tap`);

/**
 * What a run of tests came to. A file that could not even be loaded counts as one test that failed.
 *
 * @typedef {{ passed: number, failed: number, failures: string[] }} Results - `failures`: the names of the tests that failed
 */

/**
 * What jest's JSON report tells.
 *
 * @returns {Results}
 */
export const fromJest = ({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults }) => ({
	passed: numPassedTests,
	failed: numFailedTests + numRuntimeErrorTestSuites,
	failures: testResults.flatMap(({ name, status, assertionResults }) => {
		const failed = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName);
		if (failed.length === 0 && status === 'failed') failed.push('could not be run');
		return failed.map((test) => `${relative(repositoryRoot, name)}: ${test}`);
	}),
});

/**
 * What a TAP report of Node's test runner closes with. A suite that fails for one of its tests is not named beside it.
 *
 * @param {string} tap
 * @returns {Results}
 */
export function fromTap(tap) {
	const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
	const failed = [...tap.matchAll(/^ *not ok \d+ - (.*)\n *---\n((?: .*\n)*?) *\.\.\.$/gm)];
	return {
		passed: count('pass'),
		failed: count('fail') + count('cancelled'),
		failures: failed.filter(([, , details]) => !details.includes("'subtestsFailed'")).map(([, name]) => name),
	};
}

/**
 * Reads the results that a run has left.
 *
 * @param {string} name - the run's
 * @returns {Promise<Results>} one failed where there are none
 */
export async function readResults(name) {
	try {
		return fromJest(JSON.parse(await readFile(resultsFile(name), 'utf8')));
	} catch {
		return { passed: 0, failed: 1, failures: [`${name}: no results`] };
	}
}

/**
 * The same of a run of Node's own test runner, which reports in TAP.
 *
 * @param {string} name - the run's
 * @returns {Promise<Results>} one failed where there are none
 */
export async function readTapResults(name) {
	try {
		return fromTap(await readFile(tapFile(name), 'utf8'));
	} catch {
		return { passed: 0, failed: 1, failures: [`${name}: no results`] };
	}
}
