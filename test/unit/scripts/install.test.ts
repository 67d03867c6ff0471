import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashTree } from '../../../scripts/lib/hash.mjs';
import { findInstallGap } from '../../../scripts/lib/install.mjs';
import { isAtLeast, requireNode } from '../../../scripts/lib/node-version.mjs';
import { explainNpmLog, npmEnvironment } from '../../../scripts/lib/npm.mjs';

let root: string;

beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'laigu-install-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function writeLock(path: string, packages: object) {
	await writeFile(join(root, path), JSON.stringify({ packages }));
}

describe('findInstallGap', () => {
	const locked = {
		'': {},
		'node_modules/a': { version: '1.0.0' },
		'node_modules/b': { version: '2.0.0', optional: true },
	};

	beforeEach(() => writeLock('package-lock.json', locked));

	async function install(packages: object) {
		await mkdir(join(root, 'node_modules/a'), { recursive: true });
		await writeLock('node_modules/.package-lock.json', packages);
	}

	it('finds a fresh clone', async () => {
		expect(await findInstallGap(root)).toBe('first run');
	});

	it('finds an installation that did not finish', async () => {
		await mkdir(join(root, 'node_modules/a'), { recursive: true });
		expect(await findInstallGap(root)).toBe('an earlier installation did not finish');
	});

	it('finds another version than the locked one', async () => {
		await install({ 'node_modules/a': { version: '0.9.0' } });
		expect(await findInstallGap(root)).toBe('package-lock.json has changed');
	});

	it('finds a package that was removed', async () => {
		await install({ 'node_modules/a': { version: '1.0.0' } });
		await rm(join(root, 'node_modules/a'), { recursive: true });
		expect(await findInstallGap(root)).toBe('a package is missing');
	});

	it('finds nothing when all but optional packages are there', async () => {
		await install({ 'node_modules/a': { version: '1.0.0' } });
		expect(await findInstallGap(root)).toBeUndefined();
	});

	it('says so when there is no lock', async () => {
		await rm(join(root, 'package-lock.json'));
		await expect(findInstallGap(root)).rejects.toThrow('package-lock.json');
	});
});

describe('hashTree', () => {
	it('goes by names and contents, not by times', async () => {
		await mkdir(join(root, 'nodes'));
		await writeFile(join(root, 'nodes/a.ts'), 'one');
		const first = await hashTree(root, ['nodes', 'absent']);
		await writeFile(join(root, 'nodes/a.ts'), 'one');
		expect(await hashTree(root, ['absent', 'nodes'])).toBe(first);
		await writeFile(join(root, 'nodes/a.ts'), 'two');
		expect(await hashTree(root, ['nodes'])).not.toBe(first);
	});
});

describe('npm', () => {
	it.each([
		['npm error code ENOSPC', 'The disk is full'],
		['npm error code EAI_AGAIN\nnpm error request to … failed', 'could not reach its registry'],
		['npm error code E404', 'does not have a package'],
		['gyp ERR! find Python', 'C++ compiler'],
		['something else', ''],
	])('explains %j', (log, reason) => {
		expect(explainNpmLog(log)).toContain(reason);
	});

	it('hands down the registry and the proxy, but nothing of the script it was called from', () => {
		const env = npmEnvironment(
			{
				PATH: '/usr/bin',
				npm_config_registry: 'r',
				npm_config_ignore_scripts: 'true',
				npm_config_legacy_peer_deps: 'true',
				npm_package_name: 'x',
				npm_lifecycle_event: 'start',
				https_proxy: 'p',
			},
			'/node/bin',
		);
		expect(env).toMatchObject({ PATH: '/node/bin:/usr/bin', npm_config_registry: 'r', https_proxy: 'p' });
		expect(
			Object.keys(env).filter((name) => /ignore_scripts|legacy_peer|npm_package|npm_lifecycle/.test(name)),
		).toEqual([]);
	});
});

describe('Node versions', () => {
	it.each([
		['v20.20.2', '20.15', true],
		['20.15.0', '20.15', true],
		['20.9.0', '20.15', false],
		['18.20.0', '20', false],
		['24.0.0', '20.15', true],
	])('%s against %s', (version, minimum, expected) => {
		expect(isAtLeast(version, minimum)).toBe(expected);
	});

	it('names both versions when it is too old', async () => {
		await expect(requireNode('18.19.0')).rejects.toThrow(/Node\.js 20[\d.]* or newer is needed, and this is 18\.19\.0/);
	});
});
