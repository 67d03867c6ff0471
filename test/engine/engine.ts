import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// n8n-core reads its folder when it is first loaded
process.env.N8N_USER_FOLDER ??= mkdtempSync(path.join(tmpdir(), 'laigu-engine-'));
process.env.N8N_ENCRYPTION_KEY ??= 'only for tests';

import 'reflect-metadata';
import { ExecutionLifecycleHooks, PackageDirectoryLoader, WorkflowExecute } from 'n8n-core';
import { NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IExecuteData,
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

const ROOT = path.resolve(__dirname, '../..');
const PACKAGE = 'n8n-nodes-laigu';

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

/** The package as n8n's own loader sees it: node and credential types from dist/. */
export async function loadPackage() {
	const loader = new PackageDirectoryLoader(ROOT);
	await loader.loadAll();
	return loader;
}

let loaded: ReturnType<typeof loadPackage> | undefined;

/** What n8n's own credentials helper does for the parts that nodes use. */
function credentialsHelper(types: Record<string, ICredentialType>, data: Record<string, ICredentialDataDecryptedObject>) {
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

/** What a run of the Laigu node gave. */
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
	/** Cancels the execution after this many milliseconds, as a person does with the stop button. */
	cancelAfterMs?: number;
}

/**
 * Runs Start → Laigu on n8n-core's own engine, with the built node and real HTTP.
 *
 * @throws never for an execution that fails; its error is in the result
 */
export async function runLaigu(options: EngineOptions): Promise<EngineResult> {
	const loader = await (loaded ??= loadPackage());
	const start = new Start(options.input ?? [{}]);
	const nodeTypes = {
		getByName: (name: string) => typeOf(name),
		getByNameAndVersion: (name: string, version?: number) => NodeHelpers.getVersionedNodeType(typeOf(name), version),
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const typeOf = (name: string) => (name === START ? start : loader.nodeTypes[name.replace(`${PACKAGE}.`, '')].type);

	const nodes: INode[] = [
		{ id: '1', name: 'Start', type: START, typeVersion: 1, position: [0, 0], parameters: {} },
		{
			id: '2',
			name: 'Laigu',
			type: `${PACKAGE}.laigu`,
			typeVersion: 1,
			position: [200, 0],
			parameters: options.parameters,
			credentials: { laiguApi: { id: '1', name: 'Laigu' } },
			...options.node,
		},
	];
	const connections = { Start: { main: [[{ node: 'Laigu', type: 'main' as const, index: 0 }]] } };
	const workflow = new Workflow({
		id: 'test',
		nodes,
		connections,
		nodeTypes,
		active: false,
		settings: { timezone: options.timezone ?? 'Asia/Shanghai' },
	});
	const types = Object.fromEntries(Object.entries(loader.credentialTypes).map(([name, { type }]) => [name, type]));
	const workflowData = { id: 'test', name: 'test', nodes, connections, active: false, createdAt: new Date(), updatedAt: new Date() };
	const additionalData = {
		executionId: '1',
		hooks: new ExecutionLifecycleHooks('manual', '1', workflowData as never),
		credentialsHelper: credentialsHelper(types, { laiguApi: options.credentials }),
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

	const execution = new WorkflowExecute(additionalData, 'manual');
	// n8n 2.x takes an object, 1.x the workflow itself
	const running = (execution.run as unknown as (argument: unknown) => Promise<IRun> & { cancel(): void })(
		process.env.LAIGU_N8N_LINE === '1' ? workflow : { workflow },
	);
	if (options.cancelAfterMs !== undefined) setTimeout(() => running.cancel(), options.cancelAfterMs);
	const run = await running;
	const task = run.data.resultData.runData.Laigu?.[0] as
		| { data?: { main: Array<INodeExecutionData[] | null> }; error?: EngineResult['error']; hints?: NodeExecutionHint[] }
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

export type { IExecuteData };
