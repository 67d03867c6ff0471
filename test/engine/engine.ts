import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// n8n-core reads its folder when it is first loaded
const folder = mkdtempSync(join(tmpdir(), 'laigu-engine-'));
process.env.N8N_USER_FOLDER = folder;
process.env.N8N_ENCRYPTION_KEY = 'only for tests';
process.env.N8N_LOG_LEVEL ??= 'silent';

import 'reflect-metadata';
import { ExecutionLifecycleHooks, PackageDirectoryLoader, WorkflowExecute } from 'n8n-core';
import { NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	IConnections,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IRun,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
} from 'n8n-workflow';

/** Whether the tests run on n8n 1.123's engine, the oldest that the package supports. */
export const ON_OLD_LINE = process.env.LAIGU_N8N_LINE === '1';

if (ON_OLD_LINE) {
	// n8n 1.x begins a timer with its first execution that would keep the test process alive
	const { setInterval: begin } = globalThis;
	globalThis.setInterval = (...timer: Parameters<typeof begin>) => begin(...timer).unref();
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CHECKOUT = resolve(__dirname, '../..');

/** The package that is tested: the English one, or with LAIGU_PACKAGE=zh the Chinese one. */
const PACKAGE = process.env.LAIGU_PACKAGE === 'zh' ? resolve(CHECKOUT, 'dist-zh') : CHECKOUT;

/** The type of the Laigu node in a workflow. */
export const LAIGU = 'n8n-nodes-laigu.laigu';

/** The type that n8n-core takes for the beginning of a manual run. */
const START = 'n8n-nodes-base.manualTrigger';

/** A start node, so that a workflow runs without n8n's own nodes; it gives the items it was set up with. */
class Start implements INodeType {
	constructor(private readonly items: IDataObject[]) {}

	description = {
		displayName: 'Start',
		name: 'start',
		group: ['trigger' as const],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main' as const],
		properties: [],
	};

	// an arrow function, since the engine calls it with a context of its own as `this`
	execute = async (): Promise<INodeExecutionData[][]> => await Promise.resolve([this.items.map((json) => ({ json }))]);
}

/** The package as n8n's own loader sees it: node and credential types from its dist/. */
export async function loadPackage(folder = PACKAGE) {
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	return loader;
}

let loaded: ReturnType<typeof loadPackage> | undefined;

const laiguPackage = async () => await (loaded ??= loadPackage());

/** What n8n's own credentials helper does for the parts that nodes use. */
function credentialsHelper(
	types: Record<string, ICredentialType>,
	data: Record<string, ICredentialDataDecryptedObject>,
) {
	return {
		getParentTypes: () => [],
		getDecrypted: async (_: unknown, __: unknown, type: string) => await Promise.resolve({ ...data[type] }),
		getCredentialsProperties: (type: string) => types[type].properties,
		isCredentialUsableByNode: () => true,
		preAuthentication: async () => await Promise.resolve(undefined),
		authenticate: async (credentials: ICredentialDataDecryptedObject, type: string, options: IHttpRequestOptions) => {
			const { authenticate } = types[type];
			return typeof authenticate === 'function' ? await authenticate(credentials, options) : options;
		},
	};
}

/** A workflow with the package's nodes and those given in `types`, by type name. */
export async function createWorkflow(
	nodes: INode[],
	connections: IConnections,
	types: Record<string, INodeType> = {},
	timezone = 'Asia/Shanghai',
): Promise<Workflow> {
	const loader = await laiguPackage();
	const typeOf = (name: string) => types[name] ?? loader.nodeTypes[name.replace(/^n8n-nodes-laigu\./, '')].type;
	const nodeTypes = {
		getByName: typeOf,
		getByNameAndVersion: (name: string, version?: number) => NodeHelpers.getVersionedNodeType(typeOf(name), version),
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	return new Workflow({ id: 'test', nodes, connections, nodeTypes, active: false, settings: { timezone } });
}

/** What n8n gives to an execution beside its workflow, as far as nodes of this package meet it. */
export async function createAdditionalData(
	credentials: ICredentialDataDecryptedObject,
	workflow: Pick<Workflow, 'connectionsBySourceNode'> & { nodes: Record<string, INode> },
): Promise<IWorkflowExecuteAdditionalData> {
	const { credentialTypes } = await laiguPackage();
	const types = Object.fromEntries(Object.entries(credentialTypes).map(([name, { type }]) => [name, type]));
	const now = new Date();
	const workflowData = {
		id: 'test',
		name: 'test',
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
		active: false,
		createdAt: now,
		updatedAt: now,
	};
	return {
		executionId: '1',
		hooks: new ExecutionLifecycleHooks('manual', '1', workflowData as never),
		credentialsHelper: credentialsHelper(types, { laiguApi: credentials }),
		variables: {},
		userId: 'test',
		restApiUrl: 'http://127.0.0.1/rest',
		instanceBaseUrl: 'http://127.0.0.1',
		webhookBaseUrl: 'http://127.0.0.1/webhook',
		webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
		webhookTestBaseUrl: 'http://127.0.0.1/webhook-test',
		formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
		setExecutionStatus: () => undefined,
		sendDataToUI: () => undefined,
		externalSecretsProxy: {},
		logAiEvent: () => undefined,
		getRunnerStatus: () => ({ available: true }),
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** A node of a test's workflow, with the Laigu credential. */
export const nodeOf = (name: string, type: string, more: Partial<INode> = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...(type !== START && { credentials: { laiguApi: { id: '1', name: 'Laigu' } } }),
	...more,
});

/** What a run of a node gave. */
export interface EngineResult {
	items: INodeExecutionData[];
	json: IDataObject[];
	/** The items of the error output, where the node has one. */
	errorItems: INodeExecutionData[];
	/** What n8n shows when the node fails: the error as n8n keeps it in the execution. */
	error?: Error & { description?: string; httpCode?: string; context?: IDataObject; failure?: IDataObject };
	hints: string[];
	run: IRun;
}

/** What to run: the node's parameters and credential, and how the workflow around it is set. */
export interface EngineOptions {
	parameters: INodeParameters;
	credentials: ICredentialDataDecryptedObject;
	/** The items that come in; one empty item unless told otherwise. */
	input?: IDataObject[];
	timezone?: string;
	node?: Partial<INode>;
	/** Further nodes, their connections and their types. */
	around?: { nodes: INode[]; connections: IConnections; types: Record<string, INodeType> };
	/** Cancels the execution after this many milliseconds, as a person does with the stop button. */
	cancelAfterMs?: number;
}

/**
 * Runs Start → Laigu on n8n-core's own engine, with the built node and real HTTP.
 *
 * @returns what the node gave; an execution that fails has its error there and throws nothing
 */
export async function runLaigu(options: EngineOptions): Promise<EngineResult> {
	const { parameters, credentials, input = [{}], timezone, node, around, cancelAfterMs } = options;
	const nodes = [nodeOf('Start', START), nodeOf('Laigu', LAIGU, { parameters, ...node }), ...(around?.nodes ?? [])];
	const connections: IConnections = {
		Start: { main: [[{ node: 'Laigu', type: 'main', index: 0 }]] },
		...around?.connections,
	};
	const workflow = await createWorkflow(nodes, connections, { [START]: new Start(input), ...around?.types }, timezone);
	const execution = new WorkflowExecute(await createAdditionalData(credentials, workflow), 'manual');
	// n8n 2.x takes an object, 1.x the workflow itself
	const running = (execution.run as unknown as (argument: unknown) => Promise<IRun> & { cancel(): void }).call(
		execution,
		ON_OLD_LINE ? workflow : { workflow },
	);
	if (cancelAfterMs !== undefined) setTimeout(() => running.cancel(), cancelAfterMs);
	const run = await running;
	const task = run.data.resultData.runData.Laigu?.[0] as
		| {
				data?: { main: Array<INodeExecutionData[] | null> };
				error?: EngineResult['error'];
				hints?: NodeExecutionHint[];
		  }
		| undefined;
	const [items, errorItems] = task?.data?.main ?? [];
	return {
		items: items ?? [],
		json: (items ?? []).map((item) => item.json),
		errorItems: errorItems ?? [],
		error: task?.error ?? (run.data.resultData.error as EngineResult['error']),
		hints: (task?.hints ?? []).map((hint) => hint.message),
		run,
	};
}
