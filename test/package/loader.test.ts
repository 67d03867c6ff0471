import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';

import { loadPackage } from '../engine/engine';
import { everyParameter } from './parameters';
import { ROOT } from './tarball';

let descriptions: INodeTypeDescription[];
let loader: Awaited<ReturnType<typeof loadPackage>>;

beforeAll(async () => {
	loader = await loadPackage();
	descriptions = Object.values(loader.nodeTypes).map(({ type }) => type.description as INodeTypeDescription);
});

test('n8n loads the nodes and credentials under the names that workflows save', () => {
	const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
	expect(Object.keys(loader.nodeTypes)).toContain('laigu');
	expect(Object.keys(loader.nodeTypes)).toHaveLength(manifest.n8n.nodes.length);
	expect(Object.keys(loader.credentialTypes).sort()).toEqual(['laiguApi', 'laiguWebhookApi']);
	for (const { version } of descriptions) expect(version).toEqual([1]);
});

test('n8n starts without what the nodes do: that is loaded when they first run', () => {
	const { n8n } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
		n8n: Record<string, string[]>;
	};
	const files = [...n8n.nodes, ...n8n.credentials];
	const program = `for (const file of ${JSON.stringify(files)}) require('./' + file);
		console.log(JSON.stringify(Object.keys(require.cache)));`;
	const output = execFileSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8' });
	const ours = (JSON.parse(output) as string[])
		.map((file) => path.relative(path.join(ROOT, 'dist'), file))
		.filter((file) => !file.startsWith('..'));
	const LOOKS = [
		/^credentials\//,
		/^nodes\/Laigu\/\w+\.node\.js$/,
		/\/actions\/index\.js$/,
		/\/actions\/(?:conversation|customer|report)\//,
		/\/actions\/shared\/tool\.js$/,
		/\/parameters\//,
		/\/shared\/(?:json|pasted|ranges|text|time)\.js$/,
		/\/records\/(?:field|fields\.\w+|tables|countBy|selection|simplified)\.js$/,
		/\/lists\/endpoints\.js$/,
		/\/http\/(?:redact|target)\.js$/,
		/\/methods\/index\.js$/,
		/\/webhook\/(?:events|parameters|setup)\.js$/,
		/\/poll\/(?:events|fields)\.js$/,
	];
	expect(ours).toEqual(expect.arrayContaining(files.map((file) => path.relative('dist', file))));
	expect(ours.filter((file) => !LOOKS.some((look) => look.test(file)))).toEqual([]);
});

test('the codex file of each node names the node with the package before it', () => {
	for (const { name } of descriptions) {
		const file = `nodes/Laigu/${name.charAt(0).toUpperCase()}${name.slice(1)}.node.json`;
		const codex = JSON.parse(readFileSync(path.join(ROOT, 'dist', file), 'utf8')) as { node: string; alias: string[] };
		expect(codex.node).toBe(`n8n-nodes-laigu.${name}`);
		expect(codex.alias).toEqual(expect.arrayContaining(['来鼓', '小红书', '抖音', '线索', '客服', '私信']));
	}
});

test('only the action node is a tool for AI agents', () => {
	for (const { name, usableAsTool } of descriptions)
		expect([name, Boolean(usableAsTool)]).toEqual([name, name === 'laigu']);
});

test('secrets are masked in every credential', () => {
	for (const { type } of Object.values(loader.credentialTypes)) {
		for (const property of type.properties) {
			if (/token|secret/i.test(property.name))
				expect([property.name, property.typeOptions?.password]).toEqual([property.name, true]);
		}
	}
});

test('every parameter says what it is for, and every default is one of its options', () => {
	for (const { properties } of descriptions) {
		for (const property of everyParameter(properties)) {
			const speaksForItself = ['resource', 'operation', 'options', 'filters'].includes(property.name);
			if (!speaksForItself && property.type !== 'notice') {
				expect([property.name, Boolean(property.description)]).toEqual([property.name, true]);
			}
			if (property.type === 'options') {
				const values = (property.options ?? []).map((option) => ('value' in option ? option.value : undefined));
				expect(values).toContain(property.default);
			}
		}
	}
});

test('every operation of the action node has an output schema', () => {
	const { properties } = descriptions.find(({ name }) => name === 'laigu') as INodeTypeDescription;
	for (const operation of properties.filter(({ name }) => name === 'operation')) {
		const [resource] = operation.displayOptions?.show?.resource as string[];
		for (const option of operation.options ?? []) {
			const value = 'value' in option ? `${option.value as string}` : '';
			const schema = path.join(ROOT, 'dist/nodes/Laigu/__schema__/v1.0.0', resource, `${value}.json`);
			expect(
				Object.keys((JSON.parse(readFileSync(schema, 'utf8')) as { properties: object }).properties).length,
			).toBeGreaterThan(3);
		}
	}
});

test('the icons are square SVGs under 2 kB without scripts or links', () => {
	for (const name of ['laigu.svg', 'laigu.dark.svg']) {
		const file = path.join(ROOT, 'dist/nodes/Laigu', name);
		const svg = readFileSync(file, 'utf8');
		expect(statSync(file).size).toBeLessThan(2_000);
		expect(svg).toMatch(/viewBox="0 0 64 64"/);
		expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/script|href|http|foreignObject/i);
	}
});
