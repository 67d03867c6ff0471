import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { DAY, HOUR, SECOND } from '../simulator/time';
import { loadPackage, nodeOf, LAIGU } from './engine';
import { beijing, clientsAt, conversationsAt, FROM, start, stopAll, succeed } from './world';

let sim: Simulator;

beforeAll(async () => {
	const times = Array.from({ length: 48 }, (_, index) => FROM + index * HOUR);
	sim = await start({ conversations: conversationsAt(times), clients: clientsAt(times) });
});
beforeEach(() => {
	sim.resetRequests();
});
afterAll(stopAll);

const OPERATIONS: IDataObject[] = [
	{ resource: 'conversation', operation: 'getAll' },
	{ resource: 'customer', operation: 'getAll' },
	{ resource: 'customer', operation: 'find', value: '13800138000' },
	{ resource: 'report', operation: 'getAgentService' },
	{ resource: 'report', operation: 'getAgentOnlineStats' },
];

describe.each(OPERATIONS)('$resource $operation', (parameters) => {
	test('runs with a Time Range from an expression, with neither From nor To', async () => {
		const asked = { ...parameters, timeRange: "={{ 'yesterday' }}" } as IDataObject;
		const { type } = (await loadPackage()).nodeTypes.laigu;
		const node = nodeOf('Laigu', LAIGU, { parameters: asked as never });
		const { description } = NodeHelpers.getVersionedNodeType(type, 1);
		expect(NodeHelpers.getNodeParametersIssues(description.properties, node, description)).toBeNull();
		await succeed(sim, asked);
		const [{ query }] = sim.requests;
		// lists are asked for a second more at the beginning
		expect([0, DAY - SECOND]).toContain((beijing(`${query.from_tm}`) - beijing('2026-01-01')) % DAY);
	});

	test.each([
		['America/New_York', '2026-03-10 12:00:00', '2026-03-11 12:00:00'],
		['UTC', '2026-03-10 08:00:00', '2026-03-11 08:00:00'],
	])('tells in %s which Beijing times a Custom range is', async (timezone, from, to) => {
		const asked = { ...parameters, timeRange: 'custom', from: '2026-03-10T00:00:00', to: '2026-03-11T00:00:00' };
		const { hints } = await succeed(sim, asked, { timezone });
		expect(hints[0]).toBe(
			`In Beijing time, 'From' and 'To' are ${from} and ${to}. The workflow's time zone is ${timezone}.`,
		);
	});

	test.each([
		['Asia/Shanghai', { timeRange: 'custom', from: '2026-03-10', to: '2026-03-11' }],
		['Asia/Singapore', { timeRange: 'custom', from: '2026-03-10', to: '2026-03-11' }],
		['America/New_York', { timeRange: 'yesterday' }],
	])('in %s has nothing to tell of %j', async (timezone, range) => {
		const { hints } = await succeed(sim, { ...parameters, ...range }, { timezone });
		expect(hints.join()).not.toContain('In Beijing time');
	});
});

test.each(['thisWeek', 'lastWeek'])('%s begins on a Monday in Beijing', async (timeRange) => {
	await succeed(sim, { resource: 'report', operation: 'getAgentService', timeRange });
	const [{ query }] = sim.requests;
	const monday = beijing('2026-03-09');
	expect((beijing(`${query.from_tm}`) - monday) % (7 * DAY)).toBe(0);
	if (timeRange === 'lastWeek') expect(beijing(`${query.to_tm}`) - beijing(`${query.from_tm}`)).toBe(7 * DAY);
});

describe('a To that means "no end"', () => {
	const endless = { timeRange: 'custom', from: '={{ $now.minus(2, "days") }}', to: '9999-12-31' };

	test('gives a report of the days that there are', async () => {
		const { json } = await succeed(sim, {
			resource: 'report',
			operation: 'getAgentService',
			groupBy: 'day',
			...endless,
		});
		expect(json.length).toBeGreaterThanOrEqual(3);
		expect(json.length).toBeLessThanOrEqual(4);
	});

	test('counts the days that there are', async () => {
		const count = { output: 'count', countBy: 'day' };
		const { json } = await succeed(sim, { resource: 'customer', operation: 'getAll', ...count, ...endless });
		expect(json.length).toBeGreaterThanOrEqual(3);
		expect(json.length).toBeLessThanOrEqual(4);
	});
});
