import { startEngine, startServer } from './lib/processes.mjs';
import { fixed, measuredOn, median, reached, readOptions, toTable, writeReport } from './lib/report.mjs';
import { runMain } from '../scripts/lib/lifecycle.mjs';
import { tokenCredential } from '../test/lab/credential.mjs';

await runMain(async () => {
	const COUNT = 10_000;
	const DAYS = 30;
	const CONCURRENCY = 8;
	const { rounds } = readOptions({ rounds: 5 });

	/** Return All of a server's conversations, raw: what the HTTP Request node gives as well. */
	async function laiguJob(server, concurrency, count = COUNT) {
		const range = await server.rangeOf(count);
		const parameters = { resource: 'conversation', operation: 'getAll', returnAll: true, output: 'raw', ...range };
		return {
			kind: 'laigu',
			parameters: { ...parameters, options: { concurrency } },
			credentials: tokenCredential(server),
		};
	}

	async function httpJob(server, count = COUNT) {
		const { from, to } = await server.rangeOf(count);
		const wire = (text) => text.slice(0, 19).replace('T', ' ');
		return { kind: 'httpRequest', credentials: tokenCredential(server), fromTm: wire(from), toTm: wire(to) };
	}

	/** Runs the contenders in turn, each in a process of its own, the first round to warm up; gives the rounds' figures by name. */
	async function sideBySide(jobs) {
		const figures = Object.fromEntries(Object.keys(jobs).map((name) => [name, []]));
		const engines = {};
		for (const name of Object.keys(jobs)) engines[name] = await startEngine();
		for (let round = 0; round <= rounds; round++) {
			for (const [name, job] of Object.entries(jobs)) {
				const figure = await engines[name].run(job);
				if (figure.records < COUNT || figure.records > COUNT * 1.01)
					throw new Error(`${name}: ${figure.records} records`);
				if (round > 0) figures[name].push(figure);
				console.log(`round ${round}  ${name.padEnd(40)}  ${fixed(figure.ms, 0)} ms, ${fixed(figure.cpuMs, 0)} ms CPU`);
			}
		}
		await Promise.all(Object.values(engines).map(({ stop }) => stop()));
		return figures;
	}

	const ratios = (over, under, key) => median(over.map((figure, index) => figure[key] / under[index][key]));

	const far = await startServer({ count: COUNT, days: DAYS, latencyMs: 50 });
	const near = await startServer({ count: COUNT, days: DAYS });

	// what one run asks for is what undici is then given
	const first = await startEngine();
	await first.run(await laiguJob(far, CONCURRENCY));
	await first.stop();
	const asked = await far.requests();
	await far.reset();
	const undici = {
		kind: 'undici',
		origin: far.url,
		urls: asked.map(({ url }) => url),
		headers: { authorization: `Bearer ${far.account.accessToken}`, accept: 'application/json' },
		atOnce: CONCURRENCY,
	};

	const OURS = `Laigu node, ${CONCURRENCY} at once`;
	const HTTP = 'HTTP Request node with its pagination';
	const FLOOR = `undici, open connections, the same requests, ${CONCURRENCY} at once`;
	const fast = await sideBySide({
		[OURS]: await laiguJob(far, CONCURRENCY),
		[HTTP]: await httpJob(far),
		[FLOOR]: undici,
	});
	const faster = ratios(fast[HTTP], fast[OURS], 'ms');
	const overFloor = ratios(fast[OURS], fast[FLOOR], 'ms');

	await writeReport(
		'return-all',
		[
			`${COUNT.toLocaleString('en')} conversations of ${DAYS} days, every answer after 50 ms; medians of ${rounds} rounds. ${measuredOn()}`,
			toTable(
				['', 'time', 'processor time'],
				[OURS, HTTP, FLOOR].map((name) => {
					const of = (key) => median(fast[name].map((figure) => figure[key]));
					return [name, `${fixed(of('ms') / 1000)} s`, `${fixed(of('cpuMs') / 1000)} s`];
				}),
			),
			toTable(
				['goal', 'measured', ''],
				[
					['6 times faster than the HTTP Request node, or more', fixed(faster), reached(faster >= 6)],
					['within 1.12 times of the floor', fixed(overFloor), reached(overFloor <= 1.12)],
				],
			),
			`The run sent ${asked.length} requests; ${COUNT / 20} are the least.`,
		].join('\n\n'),
	);

	const ONE = 'Laigu node, one at a time';
	const single = await sideBySide({ [ONE]: await laiguJob(near, 1), [HTTP]: await httpJob(near) });
	const perPage = ratios(single[ONE], single[HTTP], 'ms');
	const cpuPerPage = ratios(single[ONE], single[HTTP], 'cpuMs');
	await writeReport(
		'one-at-a-time',
		[
			`The same conversations without latency, one page after the other; medians of ${rounds} rounds. ${measuredOn()}`,
			toTable(
				['', 'time a page', 'processor time a page'],
				[ONE, HTTP].map((name) => {
					const of = (key) => median(single[name].map((figure) => figure[key])) / (COUNT / 20);
					return [name, `${fixed(of('ms'))} ms`, `${fixed(of('cpuMs'))} ms`];
				}),
			),
			toTable(
				['goal', 'measured', ''],
				[
					['time a page, 0.95 of the HTTP Request node or less', fixed(perPage), reached(perPage <= 0.95)],
					['processor time a page, 1.0 of the HTTP Request node or less', fixed(cpuPerPage), reached(cpuPerPage <= 1)],
				],
			),
		].join('\n\n'),
	);

	const rows = [];
	const engine = await startEngine();
	for (const concurrency of [1, 2, 3, 4, 5, 6, 8, 10]) {
		const figures = [];
		await far.reset();
		for (let round = 0; round < 2; round++) figures.push(await engine.run(await laiguJob(far, concurrency)));
		const requests = (await far.requests()).length / 2;
		rows.push({ concurrency, requests, ms: median(figures.map(({ ms }) => ms)) });
	}
	await engine.stop();
	await writeReport(
		'concurrency',
		toTable(
			['Concurrency', 'time', 'times as fast as one', 'requests', 'requests a second'],
			rows.map(({ concurrency, requests, ms }) => [
				concurrency,
				`${fixed(ms / 1000)} s`,
				fixed(rows[0].ms / ms, 1),
				requests,
				fixed((requests * 1000) / ms, 0),
			]),
		),
	);
	await Promise.all([far.stop(), near.stop()]);
});
