import type { IDataObject } from 'n8n-workflow';

import type { Outcome } from '../../../nodes/Laigu/http/client';
import { faultOfErrno } from '../../../nodes/Laigu/http/faults';
import { readRange } from '../../../nodes/Laigu/lists/readRange';
import type { RangeQuery } from '../../../nodes/Laigu/lists/readRange';
import { conversationsBy, customersBy } from '../../../nodes/Laigu/lists/endpoints';
import type { ListEndpoint } from '../../../nodes/Laigu/lists/endpoints';
import { at, clientOver, readWire, wireText } from '../helpers';
import type { Answer } from '../helpers';

export const SECOND = 1e6;
export const HOUR = 3600 * SECOND;
export const v1 = conversationsBy.v1;
export const v2 = conversationsBy.v2;
export const clients = customersBy.created;

export const FROM = at('2026-11-01T00:00:00+08:00');

/** How a list of Laigu's takes its parameters, which is not documented. */
export interface Reading {
	fromInclusive: boolean;
	toInclusive: boolean;
	/** Whether times are compared to the second. */
	cutsTimes: boolean;
	/** Refused with errno 10016 when wider, in microseconds. */
	widest?: number;
	/** Whether `next_page_token` is left out of every answer. */
	hidesTokens?: boolean;
	/** Whether the records stay as they are, so that each window has to be looked up once only. */
	isStill?: boolean;
}

export const HALF_OPEN: Reading = { fromInclusive: true, toInclusive: false, cutsTimes: false };

export const conversation = (id: number, endedAt: number): IDataObject => ({
	conv_id: id,
	conv_end_tm: wireText(endedAt),
});

/** Conversations that end at even distances within a range, the IDs in the same order. */
export const evenly = (count: number, from: number, width: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => conversation(index + 1, from + Math.floor((index * width) / count)));

export const idsOf = (records: IDataObject[]): unknown[] => records.map((record) => record.conv_id ?? record.track_id);

export const page = (records: IDataObject[], token?: string): Outcome => ({
	body: { errno: 0, result: records, ...(token !== undefined && { next_page_token: token }) },
});

export const refusal = (name = 'from_tm', errno = 10016): Outcome => ({
	fault: faultOfErrno(errno, `The param of ${name} is invalid.`, 200),
});

/** Records are looked at for each request; their times are read once. */
const timesRead = new WeakMap<IDataObject, Map<string, number>>();

function timeOf(record: IDataObject, field: string): number {
	const own = timesRead.get(record) ?? new Map<string, number>();
	timesRead.set(record, own);
	const time = own.get(field) ?? readWire(record[field]);
	own.set(field, time);
	return time;
}

/** A list that answers as Laigu does: filtered by time, sorted by key, in pages of 20 by offset or by token. */
export function listServer(endpoint: ListEndpoint, records: () => IDataObject[], reading: Reading = HALF_OPEN): Answer {
	const kept = new Map<string, IDataObject[]>();
	return (query) => {
		const from = readWire(query[endpoint.from]);
		const to = readWire(query[endpoint.to]);
		if (to - from > (reading.widest ?? Infinity)) return refusal(endpoint.from);
		const isIn = (record: IDataObject) => {
			const time = timeOf(record, endpoint.timeFields[0]);
			const compared = reading.cutsTimes ? Math.floor(time / SECOND) * SECOND : time;
			return (
				(reading.fromInclusive ? compared >= from : compared > from) &&
				(reading.toInclusive ? compared <= to : compared < to)
			);
		};
		const byKey = (one: IDataObject, other: IDataObject) => Number(one[endpoint.key]) - Number(other[endpoint.key]);
		const all = kept.get(`${from} ${to}`) ?? records().filter(isIn).sort(byKey);
		if (reading.isStill) kept.set(`${from} ${to}`, all);
		const start = Number(query.offset ?? query.page_token ?? 0);
		const end = start + Number(query.limit);
		if (endpoint.paging === 'offset') return page(all.slice(start, end));
		const token = end < all.length ? `${end}` : '';
		return page(all.slice(start, end), reading.hidesTokens ? undefined : token);
	};
}

/** A query for a range that begins at {@link FROM}, in seconds and as it is, unless told otherwise. */
export const queryFor = (width: number, other: Partial<RangeQuery> = {}): RangeQuery => ({
	range: { from: FROM, to: FROM + width },
	order: 'oldestFirst',
	timeFormat: 'string',
	windowHours: 0,
	concurrency: 1,
	...other,
});

/** Reads a range to its end, and tells what was asked for. */
export async function readAll(endpoint: ListEndpoint, query: RangeQuery, answer: Answer) {
	const { client, asked } = clientOver(answer);
	const records: IDataObject[] = [];
	const lasts: boolean[] = [];
	let looked = 0;
	for await (const batch of readRange(client, endpoint, query)) {
		({ looked } = batch);
		records.push(...batch.records);
		lasts.push(batch.isLast);
	}
	return { records, ids: idsOf(records), lasts, asked, client, looked };
}
