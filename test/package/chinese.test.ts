import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';
import ts from 'typescript';

import { repositoryRoot } from '../../scripts/lib/paths.mjs';
import { createTranslator } from '../../scripts/zh/translator.mjs';

const ENGLISH = path.join(repositoryRoot, 'dist');
const CHINESE = path.join(repositoryRoot, 'dist-zh');

const filesIn = (folder: string) =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
		.sort();
const read = (...names: string[]) => readFileSync(path.join(...names), 'utf8');

const dictionary = JSON.parse(read(repositoryRoot, 'i18n/zh-CN.json')) as Record<string, string>;
const texts = Object.entries(dictionary);

beforeAll(() => {
	const { status, stderr } = spawnSync(process.execPath, ['scripts/build-zh.mjs'], {
		cwd: repositoryRoot,
		encoding: 'utf8',
	});
	expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}, 120_000);

/** The descriptions of a package's nodes and credentials. */
function descriptionsOf(dist: string): Record<string, unknown> {
	const program = `
		const { readdirSync } = require('node:fs');
		const all = {};
		for (const file of readdirSync('nodes/Laigu').filter((name) => name.endsWith('.node.js')))
			for (const Type of Object.values(require(process.cwd() + '/nodes/Laigu/' + file))) all[file] = new Type().description;
		for (const file of readdirSync('credentials'))
			for (const Type of Object.values(require(process.cwd() + '/credentials/' + file)))
				if (/^class/.test(String(Type))) all[file] = { ...new Type() };
		console.log(JSON.stringify(all));`;
	const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { cwd: dist, encoding: 'utf8' });
	if (stderr) throw new Error(stderr);
	return JSON.parse(stdout) as Record<string, unknown>;
}

type Leaf = [place: string, value: unknown];

/** Everything in a value by its place; choices by what is saved for them, since their order goes by their names. */
function leavesOf(value: unknown, place = ''): Leaf[] {
	if (typeof value !== 'object' || value === null) return [[place, value]];
	if (!Array.isArray(value))
		return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, `${place}.${name}`));
	return (value as unknown[]).flatMap((inner, index) => {
		const { value: saved, displayName, name } = (inner ?? {}) as Record<string, unknown>;
		const key = saved ?? (displayName === undefined ? undefined : name);
		const twin = typeof key === 'string' && place.endsWith('.properties') ? `${key} ${index}` : key;
		return leavesOf(inner, `${place}[${typeof twin === 'string' ? twin : index}]`);
	});
}

/** The tokens of a file; texts that are filled in may stand in another order, so that templates are told by their parts, sorted. */
function codeOf(text: string): string[] {
	const source = ts.createSourceFile('code.js', text, ts.ScriptTarget.ES2022, true);
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isTemplateExpression(node)) {
			found.push(
				'template',
				...node.templateSpans.map(({ expression }) => codeOf(expression.getText()).join(' ')).sort(),
			);
			return;
		}
		if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
			const key = node.text.replace(/(?<=\p{Script=Han}) Trigger$/u, '');
			found.push(translated.has(key) ? 'text' : JSON.stringify(key));
			return;
		}
		if (node.getChildCount() === 0) found.push(node.getText());
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

const translated = new Set(texts.flat());

describe('the package in Chinese', () => {
	it('has the files of the English one', () => {
		expect(filesIn(path.join(CHINESE, 'dist'))).toEqual(filesIn(ENGLISH));
		expect(readdirSync(CHINESE).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'index.js', 'package.json']);
	});

	it.each(filesIn(ENGLISH).filter((name) => name.endsWith('.js')))('%s differs in nothing but texts', (name) => {
		expect(codeOf(read(CHINESE, 'dist', name))).toEqual(codeOf(read(ENGLISH, name)));
	});

	it('has the same icons, schemas and codex files, but for its name in them', () => {
		for (const name of filesIn(ENGLISH).filter((file) => !file.endsWith('.js'))) {
			const text = read(ENGLISH, name);
			const named = name.endsWith('.node.json') ? text.replace('"n8n-nodes-laigu.', '"n8n-nodes-laigu-zh.') : text;
			expect({ name, text: read(CHINESE, 'dist', name) }).toEqual({ name, text: named });
		}
	});

	it('names the webhook trigger so that n8n offers it with the Laigu node, and names what stands in a workflow in Chinese alone', () => {
		const named = Object.values(descriptionsOf(path.join(CHINESE, 'dist')) as Record<string, INodeTypeDescription>)
			.filter(({ group }) => group?.includes('trigger'))
			.map(({ displayName, defaults }) => [displayName, defaults.name]);
		expect(named.sort()).toEqual([
			['来鼓触发器 Trigger', '来鼓触发器'],
			['来鼓轮询触发器', '来鼓轮询触发器'],
		]);
	});

	it('has the same parameters, values and defaults: what differs is in Chinese and is read by a person', () => {
		const readByPeople =
			/\.(displayName|description|placeholder|hint|action|name|subtitle|header|inactive|active|activationHint|activationMessage|eventTriggerDescription)$/;
		const english = new Map(leavesOf(descriptionsOf(ENGLISH)));
		const chinese = new Map(leavesOf(descriptionsOf(path.join(CHINESE, 'dist'))));
		expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
		let differing = 0;
		for (const [place, text] of english) {
			if (chinese.get(place) === text) continue;
			differing++;
			expect(place).toMatch(readByPeople);
			expect([place, chinese.get(place)]).toEqual([place, expect.stringMatching(/\p{Script=Han}|^QQ \(qq\)$/u)]);
		}
		expect(differing).toBeGreaterThan(400);
	});

	it('is another package of the same version, without what is for its developers', () => {
		const manifest = JSON.parse(read(CHINESE, 'package.json')) as Record<string, unknown>;
		const english = JSON.parse(read(repositoryRoot, 'package.json')) as Record<string, unknown>;
		expect(manifest).toMatchObject({ name: 'n8n-nodes-laigu-zh', version: english.version, n8n: english.n8n });
		expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['devDependencies']));
		expect(manifest).not.toHaveProperty('dependencies');
	});
});

describe('the dictionary', () => {
	it('fills in the same as the text', () => {
		for (const [text, translation] of texts) {
			const filledIn = (one: string) => (one.match(/\{\d+\}/g) ?? []).sort();
			expect({ text, filled: filledIn(translation) }).toEqual({ text, filled: filledIn(text) });
		}
	});

	it('is in Chinese, but for names, examples and what is made of filled-in parts alone', () => {
		const same = texts.filter(([, translation]) => !/\p{Script=Han}/u.test(translation)).map(([text]) => text);
		expect(same).toEqual([
			'App ID',
			'{0} [Item {1}]',
			'QQ (QQ)',
			expect.stringMatching(/^=\{\{ \(\{0\}/),
			expect.stringMatching(/^=\{\{ \[/),
			'QQ',
			'\n\nDetails: {0}',
		]);
	});

	it('calls a field in a message as the field is called', () => {
		const wrong = texts.flatMap(([text, translation]) =>
			[...text.matchAll(/(?<!\p{L})'([A-Z][^']*?)'(?!\p{L})/gu)]
				.map(([, name]) => name)
				.filter((name) => Object.hasOwn(dictionary, name))
				.filter((name) => !translation.includes(`“${dictionary[name]}”`))
				.map((name) => ({ text, translation, name })),
		);
		expect(wrong).toEqual([]);
	});

	it('has Chinese punctuation beside Chinese characters', () => {
		const wrong = texts
			.map(([, translation]) => translation)
			.filter((text) => /\p{Script=Han}\s?[,;:!?](?!\S*=)/u.test(text));
		expect(wrong).toEqual([]);
	});

	it('stops the build for a text without a translation, and for a translation without a text', () => {
		const file = path.join(repositoryRoot, 'nodes/Laigu/sample.ts');
		const source = ts.createSourceFile(
			file,
			"export const a = { displayName: 'Some Field', name: 'some' };",
			ts.ScriptTarget.ES2022,
			true,
		);
		const { transformer, missing, unused } = createTranslator({ 'Another Field': '另一个字段' });
		ts.transform(source, [transformer]);
		expect({ missing: missing(), unused: unused() }).toEqual({ missing: ['Some Field'], unused: ['Another Field'] });
	});
});
