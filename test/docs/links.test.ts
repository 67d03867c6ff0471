import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';

import { loadPackage } from '../engine/engine';
import { everyPage, readPage, ROOT } from './pages';
import type { Page } from './pages';

const REPOSITORY = 'https://github.com/n8n-nodes-laigu/n8n-nodes-laigu';

const pages = everyPage();

/** What is wrong with a link, or nothing. */
function flawOf(page: Page, href: string): string | undefined {
	const own = href.startsWith(`${REPOSITORY}#`) ? href.replace(REPOSITORY, '/README.md') : href;
	if (/^(https:|mailto:)/.test(own)) return undefined;
	if (/^\w+:/.test(own)) return `${page.file}: ${href} is not https`;
	const [target, anchor] = own.split('#');
	const file =
		target === '' ? page.file : path.posix.join(target.startsWith('/') ? '' : path.dirname(page.file), target);
	if (!existsSync(path.join(ROOT, file))) return `${page.file}: ${href} leads to nothing`;
	if (anchor === undefined) return undefined;
	if (!file.endsWith('.md')) return `${page.file}: ${href} has an anchor into a file without headings`;
	return readPage(file).anchors.includes(anchor) ? undefined : `${page.file}: ${href}: there is no such heading`;
}

test('every link leads to a file and a heading that exist', () => {
	const links = pages.flatMap((page) => page.links.map((href) => ({ page, href })));
	expect(links.length).toBeGreaterThan(100);
	expect(links.map(({ page, href }) => flawOf(page, href)).filter((flaw) => flaw !== undefined)).toEqual([]);
});

test('every picture that is shown exists, and says in words what it shows', () => {
	const flaws = pages.flatMap((page) => page.pictures.map((href) => flawOf(page, href)));
	expect(flaws.filter((flaw) => flaw !== undefined)).toEqual([]);
	for (const { file, text } of pages) expect([file, text.match(/!\[\s*\]\(/)]).toEqual([file, null]);
});

test('every picture in docs/images is shown somewhere', () => {
	const shown = pages.flatMap(({ file, pictures }) =>
		pictures.map((href) => path.posix.join(path.dirname(file), href)),
	);
	const folder = path.join(ROOT, 'docs/images');
	const there = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.(png|svg|jpe?g|gif|webp)$/.test(name))
		.map((name) => path.posix.join('docs/images', name));
	expect(there.filter((file) => !shown.includes(file))).toEqual([]);
});

test('every document can be reached from the README or from the index of docs/', () => {
	const from = pages.filter(({ file }) => ['README.md', 'docs/README.md', 'examples/README.md'].includes(file));
	const reached = from.flatMap(({ file, links }) =>
		links.map((href) => path.posix.join(path.dirname(file), href.split('#')[0])),
	);
	const documents = pages.map(({ file }) => file).filter((file) => file.startsWith('docs/'));
	expect(documents.filter((file) => !reached.includes(file))).toEqual([]);
});

test('every example workflow is named in the index of the examples', () => {
	const index = readPage('examples/README.md');
	const workflows = readdirSync(path.join(ROOT, 'examples')).filter((name) => name.endsWith('.json'));
	expect(workflows.filter((name) => !index.links.includes(name))).toEqual([]);
});

test("the pages that n8n links to from the nodes' and credentials' panels exist", async () => {
	const { nodeTypes, credentialTypes } = await loadPackage();
	const readme = readPage('README.md');
	const credentialPages = Object.values(credentialTypes).map(({ type }) => type.documentationUrl);
	const codexPages = Object.values(nodeTypes).flatMap(({ type }) => {
		const { name } = type.description as INodeTypeDescription;
		const file = `dist/nodes/Laigu/${name.charAt(0).toUpperCase()}${name.slice(1)}.node.json`;
		const { resources } = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as {
			resources: Record<string, Array<{ url: string }>>;
		};
		return Object.values(resources).flatMap((links) => links.map(({ url }) => url));
	});
	const urls = [...credentialPages, ...codexPages].filter((url): url is string => !url?.endsWith('#readme'));
	expect(urls.length).toBeGreaterThan(3);
	expect(urls.map((url) => flawOf(readme, url)).filter((flaw) => flaw !== undefined)).toEqual([]);
});

test('the README is short, in the order of what its readers ask, and shows the two commands first under "Try it"', () => {
	const readme = readPage('README.md');
	expect(Buffer.byteLength(readme.text)).toBeLessThan(10_000);
	expect(readme.text).toContain('\n## Try it\n\n```sh\nnpm start\nnpm test\n```\n');
	expect(readme.links).toContain('docs/guide.zh-CN.md');
	const chapters = [...readme.text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
	expect(chapters).toEqual([
		...['Status', 'Installation', 'Credentials', 'Usage', 'Operations', 'What is not offered', 'Compatibility'],
		...['Try it', 'Resources', 'Version history'],
	]);
});
