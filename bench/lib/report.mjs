import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import prettier from 'prettier';
import { repositoryRoot } from '../../scripts/lib/paths.mjs';
import { lines } from '../../test/lab/lines.mjs';

const DOCUMENT = join(repositoryRoot, 'docs/performance.md');

/** The middle of some numbers. */
export function median(numbers) {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The options of a measurement from the command line: whole numbers and texts, by name. Those of other measurements are left alone, since `npm run bench` hands the same to all.
 *
 * @template {Record<string, number | string>} T
 * @param {T} defaults
 * @returns {T}
 */
export function readOptions(defaults) {
	const options = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' }]));
	const { values } = parseArgs({ options, strict: false });
	const read = ([name, value]) => [
		name,
		typeof value === 'number' ? Number(values[name] ?? value) : (values[name] ?? value),
	];
	return Object.fromEntries(Object.entries(defaults).map(read));
}

/** A table in Markdown. */
export const toTable = (head, rows) =>
	[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** What was measured, on what: no name and no path of the machine. */
export function measuredOn({ line = lines.current } = {}) {
	const [{ model }] = cpus();
	return `Measured with n8n ${line.n8n} and Node.js ${line.node.version}; ${cpus().length} cores of ${model.trim()}.`;
}

/**
 * Puts what was measured into docs/performance.md, between the markers of that name, and shows it.
 *
 * @param {string} name - `<!-- bench:name -->` … `<!-- /bench:name -->`
 * @param {string} text - Markdown
 * @throws {Error} where the document has no such markers
 */
export async function writeReport(name, text) {
	const before = await readFile(DOCUMENT, 'utf8');
	const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
	const [from, to] = [before.indexOf(begin), before.indexOf(end)];
	if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for '${name}'`);
	const after = `${before.slice(0, from + begin.length)}\n\n${text}\n\n${before.slice(to)}`;
	const options = await prettier.resolveConfig(DOCUMENT);
	await writeFile(DOCUMENT, await prettier.format(after, { ...options, filepath: DOCUMENT }));
	console.log(`\n${text}\n`);
}

/** A number with so many digits behind the point. */
export const fixed = (number, digits = 2) => number.toFixed(digits);

/** Whether a goal is reached, in a word. */
export const reached = (isReached) => (isReached ? 'reached' : '**not reached**');
