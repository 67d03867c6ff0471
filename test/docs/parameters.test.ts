import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties } from 'n8n-workflow';

import { forms, isParameter } from './interface';
import { ROOT } from './pages';
import { parametersPage } from './parametersPage';

/** `LAIGU_UPDATE_DOCS=1 npm test -- test/docs/parameters` writes the page again. */
const isUpdating = process.env.LAIGU_UPDATE_DOCS === '1';

const FILE = 'docs/parameters.md';

const formatted = (text: string) =>
	execFileSync(process.execPath, ['node_modules/prettier/bin/prettier.cjs', '--stdin-filepath', FILE], {
		cwd: ROOT,
		input: text,
		encoding: 'utf8',
	});

test('the page on parameters is what the built package says', async () => {
	const page = formatted(parametersPage(await forms()));
	if (isUpdating) writeFileSync(path.join(ROOT, FILE), page);
	expect(readFileSync(path.join(ROOT, FILE), 'utf8')).toBe(page);
});

/** Every parameter with those inside it, each with the way to it. */
const everyParameter = (
	properties: INodeProperties[],
	way: string,
): Array<{ way: string; property: INodeProperties }> =>
	properties.flatMap((property) => {
		const own = `${way} > ${property.displayName}`;
		return [{ way: own, property }, ...everyParameter((property.options ?? []).filter(isParameter), own)];
	});

/** n8n's own pair and its collections speak for themselves in the editor. */
const SPEAKS_FOR_ITSELF = ['resource', 'operation', 'options'];

test('every parameter has a sentence in the interface, and its row on the page', async () => {
	const page = readFileSync(path.join(ROOT, FILE), 'utf8');
	const all = (await forms()).flatMap(({ title, properties }) => everyParameter(properties, title));
	const shown = all.filter(({ property }) => property.type !== 'notice' && !SPEAKS_FOR_ITSELF.includes(property.name));
	expect(shown.length).toBeGreaterThan(60);
	expect(shown.filter(({ property }) => !property.description).map(({ way }) => way)).toEqual([]);
	const missing = shown.filter(
		({ property }) => property.type !== 'collection' && !page.includes(property.description ?? ''),
	);
	expect(missing.map(({ way }) => way)).toEqual([]);
});
