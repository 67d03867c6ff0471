import { describeError } from './errors.mjs';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** What has to be ended, in the order in which it was begun. @type {Set<() => unknown>} */
const cleanups = new Set();

let ending = false;

/**
 * Registers something that has to be ended whatever way the script ends: normally, by an error, or by a signal.
 *
 * @param {() => unknown} cleanup - may be asynchronous; what it throws is ignored
 * @returns {() => void} takes the registration back
 */
export function onEnd(cleanup) {
	cleanups.add(cleanup);
	return () => cleanups.delete(cleanup);
}

/**
 * Runs a script's main function and ends the process: ends what was registered with `onEnd` whatever way it goes, and shows
 * what it throws. A signal ends it with 128 + the signal's number.
 *
 * @param {() => Promise<number | void>} main - its number becomes the exit code; nothing means 0
 * @returns {Promise<void>} never throws
 */
export async function runMain(main) {
	for (const [signal, code] of Object.entries(SIGNALS)) {
		process.on(signal, async () => {
			if (ending) return;
			ending = true;
			process.stdout.write('\nStopping …\n');
			await endAll();
			process.exit(code);
		});
	}
	let code = 0;
	try {
		code = (await main()) ?? 0;
	} catch (error) {
		// what is being ended on purpose complains that it has ended
		if (!ending) process.stderr.write(`\n${describeError(error)}\n`);
		code = 1;
	}
	if (ending) return;
	ending = true;
	await endAll();
	process.exit(code);
}

/** Ends everything, the latest first. */
async function endAll() {
	for (const cleanup of [...cleanups].reverse()) {
		cleanups.delete(cleanup);
		try {
			await cleanup();
		} catch {
			// the others have to be ended, too
		}
	}
}
