import { parseBeijing, parseUtc } from './time';
import { TimeIndex } from './timeIndex';
import type { LaiguClient, LaiguConversation, LaiguReportAgent } from './types';

interface Indexes {
	state: string;
	byEnd?: TimeIndex<LaiguConversation>;
	byStart?: TimeIndex<LaiguConversation>;
	byCreated?: TimeIndex<LaiguClient>;
	byUpdated?: TimeIndex<LaiguClient>;
	conversationPositions?: Map<number, number>;
	clientPositions?: Map<string, number>;
}

/** Whether the API gives this client: only once it has a phone, a WeChat or a QQ (Laigu's API document). Before, it is a visitor. */
export function hasContact(client: LaiguClient): boolean {
	return Boolean(client.tel || client.weixin || client.qq);
}

/**
 * What the account holds. The arrays may be read freely; to change them, use the methods, or call touch() after changing a record in place, for lists by time are kept
 * until the store changes.
 */
export class Store {
	readonly conversations: LaiguConversation[];

	/** Clients and visitors; the API gives those with a contact only. */
	readonly clients: LaiguClient[];

	/** Agents that the reports list even when they had nothing to do. */
	readonly agents: LaiguReportAgent[];

	#version = 0;

	#indexes: Indexes = { state: '' };

	constructor(conversations: LaiguConversation[], clients: LaiguClient[], agents: LaiguReportAgent[] = []) {
		this.conversations = conversations;
		this.clients = clients;
		this.agents = agents;
	}

	/** Adds a conversation, or puts it in the place of the one with its conv_id (an open one that is closed now). */
	addConversation(conversation: LaiguConversation): void {
		const positions = this.#conversationPositions();
		const position = positions.get(conversation.conv_id) ?? this.conversations.length;
		this.conversations[position] = conversation;
		this.#changed({
			conversationPositions: positions.set(conversation.conv_id, position),
			clientPositions: this.#current().clientPositions,
		});
	}

	/** Adds a client, or puts it in the place of the one with its track_id. Its updated_on is the caller's to set. */
	upsertClient(client: LaiguClient): void {
		const positions = this.#clientPositions();
		const position = positions.get(client.track_id) ?? this.clients.length;
		this.clients[position] = client;
		this.#changed({
			clientPositions: positions.set(client.track_id, position),
			conversationPositions: this.#current().conversationPositions,
		});
	}

	/** Removes a client; gives it, or undefined when there is none with this track_id. */
	deleteClient(trackId: string): LaiguClient | undefined {
		const position = this.#clientPositions().get(trackId);
		if (position === undefined) return undefined;
		const [client] = this.clients.splice(position, 1);
		this.touch();
		return client;
	}

	/** Says that a record was changed in place. */
	touch(): void {
		this.#changed({});
	}

	/** The conversation with this conv_id. */
	conversation(id: number): LaiguConversation | undefined {
		const position = this.#conversationPositions().get(id);
		return position === undefined ? undefined : this.conversations[position];
	}

	/** The client or visitor with this track_id. */
	client(trackId: string): LaiguClient | undefined {
		const position = this.#clientPositions().get(trackId);
		return position === undefined ? undefined : this.clients[position];
	}

	/** Ended conversations by conv_end_tm; the open ones have none. */
	get byEnd(): TimeIndex<LaiguConversation> {
		return (this.#current().byEnd ??= new TimeIndex(this.conversations, ({ conv_end_tm: end }) =>
			end ? parseBeijing(end) : undefined,
		));
	}

	/** All conversations by conv_start_tm. */
	get byStart(): TimeIndex<LaiguConversation> {
		return (this.#current().byStart ??= new TimeIndex(this.conversations, ({ conv_start_tm: start }) =>
			parseBeijing(start),
		));
	}

	/** Clients with a contact by created_on. */
	get byCreated(): TimeIndex<LaiguClient> {
		return (this.#current().byCreated ??= new TimeIndex(this.clients.filter(hasContact), (client) =>
			parseUtc(client.created_on),
		));
	}

	/** Clients with a contact by updated_on. */
	get byUpdated(): TimeIndex<LaiguClient> {
		return (this.#current().byUpdated ??= new TimeIndex(this.clients.filter(hasContact), (client) =>
			parseUtc(client.updated_on),
		));
	}

	#conversationPositions(): Map<number, number> {
		const current = this.#current();
		return (current.conversationPositions ??= new Map(
			this.conversations.map(({ conv_id: id }, position) => [id, position]),
		));
	}

	#clientPositions(): Map<string, number> {
		const current = this.#current();
		return (current.clientPositions ??= new Map(this.clients.map(({ track_id: id }, position) => [id, position])));
	}

	/** The lengths are part of the state, so that records pushed onto the arrays are seen too. */
	#state(): string {
		return `${this.#version} ${this.conversations.length} ${this.clients.length}`;
	}

	#current(): Indexes {
		if (this.#indexes.state !== this.#state()) this.#indexes = { state: this.#state() };
		return this.#indexes;
	}

	/** Positions outlive an addition, so that adding many records one by one stays cheap. */
	#changed(still: Pick<Indexes, 'conversationPositions' | 'clientPositions'>): void {
		this.#version += 1;
		this.#indexes = { ...still, state: this.#state() };
	}
}
