'use strict';

/*
 * Loads the package with n8n's own loader, once, and then all that the nodes load when they first run; says how long both took. Its argument is the
 * folder with n8n's modules and the package.
 */

const { readdirSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');

const folder = process.argv[2];
const load = createRequire(join(folder, 'package.json'));
load('reflect-metadata');
const { PackageDirectoryLoader } = load('n8n-core');
// n8n has these in memory when it loads a community package
for (const name of ['n8n-workflow', 'luxon', 'lodash']) load(name);

/** How long some work takes, in milliseconds. */
async function time(work) {
	const since = performance.now();
	await work();
	return performance.now() - since;
}

const nodes = join(folder, 'package/dist/nodes');
const files = readdirSync(nodes, { recursive: true }).filter((file) => file.endsWith('.js'));

(async () => {
	// not measured: it makes n8n's logger, which n8n has by then
	const loader = new PackageDirectoryLoader(join(folder, 'package'));
	const start = await time(() => loader.loadAll());
	const firstRun = await time(() => files.forEach((file) => load(join(nodes, file))));
	process.send({ start, firstRun });
	process.channel.ref();
})();
