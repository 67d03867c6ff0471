'use strict';

const { spawnSync } = require('child_process');
const { readFileSync } = require('fs');
const { join } = require('path');

const ROOT = join(__dirname, '../..');

/**
 * Makes the checkout ready for a command: a Node.js that is new enough, what package-lock.json says installed, and the package built.
 *
 * @param {{ build?: boolean }} [options] - `build`: whether `dist` is needed
 * @throws {Error} with a sentence for people, where one of them cannot be had
 */
function setUp({ build = false } = {}) {
	requireNode(process.versions.node);
	if (!isInstalled(ROOT))
		npm('ci --include=dev', 'Installing what is needed for development, as package-lock.json says');
	if (build) npm('run build', 'Building the package');
}

/**
 * Refuses a Node.js that is older than package.json's `engines.node`.
 *
 * @param {string} version - e.g. `20.20.2`
 * @throws {Error} naming both versions
 */
function requireNode(version) {
	const oldest = readJson(join(ROOT, 'package.json')).engines.node.replace(/^>=/, '');
	const wanted = oldest.split('.').map(Number);
	const given = version.split('.').map(Number);
	const differing = wanted.findIndex((number, index) => given[index] !== number);
	if (differing === -1 || given[differing] > wanted[differing]) return;
	throw new Error(
		`Node.js ${oldest} or newer is needed, and this is ${version}. Install a current version and start again.`,
	);
}

/**
 * Whether a checkout has the packages that its lock names. npm writes node_modules/.package-lock.json at the very end of an
 * installation, without the optional packages of other platforms.
 *
 * @param {string} root - the checkout
 * @returns {boolean}
 */
function isInstalled(root) {
	const { packages: wanted } = readJson(join(root, 'package-lock.json'));
	const { packages: present } = readJson(join(root, 'node_modules/.package-lock.json')) || { packages: {} };
	const isThere = (path) => present[path] !== undefined && present[path].version === wanted[path].version;
	return Object.keys(wanted).every((path) => path === '' || wanted[path].optional || isThere(path));
}

function npm(command, what) {
	process.stderr.write(`${what} (npm ${command}) …\n`);
	// npm's words go where ours do, so that a command's own output stays its own
	const { status } = spawnSync(`npm ${command}`, { cwd: ROOT, shell: true, stdio: ['ignore', 2, 2] });
	if (status !== 0) throw new Error(`"npm ${command}" has not come to its end: see above what it says.`);
}

function readJson(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch (error) {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	}
}

module.exports = { isInstalled, requireNode, setUp };
