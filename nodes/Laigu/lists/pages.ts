import type { IDataObject } from 'n8n-workflow';

import { readPage } from '../http/answer';
import type { Page } from '../http/answer';
import type { LaiguClient } from '../http/client';
import { PAGE_SIZE } from './endpoints';
import type { ListEndpoint } from './endpoints';
import { isAboutTime, unreadableFault } from '../http/faults';
import type { Fault } from '../http/faults';

/** One step along a chain of pages: a page, or the fault that kept the chain from beginning. */
export type Step =
	| {
			records: IDataObject[];
			/** Whether the chain ends with this page. */
			isLast: boolean;
			/** Where lists have tokens: the next page's, '' with the last page. */
			nextToken?: string;
			fault?: undefined;
	  }
	| { fault: Fault; /** Why a narrower window may succeed, if it may. */ tooWide?: 'refused' | 'unclear' };

/** Far beyond any real window (a million records); reaching it means that the list never ends. */
export const PAGE_CAP = 50_000;

/** So many pages in a row that bring nothing new are no list: the server gives ever new tokens. */
const FRUITLESS_PAGES = 50;

/** How often a chain of offset pages is read again because the list changed under it. */
const RESTARTS = 3;

const loopFault = (detail: string): Fault => ({
	message: "Laigu's list of pages does not end",
	detail,
	hint: "Nothing was returned, because the result would be incomplete. Try again; if it happens again, choose a shorter 'Time Range'.",
	isTooMuch: true,
	errno: 0,
	errmsg: '',
	isTemporary: false,
	isRateLimit: false,
});

/** What tells a record without a key from others: all of it, as far as it can be written. */
function identityOf(record: IDataObject, key: string): unknown {
	const own: unknown = record[key];
	if (own !== undefined && own !== null && own !== '') return own;
	try {
		return JSON.stringify(record);
	} catch {
		// nested too deeply to be written
		return 'unreadable';
	}
}

/**
 * Watches a chain of pages for one that continues without end.
 *
 * @returns takes the records of each page; says whether none of the last pages brought anything new
 */
function createNoveltyWatch({ key }: ListEndpoint) {
	const seen = new Set<unknown>();
	let fruitless = 0;
	return (records: IDataObject[]): boolean => {
		const before = seen.size;
		for (const record of records) seen.add(identityOf(record, key));
		fruitless = seen.size > before ? 0 : fruitless + 1;
		return fruitless >= FRUITLESS_PAGES;
	};
}

const NOTHING_NEW = `${FRUITLESS_PAGES} pages in a row contained nothing new.`;

/** A refused first page is told, since a narrower window may be accepted; a later one ends the run. */
function endedBy(client: LaiguClient, fault: Fault, pagesRead: number): Step {
	if (pagesRead > 0) throw client.toError(fault);
	return { fault, tooWide: isAboutTime(fault) ? 'refused' : undefined };
}

async function readOne(
	client: LaiguClient,
	endpoint: ListEndpoint,
	query: IDataObject,
): Promise<Page | { fault: Fault }> {
	const outcome = await client.ask(endpoint.path, query);
	if (outcome.fault) return outcome;
	const page = readPage(outcome.body);
	return page ?? { fault: unreadableFault(`list of ${endpoint.records}`) };
}

/**
 * Follows `next_page_token` until it is empty. An empty page in the middle is no end; a token that was seen before, or no end at all, is
 * an error and never a short result. A full page in an answer that never says anything of a token leaves open whether there is more.
 *
 * @param query the window's parameters
 * @param cap the most pages to read
 * @param first the token of the page to begin with
 */
async function* readByToken(
	client: LaiguClient,
	endpoint: ListEndpoint,
	query: IDataObject,
	cap: number,
	first: string,
): AsyncGenerator<Step, void, void> {
	const seen = new Set<string>();
	const isFruitless = createNoveltyWatch(endpoint);
	let token = first;
	let isTokenTold = token !== '';
	for (let count = 0; count < cap; count++) {
		const page = await readOne(client, endpoint, { ...query, limit: PAGE_SIZE, page_token: token });
		if ('fault' in page) return yield endedBy(client, page.fault, count);
		if (page.nextToken === null && page.records.length >= PAGE_SIZE) {
			return yield endedBy(client, unreadableFault('readable next_page_token'), count);
		}
		isTokenTold ||= page.nextToken !== undefined;
		if (!isTokenTold && page.records.length >= PAGE_SIZE) {
			return yield { fault: unreadableFault('next_page_token with a full page'), tooWide: 'unclear' };
		}
		token = page.nextToken ?? '';
		yield { records: page.records, isLast: token === '', nextToken: token };
		if (token === '') return;
		if (seen.has(token)) throw client.toError(loopFault('Laigu gave the same page token twice.'));
		seen.add(token);
		if (isFruitless(page.records)) throw client.toError(loopFault(NOTHING_NEW));
	}
	throw client.toError(loopFault(`It still continued after ${cap} pages.`));
}

/**
 * Reads pages by offset until one is shorter than asked for. Neighbouring pages share one record: where the shared record is missing, the
 * list moved while it was read and a record may have slipped past. Half a page further back shows it; where that does not, all is read again.
 *
 * @param query the window's parameters
 * @param cap the most pages to read
 */
async function* readByOffset(
	client: LaiguClient,
	endpoint: ListEndpoint,
	query: IDataObject,
	cap: number,
): AsyncGenerator<Step, void, void> {
	let isFruitless = createNoveltyWatch(endpoint);
	let offset = 0;
	let restarts = 0;
	let isBackAStep = false;
	let shared: unknown;
	let previousFirst: unknown;
	for (let count = 0; count < cap; count++) {
		const page = await readOne(client, endpoint, { ...query, offset, limit: PAGE_SIZE });
		if ('fault' in page) return yield endedBy(client, page.fault, count);
		const { records } = page;
		const first = records[0]?.[endpoint.key];
		if (first !== undefined && first === previousFirst)
			throw client.toError(loopFault('Laigu gave the same page twice.'));
		previousFirst = first;
		if (shared !== undefined && !records.some((record) => record[endpoint.key] === shared)) {
			isBackAStep = !isBackAStep;
			offset = isBackAStep ? Math.max(0, offset - PAGE_SIZE / 2) : 0;
			previousFirst = undefined;
			if (isBackAStep) continue;
			if (++restarts > RESTARTS) throw client.toError(loopFault('The list kept changing while it was being read.'));
			isFruitless = createNoveltyWatch(endpoint);
			shared = undefined;
			continue;
		}
		isBackAStep = false;
		const isLast = records.length < PAGE_SIZE;
		yield { records, isLast };
		if (isLast) return;
		if (isFruitless(records)) throw client.toError(loopFault(NOTHING_NEW));
		shared = records[records.length - 1][endpoint.key];
		offset += PAGE_SIZE - 1;
	}
	throw client.toError(loopFault(`It still continued after ${cap} pages.`));
}

/**
 * All pages of one window, one request each, in the API's order. Records may come more than once; whoever reads drops them by key.
 *
 * @param client Laigu, for one input item
 * @param endpoint the list
 * @param ends the window's two ends, as the API wants them written
 * @param cap the most pages to read
 * @param token with lists that have tokens: the page to continue with, as an earlier reading of the same window left it
 * @returns a fault as the only step where Laigu refused the very first page, which may be for the width of the window
 * @throws NodeApiError when a later page fails, when a token repeats, and at the cap
 */
export function readPages(
	client: LaiguClient,
	endpoint: ListEndpoint,
	ends: IDataObject,
	cap: number = PAGE_CAP,
	token: string = '',
): AsyncGenerator<Step, void, void> {
	return endpoint.paging === 'token'
		? readByToken(client, endpoint, ends, cap, token)
		: readByOffset(client, endpoint, ends, cap);
}
