import { setTimeout as sleep } from 'node:timers/promises';
import { runMain } from '../scripts/lib/lifecycle.mjs';
import { lines } from '../test/lab/lines.mjs';
import { startLab } from '../test/e2e/n8n.mjs';
import { fixed, measuredOn, median, reached, readOptions, toTable, writeReport } from './lib/report.mjs';

const SECRET = 'only-for-the-benchmark';

/**
 * What receives the events. n8n skips work for its own Webhook node where nothing in it is an expression; the one that is checked by a header
 * reads a credential as the trigger does, and the one of version 1 is treated by n8n as the webhooks of all other nodes are.
 */
const RECEIVERS = {
	'n8n Webhook': { type: 'n8n-nodes-base.webhook', typeVersion: 2, path: 'bench-plain' },
	'n8n Webhook, Header Auth': {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		path: 'bench-auth',
		auth: 'headerAuth',
	},
	'n8n Webhook, version 1': { type: 'n8n-nodes-base.webhook', typeVersion: 1, path: 'bench-v1', auth: 'headerAuth' },
	'Laigu Trigger, no credential': { type: 'n8n-nodes-laigu.laiguTrigger', typeVersion: 1, path: 'bench-open' },
	'Laigu Trigger': { type: 'n8n-nodes-laigu.laiguTrigger', typeVersion: 1, path: 'bench-laigu', auth: 'signature' },
};
const NAMES = Object.keys(RECEIVERS);
const [BASELINE] = NAMES;

/** Both ways in which n8n 2.x can evaluate expressions, and where their tables stand. */
const ENGINES = { legacy: 'webhook-legacy', '': 'webhook-default' };

const {
	rounds,
	events: count,
	'at-once': atOnce,
	line: lineName,
} = readOptions({ rounds: 7, events: 100, 'at-once': 50, line: 'current' });
const line = lines[lineName];

/** Publishes the receiver with one node behind it. */
async function publish(lab, name, { path, auth, ...node }, credentials) {
	const isLaigu = auth === 'signature' || node.type.startsWith('n8n-nodes-laigu');
	const parameters = isLaigu
		? { events: ['*'] }
		: { httpMethod: 'POST', path, authentication: auth ?? 'none', options: {} };
	const own = auth ? { credentials: credentials[auth] } : {};
	const workflow = await lab.client.createWorkflow({
		name,
		nodes: [
			{ id: '1', name, position: [0, 0], webhookId: path, parameters, ...node, ...own },
			{ id: '2', name: 'Next', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [220, 0], parameters: {} },
		],
		connections: { [name]: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
	});
	await lab.client.activate(workflow.id);
	return { id: workflow.id, url: `${lab.n8n.url}/webhook/${path}${isLaigu ? '/webhook' : ''}` };
}

async function executions(lab, workflowId, limit) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['success'] }));
	return await lab.client.rest('GET', `/executions?filter=${filter}&limit=${limit}`);
}

/** Sends the events and waits for the last execution: events a second until all had run, and until all were answered. */
async function round(lab, laigu, receiver, events) {
	const before = (await executions(lab, receiver.id, 1)).count;
	const sender = laigu.openSender({ url: receiver.url, secret: SECRET, atOnce, headers: { 'x-bench': SECRET } });
	const sentAt = Date.now();
	const since = performance.now();
	const results = await sender.deliverAll(events);
	const answered = (performance.now() - since) / 1000;
	const refused = results.find(({ last }) => last.status !== 200);
	if (refused) throw new Error(`Answered ${refused.last.status}: ${refused.last.text}`);
	// asked rarely, so that asking does not slow down what is measured: n8n itself knows when each one ended
	let ran;
	do {
		await sleep(1_000);
		ran = await executions(lab, receiver.id, events.length);
	} while (ran.count < before + events.length);
	const endedAt = Math.max(...ran.results.map(({ stoppedAt }) => Date.parse(stoppedAt)));
	await sender.close();
	return {
		answered: events.length / answered,
		done: (events.length * 1000) / (endedAt - sentAt),
		answerMs: median(results.map(({ last }) => last.ms)),
	};
}

/** All receivers in one n8n, each beginning a round in turn; the rounds' figures by name. */
async function measure(laigu, engine) {
	const environment = { DB_PING_TIMEOUT_MS: '60000', ...(engine && { N8N_EXPRESSION_ENGINE: engine }) };
	const lab = await startLab({ line, environment });
	const figures = Object.fromEntries(NAMES.map((name) => [name, []]));
	try {
		const save = async (type, data) => {
			const { id, name } = await lab.client.saveCredential({ name: type, type, data });
			return { [type]: { id, name } };
		};
		const credentials = {
			headerAuth: await save('httpHeaderAuth', { name: 'x-bench', value: SECRET }),
			signature: await save('laiguWebhookApi', { signingSecret: SECRET, enterpriseToken: '' }),
		};
		const receivers = {};
		for (const name of NAMES) receivers[name] = await publish(lab, name, RECEIVERS[name], credentials);
		const names = laigu.EVENT_NAMES.filter((name) => name !== 'cus_became_leads');
		// the first round warms all of them up; in the others each begins in turn
		for (let index = 0; index <= rounds; index++) {
			const events = laigu.makeEvents({ names, count, seed: 100 + index });
			const first = index % NAMES.length;
			for (const name of [...NAMES.slice(first), ...NAMES.slice(0, first)]) {
				const figure = await round(lab, laigu, receivers[name], events);
				if (index > 0) figures[name].push(figure);
				const told = `ran ${figure.done.toFixed(1)}/s, answered ${figure.answered.toFixed(1)}/s, median answer ${figure.answerMs.toFixed(0)} ms`;
				console.log(`round ${index}${index ? '' : ' (warm-up)'}  ${name.padEnd(28)}  ${told}`);
			}
		}
	} finally {
		await lab.stop();
	}
	return figures;
}

function reportOn(figures) {
	const rows = NAMES.map((name) => {
		const of = (key) => median(figures[name].map((figure) => figure[key]));
		const ratio = median(figures[name].map(({ done }, index) => done / figures[BASELINE][index].done));
		return [name, fixed(of('done'), 1), fixed(ratio), fixed(of('answered'), 1), `${fixed(of('answerMs'), 0)} ms`];
	});
	const head = ['receiver', 'events a second, run', 'beside n8n Webhook', 'events a second, answered', 'median answer'];
	const goal = Number(rows.at(-1)[2]);
	return [
		`${rounds} rounds of ${count} events, ${atOnce} at once, SQLite. ${measuredOn({ line })}`,
		toTable(head, rows),
		toTable(['goal', 'measured', ''], [['0.9 of the Webhook node or more', fixed(goal), reached(goal >= 0.9)]]),
	].join('\n\n');
}

await runMain(async () => {
	const { tsImport } = await import('tsx/esm/api');
	const laigu = await tsImport('../test/simulator/index.ts', import.meta.url);
	for (const [engine, place] of Object.entries(ENGINES)) {
		const text = reportOn(await measure(laigu, engine));
		// the document is about the newest line
		if (lineName === 'current') await writeReport(place, text);
		else console.log(text);
	}
});
