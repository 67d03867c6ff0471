import type { IDataObject } from 'n8n-workflow';

import { isObject, parseJson } from '../shared/json';

/**
 * The most that a body may hold, so that nobody can keep n8n busy with one request. Laigu's largest events, conversations of some thousand
 * messages, stay far below.
 */
export const MOST = {
	bytes: 10_000_000,
	/** Of an automation event without a signature: a visitor, and never a conversation. */
	unsignedBytes: 1_000_000,
	values: 500_000,
	/** Field names, each counted once however often it occurs; and the characters of each. */
	names: 2_000,
	nameLength: 200,
	/** Levels of nesting. */
	depth: 64,
};

/** A body that can be worked with, or what keeps it from that, in words for the person who looks at the delivery in Laigu. */
export type ReadBody = { body: IDataObject } | { flaw: string };

const NOT_JSON = 'The body is not a JSON object in UTF-8.';
const TOO_MUCH = `The body is larger than an event from Laigu can be: at most ${MOST.bytes / 1e6} MB, ${MOST.values} values, ${MOST.names} field names and ${MOST.depth} levels are read.`;

/**
 * Takes out names that every object has (`__proto__`, `constructor`, `toString`, …): as data they would break or change the objects of whoever
 * works on. Walks without recursion, so that no nesting can exhaust the stack, and no further than {@link MOST} allows.
 *
 * @param root freshly parsed JSON; it is changed
 * @returns false where it holds too much
 */
function makeHarmless(root: object): boolean {
	const names = new Set<string>();
	const open: Array<{ value: object; depth: number }> = [{ value: root, depth: 1 }];
	let values = 0;
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const { value, depth } = next;
		const keys = Object.keys(value);
		values += keys.length;
		if (depth > MOST.depth || values > MOST.values) return false;
		for (const key of keys) {
			const inner = (value as Record<string, unknown>)[key];
			if (!Array.isArray(value)) {
				names.add(key);
				if (key.length > MOST.nameLength || names.size > MOST.names) return false;
				if (key in Object.prototype || key === 'prototype') {
					Reflect.deleteProperty(value, key);
					continue;
				}
			}
			if (typeof inner === 'object' && inner !== null) open.push({ value: inner, depth: depth + 1 });
		}
	}
	return true;
}

/**
 * Reads a body as the JSON object that it has to be, whatever its content type says. Whole numbers too large for JavaScript become strings.
 *
 * @param raw the bytes that were sent, before any compression
 * @param mostBytes the most of them
 * @returns a flaw for anything else: no valid UTF-8, broken JSON, a list, more than {@link MOST} allows
 */
export function readBody(raw: Buffer, mostBytes: number = MOST.bytes): ReadBody {
	if (raw.length > mostBytes) return { flaw: TOO_MUCH };
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(raw);
	} catch {
		return { flaw: NOT_JSON };
	}
	const parsed = parseJson(text);
	if (!isObject(parsed)) return { flaw: NOT_JSON };
	return makeHarmless(parsed) ? { body: parsed } : { flaw: TOO_MUCH };
}
