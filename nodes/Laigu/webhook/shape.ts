import type { IDataObject } from 'n8n-workflow';

import { protectFromFormula } from '../records/rows';
import { shaperFor } from '../records/shape';
import type { Output } from '../records/shape';
import { conversationTable } from '../records/tables';
import { withoutNull } from '../shared/text';
import { toBeijingText, toIso } from '../shared/time';
import type { Envelope } from './envelope';
import type { Settings } from './parameters';

type ShapeSettings = Pick<
	Settings,
	'output' | 'findContacts' | 'includeTranscript' | 'maskContacts' | 'maskTranscript' | 'protectFormulas'
>;

/** What an output has where there is nothing; simplified leaves it out. */
const ABSENT: Partial<Record<Output, '' | null>> = { spreadsheetRow: '', databaseRow: null };

/** What stands behind the record's fields: the dialogue where it is asked for, and the event itself. */
function eventFields({ event, eventId, createdAt, table, record }: Envelope, settings: ShapeSettings): IDataObject {
	const { output, includeTranscript, maskTranscript, protectFormulas } = settings;
	const maskContacts = settings.maskContacts || maskTranscript;
	const fields: IDataObject = {};
	const put = (name: string, value: string): void => {
		const text = withoutNull(value);
		if (text === '') {
			if (output in ABSENT) fields[name] = ABSENT[output];
		} else {
			fields[name] = output === 'spreadsheetRow' && protectFormulas ? protectFromFormula(text) : text;
		}
	};
	if (includeTranscript && table === conversationTable) {
		const [{ transcript }] = shaperFor(table, { output: 'transcript', maskContacts })(record);
		put('transcript', transcript as string);
	}
	put('event', event);
	put('eventId', eventId);
	const write = output === 'spreadsheetRow' ? toBeijingText : toIso;
	put('eventAt', createdAt === undefined ? '' : write(createdAt));
	return fields;
}

/**
 * The item of an event: the record's fields by the code of the Laigu node, and behind them `transcript` (where asked for), `event`, `eventId` and
 * `eventAt`. No field of Laigu's takes one of these names. Raw is the whole body.
 *
 * @param envelope the event; it is not changed
 */
export function toItem(envelope: Envelope, settings: ShapeSettings): IDataObject {
	if (settings.output === 'raw') return envelope.body;
	const [shaped] = shaperFor(envelope.table, settings)(envelope.record);
	return { ...shaped, ...eventFields(envelope, settings) };
}
