import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 5_000;
const STALE_AFTER_MS = 60_000;

/**
 * Takes a lock shared by all processes of this machine, waiting while another one holds it. A lock whose process has ended,
 * or which has not been renewed for a minute, is taken over.
 *
 * @param {string} file - the lock file; its folder is made when it does not exist
 * @param {{ onWait?: (holder: { pid: number | undefined }) => void }} [options] - `onWait` is told once that there is a holder
 * @returns {Promise<() => Promise<void>>} gives the lock back
 * @throws when the file cannot be written
 */
export async function acquireLock(file, { onWait } = {}) {
	for (let told = false; ; told = true) {
		const { release, heldBy } = await tryLock(file);
		if (release) return release;
		if (!told) onWait?.({ pid: heldBy });
		await sleep(500);
	}
}

/**
 * Takes a lock as `acquireLock` does, or says at once who holds it.
 *
 * @param {string} file
 * @returns {Promise<{ release?: () => Promise<void>, heldBy?: number }>} `release`: gives the lock back; `heldBy`: the process
 *   that holds it, undefined while that is still writing it
 * @throws when the file cannot be written
 */
export async function tryLock(file) {
	await mkdir(dirname(file), { recursive: true });
	const token = randomUUID();
	for (;;) {
		if (await create(file, JSON.stringify({ pid: process.pid, token }))) return { release: hold(file, token) };
		const holder = await readHolder(file);
		if (holder && !holder.stale) return { heldBy: holder.pid };
		if (holder) await takeAway(file, holder.token);
	}
}

async function create(file, content) {
	try {
		await writeFile(file, content, { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code === 'EEXIST') return false;
		throw error;
	}
}

function hold(file, token) {
	const heartbeat = setInterval(() => utimes(file, new Date(), new Date()).catch(() => {}), HEARTBEAT_MS);
	heartbeat.unref();
	return async () => {
		clearInterval(heartbeat);
		if ((await readHolder(file))?.token === token) await rm(file, { force: true });
	};
}

/** Who holds the lock; undefined when it has just been given back. A file that is still being written counts as held. */
async function readHolder(file) {
	try {
		const [{ mtimeMs }, text] = await Promise.all([stat(file), readFile(file, 'utf8')]);
		const silent = Date.now() - mtimeMs > STALE_AFTER_MS;
		const { pid, token } = parse(text);
		return { pid, token, stale: silent || (pid !== undefined && !isRunning(pid)) };
	} catch (error) {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	}
}

function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return {};
	}
}

function isRunning(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/** Moves a stale lock aside; puts it back when it turns out that another process had taken it over in the meantime. */
async function takeAway(file, staleToken) {
	const aside = `${file}.${randomUUID()}`;
	try {
		await rename(file, aside);
	} catch (error) {
		if (error.code === 'ENOENT') return;
		throw error;
	}
	const { token } = parse(await readFile(aside, 'utf8'));
	if (token === staleToken) await rm(aside, { force: true });
	else await rename(aside, file);
}
