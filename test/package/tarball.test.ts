import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { releasedVersions } from '../../scripts/lib/changelog.mjs';
import { pack, ROOT } from './tarball';
import type { Tarball } from './tarball';

/** All that may be published. Anything else in the tarball is there by accident. */
const ALLOWED = [
	/^package\.json$/,
	/^README\.md$/,
	/^LICENSE$/,
	/^index\.js$/,
	/^dist\/credentials\/\w+\.credentials\.js$/,
	/^dist\/nodes\/Laigu\/(\w+\/)*\w+(\.(node|conversation|customer|event|report))?\.js$/,
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

// The aim is 64 kB. It is missed for the sake of the finder of contacts in messages, and of the poll trigger that keeps its progress.
test('the tarball is under 107 kB packed', () => {
	expect(tarball.size).toBeLessThan(107_000);
});

interface Manifest {
	name: string;
	version: string;
	main: string;
	n8n: { nodes: string[]; credentials: string[] };
}
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Manifest;

test('every file that package.json names is in it, with its license and its README', () => {
	const { n8n, main } = manifest;
	const files = tarball.files.map((file) => file.path);
	expect(files).toEqual(expect.arrayContaining([...n8n.nodes, ...n8n.credentials, main, 'LICENSE', 'README.md']));
});

test('no source, no source map and no test is in it', () => {
	const files = tarball.files.map((file) => file.path);
	expect(
		files.filter((file) => /\.(ts|map|tsbuildinfo)$|(^|\/)(test|examples|docs|bench|scripts)\//.test(file)),
	).toEqual([]);
});

test('its version is the newest of the change log, and the one that the lock and the documents name', () => {
	const { name, version } = manifest;
	const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
	const lock = JSON.parse(read('package-lock.json')) as {
		version: string;
		packages: Record<string, { version: string }>;
	};
	expect(tarball.filename).toBe(`${name}-${version}.tgz`);
	expect([lock.version, lock.packages[''].version]).toEqual([version, version]);
	expect(releasedVersions(read('CHANGELOG.md'))[0].version).toBe(version);
	const documents = ['README.md', ...readdirSync(path.join(ROOT, 'docs')).map((file) => `docs/${file}`)];
	const named = documents
		.filter((file) => file.endsWith('.md'))
		.flatMap((file) =>
			[...read(file).matchAll(/n8n-nodes-laigu-(\d+\.\d+\.\d+)\.tgz/g)].map((match) => `${file}: ${match[1]}`),
		);
	expect(named.length).toBeGreaterThan(0);
	expect(named.filter((found) => !found.endsWith(`: ${version}`))).toEqual([]);
	expect(read('README.md')).toMatch(new RegExp(`^\\| ${version} +\\|`, 'm'));
});

test('there are no runtime dependencies, and n8n-workflow is the only peer', () => {
	const fields = { ...manifest } as Record<string, unknown>;
	expect(fields.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	for (const field of ['dependencies', 'optionalDependencies', 'bundledDependencies', 'overrides'])
		expect(fields[field]).toBeUndefined();
	const scripts = Object.keys(fields.scripts as object);
	expect(scripts.filter((name) => /^(pre|post)?install$|^prepare$|^(pre|post)pack$/.test(name))).toEqual([]);
});

test('package.json says what n8n and npm ask of a published package', () => {
	const fields = { ...manifest } as Record<string, unknown>;
	expect(fields).toMatchObject({
		license: 'MIT',
		homepage: expect.stringMatching(/^https:\/\//) as string,
		repository: {
			type: 'git',
			url: expect.stringMatching(/^git\+https:\/\/github\.com\/[^/]+\/[^/]+\.git$/) as string,
		},
		// npm refuses to publish it from anywhere but a workflow that can prove where it was built
		publishConfig: { access: 'public', provenance: true },
		files: ['dist'],
	});
	expect(fields.keywords).toContain('n8n-community-node-package');
	expect(fields.private).toBeUndefined();
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
});
