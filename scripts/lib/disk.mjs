import { lstat, readdir, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from './errors.mjs';
import { formatBytes } from './units.mjs';

/**
 * Free space for this user where a folder is, or will be.
 *
 * @param {string} folder - need not exist yet
 * @returns {Promise<number>} bytes
 * @throws when not even the root of the path can be read
 */
export async function freeBytes(folder) {
	try {
		const { bavail, bsize } = await statfs(folder);
		return bavail * bsize;
	} catch (error) {
		if (error.code !== 'ENOENT' || dirname(folder) === folder) throw error;
		return await freeBytes(dirname(folder));
	}
}

/**
 * Refuses to begin something that would run out of space half-way.
 *
 * @param {string} folder - where it will be written
 * @param {number} bytes - how much is needed
 * @param {string} purpose - what for, as it reads after "needed for"
 * @param {string} [wayOut] - how to put it elsewhere
 * @throws {UserError} when less than that is free
 */
export async function requireFreeSpace(folder, bytes, purpose, wayOut = '') {
	const free = await freeBytes(folder);
	if (free >= bytes) return;
	throw new UserError(
		`Not enough disk space: ${formatBytes(bytes)} are needed for ${purpose}, and ${formatBytes(free)} are free in ${folder}.\nFree some space and start again.${wayOut ? ` ${wayOut}` : ''}`,
	);
}

/**
 * Removes a folder with everything in it, also while a process that is just ending still writes into it.
 *
 * @param {string} folder - need not exist
 * @returns {Promise<void>}
 * @throws when it cannot be removed within some seconds
 */
export async function removeFolder(folder) {
	await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/**
 * The size of a folder's files, symbolic links not followed. Files that vanish while it is read are left out.
 *
 * @param {string} folder
 * @returns {Promise<number>} bytes; 0 for a folder that does not exist
 */
export async function folderBytes(folder) {
	let total = 0;
	const waiting = [folder];
	while (waiting.length > 0) {
		const current = waiting.pop();
		const entries = await readdir(current, { withFileTypes: true }).catch(() => []);
		const sizes = entries.map(async (entry) => {
			const path = join(current, entry.name);
			if (entry.isDirectory()) waiting.push(path);
			return entry.isFile() ? (await lstat(path).catch(() => ({ size: 0 }))).size : 0;
		});
		for (const size of await Promise.all(sizes)) total += size;
	}
	return total;
}

/**
 * Reports a growing folder's size until it is told to stop. Looks rarely enough not to slow down what fills the folder.
 *
 * @param {string} folder
 * @param {(bytes: number) => void} onSize
 * @returns {() => void} stops it
 */
export function watchFolderSize(folder, onSize) {
	let timer;
	let stopped = false;
	const look = async () => {
		const since = Date.now();
		const bytes = await folderBytes(folder);
		if (stopped) return;
		onSize(bytes);
		timer = setTimeout(look, Math.max(3000, 10 * (Date.now() - since)));
	};
	timer = setTimeout(look, 1000);
	return () => {
		stopped = true;
		clearTimeout(timer);
	};
}
