import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import ts from 'typescript';
import { cacheRoot } from '../../scripts/lib/paths.mjs';
import { lines } from '../lab/lines.mjs';
import { ensureN8n } from '../lab/n8n-install.mjs';
import { installPackage, packPackage } from '../lab/package-install.mjs';

const PACKAGE = 'n8n-nodes-laigu';

let folder;
let installed;
let requires;

before(async () => {
	folder = await mkdtemp(join(await placeWithoutModules(), 'laigu-imports-'));
	const logFile = join(folder, 'npm.log');
	const tarball = await packPackage(join(folder, 'packed'), { logFile });
	await installPackage(tarball, { userFolder: join(folder, 'home'), logFile });
	installed = join(folder, 'home/.n8n/nodes/node_modules', PACKAGE);
	requires = await requiresOf(installed);
});

after(async () => {
	if (folder) await rm(folder, { recursive: true, force: true });
});

/** Where no folder above holds modules: Node looks in each of them, and would find there what n8n's image does not show. */
async function placeWithoutModules() {
	const cache = cacheRoot();
	await mkdir(cache, { recursive: true });
	const places = await Promise.all([tmpdir(), cache, '/var/tmp'].map((place) => realpath(place)));
	const free = places.find((place) => modulesAbove(place) === undefined);
	assert.ok(free, `modules lie above each of ${places.join(', ')}: ${places.map(modulesAbove).join(', ')}`);
	return free;
}

function modulesAbove(place) {
	const modules = join(place, 'node_modules');
	if (existsSync(modules)) return modules;
	return dirname(place) === place ? undefined : modulesAbove(dirname(place));
}

/** Every `require` of another package in the built files: file and specifier. */
async function requiresOf(root) {
	const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.js'));
	const found = files.map(async (file) => {
		const { importedFiles } = ts.preProcessFile(await readFile(join(root, file), 'utf8'), true, true);
		return importedFiles.map(({ fileName }) => [file, fileName]).filter(([, specifier]) => !specifier.startsWith('.'));
	});
	return (await Promise.all(found)).flat();
}

/**
 * n8n as its official image has it: `n8n/node_modules` shows the dependencies of n8n's package.json, and nothing else. Theirs are
 * where they really lie, out of sight.
 */
async function layOutImage(root, n8nFolder) {
	const { dependencies } = JSON.parse(await readFile(join(n8nFolder, 'package.json'), 'utf8'));
	for (const name of Object.keys(dependencies)) {
		const link = join(root, 'node_modules', name);
		await mkdir(dirname(link), { recursive: true });
		await symlink(await folderOf(name, n8nFolder), link);
	}
	await mkdir(join(root, 'dist'));
	const loader = join(root, 'dist/load-nodes-and-credentials.cjs');
	await copyFile(new URL('load-package.cjs', import.meta.url), loader);
	return { loader, dependencies: Object.keys(dependencies) };
}

/** Where npm has put a dependency of n8n: in its own folder, or beside it. */
const folderOf = async (name, n8nFolder) =>
	await realpath(join(n8nFolder, 'node_modules', name)).catch(() => realpath(join(n8nFolder, '..', name)));

test('the built files require something of n8n, and that is what is looked for here', () => {
	const specifiers = new Set(requires.map(([, specifier]) => specifier));
	assert.ok(
		specifiers.has('n8n-workflow') && specifiers.has('luxon') && specifiers.has('crypto'),
		[...specifiers].join(),
	);
});

for (const line of Object.values(lines)) {
	describe(`where only the direct dependencies of n8n ${line.n8n} are visible`, () => {
		let image;
		let others;
		let seen;

		before(async () => {
			const { node, program } = await ensureN8n(line);
			const n8nFolder = join(dirname(program), '..');
			image = await layOutImage(join(folder, line.n8n, 'lib/node_modules/n8n'), n8nFolder);
			others = (await readdir(join(n8nFolder, '..'))).filter(
				(name) => /^[a-z]/.test(name) && !isBuiltin(name) && name !== 'n8n' && !image.dependencies.includes(name),
			);
			const input = JSON.stringify({ requires, names: others });
			const { stdout } = await promisify(execFile)(node, [image.loader, installed, input], { cwd: folder });
			seen = JSON.parse(stdout);
		});

		test('every import of the package is found among them, or is part of Node', async () => {
			for (const [index, [file, specifier]] of requires.entries()) {
				if (isBuiltin(specifier)) continue;
				const name = specifier.split('/')[0];
				assert.ok(image.dependencies.includes(name), `${file} requires ${specifier}`);
				const link = await realpath(join(dirname(image.loader), '../node_modules', name));
				assert.ok(seen.resolved[index].startsWith(link + sep), `${specifier} is ${seen.resolved[index]}`);
			}
		});

		test('every node and credential loads there', () => {
			assert.deepEqual(seen.loaded.sort(), [
				'laigu',
				'laiguApi',
				'laiguPollTrigger',
				'laiguTrigger',
				'laiguWebhookApi',
			]);
		});

		test('what n8n itself needs is out of sight', () => {
			assert.ok(others.length > 500, `${others.length}`);
			assert.deepEqual(seen.found, []);
		});
	});
}
