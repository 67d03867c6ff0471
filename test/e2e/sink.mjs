import { once } from 'node:events';
import { createServer } from 'node:http';

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
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${server.address().port}/`,
		deliveries,
		next: () => new Promise((resolve) => void waiting.add(resolve)),
		close: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}
