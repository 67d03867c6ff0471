import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readLeads } from '../../../scripts/start/leads.mjs';
import { findCsvFaults, findRowFaults } from '../../../scripts/start/verify.mjs';
import { fields } from '../../lab/examples.mjs';
import { lines } from '../../lab/lines.mjs';
import { n8nLibrary } from '../../lab/n8n-library.mjs';
import { itemsOf } from '../../lab/workflow.mjs';
import { beijingIso, dayOf, leadRow, pick, sheetRow, someLeads } from './expected.mjs';
import { eventOf, importExample, publish, runToEnd, SHORT_WAIT, succeeded, until, urlOf } from './running.mjs';
import { ACCOUNTS } from './world.mjs';

const STARTED = 'Received. The workflow starts.';
const REPEATED = 'Already received. Nothing is started.';
const byTrackId = (rows) => rows.toSorted((a, b) => (a.trackId < b.trackId ? -1 : 1));

/** The rows are the simulator's leads, and the file holds the rows. @param {any} world @param {string} file @returns {Promise<void>} */
export async function leadsToCsv(world, file) {
	const workflow = await importExample(world, file);
	const before = await readLeads(world.simulator, Date.now());
	const rows = itemsOf(await runToEnd(world, workflow), 'Get leads');
	const text = await readFile(join(world.lab.n8n.filesFolder, 'laigu-leads.csv'), 'utf8');
	const after = await readLeads(world.simulator, Date.now());
	assert.deepEqual(findRowFaults({ rows, before, after }), []);
	assert.deepEqual(findCsvFaults(rows, parse(text, { bom: true, relax_column_count: true })), []);
}

/** The customers of yesterday, each in one row, as a spreadsheet reads them. @param {any} world @param {string} file @returns {Promise<void>} */
export async function leadsToSpreadsheet(world, file) {
	const { lab, line, simulator } = world;
	await runToEnd(world, await importExample(world, file));
	const { day } = dayOf(1);
	const xlsx = await n8nLibrary(line, '@e965/xlsx', 'xlsx');
	const book = xlsx.read(await readFile(join(lab.n8n.filesFolder, `laigu-leads-${day}.xlsx`)));
	const rows = xlsx.utils.sheet_to_json(book.Sheets.Leads, { defval: '' });
	const expected = simulator.store.clients
		.filter(({ created_on: created, tel, weixin, qq }) => beijingIso(created).startsWith(day) && (tel || weixin || qq))
		.map(sheetRow);
	assert.ok(expected.length > 3);
	assert.deepEqual(byTrackId(rows.map((row) => pick(row, Object.keys(expected[0])))), byTrackId(expected));
}

/** A file for each new lead, none for a repetition or another event; a name never becomes a formula. @param {any} world @param {string} file @returns {Promise<void>} */
export async function newLeadToCsv(world, file) {
	const published = await publish(world, await importExample(world, file));
	const leads = someLeads(world, 4);
	const hostile = { ...leads[0], track_id: 'hostile', name: '=HYPERLINK("https://example.com","王芳")' };
	const events = [...leads, hostile].map((lead) => eventOf(world, 'client.created', lead));
	assert.deepEqual(new Set(await published.send(...events)), new Set([STARTED]));
	assert.deepEqual(new Set(await published.send(...events)), new Set([REPEATED]));
	await published.send(eventOf(world, 'client.updated', leads[0]));
	await succeeded(world, published, events.length);

	const files = (await readdir(world.lab.n8n.filesFolder)).filter((name) => name.startsWith('laigu-lead-'));
	assert.deepEqual(new Set(files), new Set(events.map(({ id }) => `laigu-lead-${id}.csv`)));
	for (const { id, body } of events) {
		const csv = await readFile(join(world.lab.n8n.filesFolder, `laigu-lead-${id}.csv`), 'utf8');
		const [row, ...more] = parse(csv, { bom: true, columns: true });
		const inert = body.client === hostile ? { name: `'${hostile.name}` } : {};
		const expected = { ...sheetRow(body.client), ...inert };
		assert.deepEqual(pick(row, Object.keys(expected)), expected);
		assert.deepEqual([row.event, row.eventId, more], ['client.created', id, []]);
		assert.equal(Date.parse(`${row.eventAt.replace(' ', 'T')}+08:00`) / 1000, body.created_at);
	}
}

/** Rows through a failure of Google, at the same moment, and for the same lead again; a name never becomes a formula. @param {any} world @param {string} file @returns {Promise<void>} */
export async function newLeadToSheets(world, file) {
	const { sheet } = world;
	const workflow = await importExample(world, file, {
		parameters: { 'Fill in': fields({ spreadsheet: urlOf(sheet) }), 'Wait five minutes': SHORT_WAIT },
	});
	const published = await publish(world, workflow);
	const [first, ...others] = someLeads(world, 6);
	const event = eventOf(world, 'client.created', first);

	sheet.fail(1);
	assert.deepEqual(await published.send(event), [STARTED]);
	await succeeded(world, published, 1);
	assert.deepEqual(sheet.rows(), [sheetRow(first)]);

	await published.send(...others.map((lead) => eventOf(world, 'client.created', lead)));
	assert.deepEqual(await published.send(event), [REPEATED]);
	await succeeded(world, published, 6);
	assert.deepEqual(byTrackId(sheet.rows()), byTrackId([first, ...others].map(sheetRow)));

	const renamed = { ...first, name: '=HYPERLINK("https://example.com")', tags: [] };
	await published.send(eventOf(world, 'client.created', renamed));
	await succeeded(world, published, 7);
	const inert = { ...sheetRow(renamed), name: `'${renamed.name}` };
	assert.deepEqual(byTrackId(sheet.rows()), byTrackId([inert, ...others.map(sheetRow)]));
}

/** Records through refusals of Feishu, and for the same lead again; refused for an hour, an execution that says of whom and why. @param {any} world @param {string} file @returns {Promise<void>} */
export async function newLeadToFeishu(world, file) {
	const { feishu } = world;
	const { appToken, tableId } = ACCOUNTS.feishu;
	const workflow = await importExample(world, file, {
		parameters: { 'Fill in': fields({ appToken, tableId }), 'Wait five minutes': SHORT_WAIT },
	});
	const published = await publish(world, workflow);
	const leads = someLeads(world, 4);
	const events = leads.map((lead) => eventOf(world, 'client.created', lead));
	const records = () => byTrackId([...feishu.records.values()]);

	feishu.busy(2);
	assert.deepEqual(new Set(await published.send(...events)), new Set([STARTED]));
	assert.deepEqual(await published.send(events[0]), [REPEATED]);
	await succeeded(world, published, 4);
	assert.deepEqual(records(), byTrackId(leads.map(leadRow)));

	const renamed = { ...leads[0], name: '改名', comment: '' };
	await published.send(eventOf(world, 'client.created', renamed));
	await succeeded(world, published, 5);
	assert.deepEqual(records(), byTrackId([renamed, ...leads.slice(1)].map(leadRow)));

	feishu.busy(12);
	await published.send(eventOf(world, 'client.created', leads[0]));
	const { id } = (await published.settled(6)).find(({ status }) => status === 'error');
	const { message } = (await world.lab.client.execution(id)).data.resultData.error;
	assert.ok(message.includes(leads[0].track_id), message);
	assert.match(message, /Feishu answered 12 times: TooManyRequest \(1254290\)\./);
	assert.deepEqual(records(), byTrackId([renamed, ...leads.slice(1)].map(leadRow)));
}

/** A row for each lead, brought up to date and never doubled, in a Data Table as its note asks for. @param {any} world @param {string} file @returns {Promise<void>} */
export async function newLeadToDataTable(world, file) {
	const { client } = world.lab;
	const texts = 'trackId name phone wechat qq channel account campaign note tags comment'.split(' ');
	const { id: projectId } = await client.rest('GET', '/projects/personal');
	const tables = `/projects/${projectId}/data-tables`;
	const { id } = await client.rest('POST', tables, {
		name: 'Laigu leads',
		columns: [...texts.map((name) => ({ name, type: 'string' })), { name: 'leadCreatedAt', type: 'date' }],
	});
	// n8n 1 knows no data table by its name, as the note says
	const byId = world.line === lines.legacy && {
		'Insert or update': { dataTableId: { __rl: true, mode: 'id', value: id } },
	};
	const published = await publish(world, await importExample(world, file, { parameters: { ...byId } }));
	const leads = someLeads(world, 4);
	const [first, ...others] = leads.map((lead) => eventOf(world, 'client.created', lead));
	const rows = async () => {
		const { data } = await client.rest('GET', `${tables}/${id}/rows`);
		const written = data.map(({ leadCreatedAt, ...row }) => ({
			...pick(row, texts),
			leadCreatedAt: Date.parse(leadCreatedAt),
		}));
		return byTrackId(written);
	};
	const expected = (clients) =>
		byTrackId(clients.map((one) => ({ ...pick(leadRow(one), texts), leadCreatedAt: Date.parse(one.created_on) })));

	assert.deepEqual(await published.send(first), [STARTED]);
	await succeeded(world, published, 1);
	await published.send(...others);
	assert.deepEqual(await published.send(first), [REPEATED]);
	await succeeded(world, published, leads.length);
	assert.deepEqual(await rows(), expected(leads));

	const renamed = { ...leads[0], name: '改名', comment: '' };
	await published.send(eventOf(world, 'client.created', leads[1]), eventOf(world, 'client.created', renamed));
	await succeeded(world, published, leads.length + 2);
	assert.deepEqual(await rows(), expected([renamed, ...leads.slice(1)]));
}

/** All rows of the customer go, no other one; an event that names nobody ends in an error. @param {any} world @param {string} file @returns {Promise<void>} */
export async function deletedCustomer(world, file) {
	const { sheetWithDeleted: sheet, lab } = world;
	const [gone, ...others] = someLeads(world, 4);
	const rows = [gone, others[0], others[1], gone, others[2]].map(leadRow);
	sheet.grid.push(Object.keys(rows[0]), ...rows.map((row) => Object.values(row)));
	const workflow = await importExample(world, file, {
		parameters: { 'Fill in': fields({ spreadsheet: urlOf(sheet) }), 'Wait five minutes': SHORT_WAIT },
	});
	const { send, settled } = await publish(world, workflow);

	sheet.fail(1);
	await send(eventOf(world, 'client.deleted', { track_id: 'nobody in the sheet' }));
	await send(eventOf(world, 'client.deleted', { track_id: gone.track_id, enterprise_token: gone.enterprise_token }));
	await until('the rows to be gone', () => (sheet.rows().length <= 3 ? true : undefined));
	await settled(0);
	assert.deepEqual(sheet.rows(), others.map(leadRow));

	await send(eventOf(world, 'client.deleted', { track_id: '', enterprise_token: gone.enterprise_token }));
	const [{ id }] = await settled(1);
	const { status, data } = await lab.client.execution(id);
	assert.equal(status, 'error');
	assert.match(data.resultData.error.message, /without a trackId. No row was removed/);
	assert.deepEqual(sheet.rows(), others.map(leadRow));
}

/** As a person copies it from the browser. */
