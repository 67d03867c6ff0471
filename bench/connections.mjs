import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import selfsigned from 'selfsigned';
import { onEnd, runMain } from '../scripts/lib/lifecycle.mjs';
import { removeFolder } from '../scripts/lib/disk.mjs';
import { tokenCredential } from '../test/lab/credential.mjs';
import { startEngine, startServer } from './lib/processes.mjs';
import { fixed, measuredOn, median, readOptions, toTable, writeReport } from './lib/report.mjs';

await runMain(async () => {
	const COUNT = 4_000;
	const { rounds } = readOptions({ rounds: 5 });

	const { private: key, cert } = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
		keySize: 2048,
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
		],
	});
	const certificate = join(tmpdir(), `laigu-bench-${process.pid}.pem`);
	await writeFile(certificate, cert);
	onEnd(() => removeFolder(certificate));

	const server = await startServer({ count: COUNT, days: 12, tls: { key, cert } });
	const range = await server.rangeOf(COUNT);
	const env = { NODE_EXTRA_CA_CERTS: certificate };

	const laigu = (baseUrl) => ({
		kind: 'laigu',
		parameters: {
			resource: 'conversation',
			operation: 'getAll',
			returnAll: true,
			output: 'raw',
			...range,
			options: { concurrency: 1 },
		},
		credentials: { ...tokenCredential(server), baseUrl },
	});
	const first = await startEngine({ env });
	await first.run(laigu(server.url));
	await first.stop();
	const urls = (await server.requests()).map(({ url }) => url);
	const undici = (origin) => ({
		kind: 'undici',
		origin,
		urls,
		headers: { authorization: `Bearer ${server.account.accessToken}` },
		atOnce: 1,
	});

	const JOBS = {
		"Laigu node (n8n's helper: a fresh connection each), HTTP": laigu(server.url),
		"Laigu node (n8n's helper: a fresh connection each), TLS": laigu(server.tlsUrl),
		'undici, one open connection, HTTP': undici(server.url),
		'undici, one open connection, TLS': undici(server.tlsUrl),
	};
	const figures = Object.fromEntries(Object.keys(JOBS).map((name) => [name, []]));
	const engines = {};
	for (const name of Object.keys(JOBS)) engines[name] = await startEngine({ env });
	for (let round = 0; round <= rounds; round++) {
		for (const [name, job] of Object.entries(JOBS)) {
			const { ms, cpuMs } = await engines[name].run(job);
			if (round > 0) figures[name].push({ ms: ms / urls.length, cpuMs: cpuMs / urls.length });
		}
	}
	await Promise.all([...Object.values(engines).map(({ stop }) => stop()), server.stop()]);

	const of = (name, key) => median(figures[name].map((figure) => figure[key]));
	const [ourHttp, ourTls, openHttp, openTls] = Object.keys(JOBS);
	const cost = (key) => of(ourTls, key) - of(ourHttp, key) - (of(openTls, key) - of(openHttp, key));
	await writeReport(
		'connections',
		[
			`${urls.length} pages, one after the other, on loopback (TLS 1.3, RSA 2048); medians of ${rounds} rounds. ${measuredOn()}`,
			toTable(
				['', 'time a page', 'processor time a page'],
				Object.keys(JOBS).map((name) => [name, `${fixed(of(name, 'ms'))} ms`, `${fixed(of(name, 'cpuMs'))} ms`]),
			),
			`A fresh TLS connection costs ${fixed(cost('ms'))} ms and ${fixed(cost('cpuMs'))} ms of processor time a page, beside the ${urls.length > 0 ? 'round trips' : ''} of its handshake, which loopback does not show.`,
		].join('\n\n'),
	);
});
