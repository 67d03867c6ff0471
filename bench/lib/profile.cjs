'use strict';

/** Which part of a run a function belongs to, by its file and name; the innermost that fits counts. */
const PARTS = [
	['shaping', ({ url }) => url.includes('/dist/nodes/Laigu/records/')],
	['reading JSON', ({ functionName }) => functionName === 'parseJson'],
	['the rest of the node', ({ url }) => url.includes('/package/dist/')],
	['garbage collection', ({ functionName }) => functionName === '(garbage collector)'],
	["n8n's engine and its HTTP helper", ({ url }) => /node_modules/.test(url)],
	['Node.js', ({ functionName }) => functionName !== '(idle)'],
];

/**
 * How the processor's time was shared out, from a profile of V8: what shaping calls counts as shaping, and so on.
 *
 * @returns {Record<string, number>} shares of the time in which the process was not idle
 */
function shareOf({ nodes, samples, timeDeltas }) {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
	const partOf = new Map();
	const find = (id) => {
		if (partOf.has(id)) return partOf.get(id);
		const { callFrame } = byId.get(id);
		const own = PARTS.slice(0, 5).find(([, fits]) => fits(callFrame))?.[0];
		const outer = parents.has(id) ? find(parents.get(id)) : undefined;
		// luxon and lodash, called by shaping, are shaping
		const isCalled = outer === 'shaping' || outer === 'reading JSON';
		const part = isCalled && own !== 'garbage collection' ? outer : (own ?? outer);
		partOf.set(id, part);
		return part;
	};
	const shares = {};
	let total = 0;
	samples.forEach((id, index) => {
		if (byId.get(id).callFrame.functionName === '(idle)') return;
		const part = find(id) ?? 'Node.js';
		shares[part] = (shares[part] ?? 0) + timeDeltas[index];
		total += timeDeltas[index];
	});
	return Object.fromEntries(Object.entries(shares).map(([part, time]) => [part, time / total]));
}

/** The bytes that are in use once everything is freed that can be. */
function inUse() {
	global.gc();
	return process.memoryUsage().heapUsed;
}

/**
 * What a run's items take up, and the most that was in use while it ran. Needs `--expose-gc`.
 *
 * @param {() => Promise<object>} work
 * @returns {Promise<{ before: number, items: number, peak: number, rss: number, records: number }>} bytes
 */
async function readHeap(work) {
	const before = inUse();
	let peak = before;
	const timer = setInterval(() => (peak = Math.max(peak, inUse())), 3_000);
	let task = await work();
	clearInterval(timer);
	const after = inUse();
	peak = Math.max(peak, after);
	const records = task.data.main[0].length;
	task = undefined;
	return { before, items: after - before, peak: peak - before, rss: process.resourceUsage().maxRSS * 1024, records };
}

module.exports = { shareOf, readHeap };
