import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';

import { listenOnLoopback } from '../lab/loopback.mjs';

/** What a server says to every request. */
export interface Said {
	status?: number;
	body?: string;
	headers?: Record<string, string>;
}

/** A server that answers as it is told, and what it was asked. */
export interface AnsweringServer {
	url: string;
	asked: IncomingMessage[];
	close(): Promise<void>;
}

const running: AnsweringServer[] = [];

/** Starts a server that gives the answer of `say` to each request; closed by stopAnswering(). */
export async function answering(say: (request: IncomingMessage, count: number) => Said): Promise<AnsweringServer> {
	const asked: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		const { status = 200, body = '', headers = { 'content-type': 'application/json' } } = say(request, asked.length);
		asked.push(request);
		response.writeHead(status, headers).end(body);
	});
	const started = { asked, ...(await listenOnLoopback(server)) };
	running.push(started);
	return started;
}

export async function stopAnswering(): Promise<void> {
	await Promise.all(running.splice(0).map(async (server) => await server.close()));
}

/** A credential for any server. */
export const credentialFor = (baseUrl: string) => ({
	authentication: 'accessToken',
	accessToken: 'a-token-of-the-tests',
	enterpriseId: '10001',
	baseUrl,
	allowHttp: false,
});
