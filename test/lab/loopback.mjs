import { once } from 'node:events';

const HOST = '127.0.0.1';

/** Longer than any client keeps a connection, so that on a busy machine no request meets one that is just being closed. */
const KEEP_ALIVE_MS = 120_000;

/**
 * Lets an HTTP server listen on a free port of the loopback address.
 *
 * @param {import('node:http').Server | import('node:https').Server} server - not listening yet
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>} `url`: by plain http, without a slash at the end;
 *   `close`: ends it with all of its connections, also those that wait for an answer
 */
export async function listenOnLoopback(server) {
	server.keepAliveTimeout = KEEP_ALIVE_MS;
	server.listen(0, HOST);
	await once(server, 'listening');
	const { port } = server.address();
	return { url: `http://${HOST}:${port}`, port, close: () => shut(server) };
}

async function shut(server) {
	if (!server.listening) return;
	const closed = once(server, 'close');
	server.close();
	server.closeAllConnections();
	await closed;
}
