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
	for (const phone of [' 13800000120 ', '138 0000 0120', '138-0000-0120', '+8613800000120', '１３８０００００１２０'])
		expect(await found(phone)).toEqual([9_000_000_180]);
	expect(await found('800000120')).toEqual([9_000_000_180]);
	expect(await found('LIN')).toEqual(
		conversations
			.filter(({ agent_name: name }) => name === 'Lin')
			.slice(0, 50)
			.map(({ conv_id: id }) => id),
	);
	expect(await found('9000000250')).toEqual([9_000_000_250]);
	expect(await found('nobody')).toEqual([]);
});

test.each([
	['4711', '4711'],
	[' 9000000001 ', '9000000001'],
	['４７１１', '4711'],
])('the ID %s that is not among the newest can be chosen all the same', async (text, value) => {
	const sim = await start({ conversations: [], clients: [] });
	expect((await searchConversations(tokenOf(sim), text)).results).toEqual([{ name: `Use as ID: ${value}`, value }]);
});

test.each(['13900003925', '+86 139 0000 3925', 'Lin', '12.5', '-3', '4711a', ''])(
	'%s can be no ID, and is not offered as one',
	async (text) => {
		const sim = await start({ conversations: [], clients: [] });
		expect((await searchConversations(tokenOf(sim), text)).results).toEqual([]);
	},
);

test('the newest are strictly first, whatever their IDs', async () => {
	const now = microsOf(new Date());
	const places = [5, 2, 9, 0, 7, 3, 8, 1, 6, 4];
	const conversations = places.map((place, index) => ({
		conv_id: 9_000_000_000 + index,
		client_info: { name: `Guest ${place}` },
		agent_name: 'Lin',
		conv_start_tm: formatBeijing(now - (place + 2) * 60 * SECOND),
		conv_end_tm: formatBeijing(now - (place + 1) * 60 * SECOND),
	}));
	const sim = await start({ conversations, clients: [] });
	const { results } = await searchConversations(tokenOf(sim));
	expect(results.map(({ name }) => Number(/Guest (\d)/.exec(name)?.[1]))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
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
