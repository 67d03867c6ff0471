import './quiet';

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGunzip, createInflate } from 'node:zlib';

import { listenOnLoopback } from '../lab/loopback.mjs';
import { loadPackage } from './engine';
import { HookContext, WebhookContext } from 'n8n-core';
import { NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeParameters,
	INodeTypes,
	IWebhookData,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/** How the node is set up, and what stands around it. */
export interface HostOptions {
	parameters?: INodeParameters;
	/** The fields of the chosen credential; none is chosen without it. */
	credential?: ICredentialDataDecryptedObject;
	/** `manual` for the Test URL. */
	mode?: WorkflowExecuteMode;
	workflowId?: string;
	/** What the database holds as static data from before. */
	staticData?: IDataObject;
	/** Saving static data takes so long: parallel requests then work on old copies, as they do in n8n. */
	saveDelayMs?: number;
	/** How the workflow ends, for a trigger that lets n8n answer then: the answer's status, as n8n has it (200, or 500 after an error). */
	workflowEnds?: () => Promise<200 | 500>;
	/** Leaves out what n8n does to a request before it asks the node. */
	withoutRawBody?: boolean;
}

/** A trigger behind a real HTTP server. */
export interface Host {
	url: string;
	/** The items that started the workflow, in order. */
	started: IDataObject[];
	/** What the node gave back for each request. */
	results: IWebhookResponseData[];
	/** Whether the answer was complete when the node gave back control. */
	answeredFirst: boolean[];
	/** Of each connection that was closed: whether the answer had gone out. */
	closed: boolean[];
	/** What is saved at present. */
	staticData(): IDataObject;
	close(): Promise<void>;
}

interface HostRequest extends IncomingMessage {
	body?: unknown;
}

interface HostResponse extends ServerResponse {
	status(code: number): HostResponse;
	json(body: object): void;
}

const NODE: INode = {
	id: 'node-1',
	name: 'Laigu Trigger',
	type: 'n8n-nodes-laigu.laiguTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	webhookId: 'hook',
};

let loaded: ReturnType<typeof loadPackage> | undefined;

async function readAll(request: IncomingMessage): Promise<Buffer> {
	const encoding = request.headers['content-encoding'];
	const stream =
		encoding === 'gzip'
			? request.pipe(createGunzip())
			: encoding === 'deflate'
				? request.pipe(createInflate())
				: request;
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/** What n8n does to a request before it asks the node (n8n 2.41: raw-body reader, and body parser for node version 1). */
async function prepare(request: HostRequest): Promise<boolean> {
	request.contentType = request.headers['content-type']?.split(';')[0].trim();
	request.readRawBody = async () => {
		request.rawBody ??= await readAll(request);
	};
	request.body = {};
	if (request.contentType?.startsWith('multipart/')) {
		// read and thrown away, as n8n's own reader of forms keeps no bytes
		request.resume();
		return true;
	}
	await request.readRawBody();
	try {
		if (request.contentType === 'application/json' && request.rawBody.length > 0)
			request.body = JSON.parse(request.rawBody.toString());
	} catch {
		return false;
	}
	return true;
}

async function parts(options: HostOptions, staticData: IDataObject) {
	const loader = await (loaded ??= loadPackage());
	const type = loader.nodeTypes.laiguTrigger.type;
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: (_: string, version?: number) => NodeHelpers.getVersionedNodeType(type, version),
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const node: INode = {
		...NODE,
		parameters: options.parameters ?? {},
		...(options.credential && { credentials: { laiguWebhookApi: { id: '1', name: 'Webhook' } } }),
	};
	const workflow = new Workflow({
		id: options.workflowId ?? 'w1',
		nodes: [node],
		connections: {},
		nodeTypes,
		active: true,
		staticData,
	});
	const additionalData = {
		credentialsHelper: {
			getParentTypes: () => [],
			getDecrypted: async () => await Promise.resolve({ ...options.credential }),
			getCredentialsProperties: (name: string) => loader.credentialTypes[name].type.properties,
			isCredentialUsableByNode: () => true,
		},
		variables: {},
		externalSecretsProxy: {},
	} as unknown as IWorkflowExecuteAdditionalData;
	const webhookDescription = NodeHelpers.getVersionedNodeType(type, 1).description.webhooks?.[0];
	const webhookData = { webhookDescription } as unknown as IWebhookData;
	// the workflow's own copy of the node holds the parameters with their defaults
	return {
		nodeType: NodeHelpers.getVersionedNodeType(type, 1),
		workflow,
		node: workflow.getNode(NODE.name) ?? node,
		additionalData,
		webhookData,
	};
}

/** Starts the trigger behind node:http, with a workflow and static data of its own for every request, as n8n has it. */
export async function startHost(options: HostOptions = {}): Promise<Host> {
	let saved = JSON.stringify(options.staticData ?? {});
	const mode = options.mode ?? 'webhook';
	const host: Omit<Host, 'url' | 'close'> = {
		started: [],
		results: [],
		answeredFirst: [],
		closed: [],
		staticData: () => JSON.parse(saved) as IDataObject,
	};

	async function handle(request: HostRequest, response: HostResponse): Promise<void> {
		if (!options.withoutRawBody && !(await prepare(request))) {
			response.status(422).json({ message: 'Failed to parse request body' });
			return;
		}
		const { nodeType, workflow, node, additionalData, webhookData } = await parts(
			options,
			JSON.parse(saved) as IDataObject,
		);
		response.once('close', () => host.closed.push(response.writableFinished));
		Object.assign(additionalData, { httpRequest: request, httpResponse: response });
		const context = new WebhookContext(workflow, node, additionalData, mode, webhookData, [], null);
		const result = (await nodeType.webhook?.call(context)) ?? {};
		host.results.push(result);
		host.answeredFirst.push(response.writableEnded);
		const items = result.workflowData?.[0] ?? [];
		host.started.push(...items.map(({ json }) => json));
		if (workflow.staticData.__dataChanged === true && mode !== 'manual') {
			const text = JSON.stringify(workflow.staticData);
			if (options.saveDelayMs) await new Promise((resolve) => setTimeout(resolve, options.saveDelayMs));
			saved = text;
		}
		if (result.noWebhookResponse === true) return;
		const responseMode = workflow.expression.getSimpleParameterValue(
			node,
			webhookData.webhookDescription.responseMode,
			mode,
			{},
		);
		if (responseMode !== 'lastNode') throw new Error(`nobody answers: ${String(responseMode)}`);
		response.status((await options.workflowEnds?.()) ?? 200).end();
	}

	const server = createServer((request, plain) => {
		const response = plain as HostResponse;
		response.status = (code) => {
			response.statusCode = code;
			return response;
		};
		response.json = (body) => {
			response.setHeader('content-type', 'application/json; charset=utf-8');
			response.end(JSON.stringify(body));
		};
		handle(request, response).catch((error: unknown) => response.status(500).json({ message: String(error) }));
	});
	const { url, close } = await listenOnLoopback(server);
	return { ...host, url: `${url}/webhook/hook/webhook`, close };
}

/** Runs one of the node's lifecycle methods on n8n-core's own context. */
export async function runLifecycle(method: 'checkExists' | 'create' | 'delete'): Promise<boolean> {
	const { nodeType, workflow, node, additionalData, webhookData } = await parts({}, {});
	const context = new HookContext(workflow, node, additionalData, 'trigger', 'activate', webhookData);
	return (await nodeType.webhookMethods?.default?.[method]?.call(context)) ?? false;
}

/** The node's description as n8n's loader sees it. */
export async function triggerDescription() {
	return (await parts({}, {})).nodeType.description;
}

/** What stands under the node's name on the canvas, for some chosen events. */
export async function subtitleFor(events: INodeParameters['events']): Promise<unknown> {
	const { nodeType, workflow, node } = await parts({ parameters: { events } }, {});
	return workflow.expression.getSimpleParameterValue(node, nodeType.description.subtitle, 'internal', {});
}
