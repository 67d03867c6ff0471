import { hash } from 'node:crypto';
import { join } from 'node:path';
import { removeFolder } from '../lib/disk.mjs';
import { UserError } from '../lib/errors.mjs';
import { onEnd } from '../lib/lifecycle.mjs';
import { acquireLock, tryLock } from '../lib/lock.mjs';
import { cacheRoot, repositoryRoot } from '../lib/paths.mjs';
import { choosePort } from '../lib/ports.mjs';

const N8N = { purpose: 'n8n', flag: '--port', fallback: 5678 };
const SIMULATOR = { purpose: 'the Laigu simulator', flag: '--simulator-port', fallback: 8787 };

/**
 * @typedef {object} Ports
 * @property {number} port - n8n's
 * @property {number} simulatorPort
 * @property {string[]} notes - what a person should know: that another port than usual was chosen
 */

/**
 * @typedef {object} Workspace
 * @property {string} folder - this checkout's own n8n: its database, log files and the CSV file
 * @property {() => Promise<Ports>} choosePorts - to be called when they are needed: minutes may pass until then
 */

/**
 * Reserves this checkout's n8n folder for one start alone. `--once` has a folder of its own, in which nobody edits workflows,
 * so that it may run beside an open editor.
 *
 * @param {import('./options.mjs').StartOptions} options
 * @returns {Promise<Workspace>}
 * @throws {UserError} when another start of this checkout is open, or a requested port cannot be had
 */
export async function openWorkspace({ once, reset, port, simulatorPort }) {
	const folder = join(cacheRoot(), once ? 'once' : 'start', hash('sha256', repositoryRoot).slice(0, 12));
	onEnd(await (once ? waitForLock : takeLock)(`${folder}.lock`));
	if (port !== undefined) await choosePort({ ...N8N, requested: port });
	if (simulatorPort !== undefined) await choosePort({ ...SIMULATOR, requested: simulatorPort });
	if (reset) await removeFolder(folder);
	return { folder, choosePorts: () => choosePorts({ port, simulatorPort }) };
}

async function choosePorts({ port, simulatorPort }) {
	const n8n = await choosePort({ ...N8N, requested: port, taken: [simulatorPort] });
	const simulator = await choosePort({ ...SIMULATOR, requested: simulatorPort, taken: [n8n.port] });
	const notes = [movedNote(N8N, n8n), movedNote(SIMULATOR, simulator)].filter(Boolean);
	return { port: n8n.port, simulatorPort: simulator.port, notes };
}

async function takeLock(file) {
	const { release, heldBy } = await tryLock(file);
	if (release) return release;
	throw new UserError(
		`This checkout's n8n is open already (process ${heldBy}).\nEnd that one with Ctrl-C first, or use "npm start -- --once", which runs beside it.`,
	);
}

async function waitForLock(file) {
	const tell = ({ pid }) =>
		process.stdout.write(`Waiting for another "npm start -- --once" of this checkout (process ${pid}) …\n`);
	return await acquireLock(file, { onWait: tell });
}

function movedNote({ purpose, fallback }, { port, moved }) {
	return moved ? `Port ${fallback} is in use: ${purpose} takes ${port} instead.` : '';
}
