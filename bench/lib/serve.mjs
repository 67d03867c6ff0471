import { createServer as createTlsServer } from 'node:tls';
import { connect } from 'node:net';
import { tsImport } from 'tsx/esm/api';

/*
 * A simulated Laigu in a process of its own, so that its work is not counted as the client's. It is told what to serve by its first argument and asked over IPC what it was asked.
 */

const { count, days, tls, ...options } = JSON.parse(process.argv[2]);
const { generateDemo, startSimulator, DEMO_ACCOUNT } = await tsImport('../../test/simulator/index.ts', import.meta.url);
const { DAY, formatBeijing, parseBeijing } = await tsImport('../../test/simulator/time.ts', import.meta.url);

const FROM = parseBeijing('2026-01-01 00:00:00');
const DEMO_DAYS = 5;

/** So many ended conversations, evenly over so many days and with a day's rhythm; their texts are those of a few days of demo data, repeated. */
function conversationsOver() {
	const now = FROM + DEMO_DAYS * DAY;
	const { conversations } = generateDemo({ now, account: DEMO_ACCOUNT, days: DEMO_DAYS, conversationsPerDay: 200 });
	const models = conversations
		.filter(({ conv_end_tm: end }) => end)
		.map((conversation) => ({
			conversation,
			inDay: (parseBeijing(conversation.conv_start_tm) - FROM + DEMO_DAYS * DAY) % DAY,
			length: parseBeijing(conversation.conv_end_tm) - parseBeijing(conversation.conv_start_tm),
		}));
	const starts = Array.from({ length: count }, (_, index) => {
		const model = models[(index * 7919) % models.length];
		return { model, start: FROM + Math.floor((index * days) / count) * DAY + model.inDay };
	});
	starts.sort((one, other) => one.start - other.start);
	return starts.map(({ model, start }, index) => ({
		...model.conversation,
		conv_id: 5_000_000_000 + index,
		conv_start_tm: formatBeijing(start),
		conv_end_tm: formatBeijing(start + model.length),
	}));
}

const conversations = conversationsOver();
const simulator = await startSimulator({ ...options, conversations, clients: [] });
const ends = conversations.map(({ conv_end_tm: end }) => end).sort();

/** A server that removes TLS and passes requests to the simulator. */
async function listenTls() {
	const server = createTlsServer(tls, (socket) => {
		const inner = connect(simulator.port, '127.0.0.1');
		for (const [one, other] of [
			[socket, inner],
			[inner, socket],
		]) {
			one.pipe(other);
			one.on('error', () => other.destroy());
		}
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `https://localhost:${server.address().port}`;
}

const answers = {
	requests: () => simulator.requests.map(({ url, fault, at }) => ({ url, fault, at })),
	reset: () => simulator.resetRequests(),
	/** The end of a range from the beginning that holds so many conversations. */
	endOf: (wanted) => ends[wanted] ?? formatBeijing(FROM + (days + 2) * DAY),
};
process.on('message', ({ ask, value }) => process.send({ answer: answers[ask](value) ?? null }));
process.send({
	url: simulator.url,
	tlsUrl: tls && (await listenTls()),
	account: simulator.account,
	from: formatBeijing(FROM, 0),
});
