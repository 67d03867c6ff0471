import type { IDataObject } from 'n8n-workflow';

import { faultOfErrno, networkFault } from '../../../nodes/Laigu/http/faults';
import { readPages } from '../../../nodes/Laigu/lists/pages';
import type { Step } from '../../../nodes/Laigu/lists/pages';
import type { ListEndpoint } from '../../../nodes/Laigu/lists/endpoints';
import { clientOver, errorOf } from '../helpers';
import type { Outcome } from '../../../nodes/Laigu/http/client';
import type { Answer } from '../helpers';
import { clients, conversation, FROM, idsOf, page, refusal, v1, v2 } from './server';

const numbered = (first: number, last: number): IDataObject[] =>
	Array.from({ length: last - first + 1 }, (_, index) => conversation(first + index, FROM));

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

async function follow(endpoint: ListEndpoint, answer: Answer, cap?: number) {
	const { client, asked } = clientOver(answer);
	const steps: Step[] = [];
	for await (const step of readPages(client, endpoint, { a: '1' }, cap)) steps.push(step);
	const ids = steps.flatMap((step) => (step.fault ? [] : idsOf(step.records)));
	return { steps, ids, asked };
}

describe('by token', () => {
	test('follows the tokens until there is none, 20 records a page, the first token empty', async () => {
		const tokens = ['x', 'y', ''];
		const { ids, asked, steps } = await follow(v2, (_, count) =>
			page(numbered(count * 20 - 19, count * 20), tokens[count - 1]),
		);
		expect(ids).toEqual(range(1, 60));
		expect(asked).toEqual(['', 'x', 'y'].map((token) => ({ a: '1', limit: 20, page_token: token })));
		expect(steps.map((step) => !step.fault && step.isLast)).toEqual([false, false, true]);
	});

	test('an empty page in the middle is no end', async () => {
		const pages = [page(numbered(1, 20), 'x'), page([], 'y'), page(numbered(21, 22), '')];
		expect((await follow(v2, (_, count) => pages[count - 1])).ids).toEqual(range(1, 22));
	});

	test('a short page without token is the end, whether the answer says so or not', async () => {
		expect((await follow(v2, () => page(numbered(1, 3)))).asked).toHaveLength(1);
		expect((await follow(v2, () => page([]))).asked).toHaveLength(1);
		expect((await follow(v2, () => page(numbered(1, 20), ''))).asked).toHaveLength(1);
	});

	test('a token that is left out once tokens were told is the end', async () => {
		const { ids } = await follow(v2, (_, count) =>
			page(numbered(count * 20 - 19, count * 20), count === 1 ? 'x' : undefined),
		);
		expect(ids).toEqual(range(1, 40));
	});

	test('a full page in an answer without token leaves open whether there is more', async () => {
		const { steps } = await follow(v2, () => page(numbered(1, 20)));
		expect(steps).toMatchObject([{ fault: { isTemporary: false }, tooWide: 'unclear' }]);
	});

	test.each([['the same token twice'], ['tokens in a circle']])(
		'%s ends the run with a message',
		async (_, circle = 2) => {
			const { client, asked } = clientOver((_, count) => page(numbered(count, count), `${count % circle}`));
			const error = await errorOf(drain(readPages(client, v2, {})));
			expect(error?.message).toBe("Laigu's list of pages does not end [Item 0]");
			expect(error?.description).toContain('same page token twice');
			expect(asked.length).toBeLessThan(6);
		},
	);

	test.each([[{}], [[]], [{ a: 1 }], [true]])('%j beside a full page is no token, and no end', async (token) => {
		const odd = { body: { result: numbered(1, 20), next_page_token: token } } as unknown as Outcome;
		const { steps } = await follow(v2, () => odd);
		expect(steps).toMatchObject([{ fault: { isTemporary: false } }]);
		const { client } = clientOver((_, count) => (count === 1 ? page(numbered(1, 20), 'x') : odd));
		expect((await errorOf(drain(readPages(client, v2, {}))))?.message).toContain('no readable next_page_token');
	});

	test.each([
		['the same records', numbered(1, 20)],
		['the same records without a key', [{ name: 'a' }, { name: 'b' }]],
		['no records', []],
	])('ever new tokens with %s end after 50 pages that bring nothing new', async (_, records) => {
		const { client, asked } = clientOver((_, count) => page(records, `${count}`));
		const error = await errorOf(drain(readPages(client, v2, {})));
		expect(error?.message).toContain('does not end');
		expect(error?.description).toContain('50 pages in a row contained nothing new');
		expect(asked.length).toBeLessThanOrEqual(51);
	});

	test('49 pages that bring nothing new may lie between two that do', async () => {
		const { ids } = await follow(v2, (_, count) =>
			page(numbered(count < 51 ? 1 : 2, count < 51 ? 1 : 2), count < 51 ? `${count}` : ''),
		);
		expect([...new Set(ids)]).toEqual([1, 2]);
	});

	test('tokens without end stop at the cap', async () => {
		const { client, asked } = clientOver((_, count) => page([], `${count}`));
		const error = await errorOf(drain(readPages(client, v2, {}, 7)));
		expect(error?.description).toContain('after 7 pages');
		expect(error?.description).toContain("'Time Range'");
		expect(asked).toHaveLength(7);
	});
});

describe('by offset', () => {
	const serve = (list: () => IDataObject[]): Answer => {
		return ({ offset, limit }) => page(list().slice(Number(offset), Number(offset) + Number(limit)));
	};

	test.each([0, 1, 19, 20, 21, 38, 39, 40, 100])('reads %p records, neighbouring pages sharing one', async (count) => {
		const { ids, asked } = await follow(
			v1,
			serve(() => numbered(1, count)),
		);
		expect([...new Set(ids)]).toEqual(range(1, count));
		expect(asked.map(({ offset }) => offset)).toEqual(asked.map((_, index) => index * 19));
		expect(asked.every(({ limit }) => limit === 20)).toBe(true);
		expect(asked.length).toBe(1 + Math.floor(Math.max(0, count - 1) / 19));
	});

	test.each([
		[1, 'a step back'],
		[5, 'a step back'],
		[10, 'a step back'],
		[11, 'from the beginning'],
		[20, 'from the beginning'],
		[30, 'from the beginning'],
	])('%p records that go while it reads take none with them: it reads on %s', async (gone, where) => {
		let list = numbered(1, 100);
		const { client, asked } = clientOver((query, count) => {
			if (count === 3) list = list.slice(gone);
			return serve(() => list)(query, count);
		});
		const seen = new Set<unknown>();
		for await (const step of readPages(client, v1, {}))
			if (!step.fault) idsOf(step.records).forEach((id) => seen.add(id));
		expect(range(gone + 1, 100).every((id) => seen.has(id))).toBe(true);
		expect(asked.slice(2, 4).map(({ offset }) => offset)).toEqual([38, 28]);
		expect(asked.filter(({ offset }) => offset === 0)).toHaveLength(where === 'a step back' ? 1 : 2);
	});

	test.each([1, 5, 18])('%p records that come in front repeat some and take none', async (come) => {
		let list = numbered(101, 200);
		const { ids } = await follow(v1, (query, count) => {
			if (count === 3) list = [...numbered(1, come), ...list];
			return serve(() => list)(query, count);
		});
		expect([...new Set(ids)]).toEqual(range(101, 200));
	});

	test('a list that never stands still ends the run with a message', async () => {
		const { client } = clientOver((query, count) => serve(() => numbered(count * 25, 2_000))(query, count));
		const error = await errorOf(drain(readPages(client, v1, {})));
		expect(error?.description).toContain('kept changing');
	});

	test('a server that does not regard the offset ends the run with a message', async () => {
		const { client, asked } = clientOver(() => page(numbered(1, 20)));
		const error = await errorOf(drain(readPages(client, v1, {})));
		expect(error?.description).toContain('same page twice');
		expect(asked).toHaveLength(2);
	});

	test('pages without end stop at the cap', async () => {
		const { client } = clientOver(({ offset }) => page(numbered(Number(offset) + 1, Number(offset) + 20)));
		expect((await errorOf(drain(readPages(client, v1, {}, 4))))?.description).toContain('after 4 pages');
	});
});

describe.each([
	['token', v2],
	['offset', v1],
])('a refused page by %s', (_, endpoint) => {
	test('is told when it is the first, with the reason that a narrower window may lift', async () => {
		const told = async (answer: Answer) => (await follow(endpoint, answer)).steps;
		expect(await told(() => refusal(endpoint.from))).toMatchObject([{ fault: { errno: 10016 }, tooWide: 'refused' }]);
		expect(await told(() => refusal('limit'))).toMatchObject([{ fault: { errno: 10016 }, tooWide: undefined }]);
		expect(await told(() => ({ fault: networkFault('') }))).toMatchObject([{ tooWide: undefined }]);
	});

	test('ends the run when it is a later one', async () => {
		const { client } = clientOver((_, count) =>
			count === 1 ? page(numbered(1, 20), 'x') : { fault: faultOfErrno(10015, 'later', 200) },
		);
		expect((await errorOf(drain(readPages(client, endpoint, {}))))?.message).toBe(
			'Laigu could not answer right now [Item 0]',
		);
	});

	test('is one without a list, too', async () => {
		const { steps } = await follow(endpoint, () => ({ body: { errno: 0, errmsg: '', result: 'none' } }));
		expect(steps[0].fault?.message).toBe("Laigu's answer contains no list of conversations");
	});
});

test('the message names what was requested', async () => {
	const { steps } = await follow(clients, () => ({ body: {} }));
	expect(steps[0].fault?.message).toBe("Laigu's answer contains no list of customers");
});

async function drain(steps: AsyncGenerator<Step>): Promise<void> {
	let next = await steps.next();
	while (!next.done) next = await steps.next();
}
