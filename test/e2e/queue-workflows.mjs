const DAY_MS = 86_400_000;

/** The Laigu Trigger, for every event: the body, whose fields are the same few for all of them. */
export const laiguTrigger = (webhookId, options, { laiguWebhookApi }) => ({
	name: 'Laigu Trigger',
	type: 'n8n-nodes-laigu.laiguTrigger',
	webhookId,
	parameters: { events: ['*'], output: 'raw', options },
	credentials: { laiguWebhookApi },
});

/** n8n's Postgres node: a row of the schema `crm` for each item, under a unique key; the columns are named as the item's fields. */
export const postgresNode = (table, key, { postgres }) => ({
	name: 'Postgres',
	type: 'n8n-nodes-base.postgres',
	typeVersion: 2.6,
	parameters: {
		operation: 'upsert',
		schema: { __rl: true, mode: 'name', value: 'crm' },
		table: { __rl: true, mode: 'name', value: table },
		columns: { mappingMode: 'autoMapInputData', matchingColumns: [key], value: {}, schema: [] },
		options: {},
	},
	credentials: { postgres },
});

/** Get Many of the last 45 days' conversations, with the node that writes them. */
export const returnAll = (credentials) => [
	{
		name: 'Laigu',
		type: 'n8n-nodes-laigu.laigu',
		parameters: {
			resource: 'conversation',
			operation: 'getAll',
			timeRange: 'custom',
			from: new Date(Date.now() - 45 * DAY_MS).toISOString(),
			to: new Date().toISOString(),
			returnAll: true,
			output: 'selectedFields',
			fields: ['startedAt', 'endedAt'],
		},
		credentials: { laiguApi: credentials.laiguApi },
	},
	postgresNode('conversations', 'conversationId', credentials),
];
