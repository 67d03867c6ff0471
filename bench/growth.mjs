import { startEngine, startServer } from './lib/processes.mjs';
import { fixed, measuredOn, median, reached, readOptions, toTable, writeReport } from './lib/report.mjs';
import { runMain } from '../scripts/lib/lifecycle.mjs';
import { tokenCredential } from '../test/lab/credential.mjs';

await runMain(async () => {
	const COUNTS = [1_000, 10_000, 100_000];
	const HELD = 200_000;
	const MOST_MEMORY = 1.2;
	const { rounds } = readOptions({ rounds: 3 });

	const server = await startServer({ count: HELD, days: 100 });
	const credentials = tokenCredential(server);
	async function jobOf(count, output, more = {}) {
		const parameters = {
			resource: 'conversation',
			operation: 'getAll',
			returnAll: true,
			output,
			...(await server.rangeOf(count)),
			options: { concurrency: 8 },
		};
		return { kind: 'laigu', parameters, credentials, ...more };
	}
	const MB = 1024 ** 2;

	const figures = Object.fromEntries(COUNTS.map((count) => [count, []]));
	const large = ['--max-old-space-size=8000'];
	const engine = await startEngine({ flags: large });
	for (let round = 0; round <= rounds; round++) {
		for (const count of COUNTS) {
			// short runs are repeated, so that all are equally warm and equally long
			const repeats = Math.max(1, Math.min(10, 10_000 / count));
			let ms = 0;
			for (let repeat = 0; repeat < repeats; repeat++) {
				await server.reset();
				const figure = await engine.run(await jobOf(count, 'databaseRow'));
				if (Math.abs(figure.records - count) > count / 100) throw new Error(`${figure.records} of ${count} records`);
				ms += figure.ms;
			}
			if (round > 0) figures[count].push((ms * 1000) / repeats / count);
			console.log(`round ${round}  ${count} records  ${fixed((ms * 1000) / repeats / count, 0)} µs a record`);
		}
	}
	const flat = median(figures[COUNTS.at(-1)].map((figure, index) => figure / figures[COUNTS[0]][index]));
	await writeReport(
		'growth',
		[
			`Return All as rows, 8 at once, no latency; medians of ${rounds} rounds. ${measuredOn()}`,
			toTable(
				['records', 'time a record'],
				COUNTS.map((count) => [count.toLocaleString('en'), `${fixed(median(figures[count]), 0)} µs`]),
			),
			toTable(
				['goal', 'measured', ''],
				[['time a record, 100,000 against 1,000: within 1.2', fixed(flat), reached(flat <= 1.2)]],
			),
		].join('\n\n'),
	);

	await engine.stop();

	async function memoryOf(output) {
		const watched = await startEngine({ flags: ['--expose-gc', ...large] });
		await server.reset();
		await watched.run(await jobOf(1_000, output));
		const heap = await watched.run(await jobOf(HELD, output, { measure: 'memory' }));
		await watched.stop();
		return heap;
	}

	/** Whether a run gets by with so much memory, in MB: V8 ends a process that needs more. */
	async function getsBy(output, limit) {
		const bounded = await startEngine({ flags: [`--max-old-space-size=${limit}`] });
		try {
			await server.reset();
			return (await bounded.run(await jobOf(HELD, output))).records >= HELD;
		} catch {
			return false;
		} finally {
			await bounded.stop();
		}
	}

	const rows = [];
	for (const output of ['databaseRow', 'raw']) {
		const { before, items, peak, rss } = await memoryOf(output);
		const limit = Math.floor((before + MOST_MEMORY * items) / MB);
		const isEnough = await getsBy(output, limit);
		rows.push({ output, items, ratio: peak / items, rss, limit, isEnough });
	}
	await server.stop();
	await writeReport(
		'memory',
		[
			`${HELD.toLocaleString('en')} conversations, 8 at once. ${measuredOn()}`,
			toTable(
				['Output', 'the items', 'most in use, of the items', 'resident', 'heap allowed', 'finishes with that'],
				rows.map(({ output, items, ratio, rss, limit, isEnough }) => [
					output,
					`${fixed(items / MB, 0)} MB`,
					fixed(ratio),
					`${fixed(rss / MB, 0)} MB`,
					`${limit} MB`,
					isEnough ? 'yes' : 'no',
				]),
			),
			toTable(
				['goal', 'measured', ''],
				rows.map(({ output, ratio, isEnough }) => [
					`${output}: at most ${MOST_MEMORY} times the items`,
					fixed(ratio),
					reached(ratio <= MOST_MEMORY && isEnough),
				]),
			),
		].join('\n\n'),
	);
});
