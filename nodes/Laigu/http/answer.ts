import { isObjectEmpty } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../shared/json';

/** One page of a list, as far as the answer tells. */
export interface Page {
	records: IDataObject[];
	/** The next page's token; '' when the answer says that there is none, undefined when it says nothing. */
	nextToken: string | undefined;
}

/** Where Laigu, its parent product and sibling APIs have been seen to put a list, likeliest first; v2's key is not documented. */
const LIST_KEYS = ['result', 'data', 'conversations', 'clients', 'rows', 'list', 'items', 'records'];

const TOKEN_KEY = 'next_page_token';
/** Anything else among the records would be lost in silence, and a page that is full would look like the last one. */
const isRecordList = (value: unknown): value is IDataObject[] => Array.isArray(value) && value.every(isObject);

/**
 * The answer's errno: 0 for success, also where the answer has none (the reports' `{"rows":[…]}` has none).
 *
 * @param body the parsed body
 */
export function errnoOf(body: unknown): number {
	if (!isObject(body) || body.errno === undefined || body.errno === null) return 0;
	const errno = Number(body.errno);
	return Number.isNaN(errno) ? -1 : errno;
}

/** The answer's errmsg, or '' where it has none. */
export function errmsgOf(body: unknown): string {
	return isObject(body) && typeof body.errmsg === 'string' ? body.errmsg : '';
}

/**
 * Finds the list and the next page's token in an answer: the list under one of the known keys, at the top or one level down, the token
 * beside it or at the top.
 *
 * @param body the parsed body
 * @returns undefined where there is no list, which is never the same as an empty one
 */
export function readPage(body: unknown): Page | undefined {
	if (isRecordList(body)) return { records: body, nextToken: undefined };
	if (!isObject(body)) return undefined;
	const inner = LIST_KEYS.map((key) => body[key]).filter(isObject);
	for (const holder of [body, ...inner]) {
		const records = LIST_KEYS.map((key): unknown => holder[key]).find(isRecordList);
		if (!records) continue;
		const token = TOKEN_KEY in holder ? holder[TOKEN_KEY] : body[TOKEN_KEY];
		const isTold = TOKEN_KEY in holder || TOKEN_KEY in body;
		const nextToken = typeof token === 'string' || typeof token === 'number' ? `${token}` : '';
		return { records, nextToken: isTold ? nextToken : undefined };
	}
	return undefined;
}

/**
 * Finds the one record in the answer of a single get.
 *
 * @param body the parsed body
 * @returns undefined where there is none
 */
export function readRecord(body: unknown): IDataObject | undefined {
	if (!isObject(body)) return undefined;
	const candidates: unknown[] = [body.result, body.data, body.conversation].map((value) =>
		Array.isArray(value) ? (value as unknown[])[0] : value,
	);
	return candidates.filter(isObject).find((record) => !isObjectEmpty(record));
}
