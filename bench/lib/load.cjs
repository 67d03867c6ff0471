'use strict';

/* Loads the package with n8n's own loader, once, and says how long that took. Its argument is the folder with n8n's modules and the package. */

const { createRequire } = require('node:module');
const { join } = require('node:path');

const folder = process.argv[2];
const load = createRequire(join(folder, 'package.json'));
load('reflect-metadata');
const { PackageDirectoryLoader } = load('n8n-core');
// n8n has these in memory when it loads a community package
for (const name of ['n8n-workflow', 'luxon', 'lodash']) load(name);

const since = performance.now();
new PackageDirectoryLoader(join(folder, 'package')).loadAll().then(() => {
	process.send(performance.now() - since);
	process.channel.ref();
});
