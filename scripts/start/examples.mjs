import { hash } from 'node:crypto';
import { fillIn, readExample } from '../../test/lab/examples.mjs';
import { UserError } from '../lib/errors.mjs';

/**
 * @typedef {object} PlacedExample
 * @property {import('../../test/lab/workflow.mjs').Workflow} workflow - as the repository has it, with n8n's id and the demo credential
 * @property {boolean} edited - a person has changed it in the editor since; it was left as it is
 * @property {{ id: string, shipped: string, saved: string }} record - for the next start
 */

/**
 * Puts one of the example workflows into n8n: new, or over the one of an earlier start, but never over a person's changes.
 *
 * @param {Pick<import('../../test/lab/n8n-client.mjs').N8nClient, 'findWorkflow' | 'createWorkflow' | 'updateWorkflow'>} client - logged in
 * @param {string} file - its name in `examples/`
 * @param {{ credential: { id: string, name: string }, record?: { id: string, shipped: string, saved: string } }} context -
 *   `record`: what an earlier start has put in
 * @returns {Promise<PlacedExample>}
 * @throws {import('../../test/lab/n8n-client.mjs').N8nRequestError}
 */
export async function placeExample(client, file, { credential, record }) {
	return await placeWorkflow(
		client,
		fillIn(await readExample(file), { credentials: { laiguApi: credential } }),
		record,
	);
}

/**
 * Puts a workflow into n8n as `placeExample` does.
 *
 * @param {Pick<import('../../test/lab/n8n-client.mjs').N8nClient, 'findWorkflow' | 'createWorkflow' | 'updateWorkflow'>} client - logged in
 * @param {import('../../test/lab/workflow.mjs').Workflow} shipped
 * @param {{ id: string, shipped: string, saved: string }} [record] - what an earlier start has put in
 * @returns {Promise<PlacedExample>}
 * @throws {import('../../test/lab/n8n-client.mjs').N8nRequestError}
 */
export async function placeWorkflow(client, shipped, record) {
	const present = await client.findWorkflow(record?.id ?? shipped.id);
	if (!present || present.isArchived) return await create(client, shipped, { keepId: !present });

	const workflow = { ...shipped, id: present.id };
	const asShipped = fingerprint(shipped);
	if (fingerprint(present) !== record?.saved)
		return { workflow, edited: true, record: record ?? { id: present.id, shipped: '', saved: '' } };
	if (asShipped === record.shipped) return { workflow, edited: false, record };
	await client.updateWorkflow(present.id, { ...content(shipped), versionId: present.versionId });
	return await placed(client, shipped, present.id);
}

/**
 * Runs an example as shipped, whatever a person has made of it: n8n runs what it has saved, so a changed one is left alone and
 * a copy is saved, run and deleted.
 *
 * @param {Pick<import('../../test/lab/n8n-client.mjs').N8nClient, 'createWorkflow' | 'deleteWorkflow' | 'run'>} client - logged in
 * @param {PlacedExample} example
 * @returns {Promise<import('../../test/lab/workflow.mjs').Execution>} a successful one
 * @throws {UserError} when it ends in any other way: the node and its message
 */
export async function runExample(client, { workflow, edited }) {
	const copy = edited && (await client.createWorkflow({ ...content(workflow), name: `${workflow.name} (as shipped)` }));
	try {
		const execution = await client.run(copy ? { ...workflow, id: copy.id } : workflow);
		if (execution.status !== 'success') throw describeFailure(workflow, execution);
		return execution;
	} finally {
		if (copy) await client.deleteWorkflow(copy.id);
	}
}

async function create(client, shipped, { keepId }) {
	const { id } = await client.createWorkflow({ ...content(shipped), ...(keepId && { id: shipped.id }) });
	return await placed(client, shipped, id);
}

async function placed(client, shipped, id) {
	const saved = await client.findWorkflow(id);
	return {
		workflow: { ...shipped, id },
		edited: false,
		record: { id, shipped: fingerprint(shipped), saved: fingerprint(saved) },
	};
}

function describeFailure(workflow, { status, data }) {
	const { error } = data.resultData;
	const where = error?.node?.name ? ` in the node "${error.node.name}"` : '';
	const message = [error?.message, error?.description].filter(Boolean).join('\n') || 'no message';
	return new UserError(`n8n ran "${workflow.name}" and it ended with "${status}"${where}:\n${message}`);
}

const content = ({ name, nodes, connections, settings }) => ({ name, nodes, connections, settings });

const fingerprint = (workflow) => hash('sha256', JSON.stringify(content(workflow)));
