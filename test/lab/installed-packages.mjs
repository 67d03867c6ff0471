import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Runs in n8n's own Node, with its own driver: native modules fit one Node major only. */
const WRITE = `
const { Database } = require('sqlite3');
const [file, statements] = JSON.parse(process.argv[1]);
const orFail = (next) => (error) => { if (error) throw error; next(); };
const database = new Database(file, orFail(function run() {
	const [statement, values] = statements.shift() ?? [];
	if (statement) database.run(statement, values, orFail(run));
	else database.close(orFail(() => console.log('written')));
}));`;

/** As n8n writes times into sqlite. */
const NOW = "STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')";

/**
 * Writes the rows that n8n's own installation leaves in its database (sqlite), in the place of those of an earlier version
 * (packages/cli, installed-packages.repository.ts): they are what Settings > Community nodes lists.
 *
 * @param {import('./n8n-install.mjs').N8nInstallation} installation
 * @param {{ userFolder: string, packageName?: string, nodeTypes: Array<{ name: string, displayName: string, version: number | number[] }> }} options -
 *   `nodeTypes`: as the n8n that has loaded the package lists them
 * @returns {Promise<void>}
 * @throws {Error} when the database refuses
 */
export async function recordPackage(installation, { userFolder, packageName = 'n8n-nodes-laigu', nodeTypes }) {
	const folder = join(userFolder, '.n8n');
	const { version, author } = JSON.parse(
		await readFile(join(folder, 'nodes', 'node_modules', packageName, 'package.json'), 'utf8'),
	);
	const names = nodeTypes.map(({ name }) => name);
	// n8n lists a node that is usable as a tool a second time, but installs it once
	const nodes = nodeTypes.filter(
		({ name }) =>
			name.startsWith(`${packageName}.`) && !(name.endsWith('Tool') && names.includes(name.slice(0, -'Tool'.length))),
	);
	const statements = [
		['PRAGMA busy_timeout = 10000', []],
		['PRAGMA foreign_keys = ON', []],
		['BEGIN', []],
		['DELETE FROM installed_nodes WHERE package = ?', [packageName]],
		['DELETE FROM installed_packages WHERE packageName = ?', [packageName]],
		[
			`INSERT INTO installed_packages (packageName, installedVersion, authorName, authorEmail, createdAt, updatedAt)
				VALUES (?, ?, ?, ?, ${NOW}, ${NOW})`,
			[packageName, version, author.name, author.email],
		],
		...nodes.map(({ name, displayName, version: versions }) => [
			'INSERT INTO installed_nodes (name, type, latestVersion, package) VALUES (?, ?, ?, ?)',
			[displayName, name, Math.max(...[versions].flat()), packageName],
		]),
		['COMMIT', []],
	];
	const input = JSON.stringify([join(folder, 'database.sqlite'), statements]);
	const { stdout } = await promisify(execFile)(installation.node, ['-e', WRITE, input], {
		cwd: dirname(installation.program),
	});
	if (!stdout.includes('written')) throw new Error("n8n's database driver ended before everything was written.");
}
