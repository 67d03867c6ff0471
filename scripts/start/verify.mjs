/**
 * What is wrong with the rows that n8n gave, held against the leads that the server has.
 *
 * @param {{ rows: Array<Record<string, unknown>>, before: Array<{ track_id: string, name?: string }>, after: Array<{ track_id: string }> }} data -
 *   `before` and `after`: the server's leads as they were before and after the run, since new ones may come in while it lasts
 * @returns {string[]} a sentence for each fault; empty when the rows are right
 */
export function findRowFaults({ rows, before, after }) {
	const faults = [];
	const ids = rows.map((row) => row.trackId);
	const got = new Set(ids);
	const allowed = new Set(after.map((lead) => lead.track_id));
	const missing = before.filter((lead) => !got.has(lead.track_id));
	const unknown = ids.filter((id) => !allowed.has(id));
	if (before.length === 0) faults.push('The simulator has no lead in this range, so there is nothing to compare.');
	if (missing.length > 0)
		faults.push(
			`${missing.length} leads of the simulator are not among the rows, the first is ${missing[0].track_id}.`,
		);
	if (unknown.length > 0)
		faults.push(
			`${unknown.length} rows are of no lead that the simulator has in this range, the first is ${unknown[0]}.`,
		);
	if (got.size !== ids.length) faults.push(`${ids.length - got.size} leads stand in more than one row.`);

	const columns = columnsOf(rows[0]);
	if (rows.some((row) => columnsOf(row) !== columns))
		faults.push('The rows do not all have the same columns in the same order.');
	if (rows.some((row) => Object.values(row).some((value) => value === null || typeof value === 'object')))
		faults.push('Some rows have values that are no single value.');

	const leads = new Map(after.map((lead) => [lead.track_id, lead]));
	const changed = rows.filter((row) => leads.has(row.trackId) && !saysTheSame(row, leads.get(row.trackId)));
	if (changed.length > 0)
		faults.push(`${changed.length} rows say something else than the simulator, the first is ${changed[0].trackId}.`);
	return faults;
}

/**
 * What is wrong with a CSV file that was written from rows.
 *
 * @param {Array<Record<string, unknown>>} rows
 * @param {string[][]} table - the file's lines, parsed, its header first
 * @returns {string[]} a sentence for each fault; empty when the file holds just these rows
 */
export function findCsvFaults(rows, table) {
	const [header = [], ...lines] = table;
	const columns = Object.keys(rows[0] ?? {});
	if (header.join('\n') !== columns.join('\n'))
		return [`The CSV file's columns (${header.join(', ')}) are not those of the rows (${columns.join(', ')}).`];
	if (lines.length !== rows.length) return [`The CSV file has ${lines.length} rows, not ${rows.length}.`];
	const faults = [];
	for (const [index, row] of rows.entries()) {
		const column = columns.find((name, position) => !isSameCell(row[name], lines[index][position]));
		if (column)
			faults.push(
				`Row ${index + 1} of the CSV file says "${lines[index][columns.indexOf(column)]}" for ${column}, not "${row[column]}".`,
			);
	}
	return faults.slice(0, 5);
}

const columnsOf = (row) => Object.keys(row ?? {}).join('\n');

/** The fields that the node may not touch, and the times to the second. */
function saysTheSame(row, lead) {
	const sameText = (column, field) =>
		(row[column] ?? '') === '' || String(row[column]).trim() === String(lead[field]).trim();
	const written = String(row.createdAt);
	const createdAt = /(?:Z|[+-]\d\d:\d\d)$/.test(written) ? written : `${written.replace(' ', 'T')}+08:00`;
	const created = Math.floor(Date.parse(createdAt) / 1000) === Math.floor(Date.parse(lead.created_on) / 1000);
	return (
		created &&
		sameText('name', 'name') &&
		sameText('wechat', 'weixin') &&
		sameText('qq', 'qq') &&
		digits(row.phone) === digits(lead.tel)
	);
}

/** A phone's own digits: full-width ones made plain, without the country code. */
const digits = (text) =>
	String(text ?? '')
		.normalize('NFKC')
		.replace(/\D/g, '')
		.replace(/^86(?=1\d{10}$)/, '');

/** Spreadsheets write TRUE for true. */
function isSameCell(value, cell) {
	if (typeof value === 'boolean') return cell.toLowerCase() === String(value);
	return cell.replace(/\r\n/g, '\n') === String(value ?? '').replace(/\r\n/g, '\n');
}
