import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, requireNode } from '../../../scripts/lib/setup.cjs';

describe('isInstalled', () => {
	let root: string;

	beforeEach(async () => {
		root = await mkdtemp(join(tmpdir(), 'laigu-setup-'));
		await mkdir(join(root, 'node_modules'));
		await write('package-lock.json', {
			'': {},
			'node_modules/a': { version: '1.0.0' },
			'node_modules/b': { version: '2.0.0', optional: true },
		});
	});

	afterEach(() => rm(root, { recursive: true, force: true }));

	const write = (path: string, packages: object) => writeFile(join(root, path), JSON.stringify({ packages }));
	const install = (packages: object) => write('node_modules/.package-lock.json', packages);

	it('is not, where nothing was installed, or npm did not come to its end', () => {
		expect(isInstalled(root)).toBe(false);
	});

	it.each([
		['another version than the locked one', { 'node_modules/a': { version: '0.9.0' } }, false],
		['a package less', {}, false],
		['all but what belongs to other platforms', { 'node_modules/a': { version: '1.0.0' } }, true],
		['a package more', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '1.0.0' } }, true],
	])('sees %s', async (_what, packages, expected) => {
		await install(packages);
		expect(isInstalled(root)).toBe(expected);
	});
});

describe('requireNode', () => {
	it.each(['20.19.0', '20.20.2', '22.0.0', '100.1.2'])('takes %s', (version) => {
		expect(() => requireNode(version)).not.toThrow();
	});

	it.each(['20.18.9', '20.9.0', '18.20.0', '4.9.1'])('refuses %s, and names both versions', (version) => {
		expect(() => requireNode(version)).toThrow(
			`Node.js 20.19 or newer is needed, and this is ${version}. Install a current version and start again.`,
		);
	});
});
