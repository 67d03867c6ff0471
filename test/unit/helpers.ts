import type { IDataObject, INode } from 'n8n-workflow';

import type { LaiguClient, LaiguContext, Outcome } from '../../nodes/Laigu/http/client';
import { createLimiter } from '../../nodes/Laigu/shared/concurrency';
import { cancelledFault } from '../../nodes/Laigu/http/faults';
import { toNodeError } from '../../nodes/Laigu/http/nodeError';
import { createThrottle } from '../../nodes/Laigu/http/throttle';

export const NODE: INode = {
	id: '1',
	name: 'Laigu',
	type: 'n8n-nodes-laigu.laigu',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Microseconds of an ISO 8601 time, read without the code under test; up to six fraction digits. */
export function at(iso: string): number {
	const fraction = /\.(\d+)/.exec(iso)?.[1] ?? '';
	return Date.parse(iso.replace(/\.\d+/, '')) * 1000 + Number(fraction.padEnd(6, '0'));
}

/** A time in Beijing as Laigu writes it, to the microsecond, written without the code under test. */
export function wireText(micros: number): string {
	const seconds = Math.floor(micros / 1e6);
	const text = new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' ');
	return `${text}.${`${micros - seconds * 1e6}`.padStart(6, '0')}`;
}

/** Reads what `toWire` wrote, in any of its forms, without the code under test. */
export function readWire(value: unknown): number {
	const text = String(value);
	if (/^\d{15,}$/.test(text)) return Number(text);
	if (/^\d+$/.test(text)) return Number(text) * 1e6;
	const [, seconds, fraction] = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(\d{6}))?$/.exec(text) ?? [];
	if (seconds === undefined) throw new Error(`no time: ${text}`);
	return Date.parse(`${seconds.replace(' ', 'T')}+08:00`) * 1000 + Number(fraction ?? 0);
}

/** Freezes a value through and through, so that a change to it throws. */
export function deepFreeze<T>(value: T): T {
	if (typeof value === 'object' && value !== null) {
		Object.values(value).forEach(deepFreeze);
		Object.freeze(value);
	}
	return value;
}

export type Answer = (query: IDataObject, count: number) => Outcome | Promise<Outcome>;

/** The API core's own interface over a function that answers: no HTTP, no n8n. It began long after the times of any record. */
export function clientOver(answer: Answer): { client: LaiguClient; asked: IDataObject[] } {
	const asked: IDataObject[] = [];
	const client: LaiguClient = {
		ask: async (_path, query, isWanted = () => true) => {
			if (!isWanted()) return { fault: cancelledFault };
			asked.push(query);
			return await answer(query, asked.length);
		},
		requests: () => asked.length,
		toError: (fault) => toNodeError(NODE, fault, 0),
		run: {
			context: {} as LaiguContext,
			throttle: createThrottle(1),
			limiter: createLimiter(Infinity),
			startedAt: at('2100-01-01T00:00:00Z'),
			firstFailedItem: Infinity,
			widest: new Map(),
		},
	};
	return { client, asked };
}

/** What a promise is rejected with, or undefined. */
export async function errorOf(promise: Promise<unknown>): Promise<(Error & { description?: string }) | undefined> {
	return await promise.then(
		() => undefined,
		(error: unknown) => error as Error,
	);
}
