import { readFileSync } from 'node:fs';
import path from 'node:path';

import { CHINESE_GUIDE, readPage, ROOT, userPages } from './pages';
import type { Page } from './pages';

const PROMISES = 'docs/reliability.md';

/** Words that promise without a condition. */
const ABSOLUTE = /\b(never|always|every|everything|nothing|at once|exactly once|forever|for ever)\b/i;

/** Where such a word promises nothing: schedules, and a name of n8n's. */
const ENTRIES = [/\bevery (morning|day|night|hour|minute)\b/gi, /\*\*Always Output Data\*\*/g];

/** Pages in English that people write; the page of parameters comes from the nodes, and the one on performance reports measurements. */
const pages = userPages().filter(
	({ file }) =>
		!file.startsWith('examples/') &&
		![PROMISES, CHINESE_GUIDE, 'docs/parameters.md', 'docs/performance.md'].includes(file),
);

/** The parts of a page that a link belongs to, as they are written: paragraphs, items of lists, and rows of tables. */
const partsOf = ({ file, text }: Page) =>
	text
		.replace(/^```[\s\S]*?^```$/gm, '')
		.split(/\n\s*\n|\n(?=\s*(?:[-|]|\d+\.) )/)
		.map((part) => part.replace(/\s+/g, ' ').trim())
		// the first column quotes the messages of the nodes
		.map((part) => (file === 'docs/troubleshooting.md' ? part.replace(/^\| .*? \|/, '') : part));

/** The sentences of a part that hold an absolute word, without code and the targets of links. */
const absolutesIn = (part: string) =>
	part
		.replace(/`[^`]*`|\]\([^)]*\)/g, '')
		.split(/(?<=[.:;?!]) | \| /)
		.filter((sentence) => ABSOLUTE.test(ENTRIES.reduce((left, entry) => left.replace(entry, ''), sentence)));

const linksToPromises = (part: string) => /\]\((docs\/)?reliability\.md#promises\)/.test(part);

test('an absolute word stands beside a link to the promises, or has an entry', () => {
	const bare = pages.flatMap((page) =>
		partsOf(page)
			.filter((part) => !linksToPromises(part))
			.flatMap(absolutesIn)
			.map((sentence) => `${page.file}: ${sentence}`),
	);
	expect(bare).toEqual([]);
});

test('no entry is superfluous', () => {
	const text = pages.flatMap(partsOf).join('\n');
	expect(ENTRIES.filter((entry) => text.search(entry) < 0)).toEqual([]);
});

test('each promise says when it holds, who keeps it, and which test shows it', () => {
	const { tables, text } = readPage(PROMISES);
	const [table] = tables.filter(({ under }) => under.at(-1) === 'Promises');
	expect(table.head).toEqual(['#', 'What is promised', 'When it holds', 'Kept by', 'Shown by']);
	expect(table.rows.length).toBeGreaterThan(9);
	expect(table.rows.map(([number]) => Number(number))).toEqual(table.rows.map((_, index) => index + 1));
	expect(table.rows.filter((row) => row.includes(''))).toEqual([]);

	const rows = text.split('\n').filter((line) => /^\| \d{1,2} +\| \D/.test(line));
	expect(rows).toHaveLength(table.rows.length);
	const titles: string[] = [];
	for (const row of rows) {
		const shown = row.split('|').at(-2) ?? '';
		// a test, or a chapter of the page that names one
		expect(shown).toMatch(/"[^"]+"( and "[^"]+")? in \[|\]\(#/i);
		const sources = [...shown.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, file]) =>
			readFileSync(path.join(ROOT, file), 'utf8'),
		);
		const quoted = [...shown.matchAll(/"([^"]+)"/g)].map(([, title]) => title);
		expect(quoted.filter((title) => !sources.some((source) => source.includes(`'${title}'`)))).toEqual([]);
		titles.push(...quoted);
	}
	expect(titles.length).toBeGreaterThan(10);
});
