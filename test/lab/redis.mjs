import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startOwnedProgram } from '../../scripts/lib/owned-program.mjs';
import { anyFreePort } from '../../scripts/lib/ports.mjs';
import { untilReady } from './ready.mjs';

/**
 * Starts a Redis that keeps everything in memory, on the loopback address.
 *
 * @param {{ program: string, folder: string }} where - `program`: redis-server; `folder`: existing, for its log
 * @returns {Promise<{ port: number, stop: () => Promise<void> }>}
 * @throws {UserError} when it ends instead, with the end of its log
 */
export async function startRedis({ program, folder }) {
	const port = await anyFreePort();
	const logFile = join(folder, 'redis.log');
	const log = await open(logFile, 'w');
	const settings = ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', folder, '--save', '', '--appendonly', 'no'];
	const { ended, stop } = startOwnedProgram(program, settings, { cwd: folder, stdio: ['ignore', log.fd, log.fd] });
	await log.close();
	await untilReady('Redis', { ended, stop, logFile, look: () => answersPing(port) });
	return { port, stop };
}

function answersPing(port) {
	return new Promise((resolve) => {
		const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'));
		socket.setTimeout(1_000, () => socket.destroy());
		socket.once('data', (answer) => {
			socket.destroy();
			resolve(answer.toString().startsWith('+PONG'));
		});
		socket.once('error', () => {});
		socket.once('close', () => resolve(false));
	});
}
