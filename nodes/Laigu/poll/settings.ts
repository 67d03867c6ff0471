import { createHash } from 'crypto';
import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { parseTime, SECOND } from '../shared/time';
import type { Micros, TimeFormat } from '../shared/time';
import { shaperFor } from '../records/shape';
import type { Output, Shaper } from '../records/shape';
import { conversationTable, customerTable } from '../records/tables';
import { textList } from '../shared/text';
import { sourceOf } from './events';
import type { PollEvent, PollSource } from './events';

/** The trigger's parameters, checked. */
export interface PollSettings {
	event: PollEvent;
	source: PollSource;
	shape: Shaper;
	isRow: boolean;
	/** How late a record may become visible. */
	lookback: Micros;
	/** Whether a batch comes again after a restart of n8n. */
	repeatAfterRestart: boolean;
	timeFormat: TimeFormat;
}

const LONGEST_OVERLAP = 1_440;

function readOverlap(context: IPollFunctions, value: unknown): Micros {
	const minutes = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof minutes === 'number' && minutes >= 0 && minutes <= LONGEST_OVERLAP)
		return Math.round(minutes * 60) * SECOND;
	throw new NodeOperationError(context.getNode(), `'Overlap Minutes' cannot be ${JSON.stringify(value) ?? 'empty'}`, {
		description: `Enter a number of minutes from 0 to ${LONGEST_OVERLAP}.`,
	});
}

/**
 * The trigger's parameters.
 *
 * @throws NodeOperationError for an event that does not exist, and for an lookback out of its bounds
 */
export function readSettings(context: IPollFunctions): PollSettings {
	const event = context.getNodeParameter('event', 'customerCreated') as PollEvent;
	if (!Object.hasOwn(sourceOf, event)) {
		throw new NodeOperationError(context.getNode(), `'Trigger On' cannot be ${JSON.stringify(event)}`, {
			description: `Choose one of ${Object.keys(sourceOf).join(', ')}.`,
		});
	}
	const source = sourceOf[event];
	const output = context.getNodeParameter('output', 'simplified') as Output;
	const options = context.getNodeParameter('options', {}) as IDataObject;
	return {
		event,
		source,
		shape: shaperFor(source.kind === 'conversation' ? conversationTable : customerTable, {
			output,
			fields: textList(context.getNodeParameter('fields', [])),
		}),
		isRow: output === 'spreadsheetRow',
		lookback: readOverlap(context, options.overlapMinutes ?? 5),
		repeatAfterRestart: options.repeatAfterRestart !== false,
		timeFormat: (options.timeFormat as TimeFormat | undefined) ?? 'string',
	};
}

/**
 * The instant that a trigger without a past is to start from, in microseconds; a time without offset is in the workflow's zone.
 *
 * @returns undefined where the user gave none
 * @throws NodeOperationError for a value that is no time
 */
export function readStartFrom(context: IPollFunctions): Micros | undefined {
	const { startFrom: value } = context.getNodeParameter('options', {}) as IDataObject;
	if (value === undefined || value === null || value === '') return undefined;
	const start = parseTime(value, context.getTimezone());
	if (start !== undefined) return start;
	throw new NodeOperationError(context.getNode(), "'Start From' is not a date and time", {
		description: `Enter one such as 2026-01-31T08:00:00. It is now: ${JSON.stringify(value)?.slice(0, 60)}`,
	});
}

/**
 * What a cursor belongs to: the event and the account, which is the enterprise. The token may be renewed, and the same account may be reached by
 * another host. Nothing of it can be read back.
 */
export async function ownerOf(context: IPollFunctions, event: PollEvent): Promise<string> {
	const credentials = await context.getCredentials('laiguApi');
	const account = [event, `${credentials.enterpriseId as string | number}`.trim()];
	return createHash('sha256').update(JSON.stringify(account)).digest('base64url').slice(0, 16);
}
