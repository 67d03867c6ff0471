import { isObjectEmpty } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../shared/json';

/** One page of a list, as far as the answer tells. */
export interface Page {
	records: IDataObject[];
	/** The next page's token; '' when the answer says that there is none, undefined when it says nothing, null for what is no token. */
	nextToken: string | null | undefined;
}

/** Where Laigu, its parent product and sibling APIs have been seen to put a list, likeliest first; v2's key is not documented. */
const LIST_KEYS = ['result', 'data', 'conversations', 'clients', 'rows', 'list', 'items', 'records'];

const TOKEN_KEY = 'next_page_token';
/** Where other APIs say what went wrong. */
const TROUBLE_KEYS = ['code', 'error', 'message', 'msg'];

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

/** The token of an answer, as {@link Page} has it. An empty list or object says as little of a next page as false does. */
function tokenOf(token: unknown): string | null {
	if (typeof token === 'string' || typeof token === 'number') return `${token}`;
	return token === undefined || token === null || token === false ? '' : null;
}

/**
 * Finds the list and the next page's token in an answer: the list under one of the known keys, at the top or one level down, the token
 * beside it or at the top. A list that holds something goes before an empty one, and before `null`, as which Go writes an empty list.
 *
 * @param body the parsed body of an answer without errno
 * @returns undefined where there is no list, which is never the same as an empty one
 */
export function readPage(body: unknown): Page | undefined {
	if (isRecordList(body)) return { records: body, nextToken: undefined };
	if (!isObject(body)) return undefined;
	const holders = [body, ...LIST_KEYS.map((key): unknown => body[key]).filter(isObject)];
	const found = holders.flatMap((holder) =>
		LIST_KEYS.filter((key) => Object.hasOwn(holder, key)).map((key) => ({ holder, value: holder[key] })),
	);
	const full = found.find(({ value }) => Array.isArray(value) && value.length > 0);
	const isSuccess = body.errno !== undefined || (body.code !== undefined && Number(body.code) === 0);
	const isNullEmpty = isSuccess || !TROUBLE_KEYS.some((key) => Boolean(body[key]));
	const chosen =
		full ??
		found.find(({ value }) => Array.isArray(value)) ??
		(isNullEmpty ? found.find(({ value }) => value === null) : undefined);
	if (!chosen) return undefined;
	const { holder, value } = chosen;
	const records = value ?? [];
	if (!isRecordList(records)) return undefined;
	const teller = [holder, body].find((one) => Object.hasOwn(one, TOKEN_KEY));
	return { records, nextToken: teller && tokenOf(teller[TOKEN_KEY]) };
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
