import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { forms } from './interface';
import { CHINESE_GUIDE, readPage, ROOT } from './pages';

const FOLDER = 'examples/zh-CN';
const PACKAGE = 'n8n-nodes-laigu-zh.';

interface Node {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
}

interface Workflow {
	name: string;
	nodes: Node[];
	connections: Record<string, { main?: Array<Array<{ node: string }>> }>;
	settings: { timezone?: string };
}

const files = readdirSync(path.join(ROOT, FOLDER)).filter((name) => name.endsWith('.json'));
const workflows = files.map((file) => ({
	file,
	workflow: JSON.parse(readFileSync(path.join(ROOT, FOLDER, file), 'utf8')) as Workflow,
}));
const index = readPage(`${FOLDER}/README.md`);

const notesOf = ({ nodes }: Workflow) => nodes.filter(({ type }) => type.endsWith('.stickyNote'));

const isTrigger = ({ type }: Node) => /trigger$/i.test(type);

/** The nodes that a node leads to by its first output. */
const nextOf = ({ connections }: Workflow, name: string) =>
	(connections[name]?.main?.[0] ?? []).map(({ node }) => node);

test('the index and the guide have every example, and their links lead somewhere', () => {
	expect(files.length).toBeGreaterThan(10);
	expect(index.links.filter((href) => href.endsWith('.json') && !href.includes('/')).sort()).toEqual(files.sort());
	const inGuide = readPage(CHINESE_GUIDE).links.filter((href) => href.startsWith('../examples/zh-CN/'));
	expect(files.filter((file) => !inGuide.includes(`../examples/zh-CN/${file}`))).toEqual([]);
	const dead = index.links.filter((href) => !existsSync(path.join(ROOT, FOLDER, href)));
	expect(dead).toEqual([]);
});

test.each(workflows)('$file: before anything else it is checked whether all is filled in', ({ workflow }) => {
	const triggers = workflow.nodes.filter(isTrigger);
	expect(triggers).toHaveLength(1);
	expect(nextOf(workflow, triggers[0].name)).toEqual(['要填写']);
	expect(nextOf(workflow, '要填写')).toEqual(['检查填写']);
	expect(nextOf(workflow, '检查填写')).toEqual(['都填好了？']);
	expect(workflow.connections['都填好了？'].main?.[1]?.map(({ node }) => node)).toEqual(['说明还缺什么']);
});

test.each(workflows)('$file: what has to be filled in is yellow, everything else is grey', ({ workflow }) => {
	const notes = notesOf(workflow);
	const yellow = notes.filter(({ parameters }) => parameters.color === undefined).map(({ name }) => name);
	expect(yellow).toEqual(notes.map(({ name }) => name).filter((name) => name.startsWith('要填写')));
	expect(yellow.length).toBeGreaterThan(1);
	for (const { name, parameters } of notes)
		if (!yellow.includes(name)) expect([name, parameters.color]).toEqual([name, 7]);
});

test.each(workflows)('$file: notes, nodes and the names of credentials are in Chinese', ({ workflow }) => {
	const han = /\p{Script=Han}/u;
	const halfWidth = /\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/u;
	const texts = notesOf(workflow).map(({ parameters }) => String(parameters.content));
	for (const text of [workflow.name, ...workflow.nodes.map(({ name }) => name)]) expect(text).toMatch(han);
	for (const text of texts) {
		expect(text).toMatch(han);
		const lines = text
			.replace(/`[^`]*`/g, '')
			.split('\n')
			.filter((line) => halfWidth.test(line));
		expect(lines).toEqual([]);
	}
});

test.each(workflows)(
	'$file: the nodes are those of the Chinese package, with parameters that they have',
	async ({ workflow }) => {
		const all = await forms();
		const own = workflow.nodes.filter(({ type }) => type.includes('laigu'));
		expect(own.length).toBeGreaterThan(0);
		for (const { type, parameters } of own) {
			expect(type.startsWith(PACKAGE)).toBe(true);
			const form = all.find(({ kind, name }) => kind === 'node' && name === type.slice(PACKAGE.length));
			// a poll trigger's times are n8n's own
			const known = ['pollTimes', ...(form?.properties ?? []).map(({ name }) => name)];
			expect(Object.keys(parameters).filter((name) => !known.includes(name))).toEqual([]);
			for (const name of ['options', 'filters']) {
				const offered = (form?.properties ?? [])
					.filter((property) => property.name === name)
					.flatMap(({ options = [] }) => options as Array<INodeProperties | INodePropertyCollection>);
				const chosen = Object.keys(parameters[name] ?? {});
				expect(chosen.filter((one) => !offered.some((option) => option.name === one))).toEqual([]);
			}
		}
	},
);

test.each(workflows)('$file: no credential is chosen, and a clock is that of Beijing', ({ workflow }) => {
	const ids = workflow.nodes.flatMap(({ credentials = {} }) => Object.values(credentials).map(({ id }) => id));
	expect(ids.filter((id) => id !== null)).toEqual([]);
	const hasClock = workflow.nodes.some(({ type }) => type.endsWith('.scheduleTrigger'));
	if (hasClock) expect(workflow.settings.timezone).toBe('Asia/Shanghai');
});
