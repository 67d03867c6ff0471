import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { UserError } from './errors.mjs';

const LOOPBACK = '127.0.0.1';

/**
 * Reads a port from the command line.
 *
 * @param {string} text
 * @param {string} flag - the option's name, for the message
 * @returns {number}
 * @throws {UserError} for anything but a whole number from 1 to 65535
 */
export function parsePort(text, flag) {
	const port = Number(text);
	if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
	throw new UserError(`${flag} takes a port number from 1 to 65535, not "${text}".`);
}

/**
 * Whether a server could listen on this port of the loopback address now. A server of another address family or on all
 * addresses counts as taken, too.
 *
 * @param {number} port
 * @returns {Promise<'free' | 'taken' | 'forbidden'>} `forbidden`: the system reserves the port for administrators
 */
export async function probePort(port) {
	if (await answers(port)) return 'taken';
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', (error) => resolve(error.code === 'EACCES' ? 'forbidden' : 'taken'));
		server.listen({ port, host: LOOPBACK, exclusive: true }, () => server.close(() => resolve('free')));
	});
}

/**
 * The port to use: the one asked for, or, when nobody insists on the default and it is taken, the next free one.
 *
 * @param {{ purpose: string, flag: string, fallback: number, requested?: number, taken?: number[] }} choice -
 *   `purpose`: who will listen, e.g. "n8n"; `flag`: the option that chooses the port; `fallback`: the default;
 *   `requested`: what the user insists on; `taken`: ports already promised to somebody else
 * @returns {Promise<{ port: number, moved: boolean }>} `moved`: the default was taken and another was chosen
 * @throws {UserError} when the requested port cannot be had, or no port near the default is free
 */
export async function choosePort({ purpose, flag, fallback, requested, taken = [] }) {
	if (requested !== undefined) {
		const state = taken.includes(requested) ? 'taken' : await probePort(requested);
		if (state === 'free') return { port: requested, moved: false };
		const reason = state === 'taken' ? 'is in use by another program' : 'may only be used by an administrator';
		throw new UserError(
			`Port ${requested}, wanted for ${purpose}, ${reason}.\nStop that program, or choose another port with ${flag}.`,
		);
	}
	for (let port = fallback; port < fallback + 50 && port <= 65535; port += 1) {
		if (!taken.includes(port) && (await probePort(port)) === 'free') return { port, moved: port !== fallback };
	}
	throw new UserError(`No free port for ${purpose} between ${fallback} and ${fallback + 49}. Choose one with ${flag}.`);
}

/** Below the ports that systems give to outgoing connections: one of those can take any port between its choice and its use. */
const LOWEST = 10_000;
const HIGHEST = 32_000;

/**
 * Any free port of the loopback address.
 *
 * @returns {Promise<number>}
 * @throws {UserError} when a hundred were tried and none was free
 */
export async function anyFreePort() {
	for (let tries = 0; tries < 100; tries++) {
		const port = randomInt(LOWEST, HIGHEST);
		if ((await probePort(port)) === 'free') return port;
	}
	throw new UserError(
		`No free port found between ${LOWEST} and ${HIGHEST}. Stop programs that listen there, and try again.`,
	);
}

async function answers(port) {
	return await new Promise((resolve) => {
		const socket = connect({ port, host: LOOPBACK, timeout: 1000 });
		const end = (result) => {
			socket.destroy();
			resolve(result);
		};
		socket.once('connect', () => end(true));
		socket.once('timeout', () => end(false));
		socket.once('error', () => end(false));
	});
}
