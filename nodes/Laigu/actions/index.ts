import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import * as conversation from './conversation';
import * as customer from './customer';
import type { Operation } from './operation';
import * as report from './report';
import { toolNotice } from './shared/tool';
import { showFor } from '../parameters/show';

/** Every operation, by resource and name. */
export const operations: Record<string, Record<string, Operation>> = {
	conversation: conversation.operations,
	customer: customer.operations,
	report: report.operations,
};

const choices = [...conversation.description, ...customer.description, ...report.description];

const notices = Object.entries(operations).flatMap(([resource, ofResource]) =>
	Object.entries(ofResource).flatMap(([operation, { fields }]) =>
		showFor({ resource: [resource], operation: [operation] }, [toolNotice(fields)]),
	),
);

const fields = Object.values(operations).flatMap((ofResource) =>
	Object.values(ofResource).flatMap((operation) => operation.fields),
);

/** All parameters of the Laigu node. */
export const properties: INodeProperties[] = [
	{
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
	},
	...choices,
	...notices,
	...fields,
];

/** What each operation does, in words, by `resource/operation`. */
const actions = Object.fromEntries(
	choices.flatMap(({ displayOptions, options = [] }) => {
		const [resource] = (displayOptions?.show?.resource ?? []) as string[];
		return (options as INodePropertyOptions[]).map(({ value, action }) => [`${resource}/${value}`, action]);
	}),
);

/** The node's subtitle on the canvas: what it does, in words. */
export const subtitle = `={{ (${JSON.stringify(actions)})[$parameter["resource"] + "/" + $parameter["operation"]] }}`;
