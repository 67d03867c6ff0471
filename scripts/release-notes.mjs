import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { releaseNotes } from './lib/changelog.mjs';
import { UserError } from './lib/errors.mjs';
import { runMain } from './lib/lifecycle.mjs';
import { repositoryRoot } from './lib/paths.mjs';

const read = (name) => readFile(join(repositoryRoot, name), 'utf8');

/** `node scripts/release-notes.mjs v1.2.3`: what CHANGELOG.md says about the version, if the tag and all files agree on it. */
async function main() {
	const tag = process.argv[2];
	if (!tag) throw new UserError('Name the tag: node scripts/release-notes.mjs v1.2.3');
	const [manifest, lock, changelog] = await Promise.all(
		['package.json', 'package-lock.json', 'CHANGELOG.md'].map(read),
	);
	const { version, repository } = JSON.parse(manifest);
	console.log(
		releaseNotes(tag, {
			manifestVersion: version,
			lockVersion: JSON.parse(lock).packages[''].version,
			changelog,
			home: repository.url.replace(/^git\+|\.git$/g, ''),
		}),
	);
	return 0;
}

await runMain(main);
