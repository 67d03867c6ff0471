import { readFileSync } from 'node:fs';
import path from 'node:path';
import semver from 'semver';

import { ROOT } from './tarball';

interface Locked {
	version?: string;
	resolved?: string;
	integrity?: string;
	dependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
}

const text = readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8');
const { packages } = JSON.parse(text) as { packages: Record<string, Locked> };
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Locked;

/** What a package finds under a name: in its own node_modules, or in that of a folder above it. */
function find(folder: string, name: string): Locked | undefined {
	const found = packages[path.posix.join(folder, 'node_modules', name)];
	if (found || folder === '') return found;
	return find(folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0)), name);
}

/** What `npm ci` misses: it takes the packages of every platform into account, and installs nothing where one is not locked. */
function gapsOf([folder, { dependencies, devDependencies, optionalDependencies }]: [string, Locked]): string[] {
	const wanted = { ...dependencies, ...devDependencies, ...optionalDependencies };
	return Object.entries(wanted).flatMap(([name, range]) => {
		const version = find(folder, name)?.version;
		// an alias, "npm:<name>@<range>", and a tag or an address say of a version less than a range does
		const asked = range.replace(/^npm:.+@/, '');
		const fits = version !== undefined && (semver.validRange(asked) === null || semver.satisfies(version, asked));
		return fits ? [] : [`${folder || 'package.json'} wants ${name}@${range}, and finds ${version ?? 'none'}`];
	});
}

test('every package that one depends on is locked, also those of other platforms', () => {
	expect(Object.keys(packages).length).toBeGreaterThan(1_000);
	expect(Object.entries(packages).flatMap(gapsOf)).toEqual([]);
});

test('the lock is that of package.json', () => {
	expect(packages[''].devDependencies).toEqual(manifest.devDependencies);
	expect(packages[''].dependencies).toBeUndefined();
});

test('each package is locked by its content, and none to the registry that somebody happened to use', () => {
	const locked = Object.entries(packages).filter(([folder]) => folder !== '');
	expect(locked.filter(([, { integrity }]) => !integrity).map(([folder]) => folder)).toEqual([]);
	expect(locked.filter(([, { resolved }]) => resolved).map(([folder]) => folder)).toEqual([]);
	expect(text).not.toMatch(/https?:\/\/[^"]*registry|https?:\/\/[^"]*\.tgz/);
});
