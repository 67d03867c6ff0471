import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { namedRange } from '../shared/ranges';
import { beginRun, openLaigu } from '../http/client';
import { conversationsBy } from '../lists/endpoints';
import { readShaped } from '../lists/readRange';
import type { RangeQuery } from '../lists/readRange';
import { MILLISECOND, parseLaiguTime, toBeijingText } from '../shared/time';
import { valueReaderFor } from '../records/read';
import { conversationTable } from '../records/tables';
import { textOf } from '../shared/text';

/** How many conversations the list shows, and how many of the newest a search looks through. */
const SHOWN = 50;
const SEARCHED = 500;

/** A person waits for the list: it rather says that Laigu is busy than stays empty for minutes. */
const MAX_RETRIES = 1;

const [readName, readPhone, readAgent] = ['customerName', 'phone', 'agentName'].map((name) =>
	valueReaderFor(conversationTable, name),
);

function toListItem(record: IDataObject): INodeListSearchItems {
	const ended = parseLaiguTime(record.conv_end_tm) ?? parseLaiguTime(record.conv_start_tm);
	const customer = `${textOf(readName(record)) || 'Unnamed customer'} ${textOf(readPhone(record))}`.trim();
	const parts = [ended === undefined ? '' : toBeijingText(ended).slice(0, 16), customer, textOf(readAgent(record))];
	return { name: parts.filter((part) => part !== '').join(' · '), value: textOf(record.conv_id) };
}

/**
 * The newest conversations of the last 30 days, for the list of a "Conversation" field: when it ended (Beijing time), customer, agent.
 *
 * @param filter text that must occur in that line or in the ID; an ID that is not among the newest can be chosen all the same
 */
export async function searchConversations(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const client = await openLaigu(beginRun(this), undefined, MAX_RETRIES);
	const wanted = filter?.trim().toLowerCase() ?? '';
	const results: INodeListSearchItems[] = [];
	const fits = ({ name, value }: INodeListSearchItems) => `${name} ${value}`.toLowerCase().includes(wanted);
	const query: RangeQuery = {
		range: namedRange('last30Days', Date.now() * MILLISECOND),
		order: 'newestFirst',
		limit: SHOWN,
		isWanted: (record) => fits(toListItem(record)),
		timeFormat: 'string',
		windowHours: 0,
		concurrency: 1,
	};
	for await (const { records, looked } of readShaped(client, conversationsBy.v2, query, toListItem)) {
		results.push(...records);
		if (looked >= SEARCHED) break;
	}
	if (results.length === 0 && /^\d+$/.test(wanted)) results.push({ name: `ID ${wanted}`, value: wanted });
	return { results };
}
