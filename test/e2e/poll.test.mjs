import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { tokenCredential } from '../lab/credential.mjs';
import { startLab } from './n8n.mjs';
import { startSink } from './sink.mjs';

/** n8n's two ways to poll: by timers in its memory, and by jobs in its database, which keep a trigger's position together with the execution. */
const MODES = [
	{ name: 'timers', kills: 5, settlingMs: 0, environment: {} },
	{
		name: 'the durable poller',
		kills: 3,
		// every poll time is a job of its own: after a restart n8n begins all that are due, and one may read the position before another's is stored
		settlingMs: 60_000,
		environment: {
			N8N_SCHEDULER_ENABLED: 'true',
			N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
			N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
			N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
		},
	},
];

/** Together they corrupt every fifth answer. */
const FAULTS = ['10014', '429', '10015', '500', '502html', 'reset', 'truncated'].map((kind) => ({
	kind,
	rate: 0.0315,
}));

/** A real n8n, a Laigu and a receiver for what the workflow delivers; all of it ends with the test. */
async function openStage(t, environment) {
	const { tsImport } = await import('tsx/esm/api');
	const { startSimulator } = await tsImport('../simulator/index.ts', import.meta.url);
	const simulator = await startSimulator({ days: 2, conversationsPerDay: 60 });
	t.after(() => simulator.close());
	const sink = await startSink();
	t.after(() => sink.close());
	const lab = await startLab({ environment });
	t.after(() => lab.stop());
	const credential = await lab.client.saveCredential({
		name: 'Laigu',
		type: 'laiguApi',
		data: tokenCredential(simulator),
	});
	return { simulator, sink, lab, credential: { laiguApi: { id: credential.id, name: 'Laigu' } } };
}

const link = (node) => ({ main: [[{ node, type: 'main', index: 0 }]] });

/**
 * n8n refuses a poll time of less than a minute, but takes several of a minute each: together they are every ten seconds, longer than an execution takes.
 */
const everyTenSeconds = Array.from({ length: 6 }, (_, index) => ({
	mode: 'custom',
	cronExpression: `${index * 10} * * * * *`,
}));

const toSink = ({ sink, credential }) => ({
	name: 'ended conversations to the sink',
	nodes: [
		{
			id: 'poll',
			name: 'Laigu',
			type: 'n8n-nodes-laigu.laiguPollTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {
				pollTimes: { item: everyTenSeconds },
				event: 'conversationEnded',
				output: 'simplified',
				options: { overlapMinutes: 1 },
			},
			credentials: credential,
		},
		{
			id: 'post',
			name: 'Sink',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [220, 0],
			parameters: {
				method: 'POST',
				url: sink.url,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ JSON.stringify({ id: $json.conversationId, execution: $execution.id }) }}',
				options: { batching: { batch: { batchSize: 1, batchInterval: 20 } } },
			},
		},
	],
	connections: { Laigu: link('Sink') },
	settings: { executionOrder: 'v1' },
});

/** Lets conversations end, several in the same second, until told to stop. */
function letConversationsEnd(simulator) {
	const ended = [];
	const template = simulator.store.conversations.find(({ conv_end_tm: end }) => end);
	const beijing = () => new Date(Date.now() + 8 * 3_600_000).toISOString().replace('T', ' ').slice(0, 23);
	let timesCalled = 0;
	const timer = setInterval(() => {
		timesCalled++;
		for (let count = 0; count <= timesCalled % 3; count++) {
			const id = 700_000_000 + ended.length;
			simulator.store.addConversation({
				...template,
				conv_id: id,
				conv_end_tm: `${beijing()}${`${ended.length % 1000}`.padStart(3, '0')}`,
			});
			ended.push(String(id));
		}
	}, 1_200);
	return { ended, stop: () => clearInterval(timer) };
}

async function killAndRestart(lab) {
	const { pid, ended } = lab.n8n;
	process.kill(-pid, 'SIGKILL');
	const killedAt = Date.now();
	await ended;
	await lab.start();
	return killedAt;
}

async function everyConversationArrives(t, { kills: mostKills, settlingMs, environment }) {
	const stage = await openStage(t, environment);
	const { simulator, sink, lab } = stage;
	const workflow = await lab.client.createWorkflow(toSink(stage));
	for (const fault of FAULTS) simulator.addFault(fault);
	simulator.resetRequests();
	await lab.client.activate(workflow.id);
	await sleep(500);
	const { ended, stop } = letConversationsEnd(simulator);

	const kills = [];
	for (let count = 0; count < mostKills; count++) {
		// every second time in the middle of an execution, else anywhere
		await sleep(6_000 + Math.random() * 14_000);
		if (count % 2 === 0) await sink.next();
		kills.push(await killAndRestart(lab));
	}
	await sleep(8_000);
	stop();
	const delivered = () => new Set(sink.deliveries.map(({ id }) => id));
	for (const since = Date.now(); ended.some((id) => !delivered().has(id)) && Date.now() - since < 90_000;)
		await sleep(1_000);
	// whatever might still come a second time
	await sleep(16_000);
	await lab.client.deactivate(workflow.id);

	const lost = ended.filter((id) => !delivered().has(id));
	const times = (id) => sink.deliveries.filter((delivery) => delivery.id === id);
	const repeated = [...delivered()].map((id) => times(id)).filter(({ length }) => length > 1);
	// the documents allow it for the batch before a restart: all earlier ones came from the last execution that n8n had begun before a kill,
	// be it that it was cut off, or that n8n had only stored it and begins it after the restart
	const executions = await lab.client.executions(workflow.id);
	const lastBefore = kills.map((at) =>
		Math.max(0, ...executions.filter(({ createdAt }) => Date.parse(createdAt) <= at).map(({ id }) => Number(id))),
	);
	const isSettling = ({ createdAt }) =>
		kills.some((at) => Date.parse(createdAt) > at && Date.parse(createdAt) <= at + settlingMs);
	const settling = executions.filter(isSettling).map(({ id }) => Number(id));
	const unexplained = repeated.filter((all) =>
		all.slice(0, -1).some(({ execution }) => ![...lastBefore, ...settling].includes(execution)),
	);
	const spoiled = simulator.requests.filter(({ fault }) => fault).length;
	t.diagnostic(
		JSON.stringify({
			kills: mostKills,
			conversations: ended.length,
			delivered: delivered().size,
			lost: lost.length,
			repeated: repeated.length,
			unexplained: unexplained.length,
			requests: simulator.requests.length,
			spoiled: `${((100 * spoiled) / simulator.requests.length).toFixed(1)} %`,
			executions: new Set(sink.deliveries.map(({ execution }) => execution)).size,
		}),
	);
	assert.deepEqual(lost, []);
	assert.deepEqual(unexplained, []);
}

for (const mode of MODES) {
	const title = `every conversation arrives through ${mode.kills} crashes of n8n and 20 % faults, by ${mode.name}`;
	test(title, { timeout: 900_000 }, async (t) => await everyConversationArrives(t, mode));
}
