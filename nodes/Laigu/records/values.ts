import type { GenericValue, IDataObject } from 'n8n-workflow';

import { isObject } from '../shared/json';
import { withoutNull } from '../shared/text';

/** Any value of a record. */
export type Value = IDataObject[string];

/** Deeper than any record of Laigu's; what is nested further would break whoever walks through it. */
const DEEPEST = 64;

/** What stands in place of a value that is nested deeper. */
export const CUT = '[nested too deeply]';

/** Thrown by {@link cleanValue} for what is nested too deeply; a shaper turns to {@link cutDeep} then. */
export class TooDeep extends Error {}

/** Whether a name is one that every object has (`__proto__`, `constructor`, `toString`, …): as data it would break or change the object. */
export const isUnsafeName = (name: string): boolean => name in Object.prototype || name === 'prototype';

function cleanList(list: unknown[], depth: number): Value {
	return list.map((inner) => {
		if (typeof inner === 'string') return withoutNull(inner);
		return cleanValue(inner, depth + 1) ?? (isObject(inner) ? {} : (inner as GenericValue));
	});
}

function cleanObject(object: IDataObject, depth: number): IDataObject | undefined {
	const cleaned: IDataObject = {};
	let isAny = false;
	for (const key of Object.keys(object)) {
		const name = withoutNull(key);
		const value = cleanValue(object[key], depth + 1);
		if (value === undefined || isUnsafeName(name)) continue;
		cleaned[name] = value;
		isAny = true;
	}
	return isAny ? cleaned : undefined;
}

/**
 * A copy of a value as it may leave a node: without U+0000, without names that every object has, without what is empty inside of objects. Lists
 * keep their elements' places.
 *
 * @returns undefined where nothing is left
 * @throws TooDeep where it is nested more than 64 levels deep
 */
export function cleanValue(value: unknown, depth = 1): Value | undefined {
	if (value === null || value === undefined) return undefined;
	switch (typeof value) {
		case 'string':
			return value.trim() === '' ? undefined : withoutNull(value) || undefined;
		case 'number':
		case 'boolean':
			return value;
		case 'object':
			if (depth > DEEPEST) throw new TooDeep();
			if (Array.isArray(value)) return value.length === 0 ? undefined : cleanList(value, depth);
			return cleanObject(value as IDataObject, depth);
		default:
			return undefined;
	}
}

/**
 * A copy of a record in which whatever is nested more than 64 levels deep is replaced by a word that says so.
 *
 * @param value a record; it is not changed
 */
export function cutDeep<T>(value: T, depth = 1): T {
	if (typeof value !== 'object' || value === null) return value;
	if (depth > DEEPEST) return CUT as T;
	if (Array.isArray(value)) return value.map((inner: unknown) => cutDeep(inner, depth + 1)) as T;
	const entries = Object.entries(value).filter(([name]) => !isUnsafeName(name));
	return Object.fromEntries(entries.map(([name, inner]) => [name, cutDeep(inner as unknown, depth + 1)])) as T;
}

/** Whether a record is nested more than 64 levels deep. */
export function isTooDeep(value: unknown, depth = 1): boolean {
	if (typeof value !== 'object' || value === null) return false;
	if (depth > DEEPEST) return true;
	for (const inner of Object.values(value)) if (isTooDeep(inner, depth + 1)) return true;
	return false;
}

/** A value as text: as it stands where it is text, as JSON where it is a list or an object; '' where there is none. */
export function asText(value: unknown): string {
	if (typeof value === 'string') return withoutNull(value);
	if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
	const cleaned = cleanValue(value);
	return cleaned === undefined ? '' : JSON.stringify(cleaned);
}
