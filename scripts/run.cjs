'use strict';

// `node scripts/run.cjs <command> …`: makes the checkout ready and runs scripts/<command>.mjs, which may use whatever is installed.
// This file and what it loads run on any Node.js and before anything is installed: plain old JavaScript, and Node's own modules.

const { join } = require('path');
const { pathToFileURL } = require('url');
const { setUp } = require('./lib/setup.cjs');

/** The commands that run what is built. */
const ON_BUILT = ['start', 'test', 'e2e', 'nightly', 'bench', 'build-zh'];

const command = process.argv[2];

try {
	setUp({ build: ON_BUILT.includes(command) });
} catch (error) {
	process.stderr.write(`\n${error.message}\n`);
	process.exit(1);
}

const script = join(__dirname, `${command}.mjs`);
process.argv.splice(1, 2, script);
void import(pathToFileURL(script).href);
