import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { Doing } from '../engine/contexts';
import { nodeOf, runLaigu } from '../engine/engine';
import { useDate } from '../virtualTime';
import { savedNames } from './interface';
import { everyPage } from './pages';

const LEAD = { trackId: '2GVvzUr4g6C1iApdea526oth3BB', phone: '13800138000', wechat: 'wx_demo' };

/** Every expression of the documents, an item that it may meet, and what it has to give on Wednesday, 11 March 2026, 15:34:56 in Beijing. */
const EXPRESSIONS: Record<string, [item: IDataObject, result: unknown]> = {
	'{{ $now }}': [{}, '2026-03-11T15:34:56.000+08:00'],
	"{{ $now.minus(1, 'day') }}": [{}, '2026-03-10T15:34:56.000+08:00'],
	"{{ $now.startOf('hour') }}": [{}, '2026-03-11T15:00:00.000+08:00'],
	"{{ $now.startOf('hour').minus(1, 'hour') }}": [{}, '2026-03-11T14:00:00.000+08:00'],
	"{{ $now.setZone('UTC+8').toISO() }}": [{}, '2026-03-11T15:34:56.000+08:00'],
	"{{ $now.setZone('UTC+8').toFormat('yyyy-MM-dd HH:mm:ss') }}": [{}, '2026-03-11 15:34:56'],
	"{{ $now.setZone('UTC+8').minus({ days: 1 }).toFormat('yyyy-MM-dd HH:mm:ss') }}": [{}, '2026-03-10 15:34:56'],
	'{{ $json.day }}T00:00:00+08:00': [{ day: '2026-01-31' }, '2026-01-31T00:00:00+08:00'],
	"{{ DateTime.fromISO($json.day, { zone: 'UTC+8' }).plus(1, 'day') }}": [
		{ day: '2026-01-31' },
		'2026-02-01T00:00:00.000+08:00',
	],
	"{{ DateTime.fromISO($json.createdAt).setZone('UTC+8').toFormat('yyyy-MM-dd HH:mm') }}": [
		{ createdAt: '2026-03-09T03:48:41.040Z' },
		'2026-03-09 11:48',
	],
	'{{ $json.conversationId }}-{{ $json.index }}': [{ conversationId: 20513000005, index: 2 }, '20513000005-2'],
	'{{ $json.from.slice(0, 10) }}-{{ $json.agentId }}': [
		{ from: '2026-03-09T00:00:00.000+08:00', agentId: 10004911 },
		'2026-03-09-10004911',
	],
	"{{ $json.campaign ?? $json.note ?? '' }}": [{ note: 'n' }, 'n'],
	'{{ $json.name ?? $json.wechat ?? $json.phone }}': [LEAD, 'wx_demo'],
	'{{ $json.trackId }}': [LEAD, LEAD.trackId],
	'{{ $json.trackId === undefined }}': [{}, true],
	"{{ ($json.phone ?? '').replace(/^(?=1\\d{10}$)/, '+86') }}": [LEAD, '+8613800138000'],
};

const isMoment = (value: unknown): value is { toISO(): string } =>
	typeof value === 'object' && value !== null && 'toISO' in value;

/** What an expression gives on n8n's engine, in a workflow in Beijing time. */
async function evaluate(expression: string, item: IDataObject): Promise<unknown> {
	const what = async (context: IExecuteFunctions) => {
		const value: unknown = context.evaluateExpression(expression, 0);
		return await Promise.resolve(isMoment(value) ? value.toISO() : value);
	};
	const { run } = await runLaigu({
		parameters: {},
		credentials: {},
		input: [item],
		node: { disabled: true },
		around: {
			nodes: [nodeOf('Doing', 'test.doing')],
			connections: { Laigu: { main: [[{ node: 'Doing', type: 'main', index: 0 }]] } },
			types: { 'test.doing': new Doing(what) },
		},
	});
	const [task] = run.data.resultData.runData.Doing;
	if (task.error) throw task.error;
	return task.data?.main[0]?.[0].json.result;
}

useDate('2026-03-11T15:34:56+08:00');

/** Every expression in the documents, but for those of the recipes: test/e2e/destinations.test.mjs runs them. */
const shown = everyPage()
	.filter(({ file }) => file !== 'docs/destinations.md')
	.flatMap(({ code }) => code.filter((text) => text.includes('{{')));

test('every expression in the documents is in the table, and no other', () => {
	expect([...new Set(shown.filter((text) => !text.includes('$fromAI')))].sort()).toEqual(
		Object.keys(EXPRESSIONS).sort(),
	);
});

test.each(Object.entries(EXPRESSIONS))('%s', async (expression, [item, result]) => {
	expect(await evaluate(expression, item)).toEqual(result);
});

test('what is left to a language model is a parameter, with choices that there are', async () => {
	const saved = await savedNames();
	const asked = shown.flatMap((text) => [...text.matchAll(/\$fromAI\('(\w+)', '([^']+)', '(\w+)'\)/g)]);
	expect(asked).toHaveLength(shown.filter((text) => text.includes('$fromAI')).length);
	expect(asked.length).toBeGreaterThan(5);
	const names = asked.flatMap(([, name, description]) => [
		name,
		...(/^one of (.*)$/.exec(description)?.[1].split(', ') ?? []),
	]);
	expect(names.filter((name) => !saved.has(name))).toEqual([]);
});
