import { generateDemo, type Demo } from './demo/generate';
import type { SimulatorOptions } from './options';
import { Store } from './store';
import { microsOf } from './time';
import type { Account } from './types';

const LIVE_EVERY_MS = 5_000;

/** Going on may take this share of the time at most, whatever the size of the data. */
const LIVE_SHARE = 0.02;

/**
 * The store that a simulator starts with: the given records, or demo data up to the clock's present. `advance` brings live demo data up to the present, at most once in five
 * seconds by the clock, and seldomer the more there is of it; what was put into the store by hand stays, unless the demo data has something new to say of the same record.
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
	let demo = at();
	const store = new Store([...demo.conversations], [...demo.clients], demo.agents);
	if (!live) return { store, advance: () => undefined };

	let nextAt = clock().getTime() + LIVE_EVERY_MS;
	const advance = (): void => {
		if (clock().getTime() < nextAt) return;
		const startedAt = performance.now();
		const before = {
			conversations: texts(demo.conversations, (one) => one.conv_id),
			clients: texts(demo.clients, (one) => one.track_id),
		};
		demo = at();
		for (const one of demo.conversations)
			if (before.conversations.get(one.conv_id) !== JSON.stringify(one)) store.addConversation(one);
		for (const one of demo.clients)
			if (before.clients.get(one.track_id) !== JSON.stringify(one)) store.upsertClient(one);
		nextAt = clock().getTime() + Math.max(LIVE_EVERY_MS, (performance.now() - startedAt) / LIVE_SHARE);
	};
	return { store, advance };
}

function texts<T, K>(records: T[], keyOf: (record: T) => K): Map<K, string> {
	return new Map(records.map((record) => [keyOf(record), JSON.stringify(record)]));
}
