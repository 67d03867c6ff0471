import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';

/** The checkout. */
export const ROOT = path.resolve(__dirname, '../..');

/** A fenced block of code. */
export interface CodeBlock {
	language: string;
	text: string;
	/** The line that the block begins in, from 1. */
	line: number;
}

/** A table, cell by cell as a reader sees it. */
export interface Table {
	/** The headings above it, from the page's title down. */
	under: string[];
	head: string[];
	rows: string[][];
}

/** A document, taken apart. */
export interface Page {
	/** Relative to the checkout, e.g. `docs/times.md`. */
	file: string;
	text: string;
	/** The anchors that GitHub gives to its headings. */
	anchors: string[];
	links: string[];
	pictures: string[];
	blocks: CodeBlock[];
	tables: Table[];
	/** What is set in bold: names that the interface shows. */
	bold: string[];
	/** What is set in code font within a line. */
	code: string[];
	/** The words of the page without code and tables, a line for each paragraph or heading. */
	prose: string[];
}

const markdown = new MarkdownIt({ html: true });

/** What a reader sees of a part of a line, without code; the end of a line is a blank. */
const visible = ({ type, content }: Token): string =>
	type === 'softbreak' ? ' ' : type === 'code_inline' ? '' : content;

/** The text of an inline token as a reader sees it. */
const plain = (token: Token): string => (token.children ?? []).map((child) => child.content).join('');

function readInline(token: Token, page: Page): void {
	let bold: string | undefined;
	for (const child of token.children ?? []) {
		if (child.type === 'link_open') page.links.push(decodeURI(child.attrGet('href') ?? ''));
		if (child.type === 'image') page.pictures.push(child.attrGet('src') ?? '');
		if (child.type === 'code_inline') page.code.push(child.content);
		if (child.type === 'strong_close' && bold !== undefined) page.bold.push(bold);
		if (child.type === 'strong_open') bold = '';
		else if (child.type === 'strong_close') bold = undefined;
		else if (bold !== undefined) bold += visible(child);
	}
}

/**
 * Takes a document apart.
 *
 * @param file relative to the checkout
 */
export function readPage(file: string): Page {
	const text = readFileSync(path.join(ROOT, file), 'utf8');
	const slugger = new GithubSlugger();
	const page: Page = {
		...{ file, text, anchors: [], links: [], pictures: [], blocks: [], tables: [], bold: [], code: [], prose: [] },
	};
	let under: string[] = [];
	let table: Table | undefined;
	let heading = 0;
	for (const token of markdown.parse(text, {})) {
		if (token.type === 'heading_open') heading = Number(token.tag.slice(1));
		if (token.type === 'table_open') page.tables.push((table = { under, head: [], rows: [] }));
		if (token.type === 'table_close') table = undefined;
		if (token.type === 'tr_open') table?.rows.push([]);
		if (token.type === 'fence')
			page.blocks.push({ language: token.info, text: token.content, line: (token.map?.[0] ?? 0) + 1 });
		if (token.type !== 'inline') continue;
		readInline(token, page);
		if (table) {
			table.rows[table.rows.length - 1].push(plain(token));
			continue;
		}
		page.prose.push((token.children ?? []).map(visible).join(''));
		if (heading > 0) {
			page.anchors.push(slugger.slug(plain(token)));
			under = [...under.slice(0, heading - 1), plain(token)];
			heading = 0;
		}
	}
	for (const each of page.tables) each.head = each.rows.shift() ?? [];
	return page;
}

const markdownIn = (folder: string): string[] =>
	existsSync(path.join(ROOT, folder))
		? readdirSync(path.join(ROOT, folder))
				.filter((name) => name.endsWith('.md'))
				.map((name) => path.posix.join(folder, name))
		: [];

/** Every document of the checkout. */
export const everyPage = (): Page[] => ['.', 'docs', 'examples', '.github'].flatMap(markdownIn).sort().map(readPage);

/** What users read: the README, the examples' index and docs/. */
export const userPages = (): Page[] =>
	everyPage().filter(({ file }) => /^(README\.md|docs\/(?!verification)|examples\/)/.test(file));

/** The guide in Chinese, the only page that is not in English. */
export const CHINESE_GUIDE = 'docs/guide.zh-CN.md';
