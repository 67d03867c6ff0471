import { spawnSync } from 'node:child_process';
import {
	copyFileSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ROOT } from './tarball';

/** What `n8n-node lint` looks at: sources, package.json, and what they refer to. */
const PUBLISHED = ['nodes', 'credentials', 'index.js', 'tsconfig.json', 'README.md', 'LICENSE'];

const OFFICIAL = 'node_modules/@n8n/node-cli/dist/template/templates/shared/default/eslint.config.mjs';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'laigu-lint-'));
	for (const name of PUBLISHED) cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
	const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { n8n: object };
	const strict = { ...manifest, n8n: { ...manifest.n8n, strict: true } };
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify(strict, null, 2));
	copyFileSync(path.join(ROOT, OFFICIAL), path.join(folder, 'eslint.config.mjs'));
	symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** n8n's own command in a package's folder. In NODE_ENV=test, which jest sets, n8n's plugin takes every file for one of its own test cases. */
function lint() {
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[path.join(folder, 'node_modules/@n8n/node-cli/bin/n8n-node.mjs'), 'lint'],
		{ cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
	);
	return { status, output: `${stdout}${stderr}` };
}

test('n8n-node lint finds nothing in what is published, in strict mode', () => {
	expect(lint()).toEqual({ status: 0, output: expect.not.stringContaining('✖') as string });
});

test('n8n-node lint finds what n8n forbids', () => {
	for (const name of ['nodes', 'credentials']) rmSync(path.join(folder, name), { recursive: true });
	mkdirSync(path.join(folder, 'nodes'));
	writeFileSync(path.join(folder, 'nodes/forbidden.ts'), 'export const home = process.env.HOME;\n');
	const { status, output } = lint();
	expect(status).not.toBe(0);
	expect(output).toContain('no-restricted-globals');
});
