import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { fields, fillIn, readExample } from '../../lab/examples.mjs';
import { ACCOUNTS } from './world.mjs';

const UNFINISHED = ['new', 'running', 'waiting'];

/**
 * Imports an example as a person does: the file, credentials chosen, what the notes ask for filled in.
 *
 * @param {any} world - of `startWorld`
 * @param {string} file
 * @param {import('../../lab/examples.mjs').FilledIn} [filledIn] - credentials on top of the world's own
 * @returns {Promise<import('../../lab/workflow.mjs').Workflow>} as n8n has saved it
 */
export async function importExample({ lab, credentials }, file, filledIn = {}) {
	const filled = fillIn(await readExample(file), {
		...filledIn,
		credentials: { ...credentials, ...filledIn.credentials },
	});
	return await lab.client.createWorkflow(filled);
}

/**
 * Runs an imported example as the editor's button does.
 *
 * @param {any} world
 * @param {import('../../lab/workflow.mjs').Workflow} workflow
 * @param {{ trigger?: string }} [options] - where there are several: its name
 * @returns {Promise<import('../../lab/workflow.mjs').Execution>} a successful one
 */
export async function runToEnd({ lab }, workflow, options = {}) {
	const execution = await lab.client.run(workflow, { timeoutMs: 180_000, ...options });
	assert.equal(execution.status, 'success', faultOf(execution));
	return execution;
}

/**
 * Publishes an example with a Laigu Trigger, and sends it events as Laigu does.
 *
 * @param {any} world
 * @param {import('../../lab/workflow.mjs').Workflow} workflow
 * @returns {Promise<{ send: (...events: object[]) => Promise<string[]>, settled: (count: number) => Promise<Array<{ id: string, status: string }>> }>}
 *   `send`: all at once, the answers' messages; `settled`: waits until so many executions have ended and no other one runs
 */
export async function publish({ lab, laigu }, workflow) {
	const { status } = await lab.client.activate(workflow.id, { timeoutMs: 120_000 });
	assert.match(status, /published|synchronous/);
	const { webhookId } = workflow.nodes.find(({ type }) => type.endsWith('.laiguTrigger'));
	const url = `${lab.n8n.url}/webhook/${webhookId}/webhook`;

	async function send(...events) {
		const sender = laigu.openSender({ url, secret: ACCOUNTS.webhookSecret, atOnce: events.length });
		try {
			const answers = await sender.deliverAll(events);
			for (const { last } of answers) assert.equal(last.status, 200, last.text);
			return answers.map(({ last }) => JSON.parse(last.text).message);
		} finally {
			await sender.close();
		}
	}

	async function settled(count) {
		const executions = await until(`${count} executions of "${workflow.name}" to end`, async () => {
			const all = await lab.client.executions(workflow.id);
			return all.length >= count && all.every((one) => !UNFINISHED.includes(one.status)) ? all : undefined;
		});
		assert.equal(executions.length, count);
		return executions;
	}

	return { send, settled };
}

/** `settled`, and every execution a successful one. @returns {Promise<void>} */
export async function succeeded({ lab }, { settled }, count) {
	for (const { id, status } of await settled(count)) {
		if (status !== 'success') assert.fail(faultOf(await lab.client.execution(id)));
	}
}

/**
 * An event of Laigu's webhook.
 *
 * @param {any} world
 * @param {string} name - e.g. `client.created`
 * @param {object} record - as Laigu's models have it
 * @returns {{ name: string, id: string, body: object }} with an ID of its own
 */
export function eventOf({ simulator }, name, record) {
	const seconds = Math.floor(Date.now() / 1000);
	const id = `sub_e4a3b1e5_${seconds}_${(sequence += 1)}`;
	const key = name.split('.')[0];
	const { enterpriseToken } = simulator.account;
	return { name, id, body: { id, event: name, enterprise_token: enterpriseToken, created_at: seconds, [key]: record } };
}

let sequence = 0;

/** Waits until `look` gives something. @returns {Promise<any>} @throws after three minutes */
export async function until(what, look) {
	for (const since = Date.now(); ; await sleep(250)) {
		const found = await look();
		if (found !== undefined) return found;
		if (Date.now() - since > 180_000) throw new Error(`Waited three minutes for ${what} in vain.`);
	}
}

/**
 * Starts an example in which something is not filled in: it ends in an error that names the field, before any node but those that check.
 *
 * @param {any} world
 * @param {string} file
 * @param {{ message: RegExp, filledIn: Record<string, unknown> }} expected - `filledIn`: fields of Fill in
 * @returns {Promise<void>}
 */
export async function saysWhatIsMissing(world, file, { message, filledIn }) {
	const { client } = world.lab;
	const { missedRobot: httpQueryAuth, history: postgres } = world.credentials;
	const workflow = await importExample(world, file, {
		credentials: { httpQueryAuth, postgres },
		parameters: { 'Fill in': fields(filledIn) },
	});
	const [trigger] = workflow.nodes.filter(({ type }) => /Trigger$/.test(type));
	let execution;
	if (trigger.type.endsWith('.laiguTrigger')) {
		const { send, settled } = await publish(world, workflow);
		const [name] = trigger.parameters.events;
		await send(
			eventOf(
				world,
				name,
				world.simulator.store.clients.find(({ tel }) => tel),
			),
		);
		const [{ id }] = await settled(1);
		execution = await client.execution(id);
		await client.deactivate(workflow.id);
	} else execution = await client.run(workflow);
	const { error, runData } = execution.data.resultData;
	assert.equal(execution.status, 'error');
	assert.match(error.message, /^Not ready to run\. Open the node Fill in: /);
	assert.match(error.message, message);
	assert.deepEqual(Object.keys(runData), [trigger.name, 'Fill in', 'All filled in?', 'Say what is missing']);
	await client.deleteWorkflow(workflow.id);
}

/** What the notes call five minutes: no test waits so long. */
export const SHORT_WAIT = { amount: 1, unit: 'seconds' };

const faultOf = ({ data }) => {
	const { error } = data?.resultData ?? {};
	return `${error?.node?.name}: ${error?.message} ${error?.description ?? ''}`;
};

/** The address of a Google spreadsheet, as the browser shows it. @param {{ id: string }} spreadsheet @returns {string} */
export const urlOf = ({ id }) => `https://docs.google.com/spreadsheets/d/${id}/edit#gid=0`;
