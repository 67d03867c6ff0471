import fc from 'fast-check';

import {
	REMEMBERED,
	STORED,
	deliveryKey,
	forgetProcessMemory,
	isRepeated as isKeyRepeated,
} from '../../../nodes/Laigu/webhook/deduplication';
import type { SeenStore } from '../../../nodes/Laigu/webhook/deduplication';

beforeEach(forgetProcessMemory);

/** Whether a body came before. */
const isRepeated = (node: string, store: SeenStore, body: string): boolean =>
	isKeyRepeated(node, store, deliveryKey(Buffer.from(body)));

test('tells the first of equal deliveries from all others, with any sequence and any old copy of the store', () => {
	fc.assert(
		fc.property(
			fc.array(fc.record({ key: fc.nat({ max: 30 }), copy: fc.boolean() }), { maxLength: 200 }),
			(deliveries) => {
				forgetProcessMemory();
				const seen = new Set<number>();
				let store: SeenStore = {};
				for (const { key, copy } of deliveries) {
					const used = copy ? {} : store;
					if (isRepeated('node', used, `${key}`) !== seen.has(key)) return false;
					seen.add(key);
					if (!copy) store = used;
				}
				return true;
			},
		),
	);
});

test('is bounded in the process and in the store', () => {
	const store: SeenStore = {};
	for (let index = 0; index < REMEMBERED + 10; index++) isRepeated('node', store, `${index}`);
	expect((store.seenDeliveries as string).split(' ')).toHaveLength(STORED);
	expect((store.seenDeliveries as string).length).toBeLessThan(13_000);
	expect(isRepeated('node', {}, '0')).toBe(false);
	expect(isRepeated('node', {}, '11')).toBe(true);
});

test('a restart leaves the newest thousand; a lost store is harmless', () => {
	const store: SeenStore = {};
	for (let index = 0; index < STORED + 10; index++) isRepeated('node', store, `${index}`);
	forgetProcessMemory();
	expect(isRepeated('node', { ...store }, '9')).toBe(false);
	expect(isRepeated('node', { ...store }, `${STORED}`)).toBe(true);
	forgetProcessMemory();
	expect(isRepeated('node', {}, '9')).toBe(false);
	for (const odd of [7, null, ['x'], {}, '', 'x', ' '.repeat(1_000_000), 'x'.repeat(1_000_000)])
		expect(isRepeated(`node ${JSON.stringify(odd)?.slice(0, 20)}`, { seenDeliveries: odd }, '1')).toBe(false);
});

test('what another process has saved counts here, and stays saved', () => {
	const here: SeenStore = {};
	isRepeated('node', here, 'here');
	forgetProcessMemory();
	const there: SeenStore = {};
	isRepeated('node', there, 'there');
	const merged = { seenDeliveries: here.seenDeliveries };
	expect(isRepeated('node', merged, 'here')).toBe(true);
	isRepeated('node', merged, 'new');
	expect((merged.seenDeliveries as string).split(' ')).toHaveLength(3);
});

test('nodes are remembered apart; the quietest of very many is forgotten first', () => {
	isRepeated('first', {}, 'x');
	expect(isRepeated('second', {}, 'x')).toBe(false);
	for (let index = 0; index < 200; index++) isRepeated(`node ${index}`, {}, 'x');
	expect(isRepeated('node 199', {}, 'x')).toBe(true);
	expect(isRepeated('first', {}, 'x')).toBe(false);
});

test('the same bytes are the same delivery, and nothing else is', () => {
	const body = '{"id":"sub_1","event":"client.updated","client":{"track_id":"a","tel":"1"}}';
	expect(deliveryKey(Buffer.from(body))).toBe(deliveryKey(Buffer.from(body)));
	expect(deliveryKey(Buffer.from(body.replace('"tel":"1"', '"tel":"2"')))).not.toBe(deliveryKey(Buffer.from(body)));
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
			const [oneBody, otherBody] = [Buffer.from(one), Buffer.from(other)];
			return (deliveryKey(oneBody) === deliveryKey(otherBody)) === oneBody.equals(otherBody);
		}),
	);
});
