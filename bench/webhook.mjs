import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { lines } from '../test/lab/lines.mjs';
import { startLab } from '../test/e2e/n8n.mjs';

const SECRET = 'only-for-the-benchmark';

/** What receives the events: n8n's own Webhook node, and the Laigu Trigger with everything that it checks. */
const RECEIVERS = {
	'n8n Webhook': {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path: 'bench-plain', options: {} },
		webhookId: 'bench-plain',
		path: 'bench-plain',
	},
	'Laigu Trigger': {
		type: 'n8n-nodes-laigu.laiguTrigger',
		typeVersion: 1,
		parameters: {},
		webhookId: 'bench-laigu',
		path: 'bench-laigu/webhook',
	},
};

const { values } = parseArgs({
	options: {
		rounds: { type: 'string', default: '9' },
		events: { type: 'string', default: '200' },
		'at-once': { type: 'string', default: '50' },
		json: { type: 'boolean', default: false },
	},
});
const rounds = Number(values.rounds);
const count = Number(values.events);
const atOnce = Number(values['at-once']);

function median(numbers) {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Publishes the receiver with one node behind it. */
async function publish(lab, name, { path, ...node }, credential) {
	const own = node.type.endsWith('laiguTrigger') ? { credentials: { laiguWebhookApi: credential } } : {};
	const workflow = await lab.client.createWorkflow({
		name,
		nodes: [
			{ id: '1', name, position: [0, 0], ...node, ...own },
			{ id: '2', name: 'Next', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [220, 0], parameters: {} },
		],
		connections: { [name]: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
	});
	await lab.client.activate(workflow.id);
	return { id: workflow.id, url: `${lab.n8n.url}/webhook/${path}` };
}

async function successes(lab, workflowId) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['success'] }));
	return (await lab.client.rest('GET', `/executions?filter=${filter}&limit=1`)).count;
}

/** Sends the events and waits for the last execution: events a second until all were answered, and until all had run. */
async function round(lab, laigu, receiver, events) {
	const before = await successes(lab, receiver.id);
	const sender = laigu.openSender({ url: receiver.url, secret: SECRET, atOnce });
	const since = performance.now();
	const results = await sender.deliverAll(events);
	const answered = (performance.now() - since) / 1000;
	const refused = results.find(({ last }) => last.status !== 200);
	if (refused) throw new Error(`Answered ${refused.last.status}: ${refused.last.text}`);
	while ((await successes(lab, receiver.id)) < before + events.length) await sleep(50);
	const done = (performance.now() - since) / 1000;
	await sender.close();
	const times = results.map(({ last }) => last.ms);
	return { answered: events.length / answered, done: events.length / done, answerMs: median(times) };
}

const { tsImport } = await import('tsx/esm/api');
const laigu = await tsImport('../test/simulator/index.ts', import.meta.url);
const lab = await startLab({ environment: { DB_PING_TIMEOUT_MS: '60000' } });
const figures = { 'n8n Webhook': [], 'Laigu Trigger': [] };
try {
	const saved = await lab.client.saveCredential({
		name: 'Laigu Webhook',
		type: 'laiguWebhookApi',
		data: { signingSecret: SECRET, enterpriseToken: laigu.DEMO_ACCOUNT.enterpriseToken },
	});
	const credential = { id: saved.id, name: saved.name };
	const receivers = {};
	for (const [name, node] of Object.entries(RECEIVERS)) receivers[name] = await publish(lab, name, node, credential);
	const names = laigu.EVENT_NAMES.filter((name) => name !== 'cus_became_leads');
	// the first round warms both up; in the others each of them goes first in turn
	for (let index = 0; index <= rounds; index++) {
		const events = laigu.makeEvents({ names, count, seed: 100 + index });
		const order = index % 2 ? ['n8n Webhook', 'Laigu Trigger'] : ['Laigu Trigger', 'n8n Webhook'];
		for (const name of order) {
			const figure = await round(lab, laigu, receivers[name], events);
			if (index > 0) figures[name].push(figure);
			if (!values.json)
				console.log(
					`round ${index}${index ? '' : ' (warm-up)'}  ${name.padEnd(13)}  answered ${figure.answered.toFixed(1)}/s  done ${figure.done.toFixed(1)}/s  median answer ${figure.answerMs.toFixed(0)} ms`,
				);
		}
	}
} finally {
	await lab.stop();
}

const result = { n8n: lines.current.n8n, node: lines.current.node.version, cpu: cpus()[0].model, cores: cpus().length, rounds, count, atOnce };
for (const key of ['answered', 'done', 'answerMs']) {
	const [plain, own] = ['n8n Webhook', 'Laigu Trigger'].map((name) => median(figures[name].map((figure) => figure[key])));
	const ratios = figures['Laigu Trigger'].map((figure, index) => figure[key] / figures['n8n Webhook'][index][key]);
	result[key] = { 'n8n Webhook': plain, 'Laigu Trigger': own, ratioOfMedians: own / plain, medianOfRatios: median(ratios), ratios };
}
if (values.json) console.log(JSON.stringify(result, null, 2));
else {
	console.log(`\nn8n ${result.n8n}, Node ${result.node}, ${result.cores} × ${result.cpu}; ${rounds} rounds of ${count} events, ${atOnce} at once`);
	for (const [key, what] of [
		['done', 'events a second, until the last workflow had run'],
		['answered', 'events a second, until the last answer'],
		['answerMs', 'median time to an answer in ms (less is better)'],
	]) {
		const { ratioOfMedians, medianOfRatios, ...medians } = result[key];
		const [plain, own] = [medians['n8n Webhook'], medians['Laigu Trigger']];
		console.log(
			`${what}: n8n Webhook ${plain.toFixed(1)}, Laigu Trigger ${own.toFixed(1)}; ratio of medians ${ratioOfMedians.toFixed(2)}, median of the rounds' ratios ${medianOfRatios.toFixed(2)}`,
		);
	}
}
