import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { loadPackage } from '../engine/engine';
import { everyParameter } from './parameters';

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
	for (const { options, displayOptions } of outputs) {
		const values = (options ?? []).map((option) => ('value' in option ? option.value : undefined));
		expect(values).toEqual(expect.arrayContaining(['simplified', 'raw']));
		if (!displayOptions?.show?.resource?.includes('report')) expect(values).toContain('selectedFields');
	}
});
