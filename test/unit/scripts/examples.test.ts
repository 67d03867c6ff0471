import { placeCredential } from '../../../scripts/start/credential.mjs';
import { placeExample, readExample } from '../../../scripts/start/examples.mjs';

const FILE = 'leads-to-csv.json';
const credential = { id: 'c1', name: 'Laigu demo' };

/** An n8n that only keeps workflows. */
function createFakeClient() {
	const workflows = new Map<string, any>();
	const calls: string[] = [];
	return {
		workflows,
		calls,
		findWorkflow: async (id: string) => workflows.get(id),
		createWorkflow: async (workflow: any) => {
			const id = workflow.id ?? 'given-by-n8n';
			calls.push('create');
			workflows.set(id, { ...workflow, id, versionId: '1' });
			return { id };
		},
		updateWorkflow: async (id: string, workflow: object) => {
			calls.push('update');
			workflows.set(id, { ...workflows.get(id), ...workflow });
		},
	};
}

describe('placeExample', () => {
	it('creates it under its own id, with the credential in it', async () => {
		const client = createFakeClient();
		const { workflow, edited } = await placeExample(client, FILE, { credential });
		const node = workflow.nodes.find(({ type }: { type: string }) => type === 'n8n-nodes-laigu.laigu');
		expect(node.credentials.laiguApi).toEqual(credential);
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
		client.workflows.get(record.id).name = 'Mine now';
		const second = await placeExample(client, FILE, { credential, record });
		expect(second.edited).toBe(true);
		expect(second.workflow).toEqual(workflow);
		expect(client.workflows.get(record.id).name).toBe('Mine now');
		expect(client.calls).toEqual(['create']);
	});

	it('makes another one beside an archived one', async () => {
		const client = createFakeClient();
		const { record } = await placeExample(client, FILE, { credential });
		client.workflows.get(record.id).isArchived = true;
		expect((await placeExample(client, FILE, { credential, record })).record.id).toBe('given-by-n8n');
	});
});

describe('placeCredential', () => {
	const simulator = { url: 'http://127.0.0.1:8787', account: { accessToken: 't', enterpriseId: 7 } };
	const clientWith = (baseUrl: string, test: { status: 'OK' | 'Error'; message: string } = { status: 'OK', message: '' }) => {
		const saved: any[] = [];
		return {
			saved,
			rest: async () => ({ data: { baseUrl } }),
			testCredential: async () => test,
			saveCredential: async (one: any) => {
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

describe.each(['leads-to-csv.json', 'conversations-with-transcripts.json'])('examples/%s', (file) => {
	it('can be imported by anybody: no credential of ours, every connection between nodes that are there', async () => {
		const { id, nodes, connections } = await readExample(file);
		const names = nodes.map((node: { name: string }) => node.name);
		const targets = Object.values<any>(connections).flatMap(({ main }) => main.flat().map((target: { node: string }) => target.node));
		expect(id).toMatch(/^[A-Za-z0-9]{16}$/);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(nodes.map((node: { id: string }) => node.id)).size).toBe(nodes.length);
		expect(names).toEqual(expect.arrayContaining([...Object.keys(connections), ...targets]));
		for (const { type, typeVersion, credentials } of nodes) {
			if (type !== 'n8n-nodes-laigu.laigu') continue;
			expect(typeVersion).toBe(1);
			expect(credentials.laiguApi).toEqual({ id: null, name: 'Laigu account' });
		}
	});

	it('says what has to be filled in', async () => {
		const { nodes } = await readExample(file);
		const notes = nodes.filter((node: { type: string }) => node.type === 'n8n-nodes-base.stickyNote');
		expect(notes.map((note: any) => note.parameters.content).join('\n')).toContain('### Fill in\n\n**Credential**');
	});
});
