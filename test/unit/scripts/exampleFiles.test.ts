import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shaperFor } from '../../../nodes/Laigu/records/shape';
import { conversationTable } from '../../../nodes/Laigu/records/tables';
import { fields, fillIn, readExample } from '../../lab/examples.mjs';
import type { Workflow } from '../../lab/workflow.mjs';

const folder = join(__dirname, '../../../examples');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** The node versions that n8n 1.123 has; the end-to-end test holds the examples against n8n itself. */
const NEWEST_VERSION: Record<string, number> = {
	'@n8n/n8n-nodes-langchain.informationExtractor': 1.2,
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 1.3,
	'n8n-nodes-base.convertToFile': 1.1,
	'n8n-nodes-base.dataTable': 1,
	'n8n-nodes-base.emailSend': 2.1,
	'n8n-nodes-base.googleSheets': 4.7,
	'n8n-nodes-base.httpRequest': 4.3,
	'n8n-nodes-base.if': 2.3,
	'n8n-nodes-base.manualTrigger': 1,
	'n8n-nodes-base.postgres': 2.6,
	'n8n-nodes-base.readWriteFile': 1,
	'n8n-nodes-base.removeDuplicates': 2,
	'n8n-nodes-base.scheduleTrigger': 1.3,
	'n8n-nodes-base.set': 3.4,
	'n8n-nodes-base.sort': 1,
	'n8n-nodes-base.stickyNote': 1,
	'n8n-nodes-base.stopAndError': 1,
	'n8n-nodes-base.switch': 3.4,
	'n8n-nodes-base.wait': 1.1,
	'n8n-nodes-laigu.laigu': 1,
	'n8n-nodes-laigu.laiguPollTrigger': 1,
	'n8n-nodes-laigu.laiguTrigger': 1,
};

/** The services that an example may name; nothing else may be called or linked. */
const HOSTS = ['api.hubapi.com', 'open.feishu.cn', 'qyapi.weixin.qq.com'];

const SECRET =
	/\b(sk|pat|xox[bp])-[\w-]{8,}|\bya29\.|\beyJ[\w-]{10,}|Bearer (?!\{\{)\S|only-for-tests|demo-access-token/i;

/** n8n's number for the colour of a sticky note; yellow has none. */
const GRAY = 7;

/** A list, table or address to choose, or an address of an example. */
const EMPTY = /"__rl":true,"mode":"\w+","value":""|@example\.com/;

it('has the examples that other pages name', () => {
	expect(files).toHaveLength(16);
});

describe.each(files)('examples/%s', (file) => {
	it('can be imported by anybody: every connection is between nodes that are there', async () => {
		const { id, name, nodes, connections } = await readExample(file);
		const names = nodes.map((node) => node.name);
		const targets = Object.values(connections).flatMap((outputs) => Object.values(outputs).flat(2));
		expect(id).toMatch(/^[A-Za-z0-9]{16}$/);
		expect(name).toMatch(/^Laigu: /);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(nodes.map((node) => node.id)).size).toBe(nodes.length);
		expect(names).toEqual(expect.arrayContaining([...Object.keys(connections), ...targets.map(({ node }) => node)]));
	});

	it('names only nodes that are there, in its expressions too', async () => {
		const { nodes } = await readExample(file);
		const names = nodes.map((node) => node.name);
		const named = [...JSON.stringify(nodes.map(({ parameters }) => parameters)).matchAll(/\$\('(.+?)'\)/g)];
		expect(names).toEqual(expect.arrayContaining(named.map(([, name]) => name)));
	});

	it('has only nodes that both lines of n8n know', async () => {
		for (const { type, typeVersion } of (await readExample(file)).nodes) {
			expect(Object.keys(NEWEST_VERSION)).toContain(type);
			expect(typeVersion).toBeLessThanOrEqual(NEWEST_VERSION[type]);
		}
	});

	it('says what has to be filled in', async () => {
		const notes = (await readExample(file)).nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		const texts = notes.map(({ parameters }) => String(parameters.content));
		expect(texts[0]).toMatch(/^## .+\n\n\S/);
		expect(texts.join('\n')).toContain('### Fill in\n\n**Credential**');
	});

	it('has yellow notes for what to fill in, and gray ones for the rest', async () => {
		const notes = (await readExample(file)).nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		for (const { name, parameters } of notes)
			expect([name, parameters.color]).toEqual([
				name,
				String(parameters.content).startsWith('### Fill in') ? undefined : GRAY,
			]);
	});

	it('has what to fill in in one node, which is checked before anything else is done', async () => {
		const { nodes, connections } = await readExample(file);
		const elsewhere = nodes.filter(
			({ name, parameters }) => name !== 'Fill in' && EMPTY.test(JSON.stringify(parameters)),
		);
		expect(elsewhere.map(({ name }) => name)).toEqual([]);
		if (!nodes.some(({ name, type }) => name === 'Fill in' && type.endsWith('.set'))) return;
		const next = (name: string, output = 0) => connections[name].main[output].map(({ node }) => node);
		const [trigger] = Object.keys(connections).filter((name) => next(name).includes('Fill in'));
		expect(nodes.find(({ name }) => name === trigger)?.type).toMatch(/Trigger$/);
		expect(next(trigger)).toEqual(['Fill in']);
		expect(next('Fill in')).toEqual(['All filled in?']);
		expect(next('All filled in?', 1)).toEqual(['Say what is missing']);
	});

	it('contains no credential, no secret and no data of an execution', async () => {
		const text = readFileSync(join(folder, file), 'utf8');
		const { nodes, ...workflow } = await readExample(file);
		for (const { type, credentials = {} } of nodes) {
			for (const { id } of Object.values(credentials)) expect(id).toBeNull();
			const wanted = type === 'n8n-nodes-laigu.laiguTrigger' ? 'laiguWebhookApi' : 'laiguApi';
			if (type.startsWith('n8n-nodes-laigu.')) expect(Object.keys(credentials)).toEqual([wanted]);
		}
		expect(workflow).toMatchObject({ pinData: {} });
		expect(Object.keys(workflow).sort()).toEqual(['connections', 'id', 'name', 'pinData', 'settings']);
		expect(text).not.toMatch(SECRET);
	});

	it('calls the services themselves, over TLS', () => {
		const text = readFileSync(join(folder, file), 'utf8');
		expect(text).not.toMatch(/http:\/\/|localhost|127\.0\.0\.1/);
		const hosts = [...text.matchAll(/https:\/\/([^/"\s]+)/g)].map(([, host]) => host);
		expect(HOSTS).toEqual(expect.arrayContaining(hosts));
	});

	it('stands in the index, with its picture', () => {
		const index = readFileSync(join(folder, 'README.md'), 'utf8');
		expect(index).toContain(`](${file})`);
		expect(index).toContain(`](../docs/images/examples/${file.replace('.json', '.png')})`);
	});
});

describe('waits', () => {
	const waits = files.flatMap((file) => {
		const { nodes } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Workflow;
		return nodes
			.filter(({ type }) => type === 'n8n-nodes-base.wait')
			.map(({ name, parameters }) => ({ file, name, parameters }));
	});
	const SECONDS: Record<string, number> = { seconds: 1, minutes: 60, hours: 3_600 };

	it('there are some', () => expect(waits.length).toBeGreaterThan(3));

	it.each(waits)(
		'$file, $name: is long enough for n8n to store it, so that a restart does not end it',
		({ parameters }) => {
			expect(Number(parameters.amount) * SECONDS[String(parameters.unit)]).toBeGreaterThanOrEqual(66);
		},
	);
});

it.each(['nightly-conversations-to-postgres.json', 'conversation-history-day-by-day.json'])(
	'%s makes a table with the columns of Database Row',
	async (file) => {
		const { nodes } = await readExample(file);
		const query = nodes
			.map(({ parameters }) => String(parameters.query))
			.find((text) => text.includes('laigu_conversations ('));
		const [, columns] = /laigu_conversations \(\n([^)]*)\)/.exec(query ?? '') ?? [];
		const names = columns
			.trim()
			.split(/,\n/)
			.map((line) => line.trim().split(' ')[0].replaceAll('"', ''));
		const [row] = shaperFor(conversationTable, { output: 'databaseRow' })({ conv_id: 1 });
		expect(names).toEqual(Object.keys(row));
	},
);

describe('fillIn', () => {
	const FILE = 'conversation-history-day-by-day.json';

	it('chooses credentials by type, and changes nothing else', async () => {
		const example = await readExample(FILE);
		const chosen = { laiguApi: { id: 'c1', name: 'Mine' } };
		const filled = fillIn(example, { credentials: chosen });
		const withoutCredentials = ({ nodes }: typeof example) => nodes.map(({ credentials: _, ...node }) => node);
		expect(filled.nodes.find(({ name }) => name === 'Get the day')?.credentials).toEqual(chosen);
		expect(filled.nodes.find(({ name }) => name === 'The day is done')?.credentials?.postgres.id).toBeNull();
		expect(withoutCredentials(filled)).toEqual(withoutCredentials(example));
		expect(example).toEqual(await readExample(FILE));
	});

	it('fills fields of an Edit Fields node', async () => {
		const filled = fillIn(await readExample(FILE), {
			parameters: { 'Fill in': fields({ firstDay: '2026-02-03' }) },
		});
		const { parameters } = filled.nodes.find(({ name }) => name === 'Fill in') ?? { parameters: {} };
		expect(parameters).toMatchObject({
			assignments: { assignments: [{ value: '2026-02-03' }, { value: '' }, { value: 10 }] },
		});
	});

	it('does not overlook a node that was renamed', async () => {
		const example = await readExample(FILE);
		expect(() => fillIn(example, { parameters: { Gone: {} } })).toThrow('no node "Gone"');
	});
});
