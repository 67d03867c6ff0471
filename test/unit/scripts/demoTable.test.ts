import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useVirtualTime } from '../../virtualTime';
import { sendLead } from '../../../scripts/start/arrival.mjs';
import { placeWebhookCredential } from '../../../scripts/start/credential.mjs';
import { editorScreen } from '../../../scripts/start/screen.mjs';
import { readState, secretsOf, writeState } from '../../../scripts/start/state.mjs';
import { COLUMNS, placeTable, rowsOf } from '../../../scripts/start/table.mjs';
import { tableWorkflows, webhookUrl } from '../../../scripts/start/table-workflows.mjs';

const TABLE = {
	id: 't1',
	name: 'Leads',
	path: '/projects/p1/data-tables/t1',
	url: 'http://n8n/projects/p1/datatables/t1',
};

interface Column {
	name: string;
	type: string;
}

/** The tables of an n8n's personal project. */
function createFakeTables(tables: Array<{ id: string; name: string; columns: Column[] }> = []) {
	const rows: Array<Record<string, unknown>> = [];
	const rest = async (method: string, path: string, body?: { name: string; columns?: Column[] } & Column) => {
		const [, id, rest = ''] = /^\/projects\/p1\/data-tables\/?(\w*)(.*)$/.exec(path) ?? [];
		const table = tables.find((one) => one.id === id);
		if (path === '/projects/personal') return { id: 'p1' };
		if (method === 'GET' && id === '') return { count: tables.length, data: tables };
		if (method === 'POST' && id === '' && body?.columns) {
			tables.push({ id: 't1', name: body.name, columns: [...body.columns] });
			return { id: 't1' };
		}
		if (method === 'GET' && rest === '/columns') return table?.columns;
		if (method === 'POST' && rest === '/columns' && body) return table?.columns.push(body);
		if (method === 'GET' && rest.startsWith('/rows')) {
			const { filters } = JSON.parse(new URLSearchParams(rest.split('?')[1]).get('filter') ?? '') as {
				filters: Array<{ columnName: string; value: unknown }>;
			};
			return { data: rows.filter((row) => filters.every(({ columnName, value }) => row[columnName] === value)) };
		}
		throw new Error(`${method} ${path}`);
	};
	return { tables, rows, rest, url: 'http://n8n' };
}

describe('the table', () => {
	it('is made once, with every column', async () => {
		const client = createFakeTables([{ id: 'x', name: 'Leads of last year', columns: [] }]);
		expect(await placeTable(client)).toEqual(TABLE);
		expect(await placeTable(client)).toEqual(TABLE);
		expect(client.tables).toHaveLength(2);
		expect(client.tables[1].columns.map(({ name }) => name)).toEqual(Object.keys(COLUMNS));
	});

	it('gets the columns that it lacks', async () => {
		const columns = [{ name: 'trackId', type: 'string' }];
		const client = createFakeTables([{ id: 't1', name: 'Leads', columns }]);
		await placeTable(client);
		expect(new Set(columns.map(({ name }) => name))).toEqual(new Set(Object.keys(COLUMNS)));
		expect(columns).toHaveLength(Object.keys(COLUMNS).length);
	});

	it('has no column that n8n keeps for itself', () => {
		for (const column of Object.keys(COLUMNS)) {
			expect(['id', 'createdAt', 'updatedAt']).not.toContain(column);
			expect(column).toMatch(/^[a-zA-Z]\w*$/);
		}
	});
});

describe('the two workflows', () => {
	const credentials = { laiguApi: { id: 'a', name: 'A' }, laiguWebhookApi: { id: 'w', name: 'W' } };
	const { byWebhook, byPolling } = tableWorkflows({ table: TABLE, credentials });

	it('write the same columns into the table, by trackId', () => {
		for (const { nodes, connections } of [byWebhook, byPolling]) {
			const [trigger, table] = nodes;
			expect(connections[trigger.name].main[0]).toEqual([{ node: table.name, type: 'main', index: 0 }]);
			expect(table.parameters).toMatchObject({
				operation: 'upsert',
				dataTableId: { value: 't1' },
				filters: { conditions: [{ keyName: 'trackId', condition: 'eq', keyValue: '={{ $json.trackId }}' }] },
				columns: { value: { name: '={{ $json.name }}', leadCreatedAt: '={{ $json.createdAt }}' } },
			});
		}
	});

	it('have their credentials, and ids and an URL that stay', () => {
		expect(byWebhook.nodes[0].credentials).toEqual({ laiguWebhookApi: credentials.laiguWebhookApi });
		expect(byPolling.nodes[0].credentials).toEqual({ laiguApi: credentials.laiguApi });
		expect(byWebhook.id).not.toBe(byPolling.id);
		const [{ webhookId }] = byWebhook.nodes as unknown as Array<{ webhookId: string }>;
		expect(webhookUrl('http://127.0.0.1:5678')).toBe(`http://127.0.0.1:5678/webhook/${webhookId}/webhook`);
	});
});

describe('the secrets of a checkout', () => {
	let folders: string[] = [];

	afterEach(async () => {
		for (const folder of folders) await rm(folder, { recursive: true });
		folders = [];
	});

	async function folder() {
		const path = await mkdtemp(join(tmpdir(), 'laigu-state-'));
		folders.push(path);
		return path;
	}

	it('are its own, stay, and are for its owner alone', async () => {
		const [one, other] = [await folder(), await folder()];
		const secrets = await secretsOf(one);
		expect(secrets.password).toMatch(/^(?=.*[A-Z])(?=.*\d).{20,64}$/);
		expect(secrets.signingSecret.length).toBeGreaterThan(12);
		expect(await secretsOf(one)).toEqual(secrets);
		const others = await secretsOf(other);
		expect([others.password, others.signingSecret]).not.toContain(secrets.password);
		expect(others.signingSecret).not.toBe(secrets.signingSecret);
		expect((await stat(join(one, 'demo.json'))).mode & 0o077).toBe(0);
	});

	it('are added to what an earlier start has kept', async () => {
		const path = await folder();
		await writeState(path, { credentialId: 'c1', workflows: {} });
		const secrets = await secretsOf(path);
		expect(await readState(path)).toEqual({ credentialId: 'c1', workflows: {}, secrets });
	});

	it('the webhook’s credential is made once, and left to the person', async () => {
		const saved: object[] = [];
		const client = {
			rest: async (_: string, path: string) => {
				if (path.startsWith('/credentials/w1')) return { id: 'w1', name: 'Renamed' };
				throw Object.assign(new Error('none'), { status: 404 });
			},
			saveCredential: async (credential: { name: string }) => {
				saved.push(credential);
				return { id: 'w2', name: credential.name, type: 'laiguWebhookApi' };
			},
		};
		expect(await placeWebhookCredential(client, 'w1', 's')).toEqual({ id: 'w1', name: 'Renamed' });
		expect(saved).toEqual([]);
		for (const gone of [undefined, 'gone'])
			expect(await placeWebhookCredential(client, gone, 's')).toMatchObject({ id: 'w2' });
		expect(saved[1]).toMatchObject({ type: 'laiguWebhookApi', data: { signingSecret: 's' } });
	});
});

describe('a lead, sent and looked for', () => {
	useVirtualTime();

	const row = { trackId: 'k', name: 'A' };

	/** A lab in which the button does, and the table then holds, what a test says. */
	function lab({
		status = 200,
		rows = [row],
		polls = [] as string[],
	}: {
		status?: number;
		rows?: object[];
		polls?: string[];
	}) {
		const client = {
			...createFakeTables(),
			executions: async () => polls.map((id) => ({ id, status: 'success', mode: 'trigger' })),
		};
		const act = async () => {
			client.rows.push(...(rows as Array<Record<string, unknown>>));
			setTimeout(() => polls.push('2'), 30_000);
			return { record: { id: 'k', name: 'A' }, answer: { status, text: 'said', ms: 1 } };
		};
		const workflow = (name: string) => ({ workflow: { id: name, name } });
		const demo = { table: TABLE, byWebhook: workflow('By webhook'), byPolling: workflow('By polling') };
		return { client, demo, simulator: { page: { act } } } as unknown as Parameters<typeof sendLead>[0];
	}

	it('is right when it stands there once', async () => {
		expect(await sendLead(lab({}))).toEqual({ name: 'A', faults: [] });
		expect(await sendLead(lab({ polls: ['1'] }), { polled: true })).toEqual({ name: 'A', faults: [] });
	});

	it('waits for the poll', async () => {
		const before = Date.now();
		await sendLead(lab({ polls: ['1'] }), { polled: true });
		expect(Date.now() - before).toBeGreaterThanOrEqual(30_000);
	});

	it.each([
		['a webhook that refuses it', { status: 401 }, 'answered 401: said'],
		['a webhook that does not answer', { status: 0 }, 'answered 0'],
		['no row', { rows: [] }, 'is not in the table "Leads"'],
		['two rows', { rows: [row, row] }, 'stands in 2 rows'],
		['another name', { rows: [{ ...row, name: 'B' }] }, 'says "B", not "A"'],
	])('%s is told', async (_, world, fault) => {
		const { faults } = await sendLead(lab(world));
		expect(faults).toHaveLength(1);
		expect(faults[0]).toContain(fault);
	});

	it('rows of other leads do not count', async () => {
		const client = createFakeTables();
		client.rows.push({ trackId: 'other' }, row);
		expect(await rowsOf(client, TABLE, 'k')).toEqual([row]);
	});
});

it('the screen has the page, the credential, the webhook, the log-in and the table', () => {
	const workflow = (name: string) => ({ workflow: { name } });
	const text = editorScreen({
		n8n: { url: 'http://127.0.0.1:5678', logFile: '/n8n.log' },
		simulator: {
			url: 'http://127.0.0.1:8787',
			account: { accessToken: 'the-token', enterpriseId: 10001 },
			logFile: '/simulator.log',
		},
		demo: {
			leads: workflow('W1'),
			transcripts: workflow('W2'),
			byWebhook: workflow('W3'),
			byPolling: workflow('W4'),
			table: TABLE,
			webhook: { url: 'http://127.0.0.1:5678/webhook/x/webhook', secret: 'the-secret' },
			owner: { email: 'owner@laigu.example', password: 'the-password' },
		},
	} as unknown as Parameters<typeof editorScreen>[0]);
	for (const word of [
		'http://127.0.0.1:8787',
		'http://127.0.0.1:5678/webhook/x/webhook',
		'10001',
		'the-token',
		'the-secret',
		'the-password',
		TABLE.url,
		...['W1', 'W2', 'W3 (published)', 'W4 (published)'],
	])
		expect(text).toContain(word);
});
