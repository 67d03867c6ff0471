import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../../scripts/lib/paths.mjs';
import { fields, fillIn, readExample } from '../../lab/examples.mjs';
import { publish } from '../examples/running.mjs';

/** The names of all Chinese examples, sorted. @returns {Promise<string[]>} */
export async function chineseExamples() {
	const names = await readdir(join(repositoryRoot, 'examples/zh-CN'));
	return names.filter((name) => name.endsWith('.json')).sort();
}

/** An example as it is in the repository. @param {string} file @returns {Promise<import('../../lab/workflow.mjs').Workflow>} */
export const readChinese = async (file) => await readExample(`zh-CN/${file}`);

/**
 * Imports an example as a person does: the file, credentials chosen, the node 要填写 filled in. Each time under another ID and other addresses, as an
 * example is imported both filled in and not.
 *
 * @param {any} world - of `startWorld`
 * @param {string} file
 * @param {{ values?: Record<string, string>, credentials?: Record<string, object>, parameters?: Record<string, object> }} [filledIn] - `values`: of 要填写;
 *   `credentials`: on top of the world's own, by type
 * @returns {Promise<import('../../lab/workflow.mjs').Workflow>} as n8n has saved it
 */
export async function importChinese({ lab, credentials }, file, { values = {}, parameters, ...filledIn } = {}) {
	const { name, connections, settings, nodes } = fillIn(await readChinese(file), {
		credentials: { ...credentials, ...filledIn.credentials },
		parameters: { ...parameters, 要填写: fields(values) },
	});
	const moved = nodes.map((node) => (node.webhookId ? { ...node, webhookId: randomUUID() } : node));
	return await lab.client.createWorkflow({ name, connections, settings, nodes: moved });
}

/** The message that the one execution of a published example ended with. @returns {Promise<string>} */
export async function failure({ lab }, published, count = 1) {
	const failed = (await published.settled(count)).filter(({ status }) => status === 'error');
	assert.equal(failed.length, 1, JSON.stringify(failed));
	return (await lab.client.execution(failed[0].id)).data.resultData.error.message;
}

/** Publishes an example that is not filled in as it has to be, sends it an event, and gives the message that it ends with. @returns {Promise<string>} */
export async function refusal(world, file, event, filledIn) {
	const published = await publish(world, await importChinese(world, file, filledIn));
	await published.send(event);
	return await failure(world, published);
}

/** The same for an example that is started by hand or by the clock. @returns {Promise<string>} */
export async function refusalOfRun(world, file, filledIn) {
	const execution = await world.lab.client.run(await importChinese(world, file, filledIn), { timeoutMs: 60_000 });
	assert.equal(execution.status, 'error');
	return execution.data.resultData.error.message;
}

/** What the notes call 70 seconds or 5 minutes: no test waits so long. */
export const waits = (name) => ({ [name]: { amount: 1, unit: 'seconds' } });

/**
 * A Data Table of n8n's own, as a person makes it.
 *
 * @param {any} world
 * @param {string} name
 * @param {Record<string, string>} columns - their types
 * @returns {Promise<{ rows: () => Promise<any[]>, chosen: Record<string, object> }>} `chosen`: what has to be chosen in the examples where n8n 1.x does not find it by its name
 */
export async function makeTable({ line, lab: { client } }, name, columns) {
	const { id: projectId } = await client.rest('GET', '/projects/personal');
	const path = `/projects/${projectId}/data-tables`;
	const { id } = await client.rest('POST', path, {
		name,
		columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
	});
	const byHand = { 写进数据表: { dataTableId: { __rl: true, mode: 'id', value: id } } };
	return {
		rows: async () => (await client.rest('GET', `${path}/${id}/rows`)).data,
		chosen: line.n8n.startsWith('1.') ? byHand : {},
	};
}
