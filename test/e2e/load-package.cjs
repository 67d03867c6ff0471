/**
 * Loads a package as n8n does it. It lies in place of n8n's `dist/load-nodes-and-credentials.js`, and like that tells Node to
 * look for modules where it can find its own: that is all that lets a package in the user folder find n8n's n8n-workflow.
 *
 * Arguments: the package's folder, and as JSON: requires `[file, specifier][]`, and names that should not be found.
 * Prints as JSON: `resolved` (what each of the requires is found as), `found` (of those names), `loaded` (nodes and credentials).
 */
const { createRequire } = require('node:module');
const { delimiter, join, basename } = require('node:path');

process.env.NODE_PATH = module.paths.join(delimiter);
module.constructor._initPaths();

const [folder, input] = process.argv.slice(2);
const { requires, names } = JSON.parse(input);
const fromPackage = createRequire(join(folder, 'package.json'));

const resolved = requires.map(([file, specifier]) => createRequire(join(folder, file)).resolve(specifier));
const found = names.filter((name) => {
	try {
		return Boolean(fromPackage.resolve(name));
	} catch {
		return false;
	}
});
const { nodes, credentials } = fromPackage('./package.json').n8n;
const loaded = [...nodes, ...credentials].map((file) => {
	const [className] = basename(file).split('.');
	const made = new (fromPackage(`./${file}`)[className])();
	return made.description?.name ?? made.name;
});
console.log(JSON.stringify({ resolved, found, loaded }));
