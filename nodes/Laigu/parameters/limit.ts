import type { INodeProperties } from 'n8n-workflow';

import { readBoolean, readNumber } from './reader';
import type { ParameterReader } from './reader';

/** Limit alone, for an operation that never returns all. */
export const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 50,
	description: 'Max number of results to return',
};

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

/** n8n's pair of fields for lists. What counts everything has no use for them. */
export const returnAllAndLimit: INodeProperties[] = [
	{ ...returnAll, displayOptions: { hide: { output: ['count'] } } },
	{ ...limit, displayOptions: { show: { returnAll: [false] }, hide: { output: ['count'] } } },
];

/**
 * The most records to return.
 *
 * @throws NodeOperationError for anything but a whole number of 1 or more
 */
export function readLimit(reader: ParameterReader): number {
	return readNumber(reader, limit);
}

/**
 * The most records to return, or undefined for all.
 *
 * @throws NodeOperationError for a limit below 1
 */
export function readReturnAllOrLimit(reader: ParameterReader): number | undefined {
	return readBoolean(reader, returnAll) ? undefined : readLimit(reader);
}
