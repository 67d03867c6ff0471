import { createHash } from 'crypto';

/** Deliveries of one node that n8n's process remembers; and those that outlive a restart, in the workflow's static data (13 kB). */
export const REMEMBERED = 5_000;
export const STORED = 1_000;

/** Nodes whose deliveries the process remembers; the one that has been quiet for longest makes room. */
const NODES = 200;

/** The part of a node's static data that this file keeps: keys, oldest first, with a blank between. */
export interface SeenStore {
	seenDeliveries?: unknown;
}

/**
 * n8n gives every request its own copy of the static data, and the last one that is saved wins. So what decides is kept here, in the process,
 * where looking and marking are one step.
 */
const memories = new Map<string, Set<string>>();

function memoryOf(node: string): Set<string> {
	const memory = memories.get(node) ?? new Set<string>();
	memories.delete(node);
	memories.set(node, memory);
	for (const quietest of memories.keys()) {
		if (memories.size <= NODES) break;
		memories.delete(quietest);
	}
	return memory;
}

/** 72 bits: short enough to keep a thousand, long enough that no two deliveries share one. */
const KEY_LENGTH = 12;

/**
 * What makes a delivery the same as another: its bytes. They hold the event's id, the event, the record and its state; the id alone does not
 * tell two changes within a second apart.
 *
 * @param body the bytes that were sent, before any compression
 */
export const deliveryKey = (body: Buffer): string =>
	createHash('sha1').update(body).digest('base64url').slice(0, KEY_LENGTH);

function add(memory: Set<string>, key: string): void {
	memory.add(key);
	for (const oldest of memory) {
		if (memory.size <= REMEMBERED) break;
		memory.delete(oldest);
	}
}

/**
 * Tells whether a delivery came before. It is not remembered by that.
 *
 * @param node what tells this node from all others of the n8n instance
 * @param store the node's static data
 * @param key what {@link deliveryKey} gave
 */
export function isKnown(node: string, store: SeenStore, key: string): boolean {
	const memory = memoryOf(node);
	const stored = typeof store.seenDeliveries === 'string' ? store.seenDeliveries : '';
	for (const known of stored.slice(-STORED * (KEY_LENGTH + 1)).split(' '))
		if (known.length === KEY_LENGTH && !memory.has(known)) add(memory, known);
	return memory.has(key);
}

/** Remembers a delivery in this process, until it ends. The parameters are those of `isKnown`. */
export function remember(node: string, key: string): void {
	add(memoryOf(node), key);
}

/**
 * Remembers a delivery, and tells whether it came before. Of deliveries that arrive at once the first one wins; a restart forgets all but the
 * newest thousand; several webhook processes know of each other's deliveries only once the static data is saved.
 *
 * @param node what tells this node from all others of the n8n instance
 * @param store the node's static data; it is changed when the delivery is new
 * @param key what {@link deliveryKey} gave
 * @returns whether the same delivery came before
 */
export function isRepeated(node: string, store: SeenStore, key: string): boolean {
	if (isKnown(node, store, key)) return true;
	remember(node, key);
	store.seenDeliveries = [...memoryOf(node)].slice(-STORED).join(' ');
	return false;
}

/** Forgets what the process remembers, as a restart does: for tests. */
export function forgetProcessMemory(): void {
	memories.clear();
}
