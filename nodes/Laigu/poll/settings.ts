import { createHash } from 'crypto';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { enterpriseIdOf } from '../../../credentials/LaiguApi.credentials';
import { readFilters } from '../parameters/filters';
import { findContacts, maskContacts, protectFormulas, timeFormat } from '../parameters/options';
import { collectionReader, readBoolean, readChoice, readNumber, readTime, triggerReader } from '../parameters/reader';
import { filterFor } from '../records/filter';
import { shaperFor } from '../records/shape';
import type { Shaper } from '../records/shape';
import { SECOND } from '../shared/time';
import type { Micros, TimeFormat } from '../shared/time';
import { sourceOf } from './events';
import type { PollEvent, PollSource } from './events';
import { event, options, output, overlapMinutes, repeatAfterRestart, startFrom } from './fields';

/** The trigger's parameters, checked. */
export interface PollSettings {
	event: PollEvent;
	source: PollSource;
	shape: Shaper;
	/** Whether a record passes the filters; undefined where there are none. */
	isWanted?: (record: IDataObject) => boolean;
	isRow: boolean;
	/** How late a record may become visible. */
	lookback: Micros;
	/** Whether a batch comes again after a restart of n8n. */
	repeatAfterRestart: boolean;
	/** Where a trigger without a past is to start, in microseconds; undefined for the present. */
	startFrom?: Micros;
	timeFormat: TimeFormat;
}

/**
 * The trigger's parameters. A time without offset is in the workflow's zone.
 *
 * @param onUnreadable called for a record that could not be returned whole
 * @throws NodeOperationError for a value that cannot work
 */
export function readSettings(context: IPollFunctions, onUnreadable: () => void): PollSettings {
	const reader = triggerReader(context);
	const chosenEvent = readChoice(reader, event);
	const source = sourceOf[chosenEvent];
	const { table } = source;
	const inside = collectionReader(reader, options);
	const chosen = output[table.kind === 'conversation' ? 'conversation' : 'customer'].read(reader);
	return {
		event: chosenEvent,
		source,
		shape: shaperFor(table, {
			...chosen,
			findContacts: readBoolean(inside, findContacts),
			maskContacts: readBoolean(inside, maskContacts),
			protectFormulas: readBoolean(inside, protectFormulas),
			onUnreadable,
		}),
		isWanted: filterFor(table, readFilters(reader)),
		isRow: chosen.output === 'spreadsheetRow',
		lookback: Math.round(readNumber(inside, overlapMinutes) * 60) * SECOND,
		repeatAfterRestart: readBoolean(inside, repeatAfterRestart),
		startFrom: readTime(inside, startFrom),
		timeFormat: readChoice(inside, timeFormat),
	};
}

/**
 * What a cursor belongs to: the event and the account, which is the enterprise. The token may be renewed, and the same account may be reached by
 * another host. Nothing of it can be read back.
 */
export async function ownerOf(context: IPollFunctions, event: PollEvent): Promise<string> {
	const account = [event, enterpriseIdOf(await context.getCredentials('laiguApi'))];
	return createHash('sha256').update(JSON.stringify(account)).digest('base64url').slice(0, 16);
}
