import { createWriteStream, existsSync, realpathSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { UserError } from './errors.mjs';
import { lastLines } from './log-file.mjs';
import { startOwned } from './owned-process.mjs';

/** What "npm run" hands down that would change what a nested npm does in another folder. */
const INHERITED =
	/^npm_(package|lifecycle|command|config_(ignore_scripts|legacy_peer_deps|omit|include|dry_run|global|local_prefix|prefix|save|save_exact|workspaces?|loglevel|package_lock))(_|$)/i;

const FAULTS = [
	[/ENOSPC/, 'The disk is full. Free some space and start again.'],
	[/EACCES|EPERM/, 'npm may not write to one of its folders. Check who owns npm\'s cache ("npm config get cache").'],
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR/i,
		'npm could not reach its registry. Check the network and the proxy ("npm config get registry", "npm ping"), then start again.',
	],
	[
		/CERT_|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/,
		'npm does not trust the certificate that its registry shows. Behind a proxy, set "npm config set cafile".',
	],
	[
		/\bE40[13]\b/,
		'npm\'s registry refused the request. Check the registry and its log-in ("npm config get registry").',
	],
	[
		/\bE404\b|ETARGET/,
		'npm\'s registry does not have a package that is needed. Check which registry is set ("npm config get registry").',
	],
	[
		/gyp ERR!/,
		'A native module could not be compiled. Install a C++ compiler, make and Python 3 (on Debian: apt-get install build-essential python3), then start again.',
	],
];

/**
 * Runs npm to its end with its output in a log file.
 *
 * @param {string[]} args - npm's arguments
 * @param {{ cwd: string, logFile: string, purpose: string, env?: NodeJS.ProcessEnv, node?: string }} options -
 *   `purpose`: what was being done, as it reads after "could not"; `env`: variables on top of the caller's own;
 *   `node`: the Node to run npm and its scripts with, when it is not the running one
 * @returns {Promise<string>} what npm wrote to stdout
 * @throws {UserError} when npm does not end with 0: the reason where it is known, the log's last lines and its path
 */
export async function runNpm(args, { cwd, logFile, purpose, env = {}, node = process.execPath }) {
	await mkdir(dirname(logFile), { recursive: true });
	const log = createWriteStream(logFile, { flags: 'a' });
	log.write(`\n$ npm ${args.join(' ')}   (in ${cwd})\n`);
	let stdout = '';
	const { child, ended } = startOwned(node, [npmCli(), ...args], {
		cwd,
		env: { ...npmEnvironment(process.env, dirname(node)), ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	child.stdout.on('data', (chunk) => {
		stdout += chunk;
		log.write(chunk);
	});
	child.stderr.on('data', (chunk) => log.write(chunk));
	const code = await ended;
	log.end();
	await finished(log);
	if (code === 0) return stdout;
	throw await npmFailure(purpose, logFile, code);
}

/**
 * Explains a failed npm by what its log says.
 *
 * @param {string} log - npm's output
 * @returns {string} a plain sentence with the way out, or '' when the reason is not known
 */
export function explainNpmLog(log) {
	return FAULTS.find(([pattern]) => pattern.test(log))?.[1] ?? '';
}

/**
 * The variables for a nested npm: the caller's own, without what "npm run" put in for the folder it ran in, and with one
 * Node's folder first on the path.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} nodeFolder
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnvironment(env, nodeFolder) {
	const kept = Object.fromEntries(
		Object.entries(env).filter(([name]) => !INHERITED.test(name) && name.toUpperCase() !== 'PATH'),
	);
	const path = Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
	return {
		...kept,
		PATH: [nodeFolder, path].filter(Boolean).join(delimiter),
		npm_config_update_notifier: 'false',
		npm_config_fund: 'false',
		npm_config_audit: 'false',
	};
}

/**
 * npm's own entry file, to be run by any Node.
 *
 * @returns {string}
 * @throws {UserError} when no npm can be found
 */
export function npmCli() {
	const fromPath = (process.env.PATH ?? '')
		.split(delimiter)
		.flatMap((folder) => [join(folder, 'npm'), join(folder, 'node_modules/npm/bin/npm-cli.js')]);
	const beside = join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
	for (const candidate of [process.env.npm_execpath, beside, ...fromPath]) {
		if (!candidate || !existsSync(candidate)) continue;
		const file = realpathSync(candidate);
		if (basename(file) === 'npm-cli.js') return file;
	}
	throw new UserError('npm was not found. Install Node.js with npm, or put npm on the PATH.');
}

async function npmFailure(purpose, logFile, code) {
	const log = await readFile(logFile, 'utf8');
	const latest = log.slice(log.lastIndexOf('\n$ npm '));
	const reason = explainNpmLog(latest) || `npm ended with ${code}.`;
	return new UserError(`Could not ${purpose}. ${reason}`, { logFile, tail: lastLines(withoutUsage(latest), 15) });
}

/** npm puts its whole usage text under a message about a wrong call. */
const withoutUsage = (log) => log.split(/^npm error (?:Clean install a project|Usage:)/m)[0];
