import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../scripts/lib/errors.mjs';
import { onEnd } from '../../scripts/lib/lifecycle.mjs';

/**
 * Starts the Laigu simulator in this process, its log in a file.
 *
 * @param {{ port: number, logFile: string, options?: object }} settings - `options`: any other option of `test/simulator`
 * @returns {Promise<{ url: string, account: { accessToken: string, appId: string, sign: string, enterpriseId: string | number }, page: import('../simulator').SimulatorPage, close: () => Promise<void> }>}
 * @throws {UserError} when the port is taken
 */
export async function startLoggedSimulator({ port, logFile, options = {} }) {
	await mkdir(dirname(logFile), { recursive: true });
	const log = createWriteStream(logFile);
	const { tsImport } = await import('tsx/esm/api');
	const { startSimulator } = await tsImport('../simulator/index.ts', import.meta.url);
	const simulator = await startSimulator({ ...options, port, log: (line) => log.write(`${line}\n`) }).catch((error) => {
		if (error.code !== 'EADDRINUSE') throw error;
		throw new UserError(
			`Port ${port}, chosen for the Laigu simulator, has just been taken by another program. Start again.`,
		);
	});
	const close = async () => {
		forget();
		await simulator.close();
		log.end();
	};
	const forget = onEnd(close);
	return { url: simulator.url, account: simulator.account, page: simulator.page, close };
}
