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

/** 72 bits: short enough to keep a thousand, long enough that no two deliveries share one. */
const KEY_LENGTH = 12;

/** The keys of one node's deliveries, oldest first, and the newest of them as they are stored. */
class Memory {
	/** Keys with a blank between, added to with each delivery: to join them all again costs more than all the rest of an event. */
	stored = '';

	readonly #keys = new Set<string>();

	has(key: string): boolean {
		return this.#keys.has(key);
	}

	add(key: string): void {
		if (this.#keys.has(key)) return;
		this.#keys.add(key);
		for (const oldest of this.#keys) {
			if (this.#keys.size <= REMEMBERED) break;
			this.#keys.delete(oldest);
		}
		const all = this.stored === '' ? key : `${this.stored} ${key}`;
		this.stored = all.slice(1 - STORED * (KEY_LENGTH + 1));
	}

	/** Adds what was stored before a restart or by another process. */
	addStored(stored: string): void {
		if (stored === this.stored) return;
		for (const key of stored.slice(-STORED * (KEY_LENGTH + 1)).split(' ')) if (key.length === KEY_LENGTH) this.add(key);
	}
}

/**
 * n8n gives every request its own copy of the static data, and the last one that is saved wins. So what decides is kept here, in the process,
 * where looking and marking are one step.
 */
const memories = new Map<string, Memory>();

function memoryOf(node: string): Memory {
	const memory = memories.get(node) ?? new Memory();
	memories.delete(node);
	memories.set(node, memory);
	for (const quietest of memories.keys()) {
		if (memories.size <= NODES) break;
		memories.delete(quietest);
	}
	return memory;
}

/**
 * What makes a delivery the same as another: its bytes. They hold the event's id, the event, the record and its state; the id alone does not
 * tell two changes within a second apart.
 *
 * @param body the bytes that were sent, before any compression
 */
export const deliveryKey = (body: Buffer): string =>
	createHash('sha1').update(body).digest('base64url').slice(0, KEY_LENGTH);

/**
 * Tells whether a delivery came before. It is not remembered by that.
 *
 * @param node what tells this node from all others of the n8n instance
 * @param store the node's static data
 * @param key what {@link deliveryKey} gave
 */
export function isKnown(node: string, store: SeenStore, key: string): boolean {
	const memory = memoryOf(node);
	if (typeof store.seenDeliveries === 'string') memory.addStored(store.seenDeliveries);
	return memory.has(key);
}

/** Remembers a delivery in this process, until it ends. The parameters are those of `isKnown`. */
export function remember(node: string, key: string): void {
	memoryOf(node).add(key);
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
	store.seenDeliveries = memoryOf(node).stored;
	return false;
}

/** Forgets what the process remembers, as a restart does: for tests. */
export function forgetProcessMemory(): void {
	memories.clear();
}
