import { UserError } from './errors.mjs';

/** `## [1.2.3] - 2026-01-31`, the heading of a released version; the text runs to the next heading or to the links at the end. */
const SECTION =
	/^## \[(?<version>[^\]]+)\] - (?<date>\d{4}-\d{2}-\d{2})\n(?<text>[\s\S]*?)(?=^## |^\[[^\]]+\]: |(?![\s\S]))/gm;

/**
 * The released versions of a change log in the form of Keep a Changelog, newest first as they stand there.
 *
 * @param {string} changelog - Markdown
 * @returns {Array<{ version: string, date: string, text: string }>} `date`: YYYY-MM-DD; `text`: the section without its heading
 */
export function releasedVersions(changelog) {
	return [...changelog.matchAll(SECTION)].map(({ groups: { version, date, text } }) => ({
		version,
		date,
		text: text.trim(),
	}));
}

/**
 * What a release of GitHub says: the change log's section of the version that a tag names. Refuses whatever would publish something else
 * than the tag says. Links to files of the repository lead to the tag: relative ones lead nowhere in a release.
 *
 * @param {string} tag - e.g. `v1.2.3`
 * @param {{ manifestVersion: string, lockVersion: string, changelog: string, home: string }} files - what package.json, package-lock.json and
 *   CHANGELOG.md say; `home`: the repository's address
 * @returns {string} Markdown
 * @throws {UserError} when the tag, the files' versions and the newest version of the change log are not one and the same, or when the
 *   section is empty
 */
export function releaseNotes(tag, { manifestVersion, lockVersion, changelog, home }) {
	const [newest] = releasedVersions(changelog);
	const claims = {
		'the tag': tag.replace(/^v/, ''),
		'package.json': manifestVersion,
		'package-lock.json': lockVersion,
		'CHANGELOG.md': newest?.version,
	};
	if (!tag.startsWith('v') || new Set(Object.values(claims)).size > 1) {
		const said = Object.entries(claims).map(([name, version]) => `${name}: ${version ?? 'no released version'}`);
		throw new UserError(`A tag is "v" and the version of all files. They differ.\n${said.join('\n')}`);
	}
	if (newest.text === '') throw new UserError(`CHANGELOG.md says nothing about ${newest.version}.`);
	return newest.text.replace(/\]\((?!#|[a-z]+:)/g, `](${home}/blob/${tag}/`);
}
