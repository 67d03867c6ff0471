import { readFileSync } from 'node:fs';
import path from 'node:path';

import { repositoryRoot } from '../../scripts/lib/paths.mjs';

const read = (name: string) => readFileSync(path.join(repositoryRoot, name), 'utf8');

const dictionary = JSON.parse(read('i18n/zh-CN.json')) as Record<string, string>;
const guide = read('docs/guide.zh-CN.md');

/** Nodes and credentials go by their names within a sentence: 来鼓节点（Laigu）. */
const isName = (english: string) => english.startsWith('Laigu');

test('the guide calls everything as the Chinese interface does, wherever it gives both names', () => {
	const inText = [...guide.matchAll(/([\p{Script=Han}\w ]+)（([A-Z][A-Za-z ]+)）/gu)];
	const inTables = [
		...guide.matchAll(
			/^\| (?:[A-Z][a-z]+ [\p{Script=Han}]+ +\| )?([A-Z][A-Za-z ]+?) +(?:\| )?([\p{Script=Han}]+) +\|/gmu,
		),
	];
	const pairs = [
		...inText.map(([, chinese, english]) => ({ chinese, english })),
		...inTables.map(([, english, chinese]) => ({ chinese, english })),
	].filter(({ english }) => Object.hasOwn(dictionary, english) && !isName(english));
	expect(pairs.length).toBeGreaterThan(60);
	expect(pairs.filter(({ chinese, english }) => !chinese.endsWith(dictionary[english]))).toEqual([]);
});
