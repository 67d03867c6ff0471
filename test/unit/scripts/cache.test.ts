import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isComplete, provide } from '../../../scripts/lib/cache.mjs';
import { acquireLock, tryLock } from '../../../scripts/lib/lock.mjs';

const NO_PROCESS = 2 ** 22 + 1;
let root: string;

beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'laigu-cache-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

const fillWith = (text: string) => (folder: string) => writeFile(join(folder, 'file'), text);

describe('provide', () => {
	it('fills a folder once', async () => {
		const folder = join(root, 'thing');
		await provide(folder, fillWith('first'));
		await provide(folder, fillWith('second'));
		expect(await readFile(join(folder, 'file'), 'utf8')).toBe('first');
		expect(isComplete(folder)).toBe(true);
	});

	it('leaves nothing behind when filling fails, and begins anew the next time', async () => {
		const folder = join(root, 'thing');
		await expect(provide(folder, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
		expect(await readdir(root)).toEqual([]);
		await provide(folder, fillWith('second try'));
		expect(isComplete(folder)).toBe(true);
	});

	it('removes what an interrupted run has left', async () => {
		const folder = join(root, 'thing');
		await mkdir(join(root, 'thing.partial-1'));
		await mkdir(folder);
		await writeFile(join(folder, 'half'), '');
		await provide(folder, fillWith('whole'));
		expect(await readdir(root)).toEqual(['thing']);
		expect(await readdir(folder)).not.toContain('half');
	});

	it('is done once by two that want it at the same time', async () => {
		const folder = join(root, 'thing');
		let fills = 0;
		const fill = async (work: string) => {
			fills += 1;
			await fillWith('once')(work);
		};
		await Promise.all([provide(folder, fill), provide(folder, fill)]);
		expect(fills).toBe(1);
	});
});

describe('locks', () => {
	const file = () => join(root, 'a', 'lock');

	async function expectFree() {
		const { release, heldBy } = await tryLock(file());
		expect(heldBy).toBeUndefined();
		await release?.();
		expect(await readdir(join(root, 'a'))).toEqual([]);
	}

	async function leaveLock(content: object, ageSeconds = 0) {
		await mkdir(join(root, 'a'));
		await writeFile(file(), JSON.stringify(content));
		const time = new Date(Date.now() - ageSeconds * 1000);
		await utimes(file(), time, time);
	}

	it('tells who holds it, and can be had when given back', async () => {
		const release = await acquireLock(file());
		expect(await tryLock(file())).toEqual({ heldBy: process.pid });
		await release();
		await expectFree();
	});

	it('is waited for', async () => {
		const release = await acquireLock(file());
		const waits: unknown[] = [];
		const second = acquireLock(file(), { onWait: (holder) => waits.push(holder) });
		setTimeout(() => void release(), 700);
		await (
			await second
		)();
		expect(waits).toEqual([{ pid: process.pid }]);
	});

	it('is taken over from a process that has ended', async () => {
		await leaveLock({ pid: NO_PROCESS, token: 'old' });
		await expectFree();
	});

	it('is taken over when it was not renewed for long, whatever process has that number now', async () => {
		await leaveLock({ pid: process.pid, token: 'old' }, 120);
		await expectFree();
	});
});
