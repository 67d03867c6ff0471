'use strict';

/*
 * Runs one node, or a trigger's own part, on n8n's own engine and says how long it took. Asked over IPC; its argument is the folder with n8n's modules and the package.
 */

const { createRequire } = require('node:module');
const { Session } = require('node:inspector/promises');
const { join } = require('node:path');
const { readHeap, shareOf } = require('./profile.cjs');

const folder = process.argv[2];
const load = createRequire(join(folder, 'package.json'));
load('reflect-metadata');
const { ExecutionLifecycleHooks, PackageDirectoryLoader, PollContext, WebhookContext, WorkflowExecute } =
	load('n8n-core');
const { NodeHelpers, Workflow } = load('n8n-workflow');

const START = 'n8n-nodes-base.manualTrigger';
const LAIGU = 'n8n-nodes-laigu.laigu';
const POLL_TRIGGER = 'n8n-nodes-laigu.laiguPollTrigger';
const TRIGGER = 'n8n-nodes-laigu.laiguTrigger';
const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';

/** What n8n knows of its own addresses; its HTTP helper looks at them. */
const URLS = [
	'restApiUrl',
	'instanceBaseUrl',
	'webhookBaseUrl',
	'webhookWaitingBaseUrl',
	'webhookTestBaseUrl',
	'formWaitingBaseUrl',
];

const description = {
	displayName: 'Start',
	name: 'start',
	group: ['trigger'],
	version: 1,
	description: '',
	defaults: { name: 'Start' },
	inputs: [],
	outputs: ['main'],
	properties: [],
};

async function loadTypes() {
	const loader = new PackageDirectoryLoader(join(folder, 'package'));
	await loader.loadAll();
	const { HttpRequest } = load('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js');
	const nodes = {
		[START]: { description, execute: async () => [[{ json: {} }]] },
		[LAIGU]: loader.nodeTypes.laigu.type,
		[POLL_TRIGGER]: loader.nodeTypes.laiguPollTrigger.type,
		[TRIGGER]: loader.nodeTypes.laiguTrigger.type,
		[HTTP_REQUEST]: new HttpRequest(),
	};
	const { laiguApi, laiguWebhookApi } = loader.credentialTypes;
	return { nodes, credentials: { laiguApi: laiguApi.type, laiguWebhookApi: laiguWebhookApi.type } };
}

/** What n8n gives to an execution beside its workflow, as far as these nodes meet it. */
function additionalData(workflow, types, credentials) {
	const workflowData = {
		id: 'bench',
		name: 'bench',
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
		active: false,
		createdAt: new Date(),
		updatedAt: new Date(),
	};
	return {
		executionId: '1',
		hooks: new ExecutionLifecycleHooks('manual', '1', workflowData),
		credentialsHelper: {
			getParentTypes: () => [],
			getDecrypted: async () => ({ ...credentials }),
			getCredentialsProperties: (name) => types.credentials[name].properties,
			isCredentialUsableByNode: () => true,
			preAuthentication: async () => undefined,
			authenticate: async (data, name, options) => await types.credentials[name].authenticate(data, options),
		},
		variables: {},
		userId: 'bench',
		...Object.fromEntries(URLS.map((name) => [name, 'http://127.0.0.1'])),
		setExecutionStatus: () => undefined,
		sendDataToUI: () => undefined,
		externalSecretsProxy: {},
		logAiEvent: () => undefined,
		getRunnerStatus: () => ({ available: true }),
	};
}

const nodeTypesOf = ({ nodes }) => ({
	getByName: (name) => nodes[name],
	getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(nodes[name], version),
	getKnownTypes: () => ({}),
});

/** An active workflow of one trigger. */
function triggerWorkflow(types, { type, credentialName, parameters, credentials }) {
	const node = {
		id: '1',
		name: 'Trigger',
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { [credentialName]: { id: '1', name: 'Laigu' } },
	};
	const workflow = new Workflow({
		id: 'bench',
		nodes: [node],
		connections: {},
		nodeTypes: nodeTypesOf(types),
		active: true,
		settings: { timezone: 'Asia/Shanghai' },
	});
	return { workflow, node: workflow.nodes.Trigger, data: additionalData(workflow, types, credentials) };
}

async function execute(types, { type, typeVersion, parameters, credentials }) {
	const at = { position: [0, 0], parameters: {} };
	const nodes = [
		{ ...at, id: '1', name: 'Start', type: START, typeVersion: 1 },
		{
			...at,
			id: '2',
			name: 'Node',
			type,
			typeVersion,
			parameters,
			credentials: { laiguApi: { id: '1', name: 'Laigu' } },
		},
	];
	const workflow = new Workflow({
		id: 'bench',
		nodes,
		connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		nodeTypes: nodeTypesOf(types),
		active: false,
		settings: { timezone: 'Asia/Shanghai' },
	});
	const run = await new WorkflowExecute(additionalData(workflow, types, credentials), 'manual').run({
		workflow,
	});
	const { error, runData } = run.data.resultData;
	if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
	return runData.Node[0];
}

/** The Laigu node with any parameters. */
const laigu = (types, { parameters, credentials }) =>
	execute(types, { type: LAIGU, typeVersion: 1, parameters, credentials });

/** n8n's HTTP Request node with its own pagination, set up as a person would for Laigu's V2 API. Its items are whole pages. */
const httpRequest = (types, { credentials, fromTm, toTm }) =>
	execute(types, {
		type: HTTP_REQUEST,
		typeVersion: 4.2,
		parameters: {
			url: `${credentials.baseUrl}/v2/conversations`,
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${credentials.accessToken}` }] },
			sendQuery: true,
			queryParameters: {
				parameters: [
					{ name: 'enterprise_id', value: credentials.enterpriseId },
					{ name: 'from_tm', value: fromTm },
					{ name: 'to_tm', value: toTm },
					{ name: 'limit', value: '20' },
					{ name: 'page_token', value: '' },
				],
			},
			options: {
				pagination: {
					pagination: {
						paginationMode: 'updateAParameterInEachRequest',
						parameters: {
							parameters: [{ type: 'qs', name: 'page_token', value: '={{ $response.body.next_page_token }}' }],
						},
						paginationCompleteWhen: 'other',
						completeExpression: '={{ !$response.body.next_page_token }}',
						limitPagesFetched: false,
						requestInterval: 0,
					},
				},
			},
		},
	});

/** undici with open connections, which asks for given addresses, so many at once, and parses the answers. */
async function undici(_types, { origin, urls, headers, atOnce }) {
	const { Pool } = require('undici');
	const pool = new Pool(origin, { connections: atOnce });
	let next = 0;
	let records = 0;
	const work = async () => {
		while (next < urls.length) {
			const { body } = await pool.request({ method: 'GET', path: urls[next++], headers });
			records += JSON.parse(await body.text()).result.length;
		}
	};
	await Promise.all(Array.from({ length: atOnce }, work));
	await pool.close();
	return { records };
}

/** A Laigu Poll Trigger that has begun, and is asked again so many times while nothing happens. */
async function idlePolls(types, { parameters, credentials, count }) {
	const trigger = triggerWorkflow(types, { type: POLL_TRIGGER, credentialName: 'laiguApi', parameters, credentials });
	const poll = async () => {
		const context = new PollContext(trigger.workflow, trigger.node, trigger.data, 'trigger', 'update');
		return await types.nodes[POLL_TRIGGER].poll.call(context);
	};
	let records = 0;
	for (let index = 0; index < count; index++) records += (await poll())?.[0].length ?? 0;
	return { records };
}

/** What the Laigu Trigger does with signed events, from the raw body to the item; n8n's part before and after is not in it. */
async function events(types, { credentials, requests }) {
	const credentialName = 'laiguWebhookApi';
	const parameters = { events: ['*'] };
	const { webhook, description: told } = types.nodes[TRIGGER];
	const answer = { status: () => answer, json: () => answer, end: () => answer };
	let records = 0;
	for (const { headers, body } of requests) {
		const { workflow, node, data } = triggerWorkflow(types, { type: TRIGGER, credentialName, parameters, credentials });
		const rawBody = Buffer.from(body);
		const request = { headers, rawBody, body: JSON.parse(body), readRawBody: async () => undefined, method: 'POST' };
		Object.assign(data, { httpRequest: request, httpResponse: answer });
		const webhookData = { webhookDescription: told.webhooks[0] };
		const context = new WebhookContext(workflow, node, data, 'webhook', webhookData, [], null);
		const { workflowData } = await ownTime(() => webhook.call(context));
		records += workflowData[0].length;
	}
	return { records };
}

let own = 0;

/** Adds the processor time of some work to `own`, which takes n8n's preparations out of what is measured. */
async function ownTime(work) {
	const since = process.cpuUsage();
	const result = await work();
	const { user, system } = process.cpuUsage(since);
	own += (user + system) / 1000;
	return result;
}

const KINDS = { laigu, httpRequest, undici, idlePolls, events };

const recordsOf = (task) =>
	task.records ??
	task.data.main[0].reduce((sum, { json }) => sum + (Array.isArray(json.result) ? json.result.length : 1), 0);

async function timed(work) {
	own = 0;
	const cpu = process.cpuUsage();
	const since = performance.now();
	const task = await work();
	const ms = performance.now() - since;
	const { user, system } = process.cpuUsage(cpu);
	return { task, ms, cpuMs: (user + system) / 1000, ownMs: own };
}

async function profiled(work) {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.setSamplingInterval', { interval: 500 });
	await session.post('Profiler.start');
	const result = await timed(work);
	const { profile } = await session.post('Profiler.stop');
	session.disconnect();
	return { ...result, shares: shareOf(profile) };
}

async function answer(types, { kind, measure, ...job }) {
	const work = () => KINDS[kind](types, job);
	if (measure === 'memory') return await readHeap(work);
	const { task, ...figures } = await (measure === 'profile' ? profiled : timed)(work);
	return { ...figures, records: recordsOf(task), hints: (task.hints ?? []).map(({ message }) => message) };
}

loadTypes().then((types) => {
	process.on('message', (job) => {
		answer(types, job).then(
			(result) => process.send({ result }),
			(error) => process.send({ error: error.stack }),
		);
	});
	// the channel alone keeps it going
	process.channel.ref();
	process.send('ready');
});
