import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parseTime, toIso } from '../../nodes/Laigu/shared/time';
import { helpText } from '../simulator/cliFlags';
import { everyPage, readPage, ROOT } from './pages';

const pages = everyPage();

const blocksIn = (...languages: string[]) =>
	pages.flatMap(({ file, blocks }) =>
		blocks.filter(({ language }) => languages.includes(language)).map((block) => ({ ...block, file })),
	);

test('every block of code says its language', () => {
	const silent = pages.flatMap(({ file, blocks }) =>
		// the drawings of folders and of the way of the data
		blocks
			.filter(({ language, text }) => language === '' && !/→|^\w+\/$/m.test(text))
			.map(({ line }) => `${file}:${line}`),
	);
	expect(silent).toEqual([]);
});

test('every block of JSON can be parsed', () => {
	const blocks = blocksIn('json');
	expect(blocks.length).toBeGreaterThan(7);
	for (const { file, line, text } of blocks) {
		const parse = () => JSON.parse(text) as unknown;
		expect([file, line, parse]).toEqual([file, line, expect.any(Function)]);
		expect(parse).not.toThrow();
	}
});

/** What is typed after `npm`, in blocks and in code font. */
function npmCommands(): Array<{ file: string; command: string }> {
	const inBlocks = blocksIn('sh').flatMap(({ file, text }) => text.split('\n').map((command) => ({ file, command })));
	const inLines = pages.flatMap(({ file, code }) => code.map((command) => ({ file, command })));
	return [...inBlocks, ...inLines].filter(({ command }) => /^([A-Z_0-9]+=\S+ )*npm /.test(command));
}

test('every script that a command runs exists', () => {
	const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
	const runs = npmCommands().flatMap(({ file, command }) =>
		[...command.matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)].map(([, run, verb]) => ({
			file,
			script: run ?? verb,
		})),
	);
	expect(runs.length).toBeGreaterThan(20);
	expect(runs.filter(({ script }) => !Object.hasOwn(scripts, script))).toEqual([]);
});

test('every switch of the simulator that a document names exists', () => {
	const help = helpText();
	const named = readPage('docs/open-points.md').code.flatMap((text) => /^--[\w-]+/.exec(text) ?? []);
	expect(named.length).toBeGreaterThan(20);
	// those of `simulator -- send` have a help of their own
	const ofSending = ['--header', '--retry-delay', '--old-ids', '--gzip', '--age'];
	expect(named.filter((flag) => !help.includes(flag) && !ofSending.includes(flag))).toEqual([]);
});

test('every form of time that the document on times names is read, and means that', () => {
	const [table] = readPage('docs/times.md').tables.filter(({ head }) => head[0] === 'Form');
	const forms = table.rows.flatMap(([, examples]) => (examples.includes('{{') ? [] : examples.split(', ')));
	expect(forms.length).toBeGreaterThan(8);
	for (const form of forms) {
		const time = parseTime(/^\d{9,}$/.test(form) ? Number(form) : form, 'Asia/Shanghai');
		expect([form, time === undefined ? undefined : toIso(time)]).toEqual([
			form,
			expect.stringMatching(/^2026-01-31T08:00|^2026-01-31T00:00/),
		]);
	}
	expect(parseTime('08:00', 'Asia/Shanghai')).toBeUndefined();
});
