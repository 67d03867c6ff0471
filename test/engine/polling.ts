import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// n8n-core reads its folder when it is first loaded
process.env.N8N_USER_FOLDER ??= mkdtempSync(path.join(tmpdir(), 'laigu-engine-'));
process.env.N8N_ENCRYPTION_KEY ??= 'only for tests';

import 'reflect-metadata';
import { PollContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IPollFunctions,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { LaiguApi } from '../../credentials/LaiguApi.credentials';
import { LaiguPollTrigger } from '../../nodes/Laigu/LaiguPollTrigger.node';
import { INSTANCE } from '../../nodes/Laigu/poll/memory';
import { tokenCredential } from '../lab/credential.mjs';
import type { Simulator } from '../simulator';

const TYPE = 'n8n-nodes-laigu.laiguPollTrigger';
const BOTH_INSTANCE_NAMES = { node: 'Laigu Poll Trigger', id: 'b6d5b2b6-5a52-4d5d-8f4e-2f2f1f6d9c01' };

/** How a trigger is set, and what it talks to. */
export interface PollingOptions {
	simulator: Simulator;
	parameters?: INodeParameters;
	credentials?: ICredentialDataDecryptedObject;
	timezone?: string;
	/** What n8n would have in its database: all static data of the workflow. */
	staticData?: IDataObject;
	/** Milliseconds; n8n's own default unless given. */
	budgetMs?: () => number;
	nodeName?: string;
	/** Which process of n8n polls; this one unless given. */
	process?: PollingProcess;
}

/** A process of n8n, as far as a trigger can tell: it has loaded the package for itself. */
export interface PollingProcess {
	trigger: INodeType;
	/** What the trigger calls it. */
	instance: string;
}

/** Another process of n8n beside this one. */
export async function startProcess(): Promise<PollingProcess> {
	let loading: Promise<PollingProcess> | undefined;
	await jest.isolateModulesAsync(async () => {
		const { LaiguPollTrigger: Trigger } = await import('../../nodes/Laigu/LaiguPollTrigger.node');
		const { INSTANCE: instance } = await import('../../nodes/Laigu/poll/memory');
		const { poll } = await import('../../nodes/Laigu/poll/poll');
		const trigger = new Trigger();
		// what the node loads when it first polls, Jest would take from the process of the tests
		trigger.poll = async function (this: IPollFunctions) {
			return await poll(this);
		};
		loading = Promise.resolve({ trigger, instance });
	});
	if (!loading) throw new Error('the package was not loaded');
	return await loading;
}

/** The credential that fits a simulator. */
export const credentialsFor: (simulator: Simulator) => ICredentialDataDecryptedObject = tokenCredential;

/** An active workflow with one Laigu Poll Trigger, on the PollContext of n8n-core, with real HTTP. */
export class Polling {
	readonly #trigger: INodeType;

	readonly #workflow: Workflow;

	readonly #node: INode;

	readonly #options: PollingOptions;

	constructor(options: PollingOptions) {
		this.#options = options;
		this.#trigger = options.process?.trigger ?? new LaiguPollTrigger();
		const nodeTypes = {
			getByName: () => this.#trigger,
			getByNameAndVersion: () => this.#trigger,
			getKnownTypes: () => ({}),
		} as unknown as INodeTypes;
		const name = options.nodeName ?? BOTH_INSTANCE_NAMES.node;
		const node: INode = {
			id: BOTH_INSTANCE_NAMES.id,
			name,
			type: TYPE,
			typeVersion: 1,
			position: [0, 0],
			parameters: { event: 'conversationEnded', ...options.parameters },
			credentials: { laiguApi: { id: '1', name: 'Laigu' } },
		};
		this.#workflow = new Workflow({
			id: 'polling',
			nodes: [node],
			connections: {},
			nodeTypes,
			active: true,
			settings: { timezone: options.timezone ?? 'Asia/Shanghai' },
			staticData: structuredClone(options.staticData ?? {}),
		});
		this.#node = this.#workflow.nodes[name];
	}

	/** What n8n would save now. */
	get staticData(): IDataObject {
		return JSON.parse(JSON.stringify(this.#workflow.staticData)) as IDataObject;
	}

	/** One poll: what it gives to the workflow, or null. Throws what the trigger throws. */
	async run(mode: WorkflowExecuteMode = 'trigger'): Promise<INodeExecutionData[][] | null> {
		const { budgetMs } = this.#options;
		const activation = mode === 'manual' ? 'manual' : 'activate';
		const rest = budgetMs ? [undefined, undefined, undefined, undefined, undefined, budgetMs] : [];
		const context = new (PollContext as unknown as new (...all: unknown[]) => IPollFunctions)(
			this.#workflow,
			this.#node,
			this.#additionalData(),
			mode,
			activation,
			...rest,
		);
		if (!this.#trigger.poll) throw new Error('the node does not poll');
		return await this.#trigger.poll.call(context);
	}

	/** One poll: its items' JSON, none where it gives null. */
	async poll(mode: WorkflowExecuteMode = 'trigger'): Promise<IDataObject[]> {
		return ((await this.run(mode))?.[0] ?? []).map((item) => item.json);
	}

	#additionalData(): IWorkflowExecuteAdditionalData {
		const type = new LaiguApi();
		const data = this.#options.credentials ?? credentialsFor(this.#options.simulator);
		return {
			credentialsHelper: {
				getParentTypes: () => [],
				getDecrypted: async () => await Promise.resolve({ ...data }),
				getCredentialsProperties: () => type.properties,
				isCredentialUsableByNode: () => true,
				preAuthentication: async () => await Promise.resolve(undefined),
				authenticate: async (credentials: ICredentialDataDecryptedObject, _: string, options: IHttpRequestOptions) =>
					await type.authenticate(credentials, options),
			},
			variables: {},
			userId: 'test',
			restApiUrl: 'http://127.0.0.1/rest',
			instanceBaseUrl: 'http://127.0.0.1',
			webhookBaseUrl: 'http://127.0.0.1/webhook',
			setExecutionStatus: () => undefined,
			externalSecretsProxy: {},
		} as unknown as IWorkflowExecuteAdditionalData;
	}
}

/** The static data as it is after a process of n8n was restarted: what it handed out is another one's. */
export function afterRestart(staticData: IDataObject, instance: string = INSTANCE): IDataObject {
	const gone = randomBytes(6).toString('base64url');
	return JSON.parse(
		JSON.stringify(staticData).replaceAll(JSON.stringify(instance), JSON.stringify(gone)),
	) as IDataObject;
}
