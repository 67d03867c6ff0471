import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { beginRun, openLaigu } from '../http/client';
import { conversationsBy } from '../lists/endpoints';
import { readShaped } from '../lists/readRange';
import { comparable } from '../records/comparing';
import { cleanPhone } from '../records/phone';
import { shaperFor } from '../records/shape';
import { conversationTable } from '../records/tables';
import { namedRange } from '../shared/ranges';
import { MILLISECOND, parseLaiguTime, toBeijingText } from '../shared/time';

/** How many conversations the list shows, and how many of the newest a search looks through. */
const SHOWN = 50;
const SEARCHED = 500;

/** A person waits for the list: it rather says that Laigu is busy than stays empty for minutes. */
const MAX_RETRIES = 1;

const MOBILE_NUMBER = /^1[3-9]\d{9}$/;

const shape = shaperFor(conversationTable, { output: 'simplified', findContacts: false });

function toListItem(record: IDataObject): INodeListSearchItems {
	const [simple] = shape(record);
	const { customerName, phone, agentName, conversationId, endedAt, startedAt } = simple as Record<
		string,
		string | undefined
	>;
	const ended = parseLaiguTime(endedAt) ?? parseLaiguTime(startedAt);
	const customer = [customerName ?? 'Unnamed customer', phone].filter((part) => part).join(' ');
	const parts = [ended === undefined ? '' : toBeijingText(ended).slice(0, 16), customer, agentName];
	return { name: parts.filter((part) => part).join(' · '), value: `${conversationId ?? ''}` };
}

/** Whether a text can be an ID that is not in the list: a whole number, and no phone that was searched for. */
const canBeId = (text: string): boolean => /^\d{1,20}$/.test(text) && !MOBILE_NUMBER.test(cleanPhone(text));

/**
 * The newest conversations of the last 30 days, for the list of a "Conversation" field: when it ended (Beijing time), customer, agent.
 *
 * @param filter text that must occur in that line or in the ID, or a phone in any spelling; an ID that is not among the newest can be
 * chosen as well
 */
export async function listConversations(
	context: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const client = await openLaigu(beginRun(context), undefined, MAX_RETRIES);
	const wanted = comparable(filter);
	const phone = cleanPhone(wanted);
	const fits = ({ name, value }: INodeListSearchItems) => {
		const line = comparable(`${name} ${value}`);
		return line.includes(wanted) || (/^\+?\d{5,}$/.test(phone) && line.includes(phone));
	};
	const results: INodeListSearchItems[] = [];
	const batches = readShaped(
		client,
		conversationsBy.v2,
		{
			range: namedRange('last30Days', Date.now() * MILLISECOND),
			order: 'newestFirst',
			limit: SHOWN,
			isWanted: (record) => fits(toListItem(record)),
			timeFormat: 'string',
			windowHours: 0,
			concurrency: 1,
		},
		toListItem,
	);
	for await (const { records, looked } of batches) {
		results.push(...records);
		if (looked >= SEARCHED) break;
	}
	if (results.length === 0 && canBeId(wanted)) results.push({ name: `Use as ID: ${wanted}`, value: wanted });
	return { results };
}
