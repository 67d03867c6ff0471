import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { createWorkflow, LAIGU, loadPackage, nodeOf } from '../engine/engine';
import { everyParameter } from './parameters';
import { ROOT } from './tarball';

/** Rules of n8n's UX guidelines that no linter knows. */

let properties: INodeProperties[];
let descriptions: INodeTypeDescription[];

const modesOf = (property: INodeProperties) => property.modes ?? [];

beforeAll(async () => {
	const { nodeTypes, credentialTypes } = await loadPackage();
	descriptions = Object.values(nodeTypes).map(({ type }) => type.description as INodeTypeDescription);
	const credentials = Object.values(credentialTypes).flatMap(({ type }) => type.properties);
	properties = everyParameter([...descriptions.flatMap((description) => description.properties), ...credentials]);
});

test('placeholders are examples, or say what a button adds', () => {
	const placeholders = properties.flatMap((property) =>
		[property, ...modesOf(property)].map(({ placeholder }) => placeholder),
	);
	const written = placeholders.filter((placeholder) => placeholder !== undefined);
	expect(written.length).toBeGreaterThan(5);
	for (const placeholder of written) expect(placeholder).toMatch(/^e\.g\. \S|^Add \w/);
});

test('what describes a choice fits into the two lines that n8n shows of it, in both languages', () => {
	const chinese = JSON.parse(readFileSync(path.join(ROOT, 'i18n/zh-CN.json'), 'utf8')) as Record<string, string>;
	// a Chinese character is as wide as two Latin ones
	const width = (text: string) => [...text].reduce((sum, one) => sum + (/[^\0-\u2fff]/.test(one) ? 2 : 1), 0);
	const described = properties
		.flatMap(({ options }) => options ?? [])
		.flatMap((option) => ('value' in option && option.description ? [option.description] : []));
	expect(described.length).toBeGreaterThan(50);
	const texts = described.flatMap((english) => [english, chinese[english]]);
	expect(texts.filter((text) => width(text) > 108)).toEqual([]);
});

test('a trigger is called one at the end of its name, and no name says "node"', () => {
	for (const { displayName, inputs } of descriptions) {
		expect(displayName.endsWith(' Trigger')).toBe(inputs.length === 0);
		expect(displayName).not.toMatch(/\bnode\b/i);
	}
});

test('actions name the resource, without articles', () => {
	const [laigu] = descriptions.filter(({ name }) => name === 'laigu');
	const operations = laigu.properties.filter(({ name }) => name === 'operation');
	expect(operations.length).toBeGreaterThan(2);
	for (const { options, displayOptions } of operations) {
		const [resource] = displayOptions?.show?.resource as string[];
		for (const option of options ?? []) {
			const action = 'action' in option ? `${option.action}` : '';
			expect(action).toMatch(/^[A-Z]/);
			expect(action).not.toMatch(/\b(a|an|the)\b/i);
			expect(action.toLowerCase()).toContain(resource === 'report' ? 'agent' : resource);
		}
	}
});

test('Resource is the first field and Operation the second', () => {
	const [laigu] = descriptions.filter(({ name }) => name === 'laigu');
	const fields = laigu.properties.filter(({ type }) => type !== 'notice');
	expect([...new Set(fields.map(({ name }) => name))].slice(0, 2)).toEqual(['resource', 'operation']);
});

test('a single record is chosen from a list first, or by its ID', () => {
	const locators = properties.filter(({ type }) => type === 'resourceLocator');
	expect(locators.map(({ name }) => name)).toEqual(['conversationId']);
	for (const locator of locators) {
		expect(locator.default).toEqual({ mode: 'list', value: '' });
		expect(modesOf(locator).map(({ name }) => name)).toEqual(['list', 'id']);
	}
});

test("every Output of the action node has n8n's modes for AI tools", () => {
	const [laigu] = descriptions.filter(({ name }) => name === 'laigu');
	const outputs = laigu.properties.filter(({ name }) => name === 'output');
	expect(outputs.length).toBeGreaterThan(2);
	for (const { options } of outputs) {
		const values = (options ?? []).map((option) => ('value' in option ? option.value : undefined));
		expect(values).toEqual(
			expect.arrayContaining(['simplified', 'spreadsheetRow', 'databaseRow', 'selectedFields', 'raw']),
		);
	}
});

test('n8n demands no field that another one can hide', () => {
	const required = properties.filter(({ required }) => required);
	expect(required.map(({ name }) => name)).toEqual(expect.arrayContaining(['conversationId', 'value']));
	for (const { name, displayOptions } of required) {
		const hiding = Object.keys({ ...displayOptions?.show, ...displayOptions?.hide });
		expect([name, hiding.filter((parameter) => !['resource', 'operation'].includes(parameter))]).toEqual([name, []]);
	}
});

test('Count hides Return All and Limit', () => {
	const [laigu] = descriptions.filter(({ name }) => name === 'laigu');
	const shown = (values: INodeParameters) =>
		laigu.properties
			.filter((property) => NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, laigu))
			.map(({ name }) => name);
	for (const resource of ['conversation', 'customer']) {
		const values = { resource, operation: 'getAll', returnAll: false, timeRange: 'today', output: 'count' };
		expect(shown({ ...values, output: 'simplified' })).toEqual(expect.arrayContaining(['returnAll', 'limit']));
		expect(shown(values)).toContain('countBy');
		expect(shown(values)).not.toContain('returnAll');
		expect(shown(values)).not.toContain('limit');
	}
});

test('Group By is shown beside the time range of a report, but for raw records', () => {
	const [laigu] = descriptions.filter(({ name }) => name === 'laigu');
	const [groupBy] = laigu.properties.filter(({ name }) => name === 'groupBy');
	const isShown = (output: string) =>
		NodeHelpers.displayParameter(
			{ resource: 'report', operation: 'getAgentOnlineStats', output },
			groupBy,
			{ typeVersion: 1 },
			laigu,
		);
	expect([isShown('simplified'), isShown('databaseRow'), isShown('raw')]).toEqual([true, true, false]);
});

test("the node's subtitle is what the operation does, in words", async () => {
	const [laigu] = descriptions.filter(({ name }) => name === 'laigu');
	for (const [resource, operation, words] of [
		['conversation', 'find', 'Find conversations by customer'],
		['conversation', 'get', 'Get conversation'],
		['conversation', 'getAll', 'Get many conversations'],
		['customer', 'find', 'Find customer'],
		['customer', 'getAll', 'Get many customers'],
		['report', 'getAgentOnlineStats', 'Get agent online times'],
		['report', 'getAgentService', 'Get agent service figures'],
	]) {
		const node = nodeOf('Laigu', LAIGU, { parameters: { resource, operation } });
		const { expression } = await createWorkflow([node], {});
		expect(expression.getSimpleParameterValue(node, laigu.subtitle, 'manual', {})).toBe(words);
	}
});

test('whatever somebody looks for, the Laigu node is found: n8n shows its triggers under it', () => {
	const aliasesOf = (file: string) =>
		(JSON.parse(readFileSync(path.join(ROOT, 'dist/nodes/Laigu', file), 'utf8')) as { alias: string[] }).alias;
	const aliases = aliasesOf('Laigu.node.json');
	expect(new Set(aliases).size).toBe(aliases.length);
	const ofTriggers = [...aliasesOf('LaiguTrigger.node.json'), ...aliasesOf('LaiguPollTrigger.node.json')];
	expect(aliases).toEqual(expect.arrayContaining([...ofTriggers, '留资', '推送', '线索', '轮询', '报表']));
});
