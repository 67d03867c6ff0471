import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { releasedVersions, releaseNotes } from '../../../scripts/lib/changelog.mjs';

const changelog = `# Changelog

Words before.

## [Unreleased]

- Not out yet

## [1.1.0] - 2026-12-31

### Added

- Something new

## [1.0.0] - 2026-11-22

The first version.

[Unreleased]: https://example.com/compare
[1.0.0]: https://example.com/1.0.0
`;

const files = { manifestVersion: '1.1.0', lockVersion: '1.1.0', changelog, home: 'https://example.com/laigu' };

test('the released versions of a change log, without what is not out and without its links', () => {
	expect(releasedVersions(changelog)).toEqual([
		{ version: '1.1.0', date: '2026-12-31', text: '### Added\n\n- Something new' },
		{ version: '1.0.0', date: '2026-11-22', text: 'The first version.' },
	]);
	expect(releasedVersions('# Changelog\n\n## [Unreleased]\n\n- A\n')).toEqual([]);
	expect(releasedVersions('## [2.0.0] - 2027-01-01\n\n- Last line without a break')[0].text).toBe(
		'- Last line without a break',
	);
});

test('the notes of a release are the section of its version', () => {
	expect(releaseNotes('v1.1.0', files)).toBe('### Added\n\n- Something new');
});

test('links of a release lead to the files of its tag', () => {
	const linked = changelog.replace(
		'Something new',
		'A [page](docs/a.md#b), a [chapter](#c) and [npm](https://npmjs.com)',
	);
	expect(releaseNotes('v1.1.0', { ...files, changelog: linked })).toBe(
		'### Added\n\n- A [page](https://example.com/laigu/blob/v1.1.0/docs/a.md#b), a [chapter](#c) and [npm](https://npmjs.com)',
	);
});

test.each([
	['another tag', 'v1.2.0', files],
	['a tag without v', '1.1.0', files],
	['an older version', 'v1.0.0', { ...files, manifestVersion: '1.0.0', lockVersion: '1.0.0' }],
	['another package.json', 'v1.1.0', { ...files, manifestVersion: '1.0.9' }],
	['another package-lock.json', 'v1.1.0', { ...files, lockVersion: '1.0.9' }],
	['a change log without a released version', 'v1.1.0', { ...files, changelog: '## [Unreleased]\n\n- A\n' }],
])('%s is refused, and the message shows what each says', (_name, tag, said) => {
	expect(() => releaseNotes(tag, said)).toThrow(
		new RegExp(`the tag: ${tag.replace('v', '')}\npackage.json: ${said.manifestVersion}\npackage-lock.json: `),
	);
});

test('a version about which the change log says nothing is refused', () => {
	const silent = '## [1.1.0] - 2026-12-31\n\n## [1.0.0] - 2026-11-22\n\n- A\n';
	expect(() => releaseNotes('v1.1.0', { ...files, changelog: silent })).toThrow(
		'CHANGELOG.md says nothing about 1.1.0.',
	);
});

test("the script gives the notes of this repository's own version", () => {
	const root = join(__dirname, '../../..');
	const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
	const notes = execFileSync(process.execPath, ['scripts/release-notes.mjs', `v${version}`], {
		cwd: root,
		encoding: 'utf8',
	});
	expect(notes.length).toBeGreaterThan(50);
	expect(notes).not.toMatch(/undefined|\]\(docs|^## /m);
});
