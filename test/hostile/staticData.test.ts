import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { afterRestart, Polling } from '../engine/polling';
import { conversationsAt, start, stopAll } from '../engine/world';
import type { Simulator } from '../simulator';
import { drawing, expectOwnError, expectPrototypesUntouched, hostileValue } from './hostile';

let simulator: Simulator;

beforeAll(async () => {
	const now = Date.now() * 1000;
	simulator = await start({
		conversations: conversationsAt([1, 2, 3].map((minutes) => now - minutes * 60_000_000)),
		clients: [],
	});
});
afterEach(expectPrototypesUntouched);
afterAll(stopAll);

/** What the trigger would keep after a poll or two, each part of it as a path. */
async function genuine(): Promise<IDataObject> {
	const trigger = new Polling({ simulator });
	await trigger.poll();
	await trigger.poll();
	return trigger.staticData;
}

function pathsIn(value: unknown, path: string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [path];
	return [path, ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]))];
}

function replaceAt(root: unknown, [name, ...rest]: string[], value: unknown): unknown {
	if (name === undefined) return value;
	const inside = typeof root === 'object' && root !== null ? (root as Record<string, unknown>) : {};
	return { ...inside, [name]: replaceAt(inside[name], rest, value) };
}

const odd = fc.oneof(
	hostileValue,
	fc.constantFrom<unknown>(
		'abc',
		0,
		-1,
		1e308,
		Number.MAX_SAFE_INTEGER,
		null,
		{},
		[],
		{ a: null },
		'a'.repeat(100_000),
		true,
	),
);

test('static data of any shape is read, or begun anew from: a poll ends, and later ones give what comes', async () => {
	const kept = await genuine();
	// the node's data itself is n8n's to keep: an object
	const paths = pathsIn(kept).filter((path) => path.length > 1);
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.tuple(fc.constantFrom(...paths), odd), { minLength: 1, maxLength: 3 }),
			fc.boolean(),
			async (changes, isRestarted) => {
				const spoiled = changes.reduce<unknown>(
					(data, [path, value]) => replaceAt(data, path, value),
					kept,
				) as IDataObject;
				simulator.resetRequests();
				const trigger = new Polling({ simulator, staticData: isRestarted ? afterRestart(spoiled) : spoiled });
				for (let poll = 0; poll < 2; poll++) {
					await trigger.poll().catch((error: unknown) => expectOwnError(error as Error));
				}
				expect(simulator.requests.length).toBeLessThanOrEqual(100);
				expect(JSON.stringify(trigger.staticData).length).toBeLessThan(500_000);
			},
		),
		drawing(60),
	);
});
