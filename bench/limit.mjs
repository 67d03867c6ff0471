import { startEngine, startServer } from './lib/processes.mjs';
import { fixed, measuredOn, median, reached, readOptions, toTable, writeReport } from './lib/report.mjs';
import { runMain } from '../scripts/lib/lifecycle.mjs';
import { tokenCredential } from '../test/lab/credential.mjs';

await runMain(async () => {
	const COUNT = 10_000;
	const PER_SECOND = 20;
	const { rounds } = readOptions({ rounds: 3 });

	/** One run against a fresh server, whose bucket of requests is full. */
	async function run(rateLimit) {
		const server = await startServer({ count: COUNT, days: 30, latencyMs: 50, rateLimit });
		const engine = await startEngine();
		const parameters = {
			resource: 'conversation',
			operation: 'getAll',
			returnAll: true,
			output: 'databaseRow',
			...(await server.rangeOf(COUNT)),
			options: { concurrency: 8 },
		};
		const credentials = tokenCredential(server);
		const { ms, records, hints } = await engine.run({ kind: 'laigu', parameters, credentials });
		const requests = await server.requests();
		await Promise.all([engine.stop(), server.stop()]);
		if (records !== COUNT) throw new Error(`${records} of ${COUNT} records`);
		const refused = requests.filter(({ fault }) => fault === 'rateLimit').length;
		const taken = requests.length - refused;
		// the bucket is full at the beginning: that many need no waiting
		const least = ((taken - PER_SECOND) / PER_SECOND) * 1000;
		return { seconds: ms / 1000, taken, refused, ratio: ms / least, share: refused / requests.length, hints };
	}

	const LIMITS = {
		'errno 10014': { perSecond: PER_SECOND },
		'HTTP 429 with Retry-After: 1': { perSecond: PER_SECOND, answer: '429', retryAfterSeconds: 1 },
	};
	const rows = [];
	for (const [name, limit] of Object.entries(LIMITS)) {
		const figures = [];
		for (let round = 0; round < rounds; round++) figures.push(await run(limit));
		const of = (key) => median(figures.map((figure) => figure[key]));
		rows.push({
			name,
			seconds: of('seconds'),
			taken: of('taken'),
			refused: of('refused'),
			ratio: of('ratio'),
			share: of('share'),
		});
		console.log(rows.at(-1), figures[0].hints);
	}
	await writeReport(
		'limit',
		[
			`${COUNT.toLocaleString('en')} conversations, 8 at once, from a server that takes ${PER_SECOND} requests a second (and ${PER_SECOND} at once after a pause) and answers after 50 ms; medians of ${rounds} runs. ${measuredOn()}`,
			toTable(
				['refused with', 'time', 'times what the limit allows', 'requests taken', 'refused'],
				rows.map(({ name, seconds, ratio, taken, refused, share }) => [
					name,
					`${fixed(seconds, 1)} s`,
					fixed(ratio),
					fixed(taken, 0),
					`${fixed(refused, 0)} (${fixed(share * 100, 1)} %)`,
				]),
			),
			toTable(
				['goal', 'measured', ''],
				rows.flatMap(({ name, ratio, share }) => [
					[`${name}: within 1.3 times of what the limit allows`, fixed(ratio), reached(ratio <= 1.3)],
					[`${name}: fewer than one request in ten refused`, `${fixed(share * 100, 1)} %`, reached(share < 0.1)],
				]),
			),
		].join('\n\n'),
	);
});
