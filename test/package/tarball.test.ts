import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { pack, ROOT } from './tarball';
import type { Tarball } from './tarball';

/** All that may be published. Anything else in the tarball is there by accident. */
const ALLOWED = [
	/^package\.json$/,
	/^README\.md$/,
	/^LICENSE$/,
	/^index\.js$/,
	/^dist\/credentials\/\w+\.credentials\.js$/,
	/^dist\/nodes\/Laigu\/(\w+\/)*\w+(\.node)?\.js$/,
	/^dist\/nodes\/Laigu\/\w+\.node\.json$/,
	/^dist\/nodes\/Laigu\/laigu(\.dark)?\.svg$/,
	/^dist\/nodes\/Laigu\/__schema__\/v1\.0\.0\/\w+\/\w+\.json$/,
];

/** What n8n provides to a package on every line that is supported. */
const PROVIDED = ['n8n-workflow', 'luxon', 'lodash', 'zod', 'crypto', 'node:crypto'];

let tarball: Tarball;

beforeAll(() => {
	tarball = pack();
});

test('the tarball holds what is meant to be published and nothing else', () => {
	const strange = tarball.files
		.map((file) => file.path)
		.filter((file) => !ALLOWED.some((allowed) => allowed.test(file)));
	expect(strange).toEqual([]);
});

test('the tarball is under 60 kB packed', () => {
	expect(tarball.size).toBeLessThan(60_000);
});

test('every file that package.json names is in it', () => {
	const { n8n, main } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
		main: string;
	};
	const files = tarball.files.map((file) => file.path);
	expect(files).toEqual(expect.arrayContaining([...n8n.nodes, ...n8n.credentials, main]));
});

test('there are no runtime dependencies, and n8n-workflow is the only peer', () => {
	const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	for (const field of ['dependencies', 'optionalDependencies', 'bundledDependencies', 'overrides'])
		expect(manifest[field]).toBeUndefined();
	const scripts = Object.keys(manifest.scripts as object);
	expect(scripts.filter((name) => /^(pre|post)?install$|^prepare$|^(pre|post)pack$/.test(name))).toEqual([]);
});

test('the built code imports nothing but what n8n provides', () => {
	const built = tarball.files.map((file) => file.path).filter((file) => /^dist\/.*\.js$/.test(file));
	const imported = built.flatMap((file) =>
		[...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/(?:require|import)\(["']([^"']+)["']\)/g)].map(
			(match) => match[1],
		),
	);
	const foreign = imported.filter((name) => !name.startsWith('.') && !PROVIDED.includes(name));
	expect(imported.length).toBeGreaterThan(50);
	expect(foreign).toEqual([]);
});

test("n8n's verification rules find nothing in the sources or in the tarball", () => {
	// in NODE_ENV=test, which jest sets, n8n's plugin takes every file for one of its own test cases
	const env = { ...process.env, NODE_ENV: 'production' };
	const output = execFileSync(process.execPath, ['scripts/scan.mjs', tarball.file], {
		cwd: ROOT,
		encoding: 'utf8',
		env,
	});
	expect(output.trim().split('\n')).toEqual(['source: passed', 'tarball: passed']);
}, 120_000);
