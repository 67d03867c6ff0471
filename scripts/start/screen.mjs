import stringWidth from 'string-width';
import { formatTable } from '../lib/table.mjs';

/** What a person looks for in a list of leads comes first; what is left of the terminal's width decides how many of them show. */
const COLUMNS = [
	'createdAt',
	'name',
	'phone',
	'wechat',
	'qq',
	'channel',
	'account',
	'campaign',
	'note',
	'tags',
	'trackId',
	'comment',
];
const WIDTH_WITHOUT_TERMINAL = 140;

/**
 * The leads as a person sees them in the terminal.
 *
 * @param {{ rows: Array<Record<string, any>>, csvFile: string }} leads - the rows as the node gave them, and the file they are in
 * @param {{ width?: number }} [options] - the terminal's width, in columns
 * @returns {string} the table, the number of rows and the file's path
 */
export function leadsScreen({ rows, csvFile }, { width = WIDTH_WITHOUT_TERMINAL } = {}) {
	const shown = rows.map((row) => ({ ...row, createdAt: String(row.createdAt).replace('T', ' ').slice(0, 16) }));
	const table = formatTable(shown, { width, measure: stringWidth, columns: COLUMNS });
	const columns = Object.keys(rows[0] ?? {}).length;
	return `\n${table}\n\n${rows.length} rows in total, ${columns} columns each, all of them in\n${csvFile}\n`;
}

/**
 * What a person needs to continue in the editor.
 *
 * @param {import('./lab.mjs').Lab} lab
 * @returns {string}
 */
export function editorScreen({ n8n, simulator, demo }) {
	const { leads, transcripts, byWebhook, byPolling, table, webhook, owner } = demo;
	const { accessToken, enterpriseId } = simulator.account;
	return `
Laigu simulator   ${simulator.url}   open it in a browser: leads and conversations at the push of a button
  credential      Base URL        ${simulator.url}
                  Enterprise ID   ${enterpriseId}
                  Access Token    ${accessToken}
  webhook         URL             ${webhook.url}
                  Signing Secret  ${webhook.secret}
  its requests    ${simulator.logFile}

n8n is open at    ${n8n.url}
  log-in          ${owner.email}  ${owner.password}
  workflows       ${byWebhook.workflow.name} (published)
                  ${byPolling.workflow.name} (published)
                  ${leads.workflow.name}
                  ${transcripts.workflow.name}
  table           ${table.name}: ${table.url}
  its log         ${n8n.logFile}

Both answer on this machine only. Ctrl-C ends both. What you change in the editor is there again at the next start.
`;
}
