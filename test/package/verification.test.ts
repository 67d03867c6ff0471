import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { ROOT } from './tarball';

const document = readFileSync(path.join(ROOT, 'docs/verification.md'), 'utf8');

/** The rules of n8n's plugin. Asked in a process of its own, since jest cannot load ES modules of packages. */
function pluginRules(): { all: string[]; recommended: string[] } {
	const program = `
		import { rules, configs } from '@n8n/eslint-plugin-community-nodes';
		const recommended = Object.keys(configs.recommended.rules).map((name) => name.split('/').at(-1));
		console.log(JSON.stringify({ all: Object.keys(rules), recommended }));`;
	const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	return JSON.parse(output) as { all: string[]; recommended: string[] };
}

/** The rows of one chapter's table: name of the rule, and what stands next to it. */
function rowsOf(chapter: string): Array<[string, string]> {
	const text = document.split(/^## /m).find((part) => part.startsWith(`${chapter}\n`)) ?? '';
	return [...text.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm)].map(([, name, what]) => [name, what]);
}

test("the document lists every rule of n8n's plugin, and none that is gone", () => {
	const { all, recommended } = pluginRules();
	const rows = rowsOf("The scanner's rules");
	expect(all.length).toBeGreaterThan(40);
	expect(rows.map(([name]) => name)).toEqual(all.sort());
	const outside = rows.filter(([, what]) => what.includes('not in the recommended set')).map(([name]) => name);
	expect(outside).toEqual(all.filter((name) => !recommended.includes(name)));
});

test('a test that the document quotes is in the file that it names', () => {
	const quoted = [...document.matchAll(/"([^"]+)" in \[[^\]]+\]\(\.\.\/([^)]+)\)/g)];
	expect(quoted.length).toBeGreaterThan(2);
	for (const [, title, file] of quoted) {
		const names = [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/\b(?:test|it)\('([^']+)'/g)].map(
			([, name]) => name,
		);
		expect(names.filter((name) => name.includes(title))).toHaveLength(1);
	}
});

test('the imports that the document names are those of the built code', () => {
	const [, named] = rowsOf("The scanner's rules").find(([name]) => name === 'no-restricted-imports') ?? [];
	const built = ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(path.join(ROOT, 'dist', folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.js'))
			.map((file) => readFileSync(path.join(ROOT, 'dist', folder, file), 'utf8')),
	);
	const imported = built.flatMap((code) => [...code.matchAll(/require\("([^".][^"]*)"\)/g)].map(([, name]) => name));
	expect(`${named}`.split(/, | and /).sort()).toEqual([...new Set(imported)].sort());
});
