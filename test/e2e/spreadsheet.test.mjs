import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { ensurePrograms } from '../../scripts/lib/debian.mjs';
import { tokenCredential } from '../lab/credential.mjs';
import { lines } from '../lab/lines.mjs';
import { n8nLibrary } from '../lab/n8n-library.mjs';
import { itemsOf } from '../lab/workflow.mjs';
import { inARow, startLab } from './n8n.mjs';

/** Names that a spreadsheet would calculate, beside an ordinary one. */
const NAMES = ['王芳', '=1+1', '=HYPERLINK("https://example.com","王芳")', '@SUM(1,2)', '+1+2', '-1+2', '\t=1+1'];

/** How LibreOffice is told to take a column of a CSV file. */
const AS_IT_COMES = 1;
const AS_TEXT = 2;

/** Comma, double quote, UTF-8, from the first line on; what looks like a time or a formula is one. */
const csvFilter = (format) => `--infilter=CSV:44,34,76,1,${format},0,false,true,true,false,false,0,true`;

let lab, simulator, rows, office, xlsx, columns;

before(async () => {
	const { tsImport } = await import('tsx/esm/api');
	const { startSimulator } = await tsImport('../simulator/index.ts', import.meta.url);
	const demo = await startSimulator({ days: 3 });
	const template = demo.store.conversations.find(({ conv_end_tm: end, client_info: info }) => end && info);
	await demo.close();
	const conversations = NAMES.map((name, index) => ({
		...template,
		conv_id: 2_051_178_311_264 + index,
		client_id: 205_117_831_126_459 + index,
		client_info: { ...template.client_info, name, tel: `+86 138-1234-567${index}`, weixin: `wang_${index}` },
		summary_content: `客户说：“预算 10,000 元”\n第 ${index + 1} 次`,
	}));
	simulator = await startSimulator({ conversations });
	({ libreOffice: office } = await ensurePrograms(['libreOffice']));
	xlsx = await n8nLibrary(lines.current, '@e965/xlsx', 'xlsx');
	lab = await startLab();
	rows = await writeFiles();
	columns = Object.keys(rows[0]);
});

after(async () => {
	await lab?.stop();
	await simulator?.close();
});

/** Lets n8n write the conversations as .xlsx and as .csv. @returns the rows, as the Laigu node gave them */
async function writeFiles() {
	const { id } = await lab.client.saveCredential({ name: 'L', type: 'laiguApi', data: tokenCredential(simulator) });
	const laigu = {
		name: 'Laigu',
		type: 'n8n-nodes-laigu.laigu',
		parameters: {
			...{ resource: 'conversation', operation: 'getAll', timeRange: 'last7Days', returnAll: true },
			...{ output: 'spreadsheetRow' },
		},
		credentials: { laiguApi: { id, name: 'L' } },
	};
	let given;
	for (const format of ['xlsx', 'csv']) {
		const convert = {
			name: 'Convert',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: { operation: format, options: {} },
		};
		const write = {
			name: 'Write',
			type: 'n8n-nodes-base.readWriteFile',
			parameters: { operation: 'write', fileName: `.n8n-files/rows.${format}`, options: {} },
		};
		const execution = await lab.client.run(await lab.client.createWorkflow(inARow(format, [laigu, convert, write])));
		assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
		given = itemsOf(execution, 'Laigu');
	}
	assert.equal(given.length, NAMES.length);
	return given;
}

/**
 * Opens a file in LibreOffice and gives what stands in its cells.
 *
 * @param {string} name
 * @param {string[]} [options] - how to read it
 * @returns {Promise<Array<Record<string, { t: string, v: unknown, w?: string, f?: string }>>>} the cells of each row, by the words of the first one
 */
async function openInOffice(name, options = []) {
	const folder = lab.n8n.filesFolder;
	const profile = pathToFileURL(join(lab.n8n.userFolder, 'office')).href;
	await promisify(execFile)(
		office,
		[
			...['--headless', '--norestore', `-env:UserInstallation=${profile}`, ...options],
			...['--convert-to', 'fods', '--outdir', folder, join(folder, name)],
		],
		{ timeout: 180_000 },
	);
	const book = xlsx.read(await readFile(join(folder, name.replace(/\.\w+$/, '.fods')), 'utf8'), { type: 'string' });
	const sheet = book.Sheets[book.SheetNames[0]];
	const { e: end } = xlsx.utils.decode_range(sheet['!ref']);
	const cell = (r, c) => sheet[xlsx.utils.encode_cell({ r, c })] ?? { t: 's', v: '' };
	const heads = Array.from({ length: end.c + 1 }, (_, c) => cell(0, c).v);
	return Array.from({ length: end.r }, (_, r) => Object.fromEntries(heads.map((head, c) => [head, cell(r + 1, c)])));
}

/** What holds in either file. */
function requireReadable(opened) {
	assert.deepEqual(Object.keys(opened[0]), columns);
	assert.equal(opened.length, rows.length);
	for (const [index, cells] of opened.entries()) {
		const row = rows[index];
		for (const [name, { f: formula }] of Object.entries(cells)) assert.equal(formula, undefined, `${name} calculates`);
		for (const name of [
			'customerName',
			'summary',
			'channel',
			'agentName',
			'phone',
			'wechat',
			'conversationId',
			'customerId',
		])
			assert.deepEqual([cells[name].t, cells[name].v], ['s', row[name]], name);
		for (const name of ['customerMessages', 'agentMessages'])
			assert.deepEqual([cells[name].t, cells[name].v], ['n', row[name]]);
		assert.match(row.phone, /^138\d{8}$/);
		assert.match(row.customerId, /^\d{15}$/);
	}
	const names = opened.map(({ customerName }) => customerName.v.replace(/^'/, ''));
	assert.deepEqual(names.toSorted(), NAMES.map((name) => name.trim()).toSorted());
}

describe('LibreOffice', () => {
	test('opens an .xlsx: Chinese, long IDs and phones as they are, no cell calculates', async () => {
		const opened = await openInOffice('rows.xlsx');
		requireReadable(opened);
		for (const [index, { startedAt }] of opened.entries()) assert.equal(startedAt.v, rows[index].startedAt);
	});

	test('opens a .csv whose IDs and numbers are taken as text, as the documents advise: times are times', async () => {
		const isText = (name) => /Id$|^(?:phone|qq|mentioned)/.test(name);
		const format = columns.map((name, index) => `${index + 1}/${isText(name) ? AS_TEXT : AS_IT_COMES}`).join('/');
		const opened = await openInOffice('rows.csv', [csvFilter(format)]);
		requireReadable(opened);
		const days = (text) => Date.parse(`${text.replace(' ', 'T')}Z`) / 86_400_000 + 25_569;
		for (const [index, { startedAt, endedAt }] of opened.entries()) {
			assert.ok(startedAt.t === 'n' || startedAt.t === 'd', startedAt.t);
			for (const [cell, text] of [
				[startedAt, rows[index].startedAt],
				[endedAt, rows[index].endedAt],
			]) {
				assert.match(text, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
				assert.ok(Math.abs(cell.v - days(text)) < 1 / 86_400, `${cell.v} is not ${text}`);
			}
		}
	});

	test('would have calculated a name that is not made inert', async () => {
		const folder = lab.n8n.filesFolder;
		await writeFile(join(folder, 'bare.csv'), '\ufeffname\n=1+1\n');
		const [{ name }] = await openInOffice('bare.csv', [csvFilter(`1/${AS_IT_COMES}`)]);
		assert.deepEqual([name.f, name.v], ['1+1', 2]);
	});
});
