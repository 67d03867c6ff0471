import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installWithApt } from '../../../scripts/lib/apt.mjs';
import { ensurePrograms } from '../../../scripts/lib/debian.mjs';

let root: string;
let cache: string | undefined;

beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'laigu-debian-'));
	cache = process.env.LAIGU_LAB_CACHE;
	process.env.LAIGU_LAB_CACHE = join(root, 'cache');
});

afterEach(async () => {
	if (cache === undefined) delete process.env.LAIGU_LAB_CACHE;
	else process.env.LAIGU_LAB_CACHE = cache;
	await rm(root, { recursive: true, force: true });
});

describe('ensurePrograms', () => {
	const programs = () => ({
		server: { files: [join(root, 'server-18'), join(root, 'server-17')], packages: ['server', 'server-data'] },
		font: { files: [join(root, 'font')], packages: ['font'] },
	});

	/** Brings some of the programs, and keeps what it was asked for. */
	function installer(...brings: string[]) {
		const asked: string[][] = [];
		const install = async (packages: string[]) => {
			asked.push(packages);
			for (const name of brings) await writeFile(join(root, name), '');
		};
		return { asked, install };
	}

	it('gives what is there, the best first, and installs nothing', async () => {
		for (const name of ['server-17', 'server-18', 'font']) await writeFile(join(root, name), '');
		const { asked, install } = installer();
		expect(await ensurePrograms(['server', 'font'], { programs: programs(), install })).toEqual({
			server: join(root, 'server-18'),
			font: join(root, 'font'),
		});
		expect(asked).toEqual([]);
	});

	it('installs only what is missing and wanted', async () => {
		await writeFile(join(root, 'font'), '');
		const { asked, install } = installer('server-17');
		expect(await ensurePrograms(['font'], { programs: programs(), install })).toEqual({ font: join(root, 'font') });
		expect(await ensurePrograms(['server', 'font'], { programs: programs(), install })).toMatchObject({
			server: join(root, 'server-17'),
		});
		expect(asked).toEqual([['server', 'server-data']]);
	});

	it('installs once for two that want it at the same time', async () => {
		const { asked, install } = installer('server-17');
		const options = { programs: programs(), install };
		await Promise.all([ensurePrograms(['server'], options), ensurePrograms(['server'], options)]);
		expect(asked).toHaveLength(1);
	});

	it('says what was looked for when a package did not bring it', async () => {
		const { install } = installer();
		await expect(ensurePrograms(['font'], { programs: programs(), install })).rejects.toThrow(
			`font is installed, but none of its files is there: ${join(root, 'font')}.`,
		);
	});
});

describe('installWithApt', () => {
	/** A program in the place of apt-get, which writes down how it was called. */
	async function fakeApt(lastLine: string) {
		const apt = join(root, 'apt-get');
		await writeFile(apt, `#!/bin/sh\necho "$@ $DEBIAN_FRONTEND" >> ${join(root, 'calls')}\necho "$1"\n${lastLine}\n`);
		await chmod(apt, 0o755);
		return { apt, isRoot: true, logFile: join(root, 'logs', 'apt.log') };
	}

	it('brings the lists up to date and installs without asking', async () => {
		const options = await fakeApt('exit 0');
		const reports: string[] = [];
		await installWithApt(['a', 'b'], { ...options, report: (detail) => reports.push(detail) });
		expect(await readFile(join(root, 'calls'), 'utf8')).toBe(
			'update noninteractive\ninstall --yes -o DPkg::Lock::Timeout=600 --no-install-recommends a b noninteractive\n',
		);
		expect(reports).toEqual([
			'apt-get update',
			'apt-get install --yes -o DPkg::Lock::Timeout=600 --no-install-recommends a b',
		]);
		expect(await readFile(options.logFile, 'utf8')).toBe('update\ninstall\n');
	});

	it("ends with apt's own words and the command to type when apt fails", async () => {
		const options = await fakeApt('[ "$1" = install ] && echo "E: disk full" && exit 100; exit 0');
		await expect(installWithApt(['a'], options)).rejects.toMatchObject({
			message: 'apt-get install ended with 100. Install by hand: apt-get install a',
			tail: expect.stringContaining('E: disk full') as string,
			logFile: options.logFile,
		});
	});

	it.each([
		['a user who may not install', { isRoot: false, apt: '/bin/true' }],
		['a system without apt', { isRoot: true, apt: '/nowhere/apt-get' }],
	])('tells %s what to type', async (_, options) => {
		await expect(installWithApt(['a', 'b'], { ...options, logFile: join(root, 'log') })).rejects.toThrow(
			'type: sudo apt-get install a b',
		);
	});
});
