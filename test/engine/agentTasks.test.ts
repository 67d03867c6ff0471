import type { IDataObject } from 'n8n-workflow';

import { factsOf } from '../agent/facts';
import type { Facts } from '../agent/facts';
import { TASKS } from '../agent/tasks';
import { TOOLS } from '../agent/tools';
import type { Simulator } from '../simulator';
import { DAY } from '../simulator/time';
import { withTool } from './agent';
import { start, stopAll } from './world';

/** What an answer of a tool may cost an agent at most. */
const MOST_BYTES = 8_000;

let sim: Simulator;
let facts: Facts;

beforeAll(async () => {
	// a busy account: about 300 leads a day
	sim = await start({ days: 9, conversationsPerDay: 600 });
	facts = factsOf(sim);
});
afterAll(stopAll);

const toolNamed = (name: string) => {
	const tool = TOOLS.find((one) => one.name.replaceAll(' ', '_') === name);
	if (!tool) throw new Error(`no tool ${name}`);
	return tool;
};

/** What the model reads, in bytes and as items. */
async function outputOf({ tool, arguments: args }: { tool: string; arguments: IDataObject }, server = sim) {
	const output = (await withTool(server, toolNamed(tool).parameters, async (offered) => {
		expect(Object.keys(offered.schema.shape).sort()).toEqual(Object.keys(args).sort());
		return await offered.invoke(args);
	})) as string;
	return { bytes: Buffer.byteLength(output), items: JSON.parse(output) as IDataObject[] };
}

test('the account is busy enough to need small answers', () => {
	const yesterday = facts.leads(facts.today - DAY, facts.today);
	expect(yesterday.length).toBeGreaterThan(200);
	expect(Buffer.byteLength(JSON.stringify(yesterday))).toBeGreaterThan(20 * MOST_BYTES);
});

test.each(TASKS)('$question', async ({ call, answer, truth }) => {
	const { bytes, items } = await outputOf(call(facts));
	expect(answer(items)).toEqual(truth(facts));
	expect(bytes).toBeLessThan(MOST_BYTES);
});

describe('an agent is told', () => {
	const range = (timeRange: string, from = '', to = '') => ({ timeRange, from, to });
	const hintOf = (items: IDataObject[]) => items.flatMap(({ hint }) => hint ?? []);

	test('that nobody was found, and how far back the search went', async () => {
		const { items } = await outputOf({ tool: 'Find_customer', arguments: { findBy: 'phone', value: '19900000000' } });
		expect(items).toHaveLength(3);
		expect(hintOf(items)).toEqual([
			'Nothing was found.',
			expect.stringMatching(/^\d+ customers were searched, back to .* Beijing time\. To search further back/),
			expect.stringMatching(/^Enter a phone, WeChat, QQ or track ID completely/),
		]);
	});

	test('that a limit left something out', async () => {
		const { items } = await outputOf({ tool: 'Latest_leads', arguments: { limit: 3 } });
		expect(items).toHaveLength(4);
		expect(hintOf(items)).toEqual([expect.stringMatching(/^The limit of 3 customers was reached/)]);
	});

	test('that there was nothing, as a number', async () => {
		const past = range('custom', '2020-01-01', '2020-01-02');
		const { items } = await outputOf({ tool: 'Count_leads', arguments: { ...past, countBy: 'channel' } });
		expect(items).toEqual([expect.objectContaining({ channel: '', count: 0, leads: 0 })]);
	});

	test.each([
		[
			'Count_leads',
			{ ...range('lastQuarter'), countBy: 'channel' },
			/'Time Range' cannot be "lastQuarter".*last7Days/s,
		],
		[
			'Count_leads',
			{ ...range('today'), countBy: 'agent' },
			/'Count By' cannot be "agent".*account, advertiser, campaign, channel/s,
		],
		['Agent_figures', { ...range('today'), groupBy: 'team' }, /'Group By' cannot be "team".*agent, day, group/s],
		['Find_customer', { findBy: 'mail', value: 'x' }, /'Find By' cannot be "mail".*name, phone, qq/s],
		[
			'Agent_figures',
			{ ...range('custom', 'monday', ''), groupBy: 'day' },
			/'From' is not a date.*2026-01-31T08:00:00/s,
		],
	])('by %s what it may ask: %j', async (tool, args, sentence) => {
		sim.resetRequests();
		await expect(outputOf({ tool, arguments: args })).rejects.toMatchObject({
			message: expect.stringMatching(sentence) as string,
		});
		expect(sim.requests).toEqual([]);
	});
});

test('long conversations are cut to their last messages, and say so', async () => {
	const [{ conv_content: [message] = [] }] = facts.ended(facts.today - DAY);
	const content = '这套方案大概多少钱,能不能先发一份报价单给我看看'.repeat(3);
	const conversations = facts
		.ended(facts.today - DAY, facts.today)
		.slice(0, 9)
		.map((one) => ({
			...one,
			client_info: { name: '张', tel: '13800138000' },
			conv_content: Array.from({ length: 80 }, (_, index) => ({ ...message, content: `${index} ${content}` })),
		}));
	const server = await start({ conversations, clients: [] });
	for (const [call, kept] of [
		[{ tool: 'Last_conversation', arguments: { findBy: 'phone', value: '13800138000' } }, 24],
		[{ tool: 'Latest_conversations', arguments: { limit: 5 } }, 4],
	] as const) {
		const { bytes, items } = await outputOf(call, server);
		expect(bytes).toBeLessThan(MOST_BYTES);
		const transcripts = items.flatMap(({ transcript }) => transcript ?? []);
		expect(transcripts).toHaveLength(call.tool === 'Last_conversation' ? 1 : 5);
		for (const transcript of transcripts as string[]) {
			const lines = transcript.split('\n');
			expect(lines[0]).toBe(`[${80 - (lines.length - 1)} earlier messages left out]`);
			expect(lines.length).toBeGreaterThan(kept / 2);
			expect(lines.at(-1)).toContain(`79 ${content}`);
		}
	}
});
