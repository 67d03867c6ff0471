import { createServer } from 'node:net';
import { anyFreePort, choosePort, parsePort, probePort } from '../../../scripts/lib/ports.mjs';

const choice = { purpose: 'n8n', flag: '--port' };

async function withServer(port: number, work: () => Promise<void>) {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	try {
		await work();
	} finally {
		await new Promise((resolve) => server.close(resolve));
	}
}

describe('ports', () => {
	it('takes the default when it is free', async () => {
		const fallback = await anyFreePort();
		expect(await choosePort({ ...choice, fallback })).toEqual({ port: fallback, moved: false });
	});

	it('moves on from a default that is taken', async () => {
		const fallback = await anyFreePort();
		await withServer(fallback, async () => {
			expect(await probePort(fallback)).toBe('taken');
			const { port, moved } = await choosePort({ ...choice, fallback });
			expect(port).toBeGreaterThan(fallback);
			expect(moved).toBe(true);
		});
	});

	it('refuses a requested port that is taken, and says how to choose another', async () => {
		const requested = await anyFreePort();
		await withServer(requested, async () => {
			await expect(choosePort({ ...choice, fallback: 5678, requested })).rejects.toThrow(
				`Port ${requested}, wanted for n8n, is in use by another program.`,
			);
			await expect(choosePort({ ...choice, fallback: 5678, requested })).rejects.toThrow('--port');
		});
	});

	it('does not give the same port twice', async () => {
		const fallback = await anyFreePort();
		expect((await choosePort({ ...choice, fallback, taken: [fallback] })).port).not.toBe(fallback);
	});

	it.each(['0', '65536', '-1', '80.5', 'abc', ''])('refuses "%s"', (text) => {
		expect(() => parsePort(text, '--port')).toThrow('--port takes a port number from 1 to 65535');
	});

	it('reads a port', () => {
		expect(parsePort('5678', '--port')).toBe(5678);
	});
});
