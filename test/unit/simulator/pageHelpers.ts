import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from '../../simulator';

export interface Received {
	headers: IncomingHttpHeaders;
	raw: Buffer;
	body: Record<string, unknown>;
}

const closing: Array<() => Promise<void>> = [];

/** Closes what receiver() has opened. */
export async function closeReceivers(): Promise<void> {
	for (const close of closing.splice(0)) await close();
}

/** A webhook on loopback that answers with the given status, or not at all. */
export async function receiver(status: number | 'never' = 200): Promise<{ url: string; received: Received[] }> {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const raw = Buffer.concat(chunks);
			const body = JSON.parse(raw.toString()) as Record<string, unknown>;
			received.push({ headers: request.headers, raw, body });
			if (status !== 'never') response.writeHead(status).end('{"message":"Workflow was started"}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	closing.push(
		async () =>
			await new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	);
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/x/webhook`, received };
}

export interface PageReply {
	status: number;
	headers: IncomingHttpHeaders;
	text: string;
	json: Record<string, unknown>;
}

/** A request with just these headers: fetch would not send another Host. */
export async function ask(
	{ port }: Simulator,
	path: string,
	{ method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<PageReply> {
	return await new Promise((resolve, reject) => {
		const request = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () => {
				const text = Buffer.concat(chunks).toString();
				const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
				resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
			});
		});
		request.on('error', reject);
		request.end(body);
	});
}

/** What the page itself sends for a button or a switch. */
export async function post(
	simulator: Simulator,
	path: string,
	body: object = {},
	headers: Record<string, string> = {},
): Promise<PageReply> {
	const own = { origin: simulator.url, 'content-type': 'application/json' };
	return await ask(simulator, `/simulator/${path}`, {
		method: 'POST',
		headers: { ...own, ...headers },
		body: JSON.stringify(body),
	});
}
