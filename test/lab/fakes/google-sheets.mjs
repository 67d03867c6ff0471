const SPREADSHEET = /^\/v4\/spreadsheets\/([^/:]+)/;
const ROWS_OF_A_NEW_TAB = 1000;

/** As the service writes its refusals. */
const refusal = (code, status, message) => ({ status: code, body: { error: { code, status, message } } });

/**
 * Google Sheets, and the part of Google's log-in that hands out tokens. It knows what n8n's node asks for: reading a tab, writing cells, appending after
 * the last row in one step, deleting rows.
 *
 * @param {{ spreadsheets: Spreadsheet[], clientId: string, clientSecret: string }} account
 * @returns {import('./outside.mjs').StandIn}
 */
export function createGoogleSheets({ spreadsheets, clientId, clientSecret }) {
	const tokens = new Set();

	function token({ text }) {
		const form = new URLSearchParams(text);
		const known = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
		if (!known || form.get('code') !== 'consent')
			return { status: 400, body: { error: 'invalid_grant', error_description: 'Bad Request' } };
		const accessToken = `ya29.stand-in-${tokens.size + 1}`;
		tokens.add(accessToken);
		return {
			body: {
				access_token: accessToken,
				refresh_token: '1//stand-in',
				expires_in: 3599,
				token_type: 'Bearer',
				scope: 'https://www.googleapis.com/auth/spreadsheets',
			},
		};
	}

	return {
		hosts: ['sheets.googleapis.com', 'oauth2.googleapis.com'],
		answer(asked) {
			if (asked.host === 'oauth2.googleapis.com') return token(asked);
			if (!tokens.has(/^Bearer (.+)$/.exec(asked.headers.authorization ?? '')?.[1]))
				return refusal(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
			const spreadsheet = spreadsheets.find(({ id }) => id === SPREADSHEET.exec(asked.path)?.[1]);
			return spreadsheet ? spreadsheet.answer(asked) : refusal(404, 'NOT_FOUND', 'Requested entity was not found.');
		},
	};
}

/**
 * @typedef {object} Spreadsheet
 * @property {string} id
 * @property {unknown[][]} grid - the cells of its one tab, the header first
 * @property {() => Array<Record<string, unknown>>} rows - one object for each row below the header
 * @property {(times: number) => void} fail - so many requests are answered with 503
 * @property {(asked: import('./outside.mjs').Asked) => import('./outside.mjs').Given} answer
 *
 * @param {{ id: string, tab: string }} names
 * @returns {Spreadsheet}
 */
export function createSpreadsheet({ id: spreadsheetId, tab }) {
	const grid = [];
	let failures = 0;
	const gridProperties = { rowCount: ROWS_OF_A_NEW_TAB, columnCount: 26 };
	const properties = { sheetId: 0, title: tab, index: 0, gridProperties };

	function write(range, values, [startRow, startColumn] = cellOf(range)) {
		for (const [down, row] of values.entries()) {
			while (grid.length <= startRow + down) grid.push([]);
			for (const [right, value] of row.entries()) {
				if (value !== null) grid[startRow + down][startColumn + right] = value;
			}
		}
		return { spreadsheetId, updatedRange: range, updatedRows: values.length };
	}

	const lastRow = () => grid.findLastIndex((row) => row.some((value) => value !== '' && value !== undefined)) + 1;

	function values(asked) {
		const [, range, action] = /^\/v4\/spreadsheets\/[^/]+\/values\/?(.*?)(?::(append|batchUpdate|clear))?$/.exec(
			asked.path,
		);
		if (range && !isOfTab(range, tab)) return refusal(400, 'INVALID_ARGUMENT', `Unable to parse range: ${range}`);
		if (asked.method === 'GET') {
			const shown = grid
				.slice(0, lastRow())
				.map((row) => Array.from(row, (value) => (value === undefined ? '' : String(value))));
			return { body: { range, majorDimension: 'ROWS', ...(shown.length > 0 && { values: shown }) } };
		}
		if (action === 'batchUpdate' && asked.json?.valueInputOption)
			return { body: { responses: asked.json.data.map((one) => write(one.range, one.values)) } };
		if (!asked.query.get('valueInputOption'))
			return refusal(400, 'INVALID_ARGUMENT', "'valueInputOption' is required but not specified");
		if (action === 'append' && asked.method === 'POST')
			return { body: { updates: write(range, asked.json.values, [lastRow(), 0]) } };
		if (!action && asked.method === 'PUT') return { body: write(range, asked.json.values) };
		return refusal(404, 'NOT_FOUND', asked.path);
	}

	function structure({ json }) {
		for (const { deleteDimension, appendDimension } of json.requests) {
			if (appendDimension) continue;
			if (!deleteDimension || deleteDimension.range.dimension !== 'ROWS')
				return refusal(400, 'INVALID_ARGUMENT', 'Invalid requests[0]');
			const { startIndex, endIndex } = deleteDimension.range;
			grid.splice(startIndex, endIndex - startIndex);
		}
		return { body: { spreadsheetId, replies: json.requests.map(() => ({})) } };
	}

	return {
		id: spreadsheetId,
		grid,
		rows: () => {
			const [header = [], ...rows] = grid.slice(0, lastRow());
			return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
		},
		fail: (times) => void (failures += times),
		answer(asked) {
			if (failures > 0) {
				failures -= 1;
				return refusal(503, 'UNAVAILABLE', 'The service is currently unavailable.');
			}
			if (asked.path.includes('/values')) return values(asked);
			if (asked.path.endsWith(':batchUpdate')) return structure(asked);
			return { body: { sheets: [{ properties }] } };
		},
	};
}

const isOfTab = (range, tab) => range.replace(/'/g, '').split('!')[0] === tab;

/** `Leads!B3` and `Leads!3:3` to [row, column], counted from 0. */
function cellOf(range) {
	const [, letters, row] = /!([A-Z]*)(\d+)/.exec(range);
	const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
	return [Number(row) - 1, Math.max(0, column - 1)];
}
