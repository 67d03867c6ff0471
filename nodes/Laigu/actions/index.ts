import type { INodeProperties } from 'n8n-workflow';

import { readChoice } from '../parameters/reader';
import type { ChoiceProperty, ParameterReader } from '../parameters/reader';
import { showFor } from '../parameters/show';
import * as conversation from './conversation';
import * as customer from './customer';
import type { Operation } from './operation';
import * as report from './report';
import { toolNotice } from './shared/tool';

/** What can be done with one kind of thing. */
interface Resource {
	/** The choice of an operation. */
	operation: ChoiceProperty<string>;
	/** The operations, by the value under which workflows save them. */
	operations: Record<string, Operation>;
}

const resources: Record<'conversation' | 'customer' | 'report', Resource> = { conversation, customer, report };

const resource: ChoiceProperty<keyof typeof resources> = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Conversation', value: 'conversation' },
		{ name: 'Customer', value: 'customer' },
		{ name: 'Report', value: 'report' },
	],
	default: 'conversation',
};

/**
 * The operation of an input item. The editor lets nobody choose one that does not exist, but a workflow may have been written by hand.
 *
 * @throws NodeOperationError for one that does not exist
 */
export function chosenOperation(reader: ParameterReader): Operation {
	const { operation, operations } = resources[readChoice(reader, resource)];
	return operations[readChoice(reader, operation)];
}

/** Every operation with its place, and what the editor says that it does. */
const all = Object.entries(resources).flatMap(([ofResource, { operation, operations }]) =>
	operation.options.map(({ value, action }) => ({
		show: { resource: [ofResource], operation: [value] },
		fields: operations[value].fields,
		key: `${ofResource}/${value}`,
		action,
	})),
);

/** All parameters of the Laigu node. */
export const properties: INodeProperties[] = [
	resource,
	...Object.values(resources).map(({ operation }) => operation),
	...all.flatMap(({ show, fields }) => showFor(show, [toolNotice(fields)])),
	...all.flatMap(({ fields }) => fields),
];

const actions = JSON.stringify(Object.fromEntries(all.map(({ key, action }) => [key, action])));

/** The node's subtitle on the canvas: what it does, in words. */
export const subtitle = `={{ (${actions})[$parameter["resource"] + "/" + $parameter["operation"]] }}`;
