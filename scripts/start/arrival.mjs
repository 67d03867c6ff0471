import { setTimeout as sleep } from 'node:timers/promises';
import { rowsOf } from './table.mjs';

const LOOK_EVERY_MS = 500;
const BY_WEBHOOK_MS = 30_000;
/** The Poll Trigger asks once a minute. */
const BY_POLLING_MS = 150_000;

/**
 * Sends a lead as the button of the simulator's page does, and looks for it in n8n's table.
 *
 * @param {import('./lab.mjs').Lab} lab
 * @param {{ polled?: boolean }} [options] - `polled`: wait until the Poll Trigger has brought the lead, too
 * @returns {Promise<{ name: string, faults: string[] }>} the lead's name; a sentence for each fault, none when the table holds it exactly once
 */
export async function sendLead({ client, demo, simulator }, { polled = false } = {}) {
	const polls = async () => (await client.executions(demo.byPolling.workflow.id)).filter(isSuccess);
	const before = new Set((await polls()).map(({ id }) => id));
	const { record, answer } = await simulator.page.act('sendLead');
	const look = async () => await rowsOf(client, demo.table, record.id);
	const faults = [];
	if (answer?.status !== 200)
		faults.push(`The webhook of "${demo.byWebhook.workflow.name}" answered ${answer?.status}: ${answer?.text}`);
	else if (!(await within(BY_WEBHOOK_MS, async () => (await look()).length > 0)))
		faults.push(`The lead ${record.id} was sent, and is not in the table "${demo.table.name}".`);

	if (polled && faults.length === 0) {
		const hasRun = async () => (await polls()).some(({ id }) => !before.has(id));
		if (!(await within(BY_POLLING_MS, hasRun)))
			faults.push(`"${demo.byPolling.workflow.name}" has not brought the lead.`);
	}
	const rows = await look();
	if (rows.length > 1) faults.push(`The lead ${record.id} stands in ${rows.length} rows of "${demo.table.name}".`);
	if (rows.some(({ name }) => name !== record.name))
		faults.push(`The row of ${record.id} says "${rows[0].name}", not "${record.name}".`);
	return { name: record.name, faults };
}

const isSuccess = ({ status }) => status === 'success';

/** Whether it comes true in that time. */
async function within(ms, isTrue) {
	for (const since = Date.now(); !(await isTrue()); await sleep(LOOK_EVERY_MS))
		if (Date.now() - since > ms) return false;
	return true;
}
