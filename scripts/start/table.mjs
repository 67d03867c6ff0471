/**
 * A Data Table of n8n's.
 *
 * @typedef {object} Table
 * @property {string} id
 * @property {string} name
 * @property {string} path - of n8n's REST API
 * @property {string} url - in the editor
 */

const NAME = 'Leads';

/**
 * The columns of the table, and from which field of the Laigu nodes each is filled. n8n reserves `id`, `createdAt` and `updatedAt` for its own.
 *
 * @type {Record<string, string>}
 */
export const COLUMNS = {
	name: 'name',
	phone: 'phone',
	wechat: 'wechat',
	qq: 'qq',
	channel: 'channel',
	account: 'account',
	campaign: 'campaign',
	note: 'note',
	tags: 'tags',
	comment: 'comment',
	leadCreatedAt: 'createdAt',
	leadUpdatedAt: 'updatedAt',
	trackId: 'trackId',
};

/**
 * The table for leads, as an earlier start has left it or new; columns that are missing are added.
 *
 * @param {Pick<import('../../test/lab/n8n-client.mjs').N8nClient, 'rest' | 'url'>} client - logged in
 * @returns {Promise<Table>}
 * @throws {import('../../test/lab/n8n-client.mjs').N8nRequestError}
 */
export async function placeTable(client) {
	const { id: projectId } = await client.rest('GET', '/projects/personal');
	const tables = `/projects/${projectId}/data-tables`;
	const wanted = Object.keys(COLUMNS).map((name) => ({ name, type: 'string' }));
	const { data } = await client.rest('GET', `${tables}?filter=${asQuery({ name: NAME })}`);
	const present = data.find(({ name }) => name === NAME);
	const { id } = present ?? (await client.rest('POST', tables, { name: NAME, columns: wanted }));
	const table = {
		id,
		name: NAME,
		path: `${tables}/${id}`,
		url: `${client.url}/projects/${projectId}/datatables/${id}`,
	};
	const columns = new Set((await client.rest('GET', `${table.path}/columns`)).map(({ name }) => name));
	for (const column of wanted)
		if (!columns.has(column.name)) await client.rest('POST', `${table.path}/columns`, column);
	return table;
}

/**
 * The table's rows of one lead.
 *
 * @param {Pick<import('../../test/lab/n8n-client.mjs').N8nClient, 'rest'>} client - logged in
 * @param {Table} table
 * @param {string} trackId
 * @returns {Promise<Array<Record<string, unknown>>>}
 * @throws {import('../../test/lab/n8n-client.mjs').N8nRequestError}
 */
export async function rowsOf(client, { path }, trackId) {
	const filter = { type: 'and', filters: [{ columnName: 'trackId', condition: 'eq', value: trackId }] };
	return (await client.rest('GET', `${path}/rows?filter=${asQuery(filter)}`)).data;
}

const asQuery = (value) => encodeURIComponent(JSON.stringify(value));
