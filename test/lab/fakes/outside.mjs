import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { listenOnLoopback } from '../loopback.mjs';

const LOOPBACK = '127.0.0.1';

/**
 * @typedef {object} Asked
 * @property {string} host
 * @property {string} method
 * @property {string} path - decoded, without the query
 * @property {URLSearchParams} query
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {string} text - the body
 * @property {any} json - the body, where it is JSON
 *
 * @typedef {object} Given
 * @property {number} [status] - 200 when not given
 * @property {unknown} body - sent as JSON
 *
 * @typedef {object} StandIn
 * @property {string[]} hosts - the names that it answers for
 * @property {(asked: Asked) => Given | Promise<Given>} answer
 */

/**
 * The internet as an n8n on this machine sees it: the stand-ins under their services' real names, over TLS, and nothing else. n8n reaches it through
 * a proxy, as in a company's network; every other host is refused and noted.
 *
 * @param {{ standIns: StandIn[], folder: string }} settings - `folder`: existing, for the certificate
 * @returns {Promise<{ environment: NodeJS.ProcessEnv, refused: string[], close: () => Promise<void> }>}
 *   `environment`: for n8n; `refused`: the hosts that something wanted to reach without result
 */
export async function startOutside({ standIns, folder }) {
	const byHost = new Map(standIns.flatMap((standIn) => standIn.hosts.map((host) => [host, standIn])));
	const { key, cert } = await certificateFor([...byHost.keys()]);
	const caFile = join(folder, 'outside.pem');
	await writeFile(caFile, cert);

	const services = createSecureServer({ key, cert }, (request, response) => {
		answer(byHost, request, response).catch((error) => {
			response.writeHead(500).end(JSON.stringify({ standIn: String(error.stack) }));
		});
	});
	const behind = await listenOnLoopback(services);

	const refused = [];
	const proxy = createServer((request, response) => {
		refused.push(request.url);
		response.writeHead(403).end();
	});
	const tunnels = new Set();
	proxy.on('connect', ({ url }, socket) => {
		tunnels.add(socket.on('error', () => {}).on('close', () => tunnels.delete(socket)));
		const [host, port] = url.split(':');
		if (!byHost.has(host) || port !== '443') {
			refused.push(url);
			return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
		}
		const onward = connect({ host: LOOPBACK, port: behind.port }, () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			onward.pipe(socket);
			socket.pipe(onward);
		});
		onward.on('error', () => socket.destroy());
		socket.on('close', () => onward.destroy());
	});
	const front = await listenOnLoopback(proxy);

	return {
		environment: {
			...inBothCases({ HTTP_PROXY: front.url, HTTPS_PROXY: front.url, NO_PROXY: `${LOOPBACK},localhost` }),
			NODE_EXTRA_CA_CERTS: caFile,
		},
		refused,
		async close() {
			for (const socket of tunnels) socket.destroy();
			await Promise.all([front, behind].map(({ close }) => close()));
		},
	};
}

/** Which of the two wins differs between libraries. */
const inBothCases = (variables) =>
	Object.fromEntries(
		Object.entries(variables).flatMap(([name, value]) => [
			[name, value],
			[name.toLowerCase(), value],
		]),
	);

async function certificateFor(hosts) {
	const altNames = hosts.map((value) => ({ type: 2, value }));
	const extensions = [
		{ name: 'basicConstraints', cA: true },
		{ name: 'subjectAltName', altNames },
	];
	const attributes = [{ name: 'commonName', value: 'Stand-ins for tests' }];
	const { private: key, cert } = await generate(attributes, { keyType: 'ec', algorithm: 'sha256', extensions });
	return { key, cert };
}

async function answer(byHost, request, response) {
	let text = '';
	for await (const chunk of request.setEncoding('utf8')) text += chunk;
	const host = request.headers.host.split(':')[0];
	const { pathname, searchParams: query } = new URL(request.url, `https://${host}`);
	const asked = { host, method: request.method, path: decodeURIComponent(pathname), query, headers: request.headers };
	const { status = 200, body } = await byHost.get(host).answer({ ...asked, text, json: parseJson(text) });
	response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function parseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
