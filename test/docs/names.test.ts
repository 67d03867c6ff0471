import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { forms, pageTexts, savedNames, shownNames } from './interface';
import { N8N_NAMES, N8N_WORDS } from './n8nWords';
import { CHINESE_GUIDE, readPage, ROOT, userPages } from './pages';
import type { Page } from './pages';

const pages = userPages();

/** All files below a folder. */
const filesIn = (folder: string, ending: string) =>
	readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(ending))
		.map((name) => readFileSync(path.join(ROOT, folder, name), 'utf8'));

/** What is only stressed begins in lower case, is a sentence (with its full stop, or with four small words), or is in Chinese. */
const isStress = (text: string) =>
	text.trim() === '' ||
	/^[a-z]|[.!?]$|\p{Script=Han}/u.test(text) ||
	(!N8N_WORDS.includes(text) && text.split(' ').filter((word) => /^[a-z]/.test(word)).length >= 4);

/** Bold is for names; the way to one is written `Customer > Get Many`, a choice `Respond: Immediately`. */
const namesInBold = ({ bold }: Page): string[] =>
	bold.filter((text) => !isStress(text)).flatMap((text) => text.split(/ > |: /));

/** Names in single quotes, as the messages of the nodes have them. */
function namesInQuotes({ prose, tables }: Page): string[] {
	const texts = [...prose, ...tables.flatMap(({ head, rows }) => [...head, ...rows.flat()])];
	return texts.flatMap((text) =>
		[...text.matchAll(/(?<![\p{L}\d])'([A-Z][\w() /*-]{0,40})'(?![A-Za-z])/gu)].map(([, name]) => name),
	);
}

/** Single names and paths of names in code font, such as `returnAll`, `lead.phone` and `conv_id`. */
function namesInCode({ code }: Page): string[] {
	return code
		.filter((text) => /^\$?[A-Za-z_]+(\.[A-Za-z_]+)*$/.test(text))
		.flatMap((text) => text.replace(/^\$json\./, '').split('.'));
}

test('every name in bold or in single quotes is one that the interface shows, or one of the words of n8n', async () => {
	const names = await shownNames();
	// messages leave out the unit that a name has in parentheses
	const shown = new Set([...names, ...pageTexts(), ...[...names].map((name) => name.replace(/ \(.*\)$/, ''))]);
	const strange = pages.flatMap((page) =>
		[...namesInBold(page), ...namesInQuotes(page)]
			.filter((name) => !shown.has(name) && !N8N_WORDS.includes(name))
			.map((name) => `${page.file}: ${name}`),
	);
	expect(pages.flatMap(namesInBold).length).toBeGreaterThan(300);
	expect([...new Set(strange)]).toEqual([]);
});

test('none of the words taken for n8n’s own is superfluous', () => {
	const used = new Set(pages.flatMap((page) => [...namesInBold(page), ...namesInQuotes(page)]));
	expect(N8N_WORDS.filter((word) => !used.has(word))).toEqual([]);
	const inCode = new Set(pages.flatMap(namesInCode));
	expect(N8N_NAMES.filter((name) => !inCode.has(name))).toEqual([]);
});

test('every name in code font is one under which the nodes save, put out or receive something', async () => {
	const schemas = filesIn('dist/nodes/Laigu/__schema__', '.json');
	const known = new Set([
		...(await savedNames()),
		...N8N_NAMES,
		...schemas.flatMap((schema) => [...schema.matchAll(/"(\w+)": \{/g)].map(([, name]) => name)),
		...filesIn('nodes/Laigu/records', '.ts').flatMap((source) =>
			[...source.matchAll(/'(\w+)'/g)].map(([, name]) => name),
		),
		// the examples are run by tests of their own
		...filesIn('examples', '.json').flatMap((workflow) => workflow.match(/\b[a-z]\w+\b/g) ?? []),
		...filesIn('nodes/Laigu/webhook', '.ts').flatMap((source) => source.match(/\b[a-z]\w+\b/g) ?? []),
	]);
	const sources = [
		...filesIn('nodes', '.ts'),
		...filesIn('credentials', '.ts'),
		...filesIn('test/simulator', '.ts'),
	].join();
	const ofTheApi = new Set(sources.match(/\b[A-Za-z]+(_[A-Za-z0-9]+)+\b/g));
	const strange = pages.flatMap((page) =>
		namesInCode(page)
			// names in capitals are those of n8n's and Node's environment
			.filter((name) => !known.has(name) && !/^[A-Z0-9_]+$/.test(name))
			.filter((name) => (/_/.test(name) ? !ofTheApi.has(name) : /[a-z][A-Z]/.test(name)))
			.map((name) => `${page.file}: ${name}`),
	);
	expect(pages.flatMap(namesInCode).length).toBeGreaterThan(200);
	expect([...new Set(strange)]).toEqual([]);
});

test('the README has every operation, and the Chinese guide every operation and every node', async () => {
	const all = await forms();
	const operations = all.flatMap(({ properties }) => properties).filter(({ name }) => name === 'operation');
	const wanted = operations.flatMap(({ displayOptions, options = [] }) =>
		options.map((option) => [`${displayOptions?.show?.resource?.[0] as string}`, option.name]),
	);
	expect(wanted.length).toBeGreaterThan(5);
	const rowsOf = (file: string) => readPage(file).tables.flatMap(({ rows }) => rows.map((cells) => cells.join(' | ')));
	for (const file of ['README.md', CHINESE_GUIDE]) {
		const rows = rowsOf(file);
		for (const [resource, operation] of wanted) {
			const found = rows.some((row) => new RegExp(`${resource}\\b.*\\| ${operation}\\b`, 'i').test(row));
			expect([file, resource, operation, found]).toEqual([file, resource, operation, true]);
		}
	}
	const guide = readPage(CHINESE_GUIDE);
	for (const { title } of all) expect([title, guide.bold.includes(title)]).toEqual([title, true]);
});
