import { createServer } from 'node:http';
import { listenOnLoopback } from '../lab/loopback.mjs';

/**
 * Takes what a workflow delivers: each POST is `{ id, execution }`.
 *
 * @returns {Promise<{ url: string, deliveries: Array<{ id: string, execution: number, at: number }>, next: () => Promise<void>, close: () => Promise<void> }>}
 *   `next` waits for the next delivery
 */
export async function startSink() {
	const deliveries = [];
	const waiting = new Set();
	const server = createServer(async (request, response) => {
		let text = '';
		for await (const chunk of request) text += chunk;
		const { id, execution } = JSON.parse(text);
		deliveries.push({ id: String(id), execution: Number(execution), at: Date.now() });
		for (const resolve of waiting) resolve();
		waiting.clear();
		response.end('{}');
	});
	const { url, close } = await listenOnLoopback(server);
	return { url: `${url}/`, deliveries, next: () => new Promise((resolve) => void waiting.add(resolve)), close };
}
