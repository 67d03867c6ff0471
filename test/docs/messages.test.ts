import { readFileSync } from 'node:fs';
import path from 'node:path';

import { everySentence } from './messages';
import { CHINESE_GUIDE, readPage, ROOT } from './pages';

const sentences = everySentence();

/** The messages in the sources; those that only put others together say nothing of their own. */
const messages = [...new Set(sentences.filter(({ role }) => role === 'message').map(({ text }) => text))];

/** The messages on the page: the first column of each table under the heading "Message". */
const documented = readPage('docs/troubleshooting.md')
	.tables.filter(({ head }) => head[0] === 'Message')
	.flatMap(({ rows }) => rows.map(([message]) => message));

test('every sentence in the sources is a message, a way out, or part of a form', () => {
	expect(sentences.filter(({ role }) => role === undefined).map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
});

test('the page on messages has every message of the nodes, and no other', () => {
	expect(messages.length).toBeGreaterThan(60);
	expect(messages.filter((message) => !documented.includes(message))).toEqual([]);
	expect(documented.filter((message) => !messages.includes(message))).toEqual([]);
});

/** By the words alone: what is filled in and quotation marks do not count. */
const sortKey = (message: string) =>
	message
		.replace(/[^\p{L}\d ]/gu, '')
		.trim()
		.toLowerCase();

/** With … for what is filled in, as the pages have it. */
const withDots = (text: string) => text.replace(/\{\d+\}/g, '…');

test('the messages in the Chinese guide are those of the nodes in Chinese', () => {
	const dictionary = JSON.parse(readFileSync(path.join(ROOT, 'i18n/zh-CN.json'), 'utf8')) as Record<string, string>;
	const inEnglish = new Map(
		Object.entries(dictionary).map(([text, translation]) => [withDots(translation), withDots(text)]),
	);
	const [table] = readPage(CHINESE_GUIDE).tables.filter(({ head }) => head[0].includes('\u63d0\u793a'));
	expect(table.rows.length).toBeGreaterThan(10);
	const unknown = table.rows.filter(([message]) => !messages.includes(inEnglish.get(message) ?? ''));
	expect(unknown.map(([message]) => message)).toEqual([]);
});

test('each message has one row, a cause and a way out, and stands in alphabetical order', () => {
	const tables = readPage('docs/troubleshooting.md').tables.filter(({ head }) => head[0] === 'Message');
	expect(new Set(documented).size).toBe(documented.length);
	for (const { head, rows } of tables) {
		const first = rows.map(([message]) => sortKey(message));
		expect(first).toEqual([...first].sort((a, b) => (a < b ? -1 : 1)));
		for (const row of rows)
			expect([row[0], row.length, row.every((cell) => cell !== '')]).toEqual([row[0], head.length, true]);
	}
});
