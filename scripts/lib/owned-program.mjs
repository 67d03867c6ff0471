import { fileURLToPath } from 'node:url';
import { startOwned } from './owned-process.mjs';

const GUARDIAN = fileURLToPath(new URL('./guardian.mjs', import.meta.url));

/** How long a program may take to end in good order once this process is gone and nobody waits for it. */
const GRACE_MS = 8_000;

/**
 * Starts a program that is not Node and that ends with this one, whatever way this one ends. A small Node process (guardian.mjs) stands between
 * them, for the program itself would not notice.
 *
 * @param {string} file - the program
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, stdio: [any, any, any], user?: { uid: number, gid: number }, stopSignal?: NodeJS.Signals }} options -
 *   `user`: whom it runs as, ours if not given; `stopSignal`: what makes it end in good order, SIGTERM if not given
 * @returns {ReturnType<typeof startOwned>} `child` is the guardian; `ended` gives the program's exit code, 127 when it could not be started
 */
export function startOwnedProgram(file, args, { user = {}, stopSignal = 'SIGTERM', ...options }) {
	const order = { file, args, uid: user.uid, gid: user.gid, stopSignal, graceMs: GRACE_MS };
	return startOwned(process.execPath, [GUARDIAN, JSON.stringify(order)], options);
}
