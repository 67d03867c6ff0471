import fc from 'fast-check';

import { closeAll, host } from '../engine/triggerHelpers';
import type { Host } from '../engine/webhookHost';
import { drawing, expectPrototypesUntouched, hostileText, hostileValue } from './hostile';

let trigger: Host;

beforeAll(async () => {
	trigger = await host({
		parameters: { events: ['*'], options: { deduplicate: false, acceptUnsignedAutomation: true } },
	});
});
afterEach(expectPrototypesUntouched);
afterAll(closeAll);

/** Bodies that are nearly an event of Laigu's: the right envelope around whatever, or whatever in place of one. */
const bodies = fc.oneof(
	{
		weight: 3,
		arbitrary: fc
			.tuple(
				fc.oneof(
					fc.constantFrom('client.created', 'client.updated', 'conversation.ended', 'cus_became_leads', 'x'),
					hostileText,
				),
				fc.oneof(fc.constantFrom(1_773_100_800, '2026-03-10 10:00:00', 9_999_999_999, null), hostileValue),
				hostileValue,
				fc.constantFrom('data', 'client', 'conversation', 'body', 'payload', 'event'),
			)
			.map(([event, at, record, key]) =>
				JSON.stringify({ id: 'a', event, type: event, created_at: at, [key]: record }),
			),
	},
	hostileValue.map((value) => JSON.stringify(value)),
	hostileText,
	hostileText.map((text) => `{"n":1234567890123456789,"c":"${text}`),
);

/** n8n answers by itself to a broken body that calls itself JSON. */
const BROKEN_JSON = 422;

test('every body is answered in words, and starts a workflow only with 200', async () => {
	await fc.assert(
		fc.asyncProperty(
			bodies,
			fc.constantFrom('application/json', 'text/plain', 'application/octet-stream'),
			async (body, type) => {
				const before = trigger.started.length;
				const response = await fetch(trigger.url, { method: 'POST', body, headers: { 'content-type': type } });
				if (response.status === BROKEN_JSON) return expect(() => JSON.parse(body) as unknown).toThrow();
				expect([200, 400, 401]).toContain(response.status);
				const { message } = (await response.json()) as { message: string };
				expect(message).toMatch(/^[A-Z].*\.$/s);
				expect(trigger.started.length - before).toBeLessThanOrEqual(response.status === 200 ? 1 : 0);
				for (const item of trigger.started.slice(before)) expect(JSON.stringify(item).length).toBeGreaterThan(1);
			},
		),
		drawing(150),
	);
});

test.each([
	['nested deeper than any event', `${'{"a":['.repeat(20_000)}1${']}'.repeat(20_000)}`],
	[
		'of a million small fields',
		JSON.stringify(Object.fromEntries(Array.from({ length: 300_000 }, (_, index) => [`f${index}`, 1]))),
	],
	['that ends inside an escape', `{"n":1234567890123456789,"c":"${'\\"'.repeat(200_000)}\\`],
	['with a name of a megabyte', JSON.stringify({ event: 'client.created', data: { ['n'.repeat(1_000_000)]: 1 } })],
])('a body %s is refused, not thrown at', async (_, body) => {
	const response = await fetch(trigger.url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
	expect([400, BROKEN_JSON]).toContain(response.status);
	expect((await response.json()) as object).toHaveProperty('message');
});
