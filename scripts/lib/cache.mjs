import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { removeFolder } from './disk.mjs';
import { acquireLock } from './lock.mjs';

const MARKER = '.complete.json';

/**
 * Whether a folder of the cache was filled to its end.
 *
 * @param {string} folder
 * @returns {boolean}
 */
export const isComplete = (folder) => existsSync(join(folder, MARKER));

/**
 * Fills a folder of the cache once. It is filled under another name and renamed when it is complete, so that an
 * interrupted run leaves nothing half-done behind; what such a run has left is removed. Two runs at once: the second waits
 * and finds the work done.
 *
 * @param {string} folder
 * @param {(workFolder: string) => Promise<void>} fill - fills the (empty, existing) work folder; what it throws is passed on
 * @param {{ report?: (detail: string) => void }} [options] - `report` is told when another process is at it
 * @returns {Promise<string>} `folder`, complete
 */
export async function provide(folder, fill, { report = () => {} } = {}) {
	if (isComplete(folder)) return folder;
	const release = await acquireLock(`${folder}.lock`, {
		onWait: ({ pid }) => report(`waiting for another start (process ${pid}) that is doing this already`),
	});
	try {
		if (!isComplete(folder)) await fillAnew(folder, fill);
	} finally {
		await release();
	}
	return folder;
}

async function fillAnew(folder, fill) {
	await removeLeftovers(folder);
	const work = `${folder}.partial-${process.pid}`;
	await mkdir(work, { recursive: true });
	try {
		await fill(work);
		await writeFile(join(work, MARKER), `${JSON.stringify({ completed: new Date().toISOString() })}\n`);
		await rename(work, folder);
	} catch (error) {
		await removeFolder(work);
		throw error;
	}
}

async function removeLeftovers(folder) {
	const beside = await readdir(dirname(folder));
	const old = beside.filter((name) => name === basename(folder) || name.startsWith(`${basename(folder)}.partial-`));
	await Promise.all(old.map((name) => removeFolder(join(dirname(folder), name))));
}
