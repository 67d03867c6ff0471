import { readExample } from '../../lab/examples.mjs';
import type { NewWorkflow, Workflow } from '../../lab/workflow.mjs';
import { placeCredential } from '../../../scripts/start/credential.mjs';
import { placeExample, runExample } from '../../../scripts/start/examples.mjs';

type Credential = { id?: string; name: string; type: string; data: object };

const FILE = 'leads-to-csv.json';
const credential = { id: 'c1', name: 'Laigu demo' };

/** An n8n that only keeps workflows. */
function createFakeClient() {
	const workflows = new Map<string, Workflow>();
	const calls: string[] = [];
	const save = (workflow: Workflow) => {
		workflows.set(workflow.id, workflow);
		return workflow;
	};
	return {
		workflows,
		calls,
		edit: (id: string, change: Partial<Workflow>) => save({ ...saved(id), ...change }),
		findWorkflow: (id: string) => Promise.resolve(workflows.get(id)),
		createWorkflow: (workflow: NewWorkflow) => {
			calls.push('create');
			return Promise.resolve(save({ ...workflow, id: workflow.id ?? 'given-by-n8n', versionId: '1' }));
		},
		updateWorkflow: (id: string, workflow: Partial<Workflow>) => {
			calls.push('update');
			return Promise.resolve(save({ ...saved(id), ...workflow }));
		},
	};

	function saved(id: string) {
		const workflow = workflows.get(id);
		if (!workflow) throw new Error(`no workflow ${id}`);
		return workflow;
	}
}

describe('placeExample', () => {
	it('creates it under its own id, with the credential in it', async () => {
		const client = createFakeClient();
		const { workflow, edited } = await placeExample(client, FILE, { credential });
		const node = workflow.nodes.find(({ type }) => type === 'n8n-nodes-laigu.laigu');
		expect(node?.credentials?.laiguApi).toEqual(credential);
		expect(edited).toBe(false);
		expect([...client.workflows.keys()]).toEqual([(await readExample(FILE)).id]);
	});

	it('does nothing at a second start', async () => {
		const client = createFakeClient();
		const { record } = await placeExample(client, FILE, { credential });
		expect((await placeExample(client, FILE, { credential, record })).edited).toBe(false);
		expect(client.calls).toEqual(['create']);
	});

	it('saves over its own when what is shipped has changed', async () => {
		const client = createFakeClient();
		const { record } = await placeExample(client, FILE, { credential });
		await placeExample(client, FILE, { credential: { ...credential, id: 'c2' }, record });
		expect(client.calls).toEqual(['create', 'update']);
		expect(client.workflows.size).toBe(1);
	});

	it('never saves over what a person has changed, but still gives the shipped one to run', async () => {
		const client = createFakeClient();
		const { record, workflow } = await placeExample(client, FILE, { credential });
		client.edit(record.id, { name: 'Mine now' });
		const second = await placeExample(client, FILE, { credential, record });
		expect(second.edited).toBe(true);
		expect(second.workflow).toEqual(workflow);
		expect(client.workflows.get(record.id)?.name).toBe('Mine now');
		expect(client.calls).toEqual(['create']);
	});

	it('makes another one beside an archived one', async () => {
		const client = createFakeClient();
		const { record } = await placeExample(client, FILE, { credential });
		client.edit(record.id, { isArchived: true });
		expect((await placeExample(client, FILE, { credential, record })).record.id).toBe('given-by-n8n');
	});
});

describe('runExample', () => {
	function createRunningClient(status = 'success') {
		const client = createFakeClient();
		const runs: string[] = [];
		const error = { message: 'Sorry', node: { name: 'Get leads' } };
		return {
			...client,
			runs,
			run: async ({ id }: { id: string }) => {
				runs.push(id);
				return { status, data: { resultData: { error } } };
			},
			deleteWorkflow: async (id: string) => void client.workflows.delete(id),
		};
	}

	it('runs what is saved when nobody has changed it', async () => {
		const client = createRunningClient();
		await runExample(client, await placeExample(client, FILE, { credential }));
		expect(client.runs).toEqual(['laiguLeadsToCsv1']);
	});

	it.each(['success', 'error'])(
		'runs a copy of one that was changed, and deletes it whatever happens (%s)',
		async (status) => {
			const client = createRunningClient(status);
			const example = { ...(await placeExample(client, FILE, { credential })), edited: true };
			await runExample(client, example).catch(() => undefined);
			expect(client.runs).toEqual(['given-by-n8n']);
			expect([...client.workflows.keys()]).toEqual(['laiguLeadsToCsv1']);
		},
	);

	it('names the node and its message when it fails', async () => {
		const client = createRunningClient('error');
		const example = await placeExample(client, FILE, { credential });
		await expect(runExample(client, example)).rejects.toThrow('in the node "Get leads":\nSorry');
	});
});

describe('placeCredential', () => {
	const simulator = { url: 'http://127.0.0.1:8787', account: { accessToken: 't', enterpriseId: 7 } };
	const clientWith = (
		baseUrl: string,
		test: { status: 'OK' | 'Error'; message: string } = { status: 'OK', message: '' },
	) => {
		const saved: Credential[] = [];
		return {
			saved,
			rest: async () => ({ data: { baseUrl } }),
			testCredential: async () => test,
			saveCredential: async (one: Credential) => {
				saved.push(one);
				return { ...one, id: one.id ?? 'new' };
			},
		};
	};

	it('points the one of the last start at the present simulator', async () => {
		const client = clientWith('http://127.0.0.1:9999');
		expect(await placeCredential(client, 'old', simulator)).toMatchObject({ credential: { id: 'old' }, kept: false });
		expect(client.saved[0].data).toMatchObject({ baseUrl: simulator.url, enterpriseId: '7', accessToken: 't' });
	});

	it('leaves one that a person has pointed elsewhere', async () => {
		const client = clientWith('https://api.laigu.com');
		expect(await placeCredential(client, 'old', simulator)).toMatchObject({ credential: { id: 'new' }, kept: true });
	});

	it('says what n8n says when the credential does not work', async () => {
		const client = clientWith('', { status: 'Error', message: 'wrong token' });
		await expect(placeCredential(client, undefined, simulator)).rejects.toThrow('wrong token');
	});
});
