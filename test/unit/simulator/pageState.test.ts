import { get as httpGet } from 'node:http';
import type { Simulator } from '../../simulator';
import { pass, useVirtualTime } from '../../virtualTime';
import { chooseLanguage } from '../../simulator/page/browser/texts.mjs';
import { outcomeTexts } from '../../simulator/page/browser/view.mjs';
import type { Snapshot } from '../../simulator/page/snapshot';
import { V1, V2, conversation, get, plain, start, stopAll, v1Query, v2Query } from './helpers';
import { post } from './pageHelpers';

const NOW = new Date('2026-03-10T15:00:00+08:00');
const conversations = [1, 2, 3].map((id) => conversation(id, `2026-03-10 01:00:0${id}.000000`));

afterEach(stopAll);

/** The states that an open page is told, until it has seen the one that is waited for. */
async function statesUntil(
	{ url }: Simulator,
	isLast: (state: Snapshot) => boolean,
	onFirst: () => Promise<unknown>,
): Promise<Snapshot[]> {
	return await new Promise((resolve, reject) => {
		const states: Snapshot[] = [];
		const request = httpGet(`${url}/simulator/events`, (response) => {
			expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
			let text = '';
			response.setEncoding('utf8').on('data', (chunk: string) => {
				text += chunk;
				const events = text.split('\n\n');
				text = events.pop() ?? '';
				for (const event of events) states.push(JSON.parse(event.replace(/^data: /, '')) as Snapshot);
				if (states.length === 1) onFirst().catch(reject);
				const last = states.at(-1);
				if (last && isLast(last)) {
					request.destroy();
					resolve(states);
				}
			});
		});
		request.on('error', reject);
	});
}

describe('what an open page is told', () => {
	test('everything at first, and every change without asking', async () => {
		const simulator = await start({ now: NOW, conversations });
		const states = await statesUntil(
			simulator,
			({ leads, requests }) => leads.length === 1 && requests.length === 1,
			async () => {
				await post(simulator, 'actions/sendLead');
				await get(simulator, V2, v2Query());
			},
		);
		const { accessToken, appId, sign, enterpriseId } = simulator.account;
		expect(states[0]).toMatchObject({
			credential: { baseUrl: simulator.url, accessToken, appId, sign, enterpriseId },
			webhook: { url: '' },
			leads: [],
			requests: [],
		});
		expect(states[0].conversations.map(({ id }) => id)).toEqual([3, 2, 1]);
		expect(states.at(-1)?.leads[0]).toMatchObject({ createdAt: '2026-03-10 15:00:00' });
		expect(states.at(-1)?.requests[0]).toMatchObject({ method: 'GET', path: V2, status: 200, errno: 0, records: 3 });
	});

	test('where the results are to be seen', async () => {
		const simulator = await start({ conversations });
		const destination = { name: 'Leads', url: 'http://127.0.0.1:5678/x' };
		const states = await statesUntil(
			simulator,
			(state) => state.destination !== undefined,
			async () => simulator.page.setDestination(destination),
		);
		expect(states.at(-1)?.destination).toEqual(destination);
	});

	test('the newest leads first, and no more than fit', async () => {
		const simulator = await start({ now: NOW });
		const { leads, conversations: talks } = simulator.page.snapshot();
		expect([leads.length, talks.length]).toEqual([8, 8]);
		const newestFirst = (times: string[]) => [...times].sort().reverse();
		expect(leads.map(({ createdAt }) => createdAt)).toEqual(newestFirst(leads.map(({ createdAt }) => createdAt)));
		expect(talks.map(({ startedAt }) => startedAt)).toEqual(newestFirst(talks.map(({ startedAt }) => startedAt)));
	});
});

describe('the log of requests', () => {
	test('says what was asked and answered, and contains no secret', async () => {
		const simulator = await start({ conversations, page: { webhook: { secret: 'the-webhook-secret' } } });
		const { accessToken, appId, sign, enterpriseId } = simulator.account;
		await get(simulator, V2, v2Query());
		await plain(simulator, V1, { ...v1Query(), enterprise_id: enterpriseId, app_id: appId, sign });
		await plain(simulator, `/v1/conversations/${accessToken}`, { conv_id: 'the-webhook-secret' });
		await get(simulator, V2, v2Query({ from: sign, to: accessToken }));
		const { requests } = simulator.page.snapshot();
		expect(requests.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
		expect(requests[3]).toMatchObject({ path: V2, auth: ['bearer'], records: 3, errno: 0 });
		expect(requests[3].asked).toEqual(['2000-01-01 00:00:00 .. 2099-01-01 00:00:00', 'limit 20', 'first page']);
		expect(requests[2].auth).toEqual(['app_id+sign']);
		expect(requests[1]).toMatchObject({ auth: [], errno: 10011, note: 'no authentication sent' });
		expect(requests[0]).toMatchObject({ errno: 10016 });
		for (const secret of [accessToken, appId, sign, 'the-webhook-secret'])
			expect(JSON.stringify(requests)).not.toContain(secret);
	});

	test('keeps the newest hundred', async () => {
		const simulator = await start({ conversations });
		for (let i = 0; i < 105; i++) await plain(simulator, '/none');
		const { requests } = simulator.page.snapshot();
		expect(requests).toHaveLength(100);
		expect(requests[0].number).toBe(105);
	});
});

describe('the switches', () => {
	const turn = async (simulator: Simulator, name: string, on: boolean) =>
		await post(simulator, `troubles/${name}`, { on });

	test.each([
		['internalError', 10015, 200],
		['badGateway', undefined, 502],
	])('%s: some requests, until it is off again', async (name, errno, status) => {
		const simulator = await start({ conversations });
		expect((await turn(simulator, name, true)).json).toMatchObject({ [name]: true });
		const ask = async () =>
			await Promise.all(Array.from({ length: 60 }, async () => await get(simulator, V2, v2Query())));
		const hit = (await ask()).filter((reply) => reply.errno === errno && reply.status === status);
		expect(hit.length).toBeGreaterThan(5);
		expect(hit.length).toBeLessThan(50);
		await turn(simulator, name, false);
		expect((await ask()).every((reply) => reply.errno === 0)).toBe(true);
	});

	describe('in time', () => {
		useVirtualTime();

		test('rate limit: two at once, then errno 10014 until a second has passed', async () => {
			const simulator = await start({ conversations });
			await turn(simulator, 'rateLimit', true);
			const errnos = async () =>
				(await Promise.all(Array.from({ length: 6 }, async () => await get(simulator, V2, v2Query())))).map(
					({ errno }) => errno,
				);
			expect((await errnos()).filter((errno) => errno === 0)).toHaveLength(2);
			await pass(1_000);
			expect((await errnos()).filter((errno) => errno === 10014)).toHaveLength(4);
			await turn(simulator, 'rateLimit', false);
			expect(await errnos()).toEqual([0, 0, 0, 0, 0, 0]);
		});

		test('slow: the true answer, late', async () => {
			const simulator = await start({ conversations });
			await turn(simulator, 'slow', true);
			const before = Date.now();
			expect((await get(simulator, V2, v2Query())).result).toHaveLength(3);
			expect(Date.now() - before).toBeGreaterThanOrEqual(3_000);
			expect(simulator.page.snapshot().requests[0]).toMatchObject({ fault: 'slow', records: 3 });
		});
	});

	test('closed: as the server was started, and as it is switched', async () => {
		const simulator = await start({ conversations, apiOpened: false });
		expect(simulator.page.snapshot().troubles.closed).toBe(true);
		expect((await get(simulator, V2, v2Query())).errno).toBe(10012);
		await turn(simulator, 'closed', false);
		expect((await get(simulator, V2, v2Query())).errno).toBe(0);
		await turn(simulator, 'closed', true);
		expect((await get(simulator, V2, v2Query())).errno).toBe(10012);
	});
});

describe('the words', () => {
	const en = chooseLanguage(['en']).texts;
	const zh = chooseLanguage(['zh']).texts;

	/** Every text with its path; what is to be filled in as such. */
	function textsIn(part: object, path = ''): Array<[string, string]> {
		return Object.entries(part).flatMap(([name, value]: [string, unknown]): Array<[string, string]> => {
			const here = `${path}.${name}`;
			if (typeof value === 'string') return [[here, value]];
			if (typeof value === 'function') return [[here, (value as (...given: string[]) => string)('first', '2', '3')]];
			return textsIn(value as object, here);
		});
	}

	test.each([
		[['zh-CN', 'en'], 'zh-CN'],
		[['zh'], 'zh-CN'],
		[['ZH-Hant-TW', 'en'], 'zh-CN'],
		[['fr', 'zh-CN'], 'zh-CN'],
		[['en-GB', 'zh-CN'], 'en'],
		[['fr'], 'en'],
		[['constructor'], 'en'],
		[[], 'en'],
	])('%j: %s', (wanted, lang) => {
		expect(chooseLanguage(wanted).lang).toBe(lang);
	});

	test('both languages have every text, and Chinese its own punctuation', () => {
		const pathsOf = (texts: object) => textsIn(texts).map(([path]) => path);
		expect(pathsOf(zh)).toEqual(pathsOf(en));
		const beside = /[\u4e00-\u9fff][,:;?!()]|[,:;?!()][\u4e00-\u9fff]/;
		for (const [path, text] of textsIn(zh)) expect([path, text.match(beside)]).toEqual([path, null]);
		const english = textsIn(en).filter(([path]) => !/customers|conversations$/.test(path));
		for (const [path, text] of english) expect([path, text.match(/[\u4e00-\u9fff]/)]).toEqual([path, null]);
	});

	const outcome = { action: 'sendLead', record: { name: '小满妈妈' }, event: 'client.created' };
	const answered = (status: number) => ({ ...outcome, answer: { status, text: 'said', ms: 12.4 } });

	test.each([
		[200, true, 'client.created: the webhook answered 200 after 12 ms.', ''],
		[401, false, 'client.created: the webhook answered 401 after 12 ms.', en.hints[401]],
		[404, false, 'client.created: the webhook answered 404 after 12 ms.', en.hints[404]],
		[500, false, 'client.created: the webhook answered 500 after 12 ms.', ''],
		[0, false, 'client.created: the webhook did not answer (12 ms).', en.hints[0]],
	])('an answer of %i', (status, good, sent, hint) => {
		expect(outcomeTexts(answered(status), en)).toEqual({
			good,
			done: 'New lead: 小满妈妈.',
			sent,
			hint,
			answer: 'said',
		});
	});

	test('no webhook, no event, and the automation that a trigger refuses', () => {
		expect(outcomeTexts(outcome, en).sent).toBe(en.noWebhook('client.created'));
		const written = { action: 'customerWrites', record: { name: 'A' }, text: 'B' };
		expect(outcomeTexts(written, en)).toMatchObject({ done: 'A wrote: B', sent: en.noEventFor, good: true });
		expect(outcomeTexts({ ...answered(401), action: 'becomeLead' }, en).hint).toBe(en.hints.unsigned);
	});
});
