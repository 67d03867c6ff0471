import { hash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isComplete, provide } from '../../scripts/lib/cache.mjs';
import { requireFreeSpace, watchFolderSize } from '../../scripts/lib/disk.mjs';
import { UserError } from '../../scripts/lib/errors.mjs';
import { lastLines } from '../../scripts/lib/log-file.mjs';
import { ensureNode } from '../../scripts/lib/node-runtime.mjs';
import { runNpm } from '../../scripts/lib/npm.mjs';
import { cacheRoot } from '../../scripts/lib/paths.mjs';
import { formatBytes } from '../../scripts/lib/units.mjs';

/** n8n itself, its Node, and what npm keeps of the downloads. */
const FIRST_RUN_BYTES = 3.2 * 1024 ** 3;

/** npm first reads every package's description, half the time, before it writes anything. */
const UNPACKING_BYTES = 1024 ** 2;

/**
 * @typedef {object} N8nInstallation
 * @property {import('./lines.mjs').N8nLine} line
 * @property {string} node - the Node program to run it with
 * @property {string} program - n8n's entry file
 */

/**
 * A real n8n of one line with the Node it asks for, brought into the cache at the first call: about 2 GB, some minutes.
 *
 * @param {import('./lines.mjs').N8nLine} line
 * @param {{ report?: (detail: string) => void }} [options] - `report` names what is being done, with the size so far
 * @returns {Promise<N8nInstallation>}
 * @throws {UserError} when there is no space for it, or npm fails
 */
export async function ensureN8n(line, { report = () => {} } = {}) {
	const folder = installationFolder(line);
	if (!isComplete(folder))
		await requireFreeSpace(
			cacheRoot(),
			FIRST_RUN_BYTES,
			`n8n ${line.n8n}`,
			'LAIGU_LAB_CACHE names another folder for it.',
		);
	const { node, headers } = await ensureNode({ ...line.node, report });
	await provide(folder, (work) => install(line, work, { node, headers, report }), { report });
	return { line, node, program: join(folder, 'node_modules/n8n/bin/n8n') };
}

/**
 * Whether `ensureN8n` would have nothing to download.
 *
 * @param {import('./lines.mjs').N8nLine} line
 * @returns {boolean}
 */
export const isN8nInstalled = (line) => isComplete(installationFolder(line));

/** Another pin, option or Node major is another installation: native modules fit one Node major only. */
function installationFolder({ n8n, node, overrides, installOptions }) {
	const recipe = hash('sha256', JSON.stringify([overrides, installOptions])).slice(0, 8);
	return join(
		cacheRoot(),
		'n8n',
		`${n8n}-node${node.version.split('.')[0]}-${process.platform}-${process.arch}-${recipe}`,
	);
}

async function install(line, folder, { node, headers, report }) {
	const manifest = { name: 'n8n-lab', private: true, overrides: line.overrides };
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, '\t'));
	const logFile = join(cacheRoot(), 'logs', `n8n-${line.n8n}.log`);
	const npm = { cwd: folder, node, logFile, env: { JOBS: 'max', ...(headers && { npm_config_nodedir: headers }) } };

	report('reading which 2,000 packages belong to it');
	const stopWatching = watchFolderSize(folder, (bytes) => {
		if (bytes > UNPACKING_BYTES) report(`downloading and unpacking, ${formatBytes(bytes)} of about 1.9 GB on disk`);
	});
	try {
		const options = ['--save-exact', '--ignore-scripts', '--no-audit', '--no-fund', ...line.installOptions];
		await runNpm(['install', `n8n@${line.n8n}`, ...options], { ...npm, purpose: `install n8n ${line.n8n}` });
	} finally {
		stopWatching();
	}
	report('compiling its database driver, about a minute');
	await runNpm(['rebuild', 'sqlite3', '--ignore-scripts=false'], { ...npm, purpose: "compile n8n's database driver" });
	await requireDriver(folder, node, logFile);
}

/** A driver of another Node major or without its binary would only show when n8n starts. */
async function requireDriver(folder, node, logFile) {
	try {
		await promisify(execFile)(node, ['-e', 'require("sqlite3")'], { cwd: folder });
	} catch (error) {
		throw new UserError("n8n's database driver (sqlite3) was compiled, but does not load.", {
			logFile,
			tail: lastLines(error.stderr ?? '', 10),
			cause: error,
		});
	}
}
