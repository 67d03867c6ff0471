import { COLUMNS } from './table.mjs';

/** Of the Laigu Trigger below; it makes its URL. */
const WEBHOOK_ID = '6f1c1c8e-3f0a-4b57-9d0b-52f0c3f6a1de';

/**
 * The workflows that write each new lead into the table: one by webhook, one by polling. Whichever comes first, the other finds the row by its trackId.
 *
 * @param {{ table: import('./table.mjs').Table, credentials: { laiguApi: { id: string, name: string }, laiguWebhookApi: { id: string, name: string } } }} world
 * @returns {{ byWebhook: import('../../test/lab/workflow.mjs').Workflow, byPolling: import('../../test/lab/workflow.mjs').Workflow }}
 */
export function tableWorkflows({ table, credentials: { laiguApi, laiguWebhookApi } }) {
	const byWebhook = intoTable(table, 'New leads by webhook to a table', {
		type: 'n8n-nodes-laigu.laiguTrigger',
		parameters: { events: ['client.created', 'client.updated'], output: 'databaseRow' },
		webhookId: WEBHOOK_ID,
		credentials: { laiguWebhookApi },
	});
	const byPolling = intoTable(table, 'New leads by polling to a table', {
		type: 'n8n-nodes-laigu.laiguPollTrigger',
		parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, event: 'customerCreated', output: 'databaseRow' },
		credentials: { laiguApi },
	});
	return { byWebhook: { id: 'laiguDemoByWebhook', ...byWebhook }, byPolling: { id: 'laiguDemoPolling', ...byPolling } };
}

/** The Production URL of the workflow by webhook. @param {string} n8nUrl - the editor's @returns {string} */
export const webhookUrl = (n8nUrl) => `${n8nUrl}/webhook/${WEBHOOK_ID}/webhook`;

function intoTable(table, name, trigger) {
	const from = { id: 'trigger', name: 'New lead', typeVersion: 1, position: [0, 0], ...trigger };
	const to = {
		id: 'table',
		name: 'Into the table',
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1,
		position: [240, 0],
		parameters: upsertInto(table),
	};
	return {
		name,
		nodes: [from, to],
		connections: { [from.name]: { main: [[{ node: to.name, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

function upsertInto({ id, name }) {
	const columns = Object.entries(COLUMNS);
	return {
		resource: 'row',
		operation: 'upsert',
		dataTableId: { __rl: true, mode: 'list', value: id, cachedResultName: name },
		matchType: 'anyCondition',
		filters: { conditions: [{ keyName: 'trackId', condition: 'eq', keyValue: '={{ $json.trackId }}' }] },
		columns: {
			mappingMode: 'defineBelow',
			value: Object.fromEntries(columns.map(([column, field]) => [column, `={{ $json.${field} }}`])),
			matchingColumns: [],
			schema: columns.map(([column]) => ({
				id: column,
				displayName: column,
				required: false,
				defaultMatch: false,
				display: true,
				type: 'string',
				readOnly: false,
				removed: false,
			})),
			attemptToConvertTypes: false,
			convertFieldsToString: false,
		},
		options: {},
	};
}
