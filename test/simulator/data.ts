import { generateDemo, type Demo } from './demo/generate';
import type { SimulatorOptions } from './options';
import { Store } from './store';
import { microsOf } from './time';
import type { Account } from './types';

const LIVE_EVERY_MS = 5_000;

/** What keeps the demo data up to date may take at most this share of the time, whatever the size of the data. */
const LIVE_SHARE = 0.02;

/**
 * Puts into the store what the demo data now says of its records, from the state that it was given first. A record that was changed, removed or put in by hand since is left
 * alone: it is no longer the object that the demo data put there.
 */
function follower<T, K>(
	first: readonly T[],
	keyOf: (record: T) => K,
	store: { get: (key: K) => T | undefined; put: (record: T) => void },
): (records: readonly T[]) => void {
	const placed = new Map(first.map((record) => [keyOf(record), record]));
	return (records) => {
		for (const record of records) {
			const key = keyOf(record);
			const before = placed.get(key);
			if (store.get(key) !== before || JSON.stringify(before) === JSON.stringify(record)) continue;
			placed.set(key, record);
			store.put(record);
		}
	};
}

/**
 * The store that a simulator starts with: the given records, or demo data up to the clock's present. `advance` brings live demo data up to the present, at most once in five
 * seconds by the clock, and seldomer the more there is of it; what was changed by hand stays as it is.
 */
export function prepareData(
	options: Pick<SimulatorOptions, 'conversations' | 'clients' | 'seed' | 'days' | 'conversationsPerDay' | 'live'>,
	clock: () => Date,
	account: Account,
): { store: Store; advance: () => void } {
	const { conversations, clients, seed, days, conversationsPerDay, live } = options;
	if (conversations || clients)
		return { store: new Store(conversations ?? [], clients ?? []), advance: () => undefined };

	const at = (): Demo => generateDemo({ now: microsOf(clock()), account, seed, days, conversationsPerDay });
	const demo = at();
	const store = new Store([...demo.conversations], [...demo.clients], demo.agents);
	if (!live) return { store, advance: () => undefined };

	const followConversations = follower(demo.conversations, ({ conv_id: id }) => id, {
		get: (id) => store.conversation(id),
		put: (conversation) => store.addConversation(conversation),
	});
	const followClients = follower(demo.clients, ({ track_id: id }) => id, {
		get: (id) => store.client(id),
		put: (client) => store.upsertClient(client),
	});
	let nextAt = clock().getTime() + LIVE_EVERY_MS;
	const advance = (): void => {
		if (clock().getTime() < nextAt) return;
		const startedAt = performance.now();
		const present = at();
		followConversations(present.conversations);
		followClients(present.clients);
		nextAt = clock().getTime() + Math.max(LIVE_EVERY_MS, (performance.now() - startedAt) / LIVE_SHARE);
	};
	return { store, advance };
}
