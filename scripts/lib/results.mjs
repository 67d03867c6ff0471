import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from './paths.mjs';

/** Where test runs leave their results for whoever adds them up: inside node_modules, so that they vanish with it, and in no package. */
export const resultsFolder = join(repositoryRoot, 'node_modules', '.cache', 'n8n-nodes-laigu', 'results');

/** The file with the results of one run. */
export const resultsFile = (name) => join(resultsFolder, `${name}.json`);

/**
 * How many tests of a jest run passed and failed. A file that could not even be loaded counts as one that failed.
 *
 * @param {string} name - the run's
 * @returns {Promise<{ passed: number, failed: number }>} one failed where there are no results
 */
export async function readResults(name) {
	try {
		const results = JSON.parse(await readFile(resultsFile(name), 'utf8'));
		return {
			passed: results.numPassedTests,
			failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
		};
	} catch {
		return { passed: 0, failed: 1 };
	}
}
