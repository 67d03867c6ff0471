import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../scripts/lib/errors.mjs';
import { lastLines } from '../../scripts/lib/log-file.mjs';

/**
 * Waits until a program that was just started is ready. One that ends or is not ready in time is stopped.
 *
 * @param {string} name - for the message
 * @param {{ ended: Promise<number | string>, stop: (graceMs?: number) => Promise<void>, look: () => Promise<boolean>, logFile: string, timeoutMs?: number }} program -
 *   `look`: whether it is ready now
 * @returns {Promise<void>}
 * @throws {UserError} when it does not come up: why, the end of its log and the log's path
 */
export async function untilReady(name, { ended, stop, look, logFile, timeoutMs = 120_000 }) {
	let fault;
	const watching = ended.then(
		(code) => (fault = `it ended with ${code}`),
		(error) => (fault = `it could not be started (${error.message})`),
	);
	for (const since = Date.now(); !(await look()); await Promise.race([watching, sleep(100)])) {
		if (!fault && Date.now() - since > timeoutMs) fault = `it was not ready within ${timeoutMs / 1000} s`;
		if (!fault) continue;
		await stop(2_000);
		throw new UserError(`${name} did not come up: ${fault}.`, {
			logFile,
			tail: lastLines(await readFile(logFile, 'utf8'), 20),
		});
	}
}
