import { startEngine, startServer } from './lib/processes.mjs';
import { fixed, measuredOn, median, reached, readOptions, toTable, writeReport } from './lib/report.mjs';
import { runMain } from '../scripts/lib/lifecycle.mjs';
import { tokenCredential } from '../test/lab/credential.mjs';

const SECRET = 'only-for-the-benchmark';
const POLLS = 50;
const EVENTS = 1_000;
const EVENT_BYTES = 10_000;

await runMain(async () => {
	const { rounds } = readOptions({ rounds: 5 });
	const { tsImport } = await import('tsx/esm/api');
	const laigu = await tsImport('../test/simulator/index.ts', import.meta.url);

	const server = await startServer({ count: 1_000, days: 10 });
	const engine = await startEngine();
	const idle = {
		kind: 'idlePolls',
		parameters: { event: 'conversationEnded' },
		credentials: tokenCredential(server),
		count: POLLS,
	};
	const requestsOf = async (count) => {
		await server.reset();
		await engine.run({ ...idle, count });
		return (await server.requests()).length;
	};
	// the first poll of a trigger reads more
	const requestsAPoll = ((await requestsOf(1 + POLLS)) - (await requestsOf(1))) / POLLS;

	const polls = [];
	const events = [];
	for (let round = 0; round <= rounds; round++) {
		const poll = await engine.run(idle);
		const event = await engine.run({
			kind: 'events',
			credentials: { signingSecret: SECRET, enterpriseToken: '' },
			requests: signedEvents(laigu, round),
		});
		if (poll.records > 0 || event.records !== EVENTS) throw new Error(`${poll.records} and ${event.records} items`);
		// the first round only warms up
		if (round === 0) continue;
		polls.push(poll.cpuMs / POLLS);
		events.push(event.ownMs / EVENTS);
	}
	await engine.stop();
	await server.stop();

	const [poll, event] = [median(polls), median(events)];
	await writeReport(
		'triggers',
		[
			`Processor time; medians of ${rounds} rounds of ${POLLS} polls and ${EVENTS} events. ${measuredOn()}`,
			toTable(
				['goal', 'measured', ''],
				[
					['a poll with nothing new: one request', fixed(requestsAPoll), reached(requestsAPoll <= 1)],
					['a poll with nothing new: at most 5 ms', `${fixed(poll)} ms`, reached(poll <= 5)],
					['our part of an event of 10 kB: at most 0.3 ms', `${fixed(event)} ms`, reached(event <= 0.3)],
				],
			),
		].join('\n\n'),
	);
});

/** Ended conversations of about 10 kB, each another event, signed as Laigu signs. */
function signedEvents(laigu, round) {
	const seconds = Math.floor(Date.now() / 1000);
	const [{ body: model }] = laigu.makeEvents({ names: ['conversation.closed'], count: 1, seed: 1 });
	const { conv_content: said } = model.conversation;
	return Array.from({ length: EVENTS }, (_, index) => {
		const event = structuredClone({ ...model, id: `sub_bench_${seconds}_${round}_${index}`, created_at: seconds });
		const longer = event.conversation.conv_content;
		while (Buffer.byteLength(JSON.stringify(event)) < EVENT_BYTES) longer.push(said[longer.length % said.length]);
		const body = JSON.stringify(event);
		const headers = laigu.signatureHeaders(Buffer.from(body), { secret: SECRET });
		// Node.js gives the names of headers in lower case
		const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
		return { body, headers: { 'content-type': 'application/json', ...Object.fromEntries(given) } };
	});
}
