import { readAskedTime } from './asked';
import { authenticationFailed, invalidParam, limitTooLarge } from './errors';
import type { Switches, TimeForm } from './switches';
import { HOUR, type Micros } from './time';

/** The most records a page (Laigu's API document). */
export const MOST_PER_PAGE = 20;

/** The asked window in microseconds. */
export interface Asked {
	from: Micros;
	to: Micros;
}

/** A parameter as sent; errno 10016 when it is missing, for every parameter is required (Laigu's API document), though page_token may be empty. */
export function required(query: URLSearchParams, name: string): string {
	const value = query.get(name);
	if (value === null) throw invalidParam(name, `${name} is missing`);
	return value;
}

function integer(query: URLSearchParams, name: string, least: number): number {
	const text = required(query, name);
	const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
	if (!(value >= least)) throw invalidParam(name);
	return value;
}

/** Checks enterprise_id. Which errno a wrong one gets is not documented: a switch. */
export function checkEnterprise(query: URLSearchParams, enterpriseId: number, switches: Switches): void {
	const asked = required(query, 'enterprise_id');
	if (asked === String(enterpriseId)) return;
	throw switches.wrongEnterprise === '10011'
		? authenticationFailed('wrong enterprise_id')
		: invalidParam('enterprise_id', 'wrong enterprise_id');
}

/** The page size, 1 to 20; more is errno 10013 (Laigu's API document), anything else 10016. */
export function readLimit(query: URLSearchParams): number {
	const limit = integer(query, 'limit', 1);
	if (limit > MOST_PER_PAGE) throw limitTooLarge(limit, MOST_PER_PAGE);
	return limit;
}

/** v1's offset, in records from 0. */
export function readOffset(query: URLSearchParams): number {
	return integer(query, 'offset', 0);
}

function time(query: URLSearchParams, name: string, forms: readonly TimeForm[]): Micros {
	const text = required(query, name);
	const at = readAskedTime(text, forms);
	if (at === undefined) throw invalidParam(name, `not accepted as a time: ${text}`);
	return at;
}

/**
 * The asked window; undefined when it is reversed and that counts as empty. The widest window is given in hours, 0 for none, exactly that width allowed; how wide it may
 * be, and what a reversed one gives, is not documented: switches.
 */
export function readWindow(
	query: URLSearchParams,
	names: { from: string; to: string },
	rules: { forms: readonly TimeForm[]; widestHours: number; reversed: Switches['reversedWindow'] },
): Asked | undefined {
	const from = time(query, names.from, rules.forms);
	const to = time(query, names.to, rules.forms);
	if (to < from) {
		if (rules.reversed === 'empty') return undefined;
		throw invalidParam(names.to, 'the window ends before it begins');
	}
	if (rules.widestHours > 0 && to - from > rules.widestHours * HOUR) {
		throw invalidParam(names.to, `a window of ${(to - from) / HOUR} h is wider than ${rules.widestHours} h`);
	}
	return { from, to };
}
