import type { IncomingMessage, ServerResponse } from 'node:http';
import { PAGE_HEADERS } from './files';

const AT_MOST_EVERY_MS = 100;
const LOOK_EVERY_MS = 5_000;

/** Server-sent events: each open page gets the present state when it connects, and again after each change. */
export class Stream {
	readonly #listeners = new Set<ServerResponse>();

	readonly #present: () => string;

	#sent = '';

	#isDue = false;

	#look?: NodeJS.Timeout;

	/** `present` gives the state as one line of text; it is asked for only while somebody listens. */
	constructor(present: () => string) {
		this.#present = present;
	}

	/** Keeps the answer open until the page goes away. */
	add(request: IncomingMessage, response: ServerResponse): void {
		response.writeHead(200, { ...PAGE_HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
		this.#sent = this.#present();
		response.write(`data: ${this.#sent}\n\n`);
		this.#listeners.add(response);
		// what changes with the clock alone
		this.#look ??= setInterval(() => this.changed(), LOOK_EVERY_MS).unref();
		request.on('close', () => {
			this.#listeners.delete(response);
			if (this.#listeners.size > 0) return;
			clearInterval(this.#look);
			this.#look = undefined;
		});
	}

	/** Says that the state may have changed: the pages are told soon, many changes at once. */
	changed(): void {
		if (this.#listeners.size === 0 || this.#isDue) return;
		this.#isDue = true;
		setTimeout(() => this.#tell(), AT_MOST_EVERY_MS).unref();
	}

	#tell(): void {
		this.#isDue = false;
		const state = this.#present();
		if (state === this.#sent) return;
		this.#sent = state;
		for (const listener of this.#listeners) listener.write(`data: ${state}\n\n`);
	}
}
