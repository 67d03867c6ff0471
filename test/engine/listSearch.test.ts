import { ENVELOPES } from '../simulator';
import { formatBeijing, microsOf, SECOND } from '../simulator/time';
import { credentialFor } from './answering';
import { searchConversations } from './contexts';
import { signOf, start, stopAll, tokenOf } from './world';

afterEach(stopAll);

const AGO = 90 * 60 * SECOND;

/** 300 conversations up to now, number 0 the newest. */
function recent() {
	const now = microsOf(new Date());
	return Array.from({ length: 300 }, (_, index) => ({
		conv_id: 9_000_000_300 - index,
		client_info:
			index % 3 === 0
				? { name: `Guest ${index}`, tel: `138-${String(index).padStart(8, '0')}` }
				: { visitor_name: `小红薯${index}` },
		agent_name: index % 2 ? 'Lin' : 'Chen',
		conv_start_tm: formatBeijing(now - (index + 2) * AGO),
		conv_end_tm: formatBeijing(now - (index + 1) * AGO),
	}));
}

describe.each(ENVELOPES)('the list of conversations, with the answer under %s', (envelope) => {
	test('shows the newest 50 first: time, customer, agent', async () => {
		const conversations = recent();
		const sim = await start({
			conversations,
			clients: [],
			switches: { envelope, errnoStatus: 'http', v2WindowHours: 24 },
		});
		const { results } = await searchConversations(tokenOf(sim));
		expect(results.map(({ value }) => value)).toEqual(conversations.slice(0, 50).map(({ conv_id: id }) => `${id}`));
		expect(results[0].name).toBe(`${conversations[0].conv_end_tm.slice(0, 16)} · Guest 0 13800000000 · Chen`);
		expect(results[1].name).toBe(`${conversations[1].conv_end_tm.slice(0, 16)} · 小红薯1 · Lin`);
		expect(sim.requests.length).toBeLessThanOrEqual(10);
	});
});

test('searches customer, phone, agent and ID', async () => {
	const conversations = recent();
	const sim = await start({ conversations, clients: [], switches: { v2WindowHours: 168 } });
	const found = async (text: string) =>
		(await searchConversations(signOf(sim), text)).results.map(({ value }) => Number(value));
	expect(await found('guest 120')).toEqual([9_000_000_180]);
	expect(await found('小红薯77')).toEqual([9_000_000_223]);
	expect(await found(' 13800000120 ')).toEqual([9_000_000_180]);
	expect(await found('LIN')).toEqual(
		conversations
			.filter(({ agent_name: name }) => name === 'Lin')
			.slice(0, 50)
			.map(({ conv_id: id }) => id),
	);
	expect(await found('9000000250')).toEqual([9_000_000_250]);
	expect(await found('nobody')).toEqual([]);
});

test('an ID that is not among the newest can be chosen all the same', async () => {
	const sim = await start({ conversations: [], clients: [] });
	expect((await searchConversations(tokenOf(sim), '4711')).results).toEqual([{ name: 'ID 4711', value: '4711' }]);
});

test('a wrong credential is told in the list, too', async () => {
	const sim = await start({ conversations: [], clients: [] });
	await expect(searchConversations({ ...tokenOf(sim), accessToken: 'wrong' })).rejects.toThrow(
		'Laigu did not accept the credential',
	);
	await expect(searchConversations({ ...tokenOf(sim), enterpriseId: 'x' })).rejects.toThrow(
		"'Enterprise ID' in the Laigu credential is not a number",
	);
	await expect(searchConversations(credentialFor('http://192.0.2.1'))).rejects.toThrow(
		"'Base URL' in the Laigu credential uses plain http://",
	);
});
