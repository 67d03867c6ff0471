import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onEnd } from './lifecycle.mjs';

const EXIT_WITH_PARENT = fileURLToPath(new URL('./exit-with-parent.cjs', import.meta.url));
const ownGroup = process.platform !== 'win32';

/**
 * Starts a Node program that ends with this one, whatever way this one ends. It leads a process group of its own, so that
 * Ctrl-C in the terminal reaches it only through us, and so that it can be ended together with what it has started, by its id.
 *
 * @param {string} node - which Node
 * @param {string[]} args - the program and its arguments
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, stdio: [any, any, any] }} options - as for `spawn`
 * @returns {{ child: import('node:child_process').ChildProcess, ended: Promise<number | string>, stop: (graceMs?: number) => Promise<void> }}
 *   `ended`: its exit code or the name of the signal that ended it; rejects when it could not be started.
 *   `stop` asks it to end (SIGTERM), ends it by force after `graceMs` (default 10 s), and resolves when it has ended
 */
export function startOwned(node, args, { stdio, ...options }) {
	const child = spawn(node, ['--require', EXIT_WITH_PARENT, ...args], {
		...options,
		stdio: [...stdio, 'ipc'],
		detached: ownGroup,
	});
	child.channel?.unref();
	const ended = new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, signal) => resolve(code ?? signal));
	});
	ended.catch(() => {});

	async function stop(graceMs = 10_000) {
		if (!hasEnded(child)) {
			signalChild(child, 'SIGTERM');
			await Promise.race([ended.catch(() => {}), sleep(graceMs, undefined, { ref: false })]);
		}
		signalGroup(child, 'SIGKILL');
		await ended.catch(() => {});
	}

	const forget = onEnd(() => stop());
	ended.catch(() => {}).then(forget);
	return { child, ended, stop };
}

const hasEnded = (child) => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

function signalChild(child, signal) {
	if (!hasEnded(child)) child.kill(signal);
}

/** Reaches the process and whatever it has left behind in its group; a group that is gone is fine. */
function signalGroup(child, signal) {
	if (child.pid === undefined) return;
	if (!ownGroup) return signalChild(child, signal);
	try {
		process.kill(-child.pid, signal);
	} catch (error) {
		if (error.code !== 'ESRCH') throw error;
	}
}
