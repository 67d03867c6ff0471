import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = join(__dirname, 'browser');
const NODE_ICON = join(__dirname, '../../../nodes/Laigu/laigu.svg');

const TYPES = {
	html: 'text/html; charset=utf-8',
	css: 'text/css; charset=utf-8',
	mjs: 'text/javascript; charset=utf-8',
	svg: 'image/svg+xml',
} as const;

const FILES: Readonly<Record<string, { file: string; type: string }>> = {
	'/': { file: join(FOLDER, 'index.html'), type: TYPES.html },
	'/simulator/page.css': { file: join(FOLDER, 'page.css'), type: TYPES.css },
	'/simulator/page.mjs': { file: join(FOLDER, 'page.mjs'), type: TYPES.mjs },
	'/simulator/view.mjs': { file: join(FOLDER, 'view.mjs'), type: TYPES.mjs },
	'/simulator/texts.mjs': { file: join(FOLDER, 'texts.mjs'), type: TYPES.mjs },
	'/simulator/icon.svg': { file: NODE_ICON, type: TYPES.svg },
};

/** The page loads nothing but its own files, runs no script that stands in its text, and no other page may show it in a frame. */
export const PAGE_HEADERS = {
	'content-security-policy':
		"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	'x-content-type-options': 'nosniff',
	'cross-origin-resource-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'referrer-policy': 'no-referrer',
	'cache-control': 'no-store',
} as const;

/** The file of the page at this path; undefined when there is none. Read again each time, so that a change is seen on reloading. */
export async function readPageFile(path: string): Promise<{ type: string; content: Buffer } | undefined> {
	if (!Object.hasOwn(FILES, path)) return undefined;
	const { file, type } = FILES[path];
	return { type, content: await readFile(file) };
}
